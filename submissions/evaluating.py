"""Evaluate the corpus as it ships: read, code and compare in one call.  Pure: no Django."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus.codebook import Codebook, CodebookError, load_codebook
from corpus.delegations import DelegationsError, load_delegations
from corpus.manifest import Entry, ManifestError, load_manifest
from submissions.coding import Coder, Codes, Coding, Unit
from submissions.coding.calibration import (
    Calibration,
    CalibrationError,
    calibration_error,
    load_calibration,
    reliability,
)
from submissions.coding.evaluation import Evaluation, Score, baseline
from submissions.extraction import ExtractionError
from submissions.measurement import GoldError, Measurement, load_gold, measure
from submissions.parsing import Names, ParsingError
from submissions.reading import CodedReading, read_document
from submissions.recognition import heading_names


class CorpusError(ValueError):
    """Something of the corpus or the gold cannot be used; the message says what, and the cure."""


#: What reading the corpus' files may raise.
PROBLEMS = (
    CalibrationError,
    CodebookError,
    DelegationsError,
    ExtractionError,
    GoldError,
    ManifestError,
    OSError,
    ParsingError,
    UnicodeDecodeError,
)


def calibration_of(corpus: Path) -> Calibration:
    """The calibration that lies beside the codebook; none: certainties stay scores."""
    path = corpus / "calibration.toml"
    return load_calibration(path) if path.exists() else Calibration()


@dataclass(frozen=True, slots=True)
class Evaluated:
    """How well the engine reads, and how well a keyword search would, on the same passages."""

    engine: Measurement
    baseline: Evaluation


class _Baseline:
    """Codes by looking for the issues' labels, and calls everything support."""

    def __init__(self, codebook: Codebook) -> None:
        self._codebook = codebook

    def code(self, unit: Unit) -> Coding:
        return baseline(self._codebook, unit)


def evaluate_corpus(
    corpus: Path,
    gold: Path,
    document: str,
    codebook: Path | None = None,
    calibrated: bool = True,
) -> Evaluated:
    """Read and code a document of the corpus in the folder `corpus`, and compare it with `gold`.

    `codebook` is another codebook to try in place of the corpus' own.  Raises `CorpusError`.
    """
    try:
        lines = load_gold(gold)
        book = load_codebook(codebook or corpus / "codebook.toml")
        entry = _entry(corpus, document)
        names = heading_names(
            load_delegations(corpus / "data" / "delegations.toml"), entry.language
        )
        coder = Coder(book, calibration_of(corpus) if calibrated else None)
        return Evaluated(
            engine=measure(lines, _read(entry, names, coder)),
            baseline=measure(lines, _read(entry, names, _Baseline(book))).coding,
        )
    except PROBLEMS as error:
        raise CorpusError(str(error)) from error


def _read(entry: Entry, names: Names, coder: Codes) -> CodedReading:
    return read_document(entry.path, entry.kind, entry.language, names, coder)


def _entry(corpus: Path, document: str) -> Entry:
    entries = load_manifest(corpus / "documents" / "manifest.toml")
    for entry in entries:
        if document in (entry.symbol, entry.path.name):
            return entry
    known = ", ".join(entry.symbol or entry.path.name for entry in entries)
    raise ManifestError(f"{document}: is not in the manifest. Name one of {known}.")


def figures(evaluated: Evaluated) -> dict[str, Any]:
    """All figures as plain values: shares between 0 and 1, counts as whole numbers.

    A row of `precision`, `recall` and `f1` carries `found`, `invented` and `missed`.
    """
    coding = evaluated.engine.coding
    judged = coding.judged
    return {
        "segmentation": row(evaluated.engine.segmentation),
        "topics": row(coding.topics) | {"macro_f1": coding.topics_macro_f1},
        "topics_by": {topic: row(score) for topic, score in coding.topics_by.items()},
        "codes": row(coding.codes),
        "cells": row(coding.cells),
        "stances": {"accuracy": coding.cell_stances},
        "rare_stances": row(coding.rare),
        "rare_stances_by": {stance: row(score) for stance, score in coding.rare_by.items()},
        "quotes": {"overlap": coding.quotes},
        "coverage": {
            "passages": coding.passages,
            "coded": coding.coverage,
            "no_position": coding.silence,
            "untouched": evaluated.engine.untouched,
        },
        "calibration": {
            "error": calibration_error(judged),
            "bins": [asdict(found) for found in reliability(judged)],
        },
        "issues": {issue: row(score) for issue, score in coding.issues.items()},
        "delegations": {code: row(score) for code, score in coding.delegations.items()},
        "baseline": {
            "topics": row(evaluated.baseline.topics),
            "cells": row(evaluated.baseline.cells),
            "stances": {"accuracy": evaluated.baseline.cell_stances},
            "rare_stances": row(evaluated.baseline.rare),
        },
    }


def row(score: Score) -> dict[str, float]:
    """A score as plain values."""
    return {
        "precision": score.precision,
        "recall": score.recall,
        "f1": score.f1,
        "found": score.found,
        "invented": score.invented,
        "missed": score.missed,
    }
