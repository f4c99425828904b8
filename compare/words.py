"""The words behind a cell: the passages in which a delegation takes a stance on an issue."""

from collections.abc import Iterable
from dataclasses import dataclass

from compare.marks import Segment, cut
from compare.matrix import CellKey, Show
from corpus.models import Delegation, Document, Issue, Passage
from submissions.coding.evaluation import cell_stance
from submissions.models import Position, Status


@dataclass(frozen=True, slots=True)
class Above:
    """A heading or lead-in above a passage, outermost first in a path."""

    text: str
    reference: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """A passage with the position it takes on the issue and the quote marked."""

    position: Position
    passage: Passage
    document: Document
    path: tuple[Above, ...]
    segments: tuple[Segment, ...]

    @property
    def address(self) -> str:
        """The passage's place in the reader, with the issue's quotes marked there."""
        page = f"{self.document.get_absolute_url()}?issue={self.position.issue.key}"
        return f"{page}#{self.passage.reference}"


@dataclass(frozen=True, slots=True)
class Words:
    """All that one delegation says on one issue; no passages: it is silent there."""

    key: CellKey
    delegation: Delegation
    issue: Issue
    stance: str
    confirmed: bool
    passages: tuple[Quoted, ...]


def words_behind(key: CellKey, show: Show = "all") -> Words | None:
    """What stands behind the cell `key`, in reading order; None if there is no such cell.

    The number of queries does not depend on how many passages there are.
    """
    delegation = Delegation.objects.filter(code=key.delegation).first()
    issue = Issue.objects.filter(key=key.issue).first()
    if delegation is None or issue is None:
        return None
    positions = Position.objects.standing().filter(
        issue=issue, passage__submission__delegations=delegation
    )
    if show == "confirmed":
        positions = positions.confirmed()
    found = list(
        positions.select_related("issue", "passage__document")
        .defer("passage__document__text")
        .order_by("passage__document", "passage__order")
    )
    above = _introducing({position.passage.submission_id for position in found})
    return Words(
        key=key,
        delegation=delegation,
        issue=issue,
        stance=cell_stance([position.stance for position in found]) if found else "",
        confirmed=bool(found) and all(row.status == Status.CONFIRMED for row in found),
        passages=tuple(
            Quoted(
                position=position,
                passage=position.passage,
                document=position.passage.document,
                path=_path(position.passage, above),
                segments=cut(position.passage.text, [(position.quote_start, position.quote_end)]),
            )
            for position in found
        ),
    )


def _introducing(submissions: Iterable[int | None]) -> dict[int, Passage]:
    """The headings and lead-ins of the submissions, by primary key; one query."""
    rows = Passage.objects.filter(submission__in=[pk for pk in submissions if pk])
    return {row.pk: row for row in rows.filter(children__isnull=False).distinct()}


def _path(passage: Passage, above: dict[int, Passage]) -> tuple[Above, ...]:
    path: list[Above] = []
    parent = passage.parent_id
    while parent is not None:
        path.append(Above(above[parent].text, above[parent].reference))
        parent = above[parent].parent_id
    return tuple(reversed(path))
