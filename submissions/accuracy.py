"""Keep the figures of how well the machine reads, one set for each coder and gold file."""

import hashlib
from pathlib import Path

from django.db import transaction

from corpus.gold import GoldFile, load_gold_files
from corpus.models import Codebook
from submissions.evaluating import evaluate_corpus, figures
from submissions.models import Evaluation


def keep_evaluations(corpus: Path, book: Codebook, coded_with: str) -> int:
    """Evaluate the corpus' codebook on its gold files, where that has not been done; how many.

    `book` is the stored codebook of the folder `corpus`; `coded_with` names the whole coder.
    Raises `CorpusError`, and `OSError` for a gold file that cannot be read.
    """
    made = 0
    for order, gold in enumerate(load_gold_files(corpus / "gold")):
        sha256 = hashlib.sha256(gold.path.read_bytes()).hexdigest()
        kept = Evaluation.objects.filter(coded_with=coded_with, gold_sha256=sha256)
        if kept.update(order=order, about_en=gold.en, about_zh=gold.zh):
            continue
        _keep(corpus, gold, order, book, coded_with, sha256)
        made += 1
    return made


def _keep(
    corpus: Path, gold: GoldFile, order: int, book: Codebook, coded_with: str, sha256: str
) -> None:
    found = figures(evaluate_corpus(corpus, gold.path, gold.document))
    with transaction.atomic():
        Evaluation.objects.update_or_create(
            coded_with=coded_with,
            gold_sha256=sha256,
            defaults={
                "codebook": book,
                "gold_name": gold.path.name,
                "order": order,
                "document": gold.document,
                "about_en": gold.en,
                "about_zh": gold.zh,
                "figures": found,
            },
        )


def current_evaluations() -> list[Evaluation]:
    """The evaluations of the coder in use, in the order of the list; one query.

    The coder in use is the one that was evaluated last with the current codebook.
    """
    rows = list(Evaluation.objects.filter(codebook__current=True).order_by("-made_at", "order"))
    current = [row for row in rows if row.coded_with == rows[0].coded_with]
    return sorted(current, key=lambda row: row.order)
