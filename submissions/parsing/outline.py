"""Headings, paragraphs and list items: which is which, and what stands under what."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from submissions.parsing.blocks import TERMINAL, Block
from submissions.parsing.markers import Marker, in_series
from submissions.parsing.model import UnitKind

_LONGEST_TITLE: Final = 60
_TITLE_INDENT: Final = 1
#: Notations that number titles, where a format tells paragraphs but not which are titles.
_TITLE_SERIES: Final = {"chapter", "article", "roman", "han", "capital", "han-bracket"}
_LONGEST_PLAIN_TITLE: Final = 40
#: An annex stands beside the chapters, not in the last of them.
_ANNEX: Final = re.compile(r"附件|附录|Annexe?\b|ANNEX|Appendix|Anexo|Приложение|المرفق")


@dataclass(frozen=True, slots=True)
class Node:
    """A block's place in the outline; `parent` and `heading` index the same list of nodes."""

    kind: UnitKind
    marker: Marker | None
    depth: int
    parent: int | None
    heading: int | None


@dataclass(frozen=True, slots=True)
class _Open:
    """A heading or list item that later blocks may stand under."""

    node: int
    series: str
    marker: Marker | None
    level: int = 0


def build_outline(blocks: Sequence[Block], *, nest_titles: bool = True) -> list[Node]:
    """Place every block of one submission (or of a document's front matter) in a tree.

    A title opens a level by its notation: a notation seen before closes back to its own level, a
    new one opens a level below; a title straight under an unnumbered title is its child.  An item
    stands under the item or the lead-in (a passage that ends in a colon) that its notation first
    appeared under.  An unmarked paragraph stands under the item before it if a colon introduces it;
    otherwise it interrupts the list, which goes on if the next number does.  Without `nest_titles`
    (on a title page) unnumbered titles stand beside each other.
    """
    outline = _Outline(blocks, nest_titles)
    leveled = any(block.level for block in blocks)
    for place, block in enumerate(blocks):
        if is_heading(blocks, place, leveled):
            outline.add_heading(place, block)
        elif block.marker is None:
            outline.add_paragraph(place, block)
        else:
            outline.add_item(place, block.marker)
    return outline.nodes


class _Outline:
    """The tree as it grows: what is open now, and the list that was interrupted last."""

    def __init__(self, blocks: Sequence[Block], nest_titles: bool) -> None:
        self.nodes: list[Node] = []
        self._nest_titles = nest_titles
        self._blocks = blocks
        self._headings: list[_Open] = []
        self._items: list[_Open] = []
        self._interrupted: list[_Open] = []

    def add_heading(self, place: int, block: Block) -> None:
        self._close_headings(block)
        parent = self._headings[-1].node if self._headings else None
        self.nodes.append(Node("heading", block.marker, len(self._headings), parent, parent))
        self._headings.append(_Open(place, _series(block.marker), block.marker, block.level))
        self._items, self._interrupted = [], []

    def add_paragraph(self, place: int, block: Block) -> None:
        introduced = bool(self._items) and self._introduces(self._items[-1], place - 1)
        if not introduced:
            self._interrupted = self._items or self._interrupted
            self._items = []
        self._add(block.marker)
        if _introduces(block):
            self._items.append(_Open(place, "lead-in", None))

    def add_item(self, place: int, marker: Marker) -> None:
        marker = in_series(marker, self._before(marker))
        if not any(item.series == marker.series for item in self._items):
            self._resume(marker)
        self._close_items(marker)
        self._add(marker)
        self._items.append(_Open(place, marker.series, marker))

    def _before(self, marker: Marker) -> Marker | None:
        """The item that `marker` may go on from; none when a colon opens a list of its own."""
        if self._items and _introduces(self._blocks[self._items[-1].node]):
            return None
        open_now = self._items or self._interrupted
        return open_now[-1].marker if open_now else None

    def _close_headings(self, block: Block) -> None:
        """Leave open only the headings that the next one stands under."""
        if block.level and block.marker is None:
            while self._headings and self._headings[-1].level >= block.level:
                self._headings.pop()
            return
        if _ANNEX.match(block.text):
            self._headings.clear()
            return
        series = _series(block.marker)
        places = [at for at, heading in enumerate(self._headings) if heading.series == series]
        if not places:
            return
        last = places[-1] == len(self._headings) - 1
        directly_above = last and self._headings[-1].node == len(self.nodes) - 1
        if self._nest_titles and block.marker is None and directly_above:
            return
        del self._headings[places[-1] :]

    def _add(self, marker: Marker | None) -> None:
        heading = self._headings[-1].node if self._headings else None
        above = self._items[-1].node if self._items else None
        depth = 0 if above is None else self.nodes[above].depth + 1
        parent = heading if above is None else above
        self.nodes.append(Node("passage", marker, depth, parent, heading))

    def _introduces(self, item: _Open, place: int) -> bool:
        """Whether `item` is the block at `place` and ends in a colon."""
        return item.marker is not None and item.node == place and _introduces(self._blocks[place])

    def _resume(self, marker: Marker) -> None:
        """Go on with the interrupted list when `marker` is its next number (or skips one)."""
        for depth in range(len(self._interrupted) - 1, -1, -1):
            last = self._interrupted[depth].marker
            if last and last.series == marker.series and 0 < marker.number - last.number <= 2:
                self._items, self._interrupted = self._interrupted[: depth + 1], []
                return

    def _close_items(self, marker: Marker) -> None:
        """Leave open only the items that the next one stands under.

        A list that starts over at 1 under a colon is a new list, even in a notation seen before.
        """
        if not self._items:
            return
        introduced = _introduces(self._blocks[self._items[-1].node])
        if introduced and marker.number == 1:
            return
        places = [at for at, item in enumerate(self._items) if item.series == marker.series]
        if places:
            del self._items[places[-1] :]
        elif not introduced and not _is_finer(marker, self._items[-1]):
            self._items.clear()


