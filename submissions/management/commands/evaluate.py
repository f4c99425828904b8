"""Say how well the machine reads, against hand-coded passages."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from corpus.codebook import CodebookError, load_codebook
from corpus.delegations import DelegationsError, load_delegations
from corpus.manifest import Entry, ManifestError, load_manifest
from submissions.coding import Coder
from submissions.coding.evaluation import Score
from submissions.extraction import ExtractionError
from submissions.measurement import GoldError, Measurement, load_gold, measure
from submissions.parsing import ParsingError
from submissions.reading import read_document
from submissions.recognition import heading_names


class Command(BaseCommand):
    help = (
        "Read a document of the corpus as it ships, code it with the codebook, and compare the "
        "result with a file of hand-coded passages. Needs no database."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("gold", type=Path, help="hand-coded passages, one JSON object a line")
        parser.add_argument(
            "--document", default="A/AC.291/4", help="symbol or file name of the document coded"
        )
        parser.add_argument("--corpus", type=Path, default=settings.CORPUS_DIR)
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *args: Any, gold: Path, document: str, corpus: Path, **options: Any) -> None:
        try:
            lines = load_gold(gold)
            entry = _entry(corpus, document)
            names = heading_names(
                load_delegations(corpus / "data" / "delegations.toml"), entry.language
            )
            coder = Coder(load_codebook(corpus / "codebook.toml"))
            read = read_document(entry.path, entry.kind, entry.language, names, coder)
        except (
            GoldError,
            ManifestError,
            DelegationsError,
            CodebookError,
            ExtractionError,
            ParsingError,
        ) as error:
            raise CommandError(str(error)) from error
        figures = _figures(measure(lines, read))
        if options["json"]:
            self.stdout.write(json.dumps(figures, ensure_ascii=False, indent=2))
            return
        self.stdout.write(f"{gold.name} against {document}: {len(lines)} units\n")
        for name, row in figures.items():
            values = "  ".join(f"{key} {value:.3f}" for key, value in row.items())
            self.stdout.write(f"{name:<14} {values}")


def _entry(corpus: Path, document: str) -> Entry:
    entries = load_manifest(corpus / "documents" / "manifest.toml")
    for entry in entries:
        if document in (entry.symbol, entry.path.name):
            return entry
    known = ", ".join(entry.symbol or entry.path.name for entry in entries)
    raise ManifestError(f"{document}: is not in the manifest. It knows {known}.")


def _figures(measured: Measurement) -> dict[str, dict[str, float]]:
    coding = measured.coding
    return {
        "segmentation": _row(measured.segmentation),
        "topics": _row(coding.topics) | {"macro_f1": coding.topics_macro_f1},
        "codes": _row(coding.codes),
        "cells": _row(coding.cells),
        "stances": {"accuracy": coding.cell_stances},
        "rare_stances": _row(coding.rare),
        "quotes": {"overlap": coding.quotes},
    }


def _row(score: Score) -> dict[str, float]:
    return {"precision": score.precision, "recall": score.recall, "f1": score.f1}
