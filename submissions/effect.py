"""What another codebook would do, before it is taken."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from corpus.codebook import load_codebook
from corpus.gold import load_gold_files
from corpus.models import Document
from submissions.coding import Coder, Coding
from submissions.evaluating import calibration_of, evaluate_corpus, figures
from submissions.models import Origin, Position
from submissions.recoding import code_document

Kind = Literal["appears", "vanishes", "changes"]
#: The figures that a change of the codebook is judged by.
JUDGED_BY = ("topics", "codes", "cells", "rare_stances")


@dataclass(frozen=True, slots=True)
class Effect:
    """One suggestion that another codebook would make, drop or change.

    `before` and `after` are stance and quote; None where there is none.
    """

    kind: Kind
    document: str
    passage: str
    issue: str
    before: tuple[str, str] | None
    after: tuple[str, str] | None


def effects(
    codebook: Path, corpus: Path, progress: Callable[[int], object] = lambda units: None
) -> Iterator[Effect]:
    """The effects of the codebook file on the machine's suggestions in the database.

    In reading order.  Nothing is changed.  Raises `CodebookError` or `CalibrationError`.
    """
    coder = Coder(load_codebook(codebook), calibration_of(corpus))
    for document in Document.objects.order_by("slug"):
        stored = _stored(document)
        for one in code_document(document, coder, progress):
            before = stored.get(one.passage.pk, {})
            after = _suggested(one.coding)
            for issue in sorted(before.keys() | after.keys()):
                if before.get(issue) != after.get(issue):
                    yield Effect(
                        kind=_kind(before.get(issue), after.get(issue)),
                        document=document.reference,
                        passage=one.passage.reference,
                        issue=issue,
                        before=before.get(issue),
                        after=after.get(issue),
                    )


def compared_figures(codebook: Path, corpus: Path) -> dict[str, dict[str, tuple[Any, Any]]]:
    """For each gold file, the figures (F1, and the share of right stances) now and then.

    Raises `CorpusError`.
    """
    compared: dict[str, dict[str, tuple[Any, Any]]] = {}
    for gold in load_gold_files(corpus / "gold"):
        now, then = (
            figures(evaluate_corpus(corpus, gold.path, gold.document, codebook=book))
            for book in (None, codebook)
        )
        compared[gold.path.name] = {
            **{name: (now[name]["f1"], then[name]["f1"]) for name in JUDGED_BY},
            "stances": (now["stances"]["accuracy"], then["stances"]["accuracy"]),
        }
    return compared


def _stored(document: Document) -> dict[int, dict[str, tuple[str, str]]]:
    found: dict[int, dict[str, tuple[str, str]]] = {}
    rows = Position.objects.filter(passage__document=document, origin=Origin.MACHINE)
    for passage, issue, stance, quote in rows.values_list(
        "passage_id", "issue__key", "stance", "quote"
    ):
        found.setdefault(passage, {})[issue] = (stance, quote)
    return found


def _suggested(coding: Coding) -> dict[str, tuple[str, str]]:
    return {one.issue: (one.stance, one.quote) for one in coding.suggestions}


def _kind(before: object, after: object) -> Kind:
    if before is None:
        return "appears"
    return "vanishes" if after is None else "changes"
