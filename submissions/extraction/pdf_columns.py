"""Reading order: which rows of a page stand in columns, and in what order they are read."""

from collections.abc import Iterator
from typing import Final

from submissions.extraction.pdf_glyphs import Fragment, Page
from submissions.extraction.pdf_rows import Area, Row, build_rows, group, mark_rules
from submissions.extraction.pdf_tables import Table, find_tables

_FEWEST_ROWS: Final = 4
_MAX_FRAGMENTS: Final = 4_000
_MAX_DEPTH: Final = 4


class TableRow:
    """A row of a table: its cells, each some rows of words."""

    __slots__ = ("cells", "page")

    def __init__(self, page: int, cells: list[list[Row]]) -> None:
        self.page = page
        self.cells = cells


def read_in_order(page: Page) -> list[Row | TableRow]:
    """What stands on the page, in the order in which it is read."""
    fragments = list(page.fragments)
    tables = find_tables(fragments, page.rules) if len(page.rules) > 2 else []
    ordered: list[Row | TableRow] = []
    for table in tables:
        above = [part for part in fragments if part.base > table.top]
        fragments = [part for part in fragments if part.base <= table.top]
        ordered.extend(_text(above, page))
        ordered.extend(_table_rows(table, page))
    ordered.extend(_text(fragments, page))
    return ordered


def _table_rows(table: Table, page: Page) -> Iterator[TableRow]:
    bands = [[_rows(cell, page, part=False) for cell in band] for band in table.bands]
    flat = [row for band in bands for cell in band for row in cell]
    leftwards = sum(row.rtl for row in flat) * 2 > len(flat)
    for band in bands:
        for cell in band:
            _set_area(cell)
        if any(band):
            yield TableRow(page.number, band[::-1] if leftwards else band)


def _text(fragments: list[Fragment], page: Page) -> list[Row]:
    rows: list[Row] = []
    if not fragments:
        return rows
    for part in _columns(fragments, 0):
        inner = _rows(part, page)
        _set_area(inner)
        rows.extend(inner)
    return rows


def _rows(fragments: list[Fragment], page: Page, *, part: bool = True) -> list[Row]:
    grouped = group(fragments)
    mark_rules(grouped, page.rules)
    return [row for line in grouped for row in build_rows(line, page.number, part=part)]


def _set_area(rows: list[Row]) -> None:
    if rows:
        area = Area(min(row.left for row in rows), max(row.right for row in rows))
        for row in rows:
            row.area = area


def _columns(fragments: list[Fragment], depth: int) -> list[list[Fragment]]:
    """The fragments in parts, each to be read to its end before the next."""
    if depth >= _MAX_DEPTH or not 2 * _FEWEST_ROWS <= len(fragments) <= _MAX_FRAGMENTS:
        return [fragments]
    found = _gutter(fragments)
    if found is None:
        return [fragments]
    gutter, top, bottom = found
    above = [part for part in fragments if part.base > top]
    below = [part for part in fragments if part.base < bottom]
    between = [part for part in fragments if bottom <= part.base <= top]
    left = [part for part in between if part.left < gutter]
    right = [part for part in between if part.left >= gutter]
    sides = [right, left] if _leftwards(between) else [left, right]
    return [rows for part in (above, *sides, below) if part for rows in _columns(part, depth + 1)]


def _leftwards(fragments: list[Fragment]) -> bool:
    letters = [character for part in fragments for character in part.characters]
    return sum("\u0590" <= letter <= "\u08ff" for letter in letters) * 2 > len(letters)


def _gutter(fragments: list[Fragment]) -> tuple[float, float, float] | None:
    """Where two columns of running text meet: the place, and the highest and lowest base line."""
    starts: dict[int, int] = {}
    for part in fragments:
        at = round(part.left / 3)
        starts[at] = starts.get(at, 0) + 1
    left = min(part.left for part in fragments)
    right = max(part.right for part in fragments)
    best: tuple[int, float, float, float] | None = None
    for at in starts:
        near = starts[at] + starts.get(at + 1, 0)
        place = 3 * at - 2.5
        if near < _FEWEST_ROWS or not left + 0.2 * (right - left) < place < right - 0.2 * (
            right - left
        ):
            continue
        for top, bottom in _clear_runs(fragments, place):
            count = _prose(fragments, place, top, bottom)
            if count and (best is None or count > best[0]):
                best = (count, place, top, bottom)
    return best[1:] if best else None


def _clear_runs(fragments: list[Fragment], place: float) -> Iterator[tuple[float, float]]:
    """Heights between which nothing stands over `place`, from the top."""
    ordered = sorted(fragments, key=lambda part: -part.base)
    run: list[Fragment] = []
    for part in ordered:
        if part.left < place and part.right > place - 5:
            if run:
                yield run[0].base, run[-1].base
            run = []
        else:
            run.append(part)
    if run:
        yield run[0].base, run[-1].base


def _prose(fragments: list[Fragment], place: float, top: float, bottom: float) -> int:
    """How many rows two columns have, or 0 where what stands beside `place` is no running text."""
    between = [part for part in fragments if bottom <= part.base <= top]
    fewest = 0
    for side in (
        [part for part in between if part.left < place],
        [part for part in between if part.left >= place],
    ):
        lines = {round(part.base) for part in side}
        if len(lines) < _FEWEST_ROWS:
            return 0
        width = max(part.right for part in side) - min(part.left for part in side)
        characters = sum(len(part.characters) for part in side)
        covered: dict[int, float] = {}
        for part in side:
            line = round(part.base)
            covered[line] = covered.get(line, 0) + part.right - part.left
        full = sum(length >= 0.75 * width for length in covered.values())
        size = sorted(part.size for part in side)[len(side) // 2]
        if width < 7 * size or full * 2 < len(lines) or characters < 12 * len(lines):
            return 0
        fewest = min(fewest, len(lines)) if fewest else len(lines)
    return fewest
