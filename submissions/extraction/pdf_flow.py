"""Where paragraphs open and which rows are headings, from how the rows are set."""

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from submissions.extraction.pdf_rows import Row

#: A gap to the row above, in usual line distances, that opens a paragraph.
_SPACED: Final = 1.3
_MARKER: Final = re.compile(
    r"(?:[(（\[]?(?:\d{1,3}|[a-z]{1,4}|[A-Z]|[IVXLC]{1,6}|[一二三四五六七八九十]{1,3}|[а-яА-Я]|[ء-ي])"
    r"(?:[.)）、](?:\d{1,2}\.?)*|(?=\s{2}))(?!\d)"
    r"|\d{1,2}(?:\.\d{1,2}){1,3}\.?\s"
    r"|第\s?[\d一二三四五六七八九十百]{1,5}\s?[条章节款项部]"
    r"|(?:Article|ARTICLE|Articulo|Artículo|Статья|المادة|Chapter|Part|Annex|Section)\s+[\dIVXLC]"
    r"|[•▪●○◦–—‣⁃■□➢\uf000-\uf0ff\-]\s|[㈠-㈩①-⑳⑴-⒇])"
)
_ENDS: Final = re.compile(r"[.;:!?。；：！？؛؟][\])”’»）」』\"]*(?:\d{1,3}|[ ,]+)*$")
_NO_TITLE: Final = re.compile(r"[.;,。；，、,؛،]\s*$")
_EAST_ASIAN: Final = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_LETTER: Final = re.compile(r"[^\W\d_]")
_LONGEST_TITLE: Final = 240


def mark_paragraphs(rows: Sequence[Row]) -> None:
    """Say of every row of the running text whether it opens a paragraph, and how high a heading.

    `rows` are those of the whole document in reading order, without tables.
    """
    body = [row for row in rows if not row.role]
    leads = _leads(body)
    size = body_size(body)
    for at, row in enumerate(body):
        if row.opens is None:
            before = body[at - 1] if at else None
            after = body[at + 1] if at + 1 < len(body) else None
            row.opens = _opens(row, before, after, leads, body, at)
    _mark_headings(body, size, leads)


def body_size(rows: Sequence[Row]) -> float:
    """The size of type that most characters are set in."""
    sizes: Counter[float] = Counter()
    for row in rows:
        sizes[row.size] += sum(len(words) for words, _ in row.runs)
    return max(sizes, key=lambda size: (sizes[size], size), default=0.0)


def _leads(rows: Sequence[Row]) -> dict[float, float]:
    """The usual distance between two base lines, by size of type."""
    counts: dict[float, Counter[float]] = {}
    for before, row in itertools.pairwise(rows):
        lead = before.base - row.base
        if before.area is row.area and before.size == row.size and 0 < lead < 4 * row.size:
            counts.setdefault(row.size, Counter())[round(lead * 2) / 2] += 1
    return {size: _usual(leads) for size, leads in counts.items()}


def _usual(leads: Counter[float]) -> float:
    """The commonest distance; of two that are about as common, the closer one."""
    most = max(leads.values())
    return min(lead for lead, count in leads.items() if count * 2 >= most)


def _opens(
    row: Row,
    before: Row | None,
    after: Row | None,
    leads: dict[float, float],
    rows: Sequence[Row],
    at: int,
) -> bool | None:
    if before is None:
        return True
    text = row.text.lstrip()
    together = before.area is row.area and before.page == row.page
    same_line = together and abs(before.base - row.base) < 0.3 * row.size
    if same_line or abs(before.size - row.size) > 0.09 * max(before.size, row.size):
        return True
    lead = leads.get(row.size, 1.25 * row.size)
    ended = bool(_ENDS.search(before.text.rstrip()))
    gap = before.base - row.base
    if together and gap > (1.13 if ended else _SPACED) * lead + 0.4:
        return True
    if before.bold != row.bold and (ended or not together):
        return True
    if _right_aligned(before, row):
        return True
    short = _ends_short(before, row, rows, at)
    shift = row.start - before.start
    step = max(5.0, 0.6 * row.size)
    if _MARKER.match(text) and (short or ended or abs(shift) > 2.5 or not together):
        return not (ended and not short and _mere_number(text)) or shift < -step
    if _titled_alike(before, row, together):
        return False
    if short:
        return True
    if shift > step and not _hangs(before, row):
        inside = after is not None and after.area is row.area and after.start < row.start - step
        return ended or (inside and before.text.rstrip().endswith((",", "،", "，")))
    if shift < -step and not before.opens:
        return True
    if not together and ended and abs(row.start) < step:
        return None
    return False


