# `make demo` serves the shipped corpus; `make test` checks everything.  Nothing else is needed.

PYTHON ?= python3
PORT ?= 8000
POSTGRES_URL ?= postgres://root@127.0.0.1:5432/test

BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
MESSAGES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/django.po))

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint test-sqlite test-postgresql evaluate lock messages clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 20

.venv/runtime: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed. Name one: make PYTHON=/path/to/python3.12 …"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

.venv/development: requirements-dev.lock .venv/runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

%.mo: %.po .venv/runtime
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

setup: .venv/runtime $(MESSAGES) ## make the virtual environment from the hashed lock

demo: setup ## read the shipped corpus and serve it at http://127.0.0.1:8000
	@$(MANAGE) prepare --port $(PORT)
	@echo "Serving http://127.0.0.1:$(PORT) — press Ctrl-C to stop."
	@$(BIN)/gunicorn config.wsgi --bind 127.0.0.1:$(PORT) --threads 8 --log-level warning

test: .venv/development $(MESSAGES) lint test-sqlite test-postgresql ## all checks, on SQLite and PostgreSQL

lint: .venv/development $(MESSAGES)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/lint-imports
	$(MANAGE) makemigrations --check --dry-run

test-sqlite: .venv/development $(MESSAGES)
	$(BIN)/pytest -n auto

test-postgresql: .venv/development $(MESSAGES)
	@if $(BIN)/python tests/reach.py "$(POSTGRES_URL)"; then \
	  echo DATABASE_URL=$(POSTGRES_URL) $(BIN)/pytest -n auto --database-only --ignore=tests/browser/test_accessibility.py; \
	  DATABASE_URL="$(POSTGRES_URL)" $(BIN)/pytest -n auto --database-only --ignore=tests/browser/test_accessibility.py; \
	elif [ -n "$$CI" ]; then echo "PostgreSQL does not answer at $(POSTGRES_URL)."; exit 1; \
	else echo "Skipped on PostgreSQL: none answers at $(POSTGRES_URL)."; fi

evaluate: setup ## how well the machine reads, against the hand-coded passages
	@$(MANAGE) evaluate corpus/gold/dev.jsonl

lock: .venv/development ## resolve the dependencies anew (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet --output-file requirements.lock
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet --output-file requirements-dev.lock

messages: .venv/development ## collect the interface's texts for translation (needs gettext)
	$(MANAGE) makemessages --locale zh_Hans --no-location --no-obsolete --ignore .venv --ignore var

clean: ## remove the virtual environment and caches; the data in var/ stays
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache $(MESSAGES)
