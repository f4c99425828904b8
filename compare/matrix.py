"""The delegations × issues table of a topic."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode

from django.db.models import Prefetch

from corpus.models import Delegation, Issue, Submission, Topic
from submissions.coding.evaluation import cell_stance
from submissions.models import Position, Stance, Status

Show = Literal["all", "confirmed"]


@dataclass(frozen=True, slots=True)
class CellKey:
    """A delegation's code and an issue's key, written `NOR.offences.illegal_access`."""

    delegation: str
    issue: str

    @classmethod
    def parse(cls, text: str) -> "CellKey":
        """The key that `text` writes; an incomplete one has an empty issue.

        >>> CellKey.parse("NOR.offences.illegal_access").issue
        'offences.illegal_access'
        """
        delegation, _, issue = text.partition(".")
        return cls(delegation, issue)

    def __str__(self) -> str:
        return f"{self.delegation}.{self.issue}"


@dataclass(frozen=True, slots=True)
class Selection:
    """What the reader asked to see; no delegations or stances chosen means all of them."""

    topic: str
    delegations: tuple[str, ...] = ()
    stances: tuple[str, ...] = ()
    show: Show = "all"
    cell: CellKey | None = None

    def query(self, cell: CellKey | None = None) -> str:
        """The selection as a query string, without the cell unless one is given."""
        pairs = [("topic", self.topic)]
        pairs += [("delegation", code) for code in self.delegations]
        pairs += [("stance", stance) for stance in self.stances]
        if self.show != "all":
            pairs.append(("show", self.show))
        if cell:
            pairs.append(("cell", str(cell)))
        return urlencode(pairs)


@dataclass(frozen=True, slots=True)
class Cell:
    """What the positions of one delegation on one issue add up to; without any it is silent.

    `mixed` says that they do not all take the cell's stance; `aside`, that the delegation is not
    silent, but takes no stance that the reader asked for (or no confirmed one).
    """

    delegation: Delegation
    key: CellKey
    stance: str
    confirmed: bool
    mixed: bool
    aside: bool
    positions: int

    @property
    def stance_label(self) -> str:
        return str(Stance(self.stance).label) if self.stance else ""


@dataclass(frozen=True, slots=True)
class Row:
    """An issue and its cells, one for each column."""

    issue: Issue
    cells: tuple[Cell, ...]

    @property
    def speaking(self) -> int:
        """How many delegations of the columns take a stance."""
        return sum(bool(cell.stance) for cell in self.cells)

    @property
    def shows(self) -> bool:
        """Whether any cell takes a stance that the reader asked for."""
        return any(cell.stance and not cell.aside for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Matrix:
    """The table of one topic: columns in the order of names, rows in the order of the codebook.

    `noted` are submissions that the Secretariat only refers to: nobody's words, so no column.
    """

    topic: Topic
    columns: tuple[Delegation, ...]
    rows: tuple[Row, ...]
    noted: tuple[Submission, ...]
    positions: int
    confirmed: int

    @property
    def speaking(self) -> int:
        """How many delegations of the columns take a stance on any of the rows."""
        cells = (cell for row in self.rows for cell in row.cells)
        return len({cell.delegation.code for cell in cells if cell.stance and not cell.aside})


def speaking_delegations() -> list[Delegation]:
    """The delegations whose own words are in the corpus, by name in the reader's language."""
    rows = Delegation.objects.filter(submissions__kind=Submission.Kind.OWN).distinct()
    return sorted(rows, key=lambda row: row.sort_key)


def noted_submissions() -> tuple[Submission, ...]:
    """The submissions that stand in the corpus only as a note by the Secretariat."""
    rows = Submission.objects.filter(kind=Submission.Kind.NOTE).select_related("document")
    return tuple(
        rows.prefetch_related(Prefetch("delegations", Delegation.objects.order_by("name_en")))
    )


def build_matrix(selection: Selection, delegations: Sequence[Delegation]) -> Matrix:
    """The table that `selection` asks for, with `delegations` to choose the columns from.

    Rows without any of the stances asked for are left out.  Raises `Topic.DoesNotExist`.
    """
    topic = Topic.objects.get(key=selection.topic)
    columns = tuple(
        row for row in delegations if not selection.delegations or row.code in selection.delegations
    )
    taken = _taken(topic)
    rows = []
    for issue in topic.issues.all():
        row = Row(issue, tuple(_cell(column, issue, taken, selection) for column in columns))
        if (not issue.retired or row.speaking) and (not selection.stances or row.shows):
            rows.append(row)
    shown = [cell for row in rows for cell in row.cells if not cell.aside]
    return Matrix(
        topic=topic,
        columns=columns,
        rows=tuple(rows),
        noted=noted_submissions(),
        positions=sum(cell.positions for cell in shown),
        confirmed=sum(
            status == Status.CONFIRMED for cell in shown for _, status in taken.get(cell.key, ())
        ),
    )


Taken = dict[CellKey, list[tuple[str, str]]]


def _taken(topic: Topic) -> Taken:
    """The stances and statuses of the topic's positions, by cell, in reading order; one query."""
    rows = Position.objects.standing().filter(issue__topic=topic).order_by("passage__order", "pk")
    found: Taken = {}
    for code, issue, stance, status in rows.values_list(
        "passage__submission__delegations__code", "issue__key", "stance", "status"
    ):
        found.setdefault(CellKey(code, issue), []).append((stance, status))
    return found


def _cell(delegation: Delegation, issue: Issue, taken: Taken, selection: Selection) -> Cell:
    key = CellKey(delegation.code, issue.key)
    every = taken.get(key, [])
    here = [one for one in every if selection.show == "all" or one[1] == Status.CONFIRMED] or every
    hidden = selection.show == "confirmed" and all(one[1] != Status.CONFIRMED for one in every)
    stances = [stance for stance, _ in here]
    stance = cell_stance(stances) if here else ""
    other = bool(selection.stances) and stance not in selection.stances
    return Cell(
        delegation=delegation,
        key=key,
        stance=stance,
        confirmed=bool(here) and all(status == Status.CONFIRMED for _, status in here),
        mixed=len(set(stances)) > 1,
        aside=bool(here) and (hidden or other),
        positions=len(here),
    )
