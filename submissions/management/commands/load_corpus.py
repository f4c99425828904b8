"""Read the shipped corpus: delegations, codebook, and every document of the manifest."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from corpus.delegations import load_delegations
from corpus.gold import GoldListError
from corpus.manifest import load_manifest
from corpus.registry import sync_codebook, sync_delegations
from submissions.accuracy import keep_evaluations
from submissions.evaluating import PROBLEMS, CorpusError, calibration_of
from submissions.intake import IntakeError, Outcome, Reader
from submissions.lists import link_issues, link_wording


class Command(BaseCommand):
    help = "Read the delegations, the codebook and the documents of a corpus into the database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--corpus",
            type=Path,
            default=settings.CORPUS_DIR,
            help="folder with data/delegations.toml, codebook.toml and documents/manifest.toml",
        )

    def handle(self, *args: Any, corpus: Path, verbosity: int, **options: Any) -> None:
        try:
            delegations = load_delegations(corpus / "data" / "delegations.toml")
            entries = load_manifest(corpus / "documents" / "manifest.toml")
            sync_delegations(delegations)
            calibration = calibration_of(corpus)
            book, codebook = sync_codebook(corpus / "codebook.toml")
        except (*PROBLEMS, OSError) as error:
            raise CommandError(str(error)) from error
        reader = Reader(delegations, codebook, book, calibration)
        for entry in entries:
            with tqdm(
                desc=entry.symbol or entry.path.name,
                unit=" passages",
                disable=None if verbosity else True,
            ) as bar:
                try:
                    outcome = reader.take_in(entry, bar.update)
                except IntakeError as error:
                    raise CommandError(str(error)) from error
            if verbosity:
                self.stdout.write(_sentence(outcome))
        link_issues(codebook)
        link_wording()
        try:
            made = keep_evaluations(corpus, book, reader.coded_with)
        except (CorpusError, GoldListError, OSError) as error:
            raise CommandError(str(error)) from error
        if verbosity and made:
            self.stdout.write(f"Measured on {made} files of hand-coded passages.")


def _sentence(outcome: Outcome) -> str:
    return (
        f"{outcome.reference}: {outcome.change}; {outcome.delegations} delegations, "
        f"{outcome.passages} passages, {outcome.positions} positions."
    )
