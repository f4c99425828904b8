"""Code the passages that are in the database, without reading their files again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from corpus.models import Document, Passage, Submission
from submissions.coding import Coder, Coding, Unit
from submissions.extraction import Mark
from submissions.parsing.model import blank_deleted


@dataclass(frozen=True, slots=True)
class CodedPassage:
    """A passage and what the machine reads in it."""

    passage: Passage
    coding: Coding


def code_document(
    document: Document, coder: Coder, progress: Callable[[int], object] = lambda units: None
) -> list[CodedPassage]:
    """Every passage in which a delegation speaks for itself, coded in its context.

    Two queries.  `progress` is called with the number of units done since the last call.
    """
    coded = []
    for passage, unit in passages_in_context(document):
        if unit is not None:
            coded.append(CodedPassage(passage, coder.code(unit)))
        progress(1)
    return coded


def passages_in_context(document: Document) -> Iterator[tuple[Passage, Unit | None]]:
    """The document's passages in reading order, each as the coder takes it.

    No unit is given for headings, and where nobody speaks for itself.
    """
    submissions = {row.pk: row for row in document.submissions.all()}
    rows = {row.pk: row for row in document.passages.order_by("order")}
    for row in rows.values():
        submission = submissions.get(row.submission_id or 0)
        speaks = submission is not None and submission.kind == Submission.Kind.OWN
        if row.kind == Passage.Kind.HEADING or not speaks or submission is None:
            yield row, None
            continue
        yield (
            row,
            Unit(
                text=_live(row),
                kind="item" if row.marker else "paragraph",
                marker=row.marker,
                heading_path=_headings(row, rows),
                lead_ins=_lead_ins(row, rows),
                speaker=(submission.heading,),
                language=document.language,
            ),
        )


def _headings(row: Passage, rows: dict[int, Passage]) -> tuple[str, ...]:
    texts: list[str] = []
    key = row.heading_id
    while key is not None:
        texts.append(_live(rows[key]))
        key = rows[key].heading_id
    return tuple(reversed(texts))


def _lead_ins(row: Passage, rows: dict[int, Passage]) -> tuple[str, ...]:
    texts: list[str] = []
    key = row.parent_id
    while key is not None and rows[key].kind == Passage.Kind.PASSAGE:
        texts.append(_live(rows[key]))
        key = rows[key].parent_id
    return tuple(reversed(texts))


def _live(row: Passage) -> str:
    """The passage's text with the deleted words blanked out."""
    return blank_deleted(row.text, [Mark(**mark) for mark in row.marks])
