"""Questions and recommendations, and the issues the codebook says they are about."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from corpus.codebook import Codebook, load_codebook
from corpus.models import GuidingQuestion, Recommendation
from submissions.lists import link_issues
from tests.submissions.rows import all_rows

pytestmark = pytest.mark.django_db
LISTS: list[tuple[Any, str, int]] = [
    (GuidingQuestion, "questions", 48),
    (Recommendation, "recommendations", 63),
]


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return load_codebook(Path(settings.CORPUS_DIR) / "codebook.toml")


def linked(model: Any) -> dict[int, set[str]]:
    """The issues of each number, by key; only numbers that have some."""
    found = {row.number: {one.key for one in row.issues.all()} for row in model.objects.all()}
    return {number: keys for number, keys in found.items() if keys}


def named(codebook: Codebook, field: str) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for issue in codebook.issues:
        for number in getattr(issue, field):
            found.setdefault(number, set()).add(issue.key)
    return found


@pytest.mark.parametrize(("model", "field", "count"), LISTS)
def test_each_number_is_kept_with_its_passage(model: Any, field: str, count: int) -> None:
    rows = list(model.objects.select_related("passage__document"))

    assert [row.number for row in rows] == list(range(1, count + 1))
    assert {row.document.kind for row in rows} == {field}
    assert all(row.passage.document == row.document for row in rows)
    assert all(row.passage.text.startswith(f"{row.number}. ") for row in rows)


@pytest.mark.parametrize(("model", "field", "count"), LISTS)
def test_each_is_linked_to_the_issues_that_name_its_number(
    codebook: Codebook, model: Any, field: str, count: int
) -> None:
    wanted = named(codebook, field)

    assert len(wanted) > 20
    assert set(wanted) <= set(range(1, count + 1))
    assert linked(model) == wanted


def test_linking_twice_changes_nothing(codebook: Codebook) -> None:
    before = all_rows()

    link_issues(codebook)

    assert all_rows() == before


@pytest.mark.parametrize(("model", "field", "count"), LISTS)
def test_a_changed_number_is_linked_anew(
    codebook: Codebook, model: Any, field: str, count: int
) -> None:
    [first, *others] = codebook.issues
    changes: dict[str, Any] = {field: (1, count, count + 1)}
    changed = replace(codebook, issues=(replace(first, **changes), *others))

    link_issues(changed)

    wanted = named(changed, field)
    assert wanted.pop(count + 1) == {first.key}
    assert linked(model) == wanted


@pytest.mark.parametrize(("model", "field", "count"), LISTS)
def test_numbers_that_are_no_longer_named_are_unlinked(
    codebook: Codebook, model: Any, field: str, count: int
) -> None:
    none = tuple(replace(issue, questions=(), recommendations=()) for issue in codebook.issues)

    link_issues(replace(codebook, issues=none))

    assert linked(model) == {}
    assert model.objects.count() == count
