"""How well the machine reads the corpus as it ships, and what stops it from being measured."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from corpus.codebook import load_codebook
from submissions.coding import Coder
from submissions.coding.calibration import Calibration, load_calibration
from submissions.coding.evaluation import Score
from submissions.evaluating import (
    CorpusError,
    Evaluated,
    calibration_of,
    evaluate_corpus,
    figures,
    row,
)
from submissions.parsing import Names
from submissions.reading import CodedReading, read_document
from tests.submissions.own_corpus import MANIFEST, make_corpus

CORPUS = Path(settings.CORPUS_DIR)
DOCUMENT = "A/AC.291/4"


@pytest.fixture(scope="module")
def dev() -> Evaluated:
    return evaluate_corpus(CORPUS, CORPUS / "gold" / "dev.jsonl", DOCUMENT)


@pytest.fixture(scope="module")
def check() -> Evaluated:
    return evaluate_corpus(CORPUS, CORPUS / "gold" / "check.jsonl", DOCUMENT)


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder(load_codebook(CORPUS / "codebook.toml"))


# --- the thresholds -------------------------------------------------------------------------------


def test_the_development_passages_are_read_as_well_as_promised(dev: Evaluated) -> None:
    coding = dev.engine.coding

    assert dev.engine.segmentation == Score(412, 0, 0)
    assert dev.engine.untouched == 0
    assert coding.cells.f1 >= 0.93
    assert coding.cell_stances >= 0.96
    assert coding.rare.f1 >= 0.85
    assert coding.topics.f1 >= 0.88
    assert coding.quotes >= 0.90


def test_passages_the_cues_were_not_written_to_are_read_nearly_as_well(check: Evaluated) -> None:
    assert check.engine.segmentation == Score(495, 0, 0)
    assert check.engine.coding.cells.f1 >= 0.88
    assert check.engine.coding.rare.f1 >= 0.75


def test_a_keyword_search_is_far_below(dev: Evaluated, check: Evaluated) -> None:
    for evaluated in (dev, check):
        coding = evaluated.engine.coding
        assert evaluated.baseline.cells.f1 < 0.5 * coding.cells.f1
        assert evaluated.baseline.topics.f1 < 0.5 * coding.topics.f1
        assert evaluated.baseline.rare.found == 0
        assert evaluated.baseline.passages == coding.passages


def test_a_calibration_changes_certainties_and_nothing_else(dev: Evaluated) -> None:
    gold = CORPUS / "gold" / "dev.jsonl"
    scored = evaluate_corpus(CORPUS, gold, DOCUMENT, calibrated=False).engine.coding
    steps = load_calibration(CORPUS / "calibration.toml")

    assert [
        (one.delegation, steps.certainty(one.certainty), one.right) for one in scored.judged
    ] == [(one.delegation, one.certainty, one.right) for one in dev.engine.coding.judged]
    assert (scored.codes, scored.cells, scored.topics, scored.rare) == (
        dev.engine.coding.codes,
        dev.engine.coding.cells,
        dev.engine.coding.topics,
        dev.engine.coding.rare,
    )


# --- the figures ----------------------------------------------------------------------------------

ROW = {"precision", "recall", "f1", "found", "invented", "missed"}


def test_the_figures_are_plain_values(dev: Evaluated) -> None:
    found = figures(dev)

    assert json.loads(json.dumps(found)) == found
    assert found.keys() == {
        *("segmentation", "topics", "topics_by", "codes", "cells", "stances", "rare_stances"),
        *("rare_stances_by", "quotes", "coverage", "calibration", "issues", "delegations"),
        "baseline",
    }
    for name in ("segmentation", "codes", "cells", "rare_stances"):
        assert found[name].keys() == ROW
    for name in ("topics_by", "rare_stances_by", "issues", "delegations"):
        assert found[name]
        assert all(one.keys() == ROW for one in found[name].values())
    assert found["topics"].keys() == ROW | {"macro_f1"}
    assert found["baseline"].keys() == {"topics", "cells", "stances", "rare_stances"}
    assert found["coverage"].keys() == {"passages", "coded", "no_position", "untouched"}
    assert found["calibration"].keys() == {"error", "bins"}
    assert found["calibration"]["bins"][0].keys() == {"certainty", "share", "count"}
    assert all(0 <= share <= 1 for share in shares(found))


def shares(value: Any) -> list[float]:
    if isinstance(value, dict):
        return [share for one in value.values() for share in shares(one)]
    if isinstance(value, list):
        return [share for one in value for share in shares(one)]
    return [value] if isinstance(value, float) else []


def test_the_figures_are_those_of_the_evaluation(dev: Evaluated) -> None:
    found = figures(dev)
    coding = dev.engine.coding

    assert found["cells"] == row(coding.cells)
    assert found["stances"] == {"accuracy": coding.cell_stances}
    assert found["quotes"] == {"overlap": coding.quotes}
    assert found["coverage"] == {
        "passages": 359,
        "coded": coding.coverage,
        "no_position": coding.silence,
        "untouched": 0,
    }
    assert len(found["delegations"]) == 10
    assert sum(one["count"] for one in found["calibration"]["bins"]) == len(coding.judged)
    assert sum(one["found"] for one in found["topics_by"].values()) == coding.topics.found
    assert set(found["rare_stances_by"]) == {"open", "oppose", "qualified"}


def test_a_score_as_a_row() -> None:
    assert row(Score(6, 2, 4)) == {
        "precision": 0.75,
        "recall": 0.6,
        "f1": 12 / 18,
        "found": 6,
        "invented": 2,
        "missed": 4,
    }


# --- where nobody takes a position ----------------------------------------------------------------


def test_nobody_takes_a_position_in_notes_headings_and_front_matter(
    coder: Coder, names: Names
) -> None:
    path = CORPUS / "documents" / "A-AC.291-4.zh.txt"
    read = read_document(path, "compilation", "zh", names, coder)
    units = read.reading.units
    silent = {index for index, coding in enumerate(read.codings) if coding is None}

    assert silent == {
        index
        for index, unit in enumerate(units)
        if unit.kind == "heading"
        or unit.section is None
        or read.reading.sections[unit.section].codes == ("RUS",)
    }
    assert positions_within(read, [(note.start, note.end) for note in read.reading.footnotes]) == 0


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("expert-group-2020-draft-report-addendum.zh.txt", "report"),
        ("chair-guiding-questions-third-session.zh.txt", "questions"),
        ("UNODC-CCPCJ-EG.4-2021-2.zh.md", "recommendations"),
    ],
)
def test_nobody_takes_a_position_in_a_text_without_speakers(
    coder: Coder, names: Names, file: str, kind: str
) -> None:
    read = read_document(CORPUS / "documents" / file, kind, "zh", names, coder)

    assert set(read.codings) == {None}
    assert read.reading.sections == ()


def positions_within(read: CodedReading, spans: list[tuple[int, int]]) -> int:
    """How many suggestions quote text between the offsets of the spans."""
    places = [
        (unit.start + one.start, unit.start + one.end)
        for unit, coding in zip(read.reading.units, read.codings, strict=True)
        if coding
        for one in coding.suggestions
    ]
    return sum(
        start < end_of_span and start_of_span < end
        for start, end in places
        for start_of_span, end_of_span in spans
    )


# --- what cannot be used --------------------------------------------------------------------------


@pytest.fixture
def own_corpus(tmp_path: Path) -> Path:
    return make_corpus(tmp_path)


def test_a_corpus_of_ones_own_is_evaluated(own_corpus: Path) -> None:
    found = evaluate_corpus(own_corpus, own_corpus / "gold" / "dev.jsonl", "views.zh.txt")

    assert found.engine.segmentation == Score(2, 0, 0)
    assert found.engine.coding.cells == Score(2, 0, 0)
    assert found.engine.coding.rare == Score(1, 0, 0)
    assert found.engine.coding.passages == found.baseline.passages == 2


def test_without_a_calibration_certainties_are_scores(own_corpus: Path) -> None:
    assert calibration_of(own_corpus) == load_calibration(CORPUS / "calibration.toml")
    (own_corpus / "calibration.toml").unlink()
    assert calibration_of(own_corpus) == Calibration()


def test_another_codebook_can_be_tried(own_corpus: Path) -> None:
    other = own_corpus / "other.toml"
    other.write_text('version = "1"\n', encoding="utf-8")

    found = evaluate_corpus(
        own_corpus, own_corpus / "gold" / "dev.jsonl", "views.zh.txt", codebook=other
    )

    assert found.engine.coding.judged == ()


Break = Callable[[Path], object]


def write(name: str, text: str) -> Break:
    return lambda folder: (folder / name).write_text(text, encoding="utf-8")


def remove(name: str) -> Break:
    return lambda folder: (folder / name).unlink()


@pytest.mark.parametrize(
    ("spoil", "file", "cure"),
    [
        (remove("gold/dev.jsonl"), "gold/dev.jsonl", "Check the path."),
        (write("gold/dev.jsonl", "{"), "dev.jsonl, line 1", "Write one JSON object a line."),
        (write("gold/dev.jsonl", "{}"), "dev.jsonl, line 1", "Add it, as a text."),
        (write("codebook.toml", "["), "codebook.toml", "not valid TOML"),
        (write("codebook.toml", "x = 1"), "codebook.toml", "the fields are"),
        (remove("codebook.toml"), "codebook.toml", ""),
        (write("calibration.toml", "["), "calibration.toml", "manage.py calibrate"),
        (write("data/delegations.toml", "["), "delegations.toml", ""),
        (remove("data/delegations.toml"), "delegations.toml", "check the path"),
        (remove("documents/manifest.toml"), "manifest.toml", "Check the path."),
        (write("documents/manifest.toml", "["), "manifest.toml", "cannot be read as TOML"),
        (
            write("documents/manifest.toml", MANIFEST.replace("compilation", "atlas")),
            "views.zh.txt",
            "kind must be one of",
        ),
        (
            write("documents/manifest.toml", MANIFEST.replace("views", "other")),
            "views.zh.txt",
            "Name one of other.zh.txt.",
        ),
        (remove("documents/views.zh.txt"), "views.zh.txt", "Check the path."),
        (write("documents/views.zh.txt", ""), "views.zh.txt", ""),
        (write("documents/views.zh.txt", "甲。\n"), "views.zh.txt", ""),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_the_cure(
    own_corpus: Path, spoil: Break, file: str, cure: str
) -> None:
    spoil(own_corpus)

    with pytest.raises(CorpusError) as caught:
        evaluate_corpus(own_corpus, own_corpus / "gold" / "dev.jsonl", "views.zh.txt")
    assert file in str(caught.value)
    assert cure in str(caught.value)
