"""Lay the blocks out as clean text, and account for every character of the source."""

from collections.abc import Sequence
from typing import Final

from submissions.extraction import Extract
from submissions.parsing.blocks import Block, Piece
from submissions.parsing.footnotes import find_mark
from submissions.parsing.lines import BodyLine
from submissions.parsing.model import (
    Coverage,
    Dropped,
    Footnote,
    Notice,
    Reading,
    Section,
    Unit,
)
from submissions.parsing.outline import Node

#: Roles of lines whose words are dropped -> the reason listed.
_DROPPED: Final = {
    "symbol": "page-furniture",
    "page": "page-furniture",
    "link": "link",
    "rule": "footnote-rule",
}


class Assembly:
    """Builds a `Reading`: blocks in, one line of clean text each, offsets out.

    Footnotes come after the running text, in the order of the file, and are linked to their marks.
    """

    def __init__(self, source: Extract, lines: Sequence[BodyLine]) -> None:
        self._source = source
        self._lines = lines
        self._parts: list[str] = []
        self._length = 0
        self._units: list[Unit] = []
        self._unit_lines: list[int] = []
        self._sections: list[Section] = []
        self._footnotes: list[Footnote] = []
        self._notices: list[Notice] = []
        self._taken: dict[str, list[Piece]] = {"units": [], "headings": [], "footnotes": []}

    @property
    def position(self) -> int:
        """Where the next block will start."""
        return self._length + bool(self._parts)

    @property
    def last(self) -> int:
        """Where the last block ended."""
        return self._length

    def add_heading_line(self, block: Block) -> None:
        """Add a line that belongs to a submission's heading: a name, a language, a date."""
        self._append(block, "headings")

    def add_units(
        self, blocks: Sequence[Block], nodes: Sequence[Node], section: int | None
    ) -> None:
        """Add the blocks of one section with their places in its outline."""
        first = len(self._units)
        for block, node in zip(blocks, nodes, strict=True):
            start, end = self._append(block, "units")
            self._unit_lines.append(block.line)
            self._units.append(
                Unit(
                    section=section,
                    kind=node.kind,
                    marker=node.marker.text if node.marker else "",
                    depth=node.depth,
                    parent=None if node.parent is None else first + node.parent,
                    heading=None if node.heading is None else first + node.heading,
                    text=block.text,
                    start=start,
                    end=end,
                    page=block.page,
                    marks=block.marks,
                )
            )

    def add_section(self, section: Section) -> None:
        """Add a section whose heading and units were added before it."""
        self._sections.append(section)

    def add_footnotes(self, blocks: Sequence[Block]) -> None:
        """Add the footnotes and find the mark of each in the units that stand before it."""
        after = 0
        for block in blocks:
            start, end = self._append(block, "footnotes")
            until = sum(line < block.line for line in self._unit_lines)
            texts = [unit.text for unit in self._units[after:until]]
            mark = find_mark(block.label, texts) if block.label else None
            if mark is None:
                self._notices.append(Notice("footnote-without-mark", block.line, block.label))
                self._footnotes.append(Footnote(block.label, block.text, start, end, None, 0, 0))
                continue
            anchor = after + mark[0]
            self._footnotes.append(
                Footnote(block.label, block.text, start, end, anchor, mark[1], mark[2])
            )
            after = anchor

    def finish(self) -> Reading:
        """The reading, with its account of the source."""
        dropped = tuple(
            Dropped(line.start, line.end, _DROPPED[line.role], line.text)
            for line in self._lines
            if line.role in _DROPPED
        )
        return Reading(
            text="\n".join(self._parts),
            units=tuple(self._units),
            sections=tuple(self._sections),
            footnotes=tuple(self._footnotes),
            dropped=dropped,
            notices=tuple(self._notices),
            coverage=self._coverage(dropped),
        )

    def _append(self, block: Block, account: str) -> tuple[int, int]:
        start = self.position
        self._parts.append(block.text)
        self._length = start + len(block.text)
        self._taken[account].extend(block.pieces)
        return start, self._length

    def _coverage(self, dropped: Sequence[Dropped]) -> Coverage:
        """Count the source's characters by where they went.

        Raises `AssertionError` when a character is counted twice or a visible one not at all: then
        the parser is wrong, and nothing may be stored.
        """
        counts = {key: sum(piece.length for piece in taken) for key, taken in self._taken.items()}
        spans = [(p.source, p.source + p.length) for taken in self._taken.values() for p in taken]
        spans += [(drop.start, drop.end) for drop in dropped]
        layout = 0
        reached = 0
        text = self._source.text
        for start, end in [*sorted(spans), (len(text), len(text))]:
            gap = text[reached:start]
            if start < reached or gap.strip():
                raise AssertionError(f"characters {reached} to {start} are not accounted for once")
            layout += len(gap)
            reached = end
        return Coverage(
            source=len(text),
            units=counts["units"],
            footnotes=counts["footnotes"],
            headings=counts["headings"],
            dropped=sum(drop.end - drop.start for drop in dropped),
            layout=layout,
        )
