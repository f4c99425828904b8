"""Fit the certainties of suggestions to hand-coded passages."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from submissions.coding.calibration import calibration_error, dump_calibration, fit, left_out
from submissions.evaluating import CorpusError, evaluate_corpus


class Command(BaseCommand):
    help = (
        "Fit the certainties of suggestions to hand-coded passages, so that of suggestions marked "
        "0.8 about 80 %% are right, and write the result beside the codebook."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("gold", type=Path, help="hand-coded passages, one JSON object a line")
        parser.add_argument("--document", default="A/AC.291/4")
        parser.add_argument("--corpus", type=Path, default=settings.CORPUS_DIR)
        parser.add_argument("--dry-run", action="store_true", help="print it, write nothing")

    def handle(self, *args: Any, gold: Path, document: str, corpus: Path, **options: Any) -> None:
        try:
            evaluated = evaluate_corpus(corpus, gold, document, calibrated=False)
        except CorpusError as error:
            raise CommandError(str(error)) from error
        judged = evaluated.engine.coding.judged
        written = dump_calibration(fit(judged), gold.name)
        found = (
            f"expected calibration error: {calibration_error(judged):.3f} as scored, "
            f"{calibration_error(left_out(judged)):.3f} calibrated with each delegation left out"
        )
        if options["dry_run"]:
            self.stdout.write(f"{written}\n# {found}")
            return
        target = corpus / "calibration.toml"
        try:
            target.write_text(written, encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{target}: cannot be written ({error.strerror}).") from error
        self.stdout.write(f"{target.name}: fitted on {len(judged)} suggestions.")
        self.stdout.write(found)
