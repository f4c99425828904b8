"""A document as text: its submissions, passages, footnotes, and the positions in the margin."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from compare.marks import Segment, cut
from compare.matrix import CellKey
from corpus.models import Document, Footnote, Passage, Submission
from submissions.models import Position, Stance, Status


@dataclass(frozen=True, slots=True)
class Margin:
    """A position in the margin of its passage, and the cells that it counts in."""

    position: Position
    cells: tuple[CellKey, ...]

    @property
    def stance_label(self) -> str:
        return str(Stance(self.position.stance).label)

    @property
    def confirmed(self) -> bool:
        return self.position.status == Status.CONFIRMED


@dataclass(frozen=True, slots=True)
class Line:
    """A passage or heading as the reader page shows it."""

    passage: Passage
    segments: tuple[Segment, ...]
    margin: tuple[Margin, ...]
    footnotes: tuple[Footnote, ...]


@dataclass(slots=True)
class Part:
    """One submission's lines, with its id in the page; what nobody speaks has no submission.

    `loose` are footnotes that are called nowhere.
    """

    submission: Submission | None
    anchor: str
    lines: list[Line] = field(default_factory=list)
    loose: list[Footnote] = field(default_factory=list)

    @property
    def headings(self) -> list[Passage]:
        return [line.passage for line in self.lines if line.passage.kind == Passage.Kind.HEADING]

    @property
    def footnotes(self) -> list[Footnote]:
        return [footnote for line in self.lines for footnote in line.footnotes] + self.loose


def read_parts(document: Document, marked_issue: str = "") -> list[Part]:
    """The document in reading order; the quotes on `marked_issue` are marked.

    Five queries, however long the document is.
    """
    passages = Passage.objects.filter(document=document).in_reading_order()
    submissions = {
        row.pk: row for row in document.submissions.prefetch_related("delegations").all()
    }
    margins = _margins(document, submissions)
    footnotes: dict[int | None, list[Footnote]] = {}
    for footnote in document.footnotes.all():
        footnotes.setdefault(footnote.anchor_id, []).append(footnote)
    parts: list[Part] = []
    anchors: Counter[str] = Counter()
    for passage in passages:
        submission = submissions.get(passage.submission_id or 0)
        if not parts or parts[-1].submission is not submission:
            anchor = submission.anchor if submission else "front"
            anchors[anchor] += 1
            parts.append(
                Part(submission, anchor if anchors[anchor] == 1 else f"{anchor}-{anchors[anchor]}")
            )
        parts[-1].lines.append(
            _line(passage, margins.get(passage.pk, ()), footnotes.get(passage.pk, []), marked_issue)
        )
    if parts:
        parts[-1].loose = footnotes.get(None, [])
    return parts


def _line(
    passage: Passage, margin: Sequence[Margin], footnotes: Sequence[Footnote], marked_issue: str
) -> Line:
    return Line(
        passage=passage,
        segments=cut(
            passage.text,
            _quotes((row.position for row in margin), marked_issue),
            [(row.anchor_start, row.anchor_end, row.order) for row in footnotes],
        ),
        margin=tuple(margin),
        footnotes=tuple(footnotes),
    )


def _quotes(positions: Iterable[Position], issue: str) -> list[tuple[int, int]]:
    return [(row.quote_start, row.quote_end) for row in positions if row.issue.key == issue]


def _margins(
    document: Document, submissions: dict[int, Submission]
) -> dict[int, tuple[Margin, ...]]:
    rows = (
        Position.objects.standing()
        .filter(passage__document=document)
        .select_related("issue__topic", "passage")
        .order_by("passage__order", "issue__order")
    )
    found: dict[int, list[Margin]] = {}
    for row in rows:
        submission = submissions[row.passage.submission_id or 0]
        cells = tuple(
            CellKey(delegation.code, row.issue.key) for delegation in submission.delegations.all()
        )
        found.setdefault(row.passage_id, []).append(Margin(row, cells))
    return {passage: tuple(margins) for passage, margins in found.items()}
