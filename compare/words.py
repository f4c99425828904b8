"""The words behind a cell: the passages in which a delegation takes a stance on an issue."""

from collections.abc import Iterable
from dataclasses import dataclass

from compare.marks import Segment, cut
from compare.matrix import CellKey, Show
from corpus.models import Delegation, Document, Issue, Passage, Submission
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
    def translated_from(self) -> str:
        """The language the words were filed in, where the document is a translation; else ""."""
        submission = self.passage.submission
        original = submission.original_language if submission else ""
        return original if original != self.document.language else ""

    @property
    def address(self) -> str:
        """The passage's place in the reader, with the issue's quotes marked there."""
        page = f"{self.document.get_absolute_url()}?issue={self.position.issue.key}"
        return f"{page}#{self.passage.reference}"


@dataclass(frozen=True, slots=True)
class Words:
    """All that one delegation says on one issue; no passages: it is silent there.

    `noted` is the submission that stands in the corpus only as a note, if the delegation has no
    other: then nothing is known of what it says.
    """

    key: CellKey
    delegation: Delegation
    issue: Issue
    stance: str
    confirmed: bool
    passages: tuple[Quoted, ...]
    noted: Submission | None = None

    @property
    def mixed(self) -> bool:
        """Whether the passages do not all take the cell's stance."""
        return any(quoted.position.stance != self.stance for quoted in self.passages)


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
        positions.select_related("issue", "codebook", "passage__document", "passage__submission")
        .defer("passage__document__text", "codebook__source")
        .order_by("passage__document", "passage__order", "pk")
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
        noted=None if found else _noted(delegation),
    )


def _noted(delegation: Delegation) -> Submission | None:
    """The note that stands for the delegation's text; None if it speaks for itself anywhere."""
    rows = list(Submission.objects.filter(delegations=delegation).select_related("document"))
    own = any(row.kind == Submission.Kind.OWN for row in rows)
    return None if own or not rows else rows[0]


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
