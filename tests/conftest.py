"""What all tests share.

The shipped corpus is read into the test database once a session; a test with `db` sees it, changes
what it likes and is rolled back.  `empty_db` takes everything away for one test.  A test that needs
real commits or a second process has a database of its own (`own_database`): a test that flushes the
shared one would take the corpus from the rest.
"""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent

#: Few examples in every run; `pytest --hypothesis-profile=thorough` looks harder.
settings.register_profile("quick", max_examples=40, deadline=None)
settings.register_profile("thorough", max_examples=1000, deadline=None)
settings.load_profile("quick")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database-only",
        action="store_true",
        help="run only the tests that use the database, as on a second engine",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--database-only"):
        return
    chosen = [
        item
        for item in items
        if {"db", "site"} & set(getattr(item, "fixturenames", ()))
        or item.get_closest_marker("django_db")
    ]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(chosen)])
    items[:] = chosen


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The test database with the shipped corpus in it."""
    with django_db_blocker.unblock():
        call_command("load_corpus", verbosity=0)


@pytest.fixture
def empty_db(db: None) -> None:
    """The test database with nothing in it, for this test."""
    from corpus.models import Codebook, Delegation, Document, Issue, Topic
    from submissions.models import Intake

    Intake.objects.all().delete()
    Document.objects.all().delete()
    Issue.objects.all().delete()
    Topic.objects.all().delete()
    Codebook.objects.all().delete()
    Delegation.objects.all().delete()


@pytest.fixture(scope="session")
def document_path() -> Path:
    """The compilation as it ships."""
    return Path(django_settings.CORPUS_DIR) / "documents" / "A-AC.291-4.zh.txt"


@pytest.fixture
def small_corpus(tmp_path: Path) -> Path:
    """A corpus folder with the shipped delegations and codebook and no documents yet."""
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "manifest.toml").write_text("", encoding="utf-8")
    for name in ("data", "codebook.toml"):
        (tmp_path / name).symlink_to(Path(django_settings.CORPUS_DIR) / name)
    return tmp_path


def run(command: str, *arguments: str, **options: Any) -> str:
    """What a management command prints."""
    out = StringIO()
    call_command(command, *arguments, stdout=out, stderr=StringIO(), **options)
    return out.getvalue()
