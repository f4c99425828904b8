"""Running headers and footers, and footnotes, of a PDF's pages."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final, Literal

from submissions.extraction.pdf_glyphs import Page
from submissions.extraction.pdf_rows import Row
from submissions.extraction.pdf_tables import join_rules

#: The share of a page's height, at the top and at the foot, in which furniture stands.
_BAND: Final = 0.16
_NUMBER: Final = re.compile(r"\d+")
_ROMAN: Final = re.compile(r"\b[ivxlc]+\b")
_BARE: Final = re.compile(r"(?:[-–—]\s?)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s?[-–—/|]\s?\d{0,4})?")
_PAGE_OF: Final = re.compile(
    r"\D{0,12}?(?P<page>\d{1,4})(?: ?(?:/|of|de|из|من|sur) ?\d{1,4})?\D{0,3}"
)
#: A United Nations job number, and the stars of its bar code.
_JOB: Final = re.compile(
    r"(?:[A-Z]{1,3}\.)?\d{2}-\d{4,5}(?: ?\([A-Z]\))?(?:\s+\d{6})*|\*\d{6,8}\*|Please recycle.{0,3}"
)
_LABEL: Final = re.compile(r"(?:\d{1,3}|\*{1,3})(?:[\s)]|(?=[^\W\d]))|[a-z][\s)]\s?(?=\S)")
_UNDERSCORES: Final = re.compile(r"_{5,}|[─―—]{5,}")

Side = Literal["header", "footer"]


def mark_furniture(pages: Sequence[Page], rows: Sequence[Sequence[Row]]) -> None:
    """Give the rows that repeat at one height on several pages the role header or footer."""
    sides: tuple[Side, ...] = ("header", "footer")
    for side in sides:
        found: dict[str, list[Row]] = defaultdict(list)
        for page, inner in zip(pages, rows, strict=True):
            for row in _in_band(page, inner, side):
                found[f"{row.size:g} {_key(row.text)}"].append(row)
        repeated: set[int] = set()
        for key, same in found.items():
            for group in _by_height(same):
                if _repeats(key.split(" ", 1)[1], group, len(pages)):
                    repeated.update(map(id, group))
        for page, inner in zip(pages, rows, strict=True):
            _mark_from_edge(_in_band(page, inner, side), side, repeated, len(pages))


def _in_band(page: Page, rows: Sequence[Row], side: Side) -> list[Row]:
    """The rows at the edge of the page, the outermost first."""
    _, bottom, _, top = page.box
    depth = _BAND * (top - bottom)
    if side == "header":
        near = [row for row in rows if row.base > top - depth]
        return sorted(near, key=lambda row: -row.base)[:8]
    near = [row for row in rows if row.base < bottom + depth]
    return sorted(near, key=lambda row: row.base)[:8]


def _key(text: str) -> str:
    """The words without their numbers and order: odd and even pages mirror each other."""
    words = _NUMBER.sub("#", text.casefold()).split()
    if len(words) <= 3:
        words = [_ROMAN.sub("#", word) for word in words]
    return " ".join(sorted(words))


def _by_height(rows: Iterable[Row]) -> list[list[Row]]:
    groups: list[list[Row]] = []
    for row in sorted(rows, key=lambda row: row.base):
        if groups and row.base - groups[-1][-1].base < 3:
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _repeats(key: str, rows: Sequence[Row], pages: int) -> bool:
    """Whether rows of one wording are furniture: their numbers stay or count the pages."""
    count = len({row.page for row in rows})
    if count < 2 or (count < 3 and pages > 6 and not key.strip("#/ -")):
        return False
    if "#" not in key:
        return count >= 3 or count * 4 >= pages
    texts = {row.text for row in rows}
    if len(texts) == 1 and key.strip("#/ -."):
        return count >= 3 or count * 4 >= pages
    shifts: dict[int, int] = defaultdict(int)
    for row in rows:
        for number in {int(number) for number in _NUMBER.findall(row.text)[:6] if len(number) < 6}:
            shifts[number - row.page] += 1
    if max(shifts.values(), default=0) >= max(2, 0.7 * count):
        return True
    return bool(_ROMAN.search(rows[0].text.casefold())) and not key.strip("#- ")


def _mark_from_edge(rows: Sequence[Row], side: Side, repeated: set[int], pages: int) -> None:
    """Mark what repeats, from the edge of the page to the first row that belongs to the text.

    A page number, job number or bar code at the very edge counts though it stands there only once.
    """
    edge = 0.0
    for row in rows:
        if id(row) in repeated or _is_number(row, side, pages):
            row.role = side
        elif edge and abs(row.base - edge) < 0.3 * row.size:
            continue  # beside furniture
        else:
            return
        edge = row.base


def _is_number(row: Row, side: Side, pages: int) -> bool:
    text = row.text.strip()
    if side == "footer" and _JOB.fullmatch(text):
        return True
    number = _PAGE_OF.fullmatch(text)
    counts = number is not None and int(number["page"]) == row.page and _BARE.fullmatch(text)
    return bool(counts) and (pages > 1 or side == "footer")


def mark_footnotes(page: Page, rows: Sequence[Row], body: float, carried: bool) -> bool:
    """Give what stands at the foot under a short rule, or in smaller type, the role footnote.

    `carried` says that the page before ends in footnotes, and the answer that this one does: small
    type at the top of a page then goes on with them.
    """
    plain = [row for row in rows if not row.role]
    height = page.box[3] - page.box[1]
    floor = page.box[1] + 0.72 * height
    ceiling = max((at for at in _rule_heights(page, plain) if at < floor), default=None)
    while ceiling is not None:
        under = [row for row in plain if row.base < ceiling]
        first = max(under, key=lambda row: row.base, default=None)
        if first is not None and (_labelled(first) or first.size <= 0.93 * body):
            _set_footnotes(under)
            return True
        lower = [at for at in _rule_heights(page, plain) if at < ceiling]
        ceiling = max(lower, default=None)
    small: list[Row] = []
    for row in reversed(plain):
        if row.size > 0.93 * body:
            break
        small.append(row)
    whole = len(small) == len(plain)
    while small and not _labelled(small[-1]) and not (whole and carried):
        small.pop()
    low = bool(small) and small[-1].base < page.box[1] + 0.5 * height
    if small and (carried if whole else low or _raised(small[-1])):
        _set_footnotes(small[::-1])
        return True
    return False


def _rule_heights(page: Page, rows: Sequence[Row]) -> list[float]:
    """How high the short rules stand that may part text and footnotes."""
    if not rows:
        return []
    width = max(row.right for row in rows) - min(row.left for row in rows)
    heights = [
        rule.at
        for rule in join_rules([rule for rule in page.rules if rule.flat and rule.kind == "line"])
        if 36 <= rule.end - rule.start <= 0.5 * width
        and not any(_hugs(row, rule.at, rule.start, rule.end) for row in rows)
    ]
    heights += [row.base + 0.1 for row in rows if _UNDERSCORES.fullmatch(row.text.strip())]
    return heights


def _hugs(row: Row, at: float, start: float, end: float) -> bool:
    near = -0.35 * row.size < at - row.base < 0.7 * row.size
    return near and row.left < end and start < row.right


def _raised(row: Row) -> bool:
    return bool(row.runs) and "superscript" in row.runs[0][1]


def _labelled(row: Row) -> bool:
    return _raised(row) or bool(_LABEL.match(row.text.strip()))


def _set_footnotes(rows: Sequence[Row]) -> None:
    """Footnotes open at their labels; where one label is raised, all are."""
    raised = any(map(_raised, rows))
    for row in rows:
        row.role = "footnote"
        ruled = _UNDERSCORES.fullmatch(row.text.strip()) is not None
        row.opens = ruled or (_raised(row) if raised else _labelled(row))
