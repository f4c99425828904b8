"""Cut a text where something is marked in it.  Pure: no Django."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text: whether it is quoted, and the number of the footnote it calls, if it does."""

    text: str
    quoted: bool = False
    note: int | None = None


def cut(
    text: str,
    quotes: Iterable[tuple[int, int]] = (),
    notes: Iterable[tuple[int, int, int]] = (),
) -> tuple[Segment, ...]:
    """`text` as segments that join up to it again.

    `quotes` are half-open spans, which may touch or overlap; `notes` are spans of footnote marks,
    each with its footnote's number.  Spans outside the text are cut to it.

    >>> [(s.text, s.quoted) for s in cut("(a) 非法访问；", [(4, 8)])]
    [('(a) ', False), ('非法访问', True), ('；', False)]
    """
    length = len(text)
    quoted = [(max(0, start), min(end, length)) for start, end in quotes]
    calls = [(max(0, start), min(end, length), number) for start, end, number in notes]
    edges = {0, length}
    edges.update(edge for start, end in quoted for edge in (start, end) if start < end)
    edges.update(edge for start, end, _ in calls for edge in (start, end) if start < end)
    places = sorted(edges)
    segments: list[Segment] = []
    for start, end in itertools.pairwise(places):
        segment = Segment(
            text[start:end],
            any(first <= start and end <= last for first, last in quoted),
            next((n for first, last, n in calls if first <= start and end <= last), None),
        )
        last = segments[-1] if segments else None
        if last and (last.quoted, last.note) == (segment.quoted, segment.note):
            segments[-1] = Segment(last.text + segment.text, segment.quoted, segment.note)
        else:
            segments.append(segment)
    return tuple(segments)
