"""Running headers and footers, and footnotes, of a PDF's pages."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final, Literal

from submissions.extraction.pdf_glyphs import Page
from submissions.extraction.pdf_rows import Row

#: The share of a page's height, at the top and at the foot, in which furniture stands.
_BAND: Final = 0.16
_NUMBER: Final = re.compile(r"\d+")
_ROMAN: Final = re.compile(r"\b[ivxlc]+\b")
_BARE: Final = re.compile(r"(?:[-–—]\s?)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s?[-–—/|]\s?\d{0,4})?")
_PAGE_OF: Final = re.compile(r"\D{0,12}?(?P<page>\d{1,4})(?: ?(?:/|of|de|из|من|sur) ?\d{1,4})?\D{0,3}")
#: A United Nations job number, and the stars of its bar code.
_JOB: Final = re.compile(
    r"(?:[A-Z]{1,3}\.)?\d{2}-\d{4,5}(?: ?\([A-Z]\))?(?:\s+\d{6})*|\*\d{6,8}\*|Please recycle.{0,3}"
)
_LABEL: Final = re.compile(r"(?:\d{1,3}|\*{1,3}|[a-z])(?:[\s.)]|(?=[^\W\d]))")
_UNDERSCORES: Final = re.compile(r"_{5,}|[─―—]{5,}")

Side = Literal["header", "footer"]


def mark_furniture(pages: Sequence[Page], rows: Sequence[Sequence[Row]]) -> None:
    """Give the rows that repeat at one height on several pages the role header or footer."""
    sides: tuple[Side, ...] = ("header", "footer")
    for side in sides:
        found: dict[str, list[Row]] = defaultdict(list)
        for page, inner in zip(pages, rows, strict=True):
            for row in _in_band(page, inner, side):
                found[_key(row.text)].append(row)
        for key, same in found.items():
            for group in _by_height(same):
                if _repeats(key, group, len(pages)):
                    for row in group:
                        row.role = side
        for page, inner in zip(pages, rows, strict=True):
            _mark_outermost(_in_band(page, inner, side), side, len(pages))


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


def _mark_outermost(rows: Sequence[Row], side: Side, pages: int) -> None:
    """A page number, job number or bar code at the very edge, though it stands there only once."""
    for row in rows:
        text = row.text.strip()
        if row.role == side:
            continue
        number = _PAGE_OF.fullmatch(text)
        counts = number is not None and int(number["page"]) == row.page and _BARE.match(text)
        job = side == "footer" and _JOB.fullmatch(text)
        if not job and not (counts and _BARE.fullmatch(text) and (pages > 1 or side == "footer")):
            return
        row.role = side


def mark_footnotes(page: Page, rows: Sequence[Row], body: float) -> None:
    """Give what stands at the foot under a short rule, or in smaller type, the role footnote."""
    plain = [row for row in rows if not row.role]
    height = page.box[3] - page.box[1]
    floor = page.box[1] + 0.72 * height
    ceiling = max((at for at in _rule_heights(page, plain) if at < floor), default=None)
    while ceiling is not None:
        under = [row for row in plain if row.base < ceiling]
        first = max(under, key=lambda row: row.base, default=None)
        if first is not None and (_labelled(first) or first.size <= 0.93 * body):
            _set_footnotes(under)
            return
        lower = [at for at in _rule_heights(page, plain) if at < ceiling]
        ceiling = max(lower, default=None)
    small: list[Row] = []
    for row in reversed(plain):
        if row.size > 0.92 * body or row.base > page.box[1] + 0.5 * height:
            break
        small.append(row)
    while small and not _labelled(small[-1]):
        small.pop()
    if small and len(small) < len(plain):
        _set_footnotes(small[::-1])


def _rule_heights(page: Page, rows: Sequence[Row]) -> list[float]:
    """How high the short rules stand that may part text and footnotes."""
    if not rows:
        return []
    width = max(row.right for row in rows) - min(row.left for row in rows)
    heights = [
        rule.at
        for rule in page.rules
        if rule.flat
        and rule.kind == "line"
        and 36 <= rule.end - rule.start <= 0.5 * width
        and not any(_hugs(row, rule.at, rule.start, rule.end) for row in rows)
    ]
    heights += [row.base + 0.1 for row in rows if _UNDERSCORES.fullmatch(row.text.strip())]
    return heights


def _hugs(row: Row, at: float, start: float, end: float) -> bool:
    near = -0.35 * row.size < at - row.base < 0.7 * row.size
    return near and row.left < end and start < row.right


def _labelled(row: Row) -> bool:
    raised = bool(row.runs) and "superscript" in row.runs[0][1]
    return raised or bool(_LABEL.match(row.text.strip()))


def _set_footnotes(rows: Sequence[Row]) -> None:
    for row in rows:
        row.role = "footnote"
        raised = bool(row.runs) and "superscript" in row.runs[0][1]
        row.opens = raised or (_labelled(row) and not _continues(row, rows))
    rows[0].opens = _labelled(rows[0]) or bool(_UNDERSCORES.fullmatch(rows[0].text.strip()))


def _continues(row: Row, rows: Sequence[Row]) -> bool:
    """A number that opens a row of a footnote, where labels are raised, is only a number."""
    return any(other.runs and "superscript" in other.runs[0][1] for other in rows)
