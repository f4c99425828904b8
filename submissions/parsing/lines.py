"""Tell body lines from page furniture, link dumps, footnotes and the space between them."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from submissions.extraction import Line, Mark

Role = Literal["body", "note", "blank", "symbol", "page", "link", "rule"]

#: A United Nations document symbol: `A/AC.291/4`, `A/RES/74/247`, `UNODC/CCPCJ/EG.4/2021/2`.
SYMBOL: Final = re.compile(r"[A-Z]{1,8}(?:/[A-Z0-9][A-Za-z0-9.\-]*){1,6}\*?")
_JOB: Final = r"[A-Z]{1,3}\.\d{2}-\d{4,5}(?: ?\([A-Z]\))?"
_LINK: Final = re.compile(r"https?://\S+", re.IGNORECASE)
#: What the last word of a line ends in when its sentence must go on, whatever the layout says.
UNFINISHED: Final = re.compile(r"[/,，、（(《“‘—-]$")
#: What a footnote opens with: its label, and a space before its words.
FOOTNOTE: Final = re.compile(r"(?P<label>\d{1,3}|[⁰¹²³⁴-⁹]{1,3}|\*{1,3}|[a-z])\s+(?=\S)")
_RAISED: Final = re.compile(r"[⁰¹²³⁴-⁹]{1,3}\s+(?=\S)")
_RULE: Final = re.compile(r"_{5,}")
#: What the format says of a line, where it says it, goes before what its words look like.
_FORMAT_ROLES: Final[dict[str, Role]] = {"header": "page", "footer": "page", "footnote": "note"}
_PAGE: Final = re.compile(
    rf"{_JOB}\s+(?P<a>\d{{1,4}})/(?P<of_a>\d{{1,4}})"
    rf"|(?P<b>\d{{1,4}})/(?P<of_b>\d{{1,4}})\s+{_JOB}"
    rf"|{_JOB}"
    r"|-\s?(?P<c>\d{1,4})\s?-"
    r"|(?P<d>\d{1,4}) of (?P<of_d>\d{1,4})"
    r"|\*\d{6,8}\*"
)


@dataclass(frozen=True, slots=True)
class BodyLine:
    """A line with its role.

    `start` and `end` bound its words in the source (no spaces at either side).  `indent` counts the
    spaces before the first word, less the one that a page break leaves; `closed` says that a space
    follows the last word, `spaced` that a line of nothing but spaces stands before it, and
    `breaks_page` that a page begins with it.  `page` counts from 1; None where it cannot be known.
    `opens`, `level` and `marks` are what the file's format says (see `Line`); the places of marks
    are in `text`.
    """

    number: int
    role: Role
    text: str
    start: int
    end: int
    indent: int
    closed: bool
    spaced: bool
    breaks_page: bool
    page: int | None
    opens: bool | None = None
    level: int = 0
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file lays its paragraphs out, found from the file itself.

    `wrapped`: a paragraph runs over several lines, and a space after the last word closes it.
    `double_spaced`: an empty line follows every line, so that a line without one opens a page.
    """

    wrapped: bool
    double_spaced: bool


def find_layout(lines: Sequence[Line]) -> Layout:
    """Decide the layout of a file from the shares of its lines that show it."""
    inked = [line for line in lines if line.text.strip()]
    if not inked or any(line.opens is not None for line in inked):
        return Layout(wrapped=False, double_spaced=False)
    closed = sum(line.text.endswith(" ") for line in inked) / len(inked)
    followed = sum(
        not line.text.strip() and bool(before.text.strip())
        for before, line in itertools.pairwise(lines)
    )
    return Layout(
        wrapped=0.1 <= closed <= 0.95,
        double_spaced=followed / len(inked) >= 0.9,
    )


