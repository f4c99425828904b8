"""The Chair's questions and the Expert Group's recommendations, and who takes them up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from compare.marks import Segment, cut
from corpus.models import Delegation, Document, Issue, Passage
from submissions.models import Echo


@dataclass(frozen=True, slots=True)
class TakenUp:
    """A passage that uses an item's wording, with the words marked, and who says it."""

    passage: Passage
    delegations: tuple[Delegation, ...]
    score: float
    segments: tuple[Segment, ...]

    @property
    def speakers(self) -> str:
        return ", ".join(sorted(row.name for row in self.delegations))


@dataclass(frozen=True, slots=True)
class Part:
    """An item, or a lettered part of one: its words, and the passages that use them."""

    passage: Passage
    taken_up: tuple[TakenUp, ...]

    @property
    def takers(self) -> str:
        """The delegations that use its wording, by name."""
        return ", ".join(sorted({row.name for one in self.taken_up for row in one.delegations}))


@dataclass(frozen=True, slots=True)
class Item:
    """A numbered question or recommendation under its heading, with the issues it is about."""

    number: int
    heading: str
    document: Document
    issues: tuple[Issue, ...]
    parts: tuple[Part, ...]


def list_items(rows: Any) -> list[Item]:
    """The items of `rows` (questions or recommendations), in order; seven queries."""
    rows = list(
        rows.select_related("document", "passage", "passage__heading")
        .defer("document__text")
        .prefetch_related("issues__topic")
    )
    parts: dict[int, list[Passage]] = {row.passage.pk: [row.passage] for row in rows}
    for part in Passage.objects.filter(parent__in=parts, kind=Passage.Kind.PASSAGE).order_by(
        "order"
    ):
        parts[part.parent_id or 0].append(part)
    taken = _taken_up(part.pk for found in parts.values() for part in found)
    return [
        Item(
            number=row.number,
            heading=row.passage.heading.text if row.passage.heading else "",
            document=row.document,
            issues=tuple(row.issues.all()),
            parts=tuple(
                Part(part, tuple(taken.get(part.pk, ()))) for part in parts[row.passage.pk]
            ),
        )
        for row in rows
    ]


def _taken_up(items: Iterable[int]) -> dict[int, list[TakenUp]]:
    echoes = (
        Echo.objects.filter(item__in=list(items))
        .select_related("passage__document")
        .defer("passage__document__text")
        .prefetch_related("passage__submission__delegations")
        .order_by("-score", "passage__document", "passage__order")
    )
    found: dict[int, list[TakenUp]] = {}
    for echo in echoes:
        found.setdefault(echo.item_id, []).append(
            TakenUp(
                passage=echo.passage,
                delegations=_delegations(echo.passage),
                score=echo.score,
                segments=cut(echo.passage.text, _spans(echo.runs)),
            )
        )
    return found


def _delegations(passage: Passage) -> tuple[Delegation, ...]:
    return tuple(passage.submission.delegations.all()) if passage.submission else ()


def _spans(runs: Sequence[dict[str, Any]]) -> list[tuple[int, int]]:
    return [(run["passage_start"], run["passage_end"]) for run in runs]
