"""Join wrapped lines into blocks: a block becomes a heading, a passage or a footnote.

The normalisation of a text, stated once (`join`):

1. Characters are in Unicode NFC (extraction sees to that) and are otherwise left as they are: full-
   and half-width forms, spaces inside a line, doubled characters, brackets.
2. Spaces before the first and after the last word of a line go.
3. Two lines of one paragraph are joined without a space when either side of the seam is a Han
   character, a kana or an East Asian punctuation mark, or when the first line ends in a hyphen or
   a slash; otherwise with one space.
4. Page furniture, bare link lines and the rule above footnotes go, wherever they cut a paragraph.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from submissions.extraction import Mark
from submissions.parsing.lines import FOOTNOTE, UNFINISHED, BodyLine, Layout
from submissions.parsing.markers import Marker, split_marker

_EAST_ASIAN: Final = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef“”‘’…—]")

#: The sign that ends a sentence, an item or a lead-in, and what may stand behind it (a bracket or
#: the mark of a footnote); a title has none.
TERMINAL: Final = re.compile(r"[。；：！？][”’）]?\d{0,2}$|[.;:!?，、]$")


@dataclass(frozen=True, slots=True)
class Piece:
    """`length` characters of a block, from `at`, that stand in the source from `source`."""

    at: int
    source: int
    length: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, title or list item: its text, its layout and where its characters came from.

    `whole` says that the format itself told where the paragraph begins and ends, and `level` which
    heading it is (0: none that the format knows of).
    """

    text: str
    pieces: tuple[Piece, ...]
    line: int
    indent: int
    spaced: bool
    page: int | None
    marker: Marker | None
    label: str = ""
    level: int = 0
    whole: bool = False
    marks: tuple[Mark, ...] = ()


def join(left: str, right: str) -> str:
    """`left` and `right`, two lines of one paragraph, as one.

    >>> join("要求各国设立", "24/7 联络点。")
    '要求各国设立24/7 联络点。'
    >>> join("on behalf of", "the Group"), join("COVID-", "19 大流行")
    ('on behalf of the Group', 'COVID-19 大流行')
    """
    return left + seam(left, right) + right


def seam(left: str, right: str) -> str:
    """What stands between two joined lines: nothing or one space."""
    if not left or not right or left[-1] in "-/":
        return ""
    if _EAST_ASIAN.match(left[-1]) or _EAST_ASIAN.match(right[0]):
        return ""
    return " "


def body_blocks(lines: Sequence[BodyLine], layout: Layout) -> list[Block]:
    """The blocks of the running text, in reading order; footnotes and furniture left aside."""
    return _blocks((line for line in lines if line.role == "body"), layout)


def footnote_blocks(lines: Sequence[BodyLine]) -> list[Block]:
    """The footnotes, each a block with its label, in the order of the file."""
    groups: list[tuple[str, list[BodyLine]]] = []
    for line in lines:
        if line.role != "note":
            continue
        starts = line.indent > 0 or bool(line.opens) or not groups
        opening = FOOTNOTE.match(line.text) if starts else None
        if opening:
            groups.append((opening["label"], [line]))
        elif groups:
            groups[-1][1].append(line)
        else:
            groups.append(("", [line]))
    return [_block(group, label) for label, group in groups]


def _blocks(lines: Iterable[BodyLine], layout: Layout) -> list[Block]:
    groups: list[list[BodyLine]] = []
    for line in lines:
        if groups and _continues(groups[-1], line, layout):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_block(group) for group in groups]


def _continues(group: Sequence[BodyLine], line: BodyLine, layout: Layout) -> bool:
    """Whether `line` goes on with the paragraph of `group`."""
    last = group[-1]
    if line.opens is not None:
        return not line.opens
    if not layout.wrapped:
        return False
    if not last.closed or (UNFINISHED.search(last.text) and line.indent == 0):
        return True
    title = group[0].indent == 1 and not TERMINAL.search(last.text)
    plain = line.indent == 0 and not line.spaced and not line.text.startswith(("[", "［"))
    return title and plain and not line.breaks_page and split_marker(line.text) is None


def _block(group: Sequence[BodyLine], label: str = "") -> Block:
    text = ""
    pieces: list[Piece] = []
    marks: list[Mark] = []
    for line in group:
        text += seam(text, line.text)
        at = len(text)
        pieces.append(Piece(at, line.start, len(line.text)))
        marks += [Mark(mark.kind, at + mark.start, at + mark.end) for mark in line.marks]
        text += line.text
    first = group[0]
    return Block(
        text=text,
        pieces=tuple(pieces),
        line=first.number,
        indent=first.indent,
        spaced=first.spaced,
        page=first.page,
        marker=split_marker(text) if not label else None,
        label=label,
        level=first.level,
        whole=first.opens is not None,
        marks=tuple(marks),
    )