def classify(lines: Sequence[Line]) -> list[BodyLine]:
    """Give every line its role, its place and, where the file tells it, its page."""
    layout = find_layout(lines)
    symbol = _running_symbol(lines)
    classified: list[BodyLine] = []
    in_note = False
    before = ""
    spaced = False
    for line in lines:
        words = line.text.strip()
        breaks = _breaks_page(line.text, before, layout)
        role = _FORMAT_ROLES.get(line.role) or _role(words, symbol)
        if role == "body" and line.opens and _RAISED.match(words):
            role = "note"  # in a text of whole paragraphs a raised label opens a footnote
        start = line.start + len(line.text) - len(line.text.lstrip())
        indent = len(line.text) - len(line.text.lstrip())
        in_note = role == "rule" or (in_note and role in ("body", "blank") and not breaks)
        in_note = in_note and line.role == ""
        if role == "body" and in_note:
            last = next(line for line in reversed(classified) if line.role != "blank")
            in_note = _goes_on_with_notes(words, indent, last, layout)
            role = "note" if in_note else "body"
        classified.append(
            BodyLine(
                number=line.number,
                role=role,
                text=words,
                start=start,
                end=start + len(words),
                indent=indent - (breaks and indent > 0),
                closed=line.text.endswith((" ", "\u3000", "\xa0")),
                spaced=spaced,
                breaks_page=breaks,
                page=line.page,
                opens=line.opens,
                level=line.level,
                marks=_shifted(line.marks, indent, len(words)),
            )
        )
        spaced = role == "blank" and (spaced or line.text != "")
        before = line.text
    if all(line.page is None for line in lines):
        return _number_pages(classified, symbol)
    return classified


def _shifted(marks: Sequence[Mark], indent: int, length: int) -> tuple[Mark, ...]:
    """The marks of a line as places in its words."""
    cut = (
        Mark(mark.kind, max(mark.start - indent, 0), min(mark.end - indent, length))
        for mark in marks
    )
    return tuple(mark for mark in cut if mark.start < mark.end)


def _goes_on_with_notes(words: str, indent: int, last: BodyLine, layout: Layout) -> bool:
    """Whether a line opens a footnote, or goes on with the one that `last` belongs to."""
    unfinished = not last.closed or (indent == 0 and UNFINISHED.search(last.text))
    if last.role == "note" and layout.wrapped and unfinished:
        return True
    return bool(FOOTNOTE.match(words)) and (indent > 0 or last.role == "rule")


def _role(words: str, symbol: str) -> Role:
    if not words:
        return "blank"
    if _LINK.fullmatch(words):
        return "link"
    if _RULE.fullmatch(words):
        return "rule"
    if words == symbol:
        return "symbol"
    if _PAGE.fullmatch(words):
        return "page"
    return "body"


def _running_symbol(lines: Sequence[Line]) -> str:
    """The symbol that stands alone more than once, or by a page number: a running header."""
    inked = [line.text.strip() for line in lines if line.text.strip()]
    alone: dict[str, int] = {}
    for place, words in enumerate(inked):
        if SYMBOL.fullmatch(words):
            numbered = any(_PAGE.fullmatch(one) for one in inked[max(place - 1, 0) : place + 2])
            alone[words] = alone.get(words, 0) + 1 + numbered
    running = max(alone, key=lambda words: alone[words], default="")
    return running if alone.get(running, 0) > 1 else ""


def _breaks_page(text: str, before: str, layout: Layout) -> bool:
    """A form feed, or the space it leaves behind in a text spaced line by line."""
    if "\f" in text:
        return True
    return (
        layout.double_spaced
        and bool(text.strip())
        and text.startswith(" ")
        and bool(before.strip())
    )


def _number_pages(lines: list[BodyLine], symbol: str) -> list[BodyLine]:
    """Count page breaks, and let the page numbers that were printed say where the count starts.

    A line of furniture opens its page.  Pages stay unknown unless at least one number is printed
    and all that are agree with the count; the first page is 1 whatever the count says of it.
    """
    counted: list[int] = []
    anchors: set[int] = set()
    page = 1
    for place, line in enumerate(lines):
        if line.breaks_page or _opens_furniture(lines, place):
            page += 1
        counted.append(page)
        if printed := _printed_page(line):
            anchors.add(printed - page)
    if len(anchors) != 1:
        return lines
    offset = anchors.pop()
    if offset < -1:  # the second page counted would stand before the first
        return lines
    return [
        replace(line, page=1 if count == 1 else count + offset)
        for line, count in zip(lines, counted, strict=True)
    ]


def _opens_furniture(lines: list[BodyLine], place: int) -> bool:
    """The first furniture line after body text; the rest of the group belongs to it."""
    if lines[place].role not in ("symbol", "page"):
        return False
    for earlier in range(place - 1, -1, -1):
        if lines[earlier].role in ("symbol", "page"):
            return False
        if lines[earlier].role != "blank":
            return True
    return True


def _printed_page(line: BodyLine) -> int | None:
    match = _PAGE.fullmatch(line.text) if line.role == "page" else None
    if match is None:
        return None
    for group in ("a", "b", "c", "d"):
        if match[group]:
            return int(match[group])
    return None
