"""What another codebook would do to the suggestions that are stored."""

from pathlib import Path

import pytest
from django.conf import settings

from corpus.codebook import CodebookError
from submissions.effect import Effect, compared_figures, effects
from submissions.evaluating import CorpusError
from submissions.models import Position
from tests.submissions.own_corpus import make_corpus, without_cues
from tests.submissions.rows import all_rows

CORPUS = Path(settings.CORPUS_DIR)
ISSUE = "cooperation.extradition"
FIGURES = ("topics", "codes", "cells", "rare_stances", "stances")


@pytest.mark.django_db
def test_an_issue_without_cues_loses_its_suggestions_and_nothing_else_changes(
    tmp_path: Path,
) -> None:
    stored = Position.objects.filter(issue__key=ISSUE)
    before = all_rows()

    found = list(effects(without_cues(tmp_path / "other.toml", ISSUE), CORPUS))

    assert len(found) > 10
    assert found == [
        Effect(
            "vanishes",
            one.passage.document.reference,
            one.passage.reference,
            ISSUE,
            (one.stance, one.quote),
            None,
        )
        for one in stored.select_related("passage__document").order_by(
            "passage__document__slug", "passage__order"
        )
    ]
    assert all_rows() == before


@pytest.mark.django_db
def test_the_same_codebook_has_no_effect() -> None:
    steps: list[int] = []

    assert list(effects(CORPUS / "codebook.toml", CORPUS, steps.append)) == []
    assert sum(steps) > 918


@pytest.mark.django_db
def test_a_suggestion_can_appear_or_change_too() -> None:
    gone, other = Position.objects.filter(stance="support").order_by("passage__order", "pk")[:2]
    words = gone.quote
    gone.delete()
    Position.objects.filter(pk=other.pk).update(stance="oppose")

    found = {one.kind: one for one in effects(CORPUS / "codebook.toml", CORPUS)}

    assert found.keys() == {"appears", "changes"}
    appears, changes = found["appears"], found["changes"]
    assert (appears.passage, appears.issue) == (gone.passage.reference, gone.issue.key)
    assert (appears.before, appears.after) == (None, ("support", words))
    assert (changes.passage, changes.issue) == (other.passage.reference, other.issue.key)
    assert (changes.before, changes.after) == (("oppose", other.quote), ("support", other.quote))


@pytest.mark.django_db
def test_what_a_person_set_is_not_the_machines() -> None:
    position = Position.objects.order_by("pk")[0]
    position.pk = None
    position.origin, position.stance, position.certainty = "person", "open", None
    position.save(force_insert=True)

    assert list(effects(CORPUS / "codebook.toml", CORPUS)) == []


@pytest.mark.django_db
def test_a_codebook_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.toml"
    path.write_text("version = ", encoding="utf-8")

    with pytest.raises(CodebookError, match=r"other\.toml: not valid TOML"):
        list(effects(path, CORPUS))


def test_figures_fall_without_the_cues(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path)
    other = without_cues(tmp_path / "other.toml", ISSUE)

    found = compared_figures(other, corpus)

    assert list(found) == ["dev.jsonl", "check.jsonl"]
    assert all(set(values) == set(FIGURES) for values in found.values())
    assert found["dev.jsonl"]["cells"] == (1.0, pytest.approx(2 / 3))
    assert found["dev.jsonl"]["rare_stances"] == (1.0, 1.0)
    assert found["check.jsonl"]["cells"] == (1.0, 0.0)


def test_figures_do_not_change_with_the_same_codebook(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path)

    for values in compared_figures(corpus / "codebook.toml", corpus).values():
        assert [now for now, _ in values.values()] == [then for _, then in values.values()]


def test_figures_on_the_shipped_passages_fall(tmp_path: Path) -> None:
    """On the development passages only: each comparison reads the compilation four times."""
    for name in ("data", "documents", "codebook.toml", "calibration.toml"):
        (tmp_path / name).symlink_to(CORPUS / name)
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "dev.jsonl").symlink_to(CORPUS / "gold" / "dev.jsonl")
    listing = (CORPUS / "gold" / "gold.toml").read_text(encoding="utf-8")
    first = listing[: listing.index("[[gold]]", listing.index("[[gold]]") + 1)]
    (tmp_path / "gold" / "gold.toml").write_text(first, encoding="utf-8")

    [values] = compared_figures(without_cues(tmp_path / "other.toml", ISSUE), tmp_path).values()

    for name in ("codes", "cells"):
        assert values[name][1] < values[name][0]
    assert values["topics"][1] <= values["topics"][0]


def test_figures_of_a_codebook_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path)
    (tmp_path / "other.toml").write_text("[", encoding="utf-8")

    with pytest.raises(CorpusError, match=r"other\.toml: not valid TOML"):
        compared_figures(tmp_path / "other.toml", corpus)
