"""Say how well the machine reads, against hand-coded passages."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from submissions.evaluating import CorpusError, evaluate_corpus, figures

_PRINTED = ("segmentation", "topics", "codes", "cells", "stances", "rare_stances", "quotes")
_WIDTH = 16


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
        parser.add_argument("--json", action="store_true", help="print every figure as JSON")

    def handle(self, *args: Any, gold: Path, document: str, corpus: Path, **options: Any) -> None:
        try:
            found = figures(evaluate_corpus(corpus, gold, document))
        except CorpusError as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
            return
        self.stdout.write(f"{gold.name} against {document}")
        for name in _PRINTED:
            self._line(name, found[name])
        self._group("rare stances", found["rare_stances_by"])
        self._group("topics", found["topics_by"])
        self._group("delegations (cells)", found["delegations"])
        self._group("issues (passages)", found["issues"])
        self.stdout.write("\ncoverage")
        self._line("", found["coverage"])
        self.stdout.write(f"\ncalibration, error {found['calibration']['error']:.3f}")
        for bin_ in found["calibration"]["bins"]:
            self._line("", bin_)
        self._group("baseline: labels as keywords, always support", found["baseline"])

    def _group(self, title: str, rows: dict[str, dict[str, float]]) -> None:
        self.stdout.write(f"\n{title}")
        for name, row in rows.items():
            self._line(f"  {name}", row)

    def _line(self, name: str, row: dict[str, float]) -> None:
        values = "  ".join(
            f"{key} {value:.3f}" if isinstance(value, float) else f"{key} {value}"
            for key, value in row.items()
        )
        self.stdout.write(f"{name:<{_WIDTH}}  {values}")