def _mere_number(text: str) -> bool:
    """`2014. ` or `12) `: perhaps only the end of a sentence that was broken before it."""
    return bool(re.match(r"\d{3,}", text))


def _hangs(before: Row, row: Row) -> bool:
    """Whether a row goes on, indented, under the words behind a marker or a raised label."""
    text = before.text.lstrip()
    raised = bool(before.runs) and "superscript" in before.runs[0][1]
    return bool(before.opens) and bool(raised or _MARKER.match(text)) and row.start > before.start


def _ends_short(before: Row, row: Row, rows: Sequence[Row], at: int) -> bool:
    """Whether the first word of `row` would still have stood in the row before."""
    text = row.text.strip()
    word = text[:2] if _EAST_ASIAN.match(text) else text.split(" ", 1)[0]
    needed = len(word) / max(len(text), 1) * (row.right - row.left) + 0.3 * before.size
    if _EAST_ASIAN.match(text):
        needed = max(needed, 2.2 * before.size)
    return _room(before, row, rows, at) > needed + 0.3 * before.size


def _room(before: Row, row: Row, rows: Sequence[Row], at: int) -> float:
    """How much of its line the row before leaves empty.

    Rows set to one width inside a wider column, such as quotations, boxes and titles, are measured
    by their own width.
    """
    size = before.size
    near = [
        other
        for other in rows[max(0, at - 6) : at + 6]
        if other is not before and other.area is before.area and other.size == size
    ]
    past = [_past(before, other) for other in near]
    if any(
        abs(further) < 1.5 and other.right - other.left > 12 * size
        for further, other in zip(past, near, strict=True)
    ):
        return 0.0
    if before.bold and row.bold:
        alike = [further for further, other in zip(past, near, strict=True) if other.bold]
        return min([before.rest, max(alike)]) if alike else before.rest
    furthest = max([0.0, *past])
    block = sum(furthest - further < 5 * size for further in past)
    if block >= 3 and before.rest - furthest < 4 * size:
        return furthest
    return before.rest


def _past(row: Row, other: Row) -> float:
    """How much further than `row` another row reaches."""
    return row.left - other.left if row.rtl else other.right - row.right


def _right_aligned(before: Row, row: Row) -> bool:
    """Whether two rows end at the edge and begin far from it, at different places: a signature."""
    width = row.area.right - row.area.left
    return (
        before.area is row.area
        and min(before.start, row.start) > 0.3 * width
        and abs(before.start - row.start) > row.size
        and abs(before.rest - row.rest) < 2
    )


def _centred(row: Row) -> bool:
    margin = (row.left - row.area.left) - (row.area.right - row.right)
    return abs(margin) < 0.06 * (row.area.right - row.area.left) and row.start > 3 * row.size


def _titled_alike(before: Row, row: Row, together: bool) -> bool:
    """Two rows of one title: set alike, large, bold or centred, and close together."""
    if not together or _MARKER.match(row.text.lstrip()) or _NO_TITLE.search(before.text):
        return False
    alike = before.bold == row.bold and before.size == row.size
    return alike and _centred(before) and _centred(row) and (row.bold or row.size > 13)


def _mark_headings(rows: Sequence[Row], body: float, leads: dict[float, float]) -> None:
    at = 0
    while at < len(rows):
        end = at + 1
        while end < len(rows) and rows[end].opens is False:
            end += 1
        level = _level(rows[at:end], body)
        for row in rows[at:end] if level else ():
            row.level = level
        at = end


def _level(paragraph: Sequence[Row], body: float) -> int:
    """1 to 3 for a short paragraph that is set apart by size, weight or place; else 0."""
    text = " ".join(row.text.strip() for row in paragraph)
    letters = len(_LETTER.findall(text))
    if letters < 2 or len(text) > _LONGEST_TITLE or _NO_TITLE.search(text):
        return 0
    if len(paragraph) > 4 or letters * 3 < len(text.replace(" ", "")):
        return 0
    first = paragraph[0]
    ratio = min(row.size for row in paragraph) / (body or 1)
    bold = all(row.bold for row in paragraph)
    centred = all(_centred(row) for row in paragraph)
    capitals = text.upper() == text and text.lower() != text
    if ratio >= 1.45:
        return 1
    if ratio >= 1.12 or (bold and ratio > 0.95 and (centred or capitals)):
        return 2
    if bold and ratio > 0.95:
        return 3
    named = _MARKER.match(first.text.lstrip()) is not None or capitals
    return 3 if centred and named and ratio > 0.95 else 0
