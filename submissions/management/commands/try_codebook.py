"""Say what another codebook would do to the suggestions, before it is taken."""

import json
from argparse import ArgumentParser
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from submissions.effect import Effect, compared_figures, effects
from submissions.evaluating import PROBLEMS, CorpusError


class Command(BaseCommand):
    help = (
        "List the suggestions that would appear, vanish or change with another codebook, and what "
        "it does to the figures on the hand-coded passages. Changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("codebook", type=Path, help="the codebook to try")
        parser.add_argument("--corpus", type=Path, default=settings.CORPUS_DIR)
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, codebook: Path, corpus: Path, **options: Any) -> None:
        try:
            found = list(effects(codebook, corpus))
            compared = compared_figures(codebook, corpus)
        except (CorpusError, OSError, *PROBLEMS) as error:
            raise CommandError(str(error)) from error
        counts = Counter(one.kind for one in found)
        if options["json"]:
            report = {
                "effects": [asdict(one) for one in found],
                "counts": counts,
                "figures": compared,
            }
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
            return
        for one in found:
            self.stdout.write(_sentence(one))
        self.stdout.write(
            f"{counts['appears']} appear, {counts['vanishes']} vanish, {counts['changes']} change"
        )
        for gold, values in compared.items():
            for name, (now, then) in values.items():
                self.stdout.write(f"{gold}  {name:<12}  {now:.3f} -> {then:.3f}")


def _sentence(one: Effect) -> str:
    sign = {"appears": "+", "vanishes": "-", "changes": "~"}[one.kind]
    before = " ".join(one.before) if one.before else ""
    after = " ".join(one.after) if one.after else ""
    arrow = " -> " if before and after else ""
    return f"{sign} {one.document} {one.passage} {one.issue}: {before}{arrow}{after}"