def is_heading(blocks: Sequence[Block], place: int, leveled: bool = False) -> bool:
    """Whether a block is a title: short, without a closing sign, and set or numbered like one.

    A title is what the format says is one; or is set apart by its indent, or, unnumbered, by space
    before and after; or is numbered as an article, or numbered and followed at the same margin by
    an unmarked paragraph that is its text (a chapter: or by its first article).  `leveled` says
    that the format tells which blocks are headings.
    """
    block = blocks[place]
    if block.level:
        return True
    if block.whole:
        return not leveled and _is_plain_title(blocks, place)
    if TERMINAL.search(block.text) or len(block.text) > _LONGEST_TITLE:
        return False
    following = blocks[place + 1] if place + 1 < len(blocks) else None
    if block.indent == _TITLE_INDENT:
        return True
    if block.marker is None:
        return block.spaced and (following is None or following.spaced)
    if block.marker.series == "bullet" or block.indent:
        return False
    if block.marker.series == "article":
        return True
    if following is None or following.indent != block.indent:
        return False
    if block.marker.series == "chapter" and following.marker:
        return following.marker.series == "article"
    return following.marker is None


def _is_plain_title(blocks: Sequence[Block], place: int) -> bool:
    """Whether a paragraph is a title, in a format that tells none: short, unclosed, unlisted."""
    block = blocks[place]
    if place + 1 == len(blocks) or len(block.text) > _LONGEST_PLAIN_TITLE or "\t" in block.text:
        return False
    if TERMINAL.search(block.text) or (block.marker and block.marker.series not in _TITLE_SERIES):
        return False
    following = blocks[place + 1]
    if block.marker and following.marker and block.marker.series == following.marker.series:
        return False
    return bool(following.marker or TERMINAL.search(following.text) or following.level) or (
        len(following.text) <= _LONGEST_PLAIN_TITLE
    )


def _series(marker: Marker | None) -> str:
    return marker.series if marker else "unnumbered"


def _introduces(block: Block) -> bool:
    return block.text.endswith(("：", ":"))


_FINENESS: Final = {
    "chapter": 0,
    "roman": 0,
    "article": 1,
    "han": 1,
    "capital": 2,
    "han-bracket": 2,
    "arabic": 3,
    "arabic-bracket": 4,
    "letter-bracket": 4,
    "roman-bracket": 5,
    "letter": 6,
    "bullet": 7,
    "lead-in": -1,
}


def _is_finer(marker: Marker, above: _Open) -> bool:
    """Whether the notation usually stands below the one above it."""
    return _FINENESS[marker.series] > _FINENESS[above.series]
