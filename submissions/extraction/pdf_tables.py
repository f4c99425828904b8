"""Tables: rows and cells between the lines that are drawn on a page."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from submissions.extraction.pdf_glyphs import Fragment
from submissions.extraction.pdf_rules import Rule

#: How near two lines must come to meet, in points.
_NEAR: Final = 3.5
_MAX_LINES: Final = 800
_MAX_FRAGMENTS: Final = 10_000
_MAX_EDGES: Final = 600
_NARROWEST_GUTTER: Final = 5.0


@dataclass(slots=True)
class Table:
    """A region of a page; `bands` are its rows from the top, each a list of cells."""

    left: float
    right: float
    bottom: float
    top: float
    bands: list[list[list[Fragment]]] = field(default_factory=list)


def find_tables(fragments: list[Fragment], rules: Sequence[Rule]) -> list[Table]:
    """The tables of a page from the top, and their fragments taken out of `fragments`."""
    flat = join_rules([rule for rule in rules if rule.flat and rule.kind == "line"])
    upright = join_rules([rule for rule in rules if not rule.flat])
    if len(flat) < 2 or len(flat) + len(upright) > _MAX_LINES or len(fragments) > _MAX_FRAGMENTS:
        return []
    tables: list[Table] = []
    for lines in [*_grids(flat, upright), *_stacks(flat, upright, fragments)]:
        table = _table(lines, fragments)
        if table is not None:
            tables.append(table)
            taken = {id(part) for band in table.bands for cell in band for part in cell}
            fragments[:] = [part for part in fragments if id(part) not in taken]
    return sorted(tables, key=lambda table: -table.top)


def join_rules(rules: Iterable[Rule]) -> list[Rule]:
    """Lines on one level that touch, as one."""
    joined: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: (round(rule.at), rule.start)):
        last = joined[-1] if joined else None
        if last and abs(last.at - rule.at) < 1.5 and rule.start - last.end < _NEAR:
            joined[-1] = Rule(rule.flat, last.at, last.start, max(last.end, rule.end))
        else:
            joined.append(rule)
    return [rule for rule in joined if rule.end - rule.start > 8]


def _grids(flat: list[Rule], upright: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Lines that meet, in groups that have at least two rows' and three columns' edges."""
    lines = [*flat, *upright]
    leader = list(range(len(lines)))

    def root(at: int) -> int:
        while leader[at] != at:
            leader[at] = leader[leader[at]]
            at = leader[at]
        return at

    for i, across in enumerate(flat):
        for j, up in enumerate(upright, start=len(flat)):
            if (
                across.start - _NEAR <= up.at <= across.end + _NEAR
                and up.start - _NEAR <= across.at <= up.end + _NEAR
            ):
                leader[root(i)] = root(j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for at, line in enumerate(lines):
        groups.setdefault(root(at), ([], []))[0 if line.flat else 1].append(line)
    return [
        (across, ups)
        for across, ups in groups.values()
        if len(_levels(across)) >= 2 and len(_levels(ups)) >= 3
    ]


def _stacks(
    flat: list[Rule], upright: list[Rule], fragments: list[Fragment]
) -> list[tuple[list[Rule], list[Rule]]]:
    """Three or more lines of one width under each other, and nothing upright between them."""
    stacks: list[list[Rule]] = []
    for rule in sorted(flat, key=lambda rule: -rule.at):
        if rule.end - rule.start < 100 or any(_meets(rule, up) for up in upright):
            continue
        for stack in stacks:
            if abs(stack[-1].start - rule.start) < 6 and abs(stack[-1].end - rule.end) < 6:
                stack.append(rule)
                break
        else:
            stacks.append([rule])
    parts = [part for stack in stacks for part in _apart(stack, fragments)]
    return [(part, []) for part in parts if len(_levels(part)) >= 3]


def _apart(stack: list[Rule], fragments: list[Fragment]) -> Iterator[list[Rule]]:
    """A stack in parts where nothing is written between two of its lines: two tables."""
    part: list[Rule] = []
    for rule in stack:
        if part and part[-1].at - rule.at > 6:
            low, high = rule.at, part[-1].at
            if not any(low < _middle(piece) < high for piece in fragments):
                yield part
                part = []
        part.append(rule)
    yield part


def _meets(across: Rule, up: Rule) -> bool:
    return (
        across.start - _NEAR <= up.at <= across.end + _NEAR
        and up.start - _NEAR <= across.at <= up.end + _NEAR
    )


def _levels(rules: Iterable[Rule]) -> list[float]:
    levels: list[float] = []
    for at in sorted(rule.at for rule in rules):
        if not levels or at - levels[-1] > _NEAR:
            levels.append(at)
    return levels


def _table(lines: tuple[list[Rule], list[Rule]], fragments: list[Fragment]) -> Table | None:
    across, upright = lines
    left = min(rule.start for rule in across)
    right = max(rule.end for rule in across)
    wide = [rule for rule in across if rule.end - rule.start >= 0.5 * (right - left)]
    levels = _levels(wide)[::-1]
    if upright:
        ends = [end for rule in upright for end in (rule.start, rule.end)]
        levels = _with_ends(levels, max(ends), min(ends))
    if len(levels) < 2:
        return None
    inside = [
        part
        for part in fragments
        if levels[-1] < _middle(part) < levels[0] and left - 2 <= _centre(part) <= right + 2
    ]
    bands = [
        [part for part in inside if low < _middle(part) <= high]
        for high, low in itertools.pairwise(levels)
    ]
    gutters = [] if upright else _gutters(bands)
    if not upright and not gutters:
        return None
    table = Table(left, right, levels[-1], levels[0])
    for band, high, low in zip(bands, levels, levels[1:], strict=False):
        if upright:
            table.bands.append(_cells(band, _edges(upright, (high + low) / 2), True))
        else:
            table.bands.append(_cells_between(band, gutters))
    filled = [sum(bool(cell) for cell in band) for band in table.bands]
    several = sum(count > 1 for count in filled)
    if several < (1 if upright else 2) or several * 2 < sum(count > 0 for count in filled):
        return None
    return table


def _with_ends(levels: list[float], top: float, bottom: float) -> list[float]:
    """The rows' edges of a table whose outer border is drawn only at its sides."""
    if not levels or top - levels[0] > 8:
        levels = [top, *levels]
    if levels[-1] - bottom > 8:
        levels = [*levels, bottom]
    return levels


def _middle(fragment: Fragment) -> float:
    return fragment.base + 0.3 * fragment.size


def _centre(fragment: Fragment) -> float:
    return (fragment.left + fragment.right) / 2


def _edges(upright: list[Rule], middle: float) -> list[float]:
    return _levels(rule for rule in upright if rule.start - _NEAR <= middle <= rule.end + _NEAR)[
        1:-1
    ]


def _gutters(bands: list[list[Fragment]]) -> list[float]:
    """Where nearly all rows leave a gap at the same place."""
    inked = [band for band in bands if band]
    spans = [_spans(band) for band in inked]
    if not spans:
        return []
    edges = sorted({end for span in spans for _, end in span})
    if len(edges) > _MAX_EDGES:
        return []
    needed = 0.7 * len(spans)
    gutters: list[float] = []
    for edge in edges:
        at = edge + _NARROWEST_GUTTER / 2
        clear = sum(
            all(end <= edge + 0.1 or start >= edge + _NARROWEST_GUTTER for start, end in span)
            for span in spans
        )
        behind = sum(any(start > at for start, _ in span) for span in spans)
        before = sum(any(end < at for _, end in span) for span in spans)
        if clear >= needed and min(behind, before) * 2 >= len(spans):
            if gutters and not _ink_between(spans, gutters[-1], at):
                gutters[-1] = at
            else:
                gutters.append(at)
    return gutters


def _ink_between(spans: list[list[tuple[float, float]]], left: float, right: float) -> bool:
    inked = sum(any(start > left and end < right for start, end in span) for span in spans)
    return inked * 3 >= len(spans)


def _spans(band: list[Fragment]) -> list[tuple[float, float]]:
    """The widths that a row's fragments cover, those with less than a gutter between them as one.

    The gaps inside a fragment that are as wide as a gutter count too.
    """
    ends: list[tuple[float, float]] = []
    for part in band:
        ends.extend(zip(part.lefts, part.rights, strict=True))
    merged: list[tuple[float, float]] = []
    for start, end in sorted(ends):
        if merged and start - merged[-1][1] < _NARROWEST_GUTTER:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _cells_between(band: list[Fragment], gutters: list[float]) -> list[list[Fragment]]:
    """A row's cells; what goes over a gutter without leaving a gap stays in the cell on its left.

    The row's own gaps may stand a little beside the gutter.
    """
    ends = sorted(
        (left, right) for part in band for left, right in zip(part.lefts, part.rights, strict=True)
    )
    edges: list[tuple[int, float]] = []
    for column, gutter in enumerate(gutters, start=1):
        reach, gap = 0.0, None
        for left, right in ends:
            if left - reach >= 2.2 and reach - 6 <= gutter <= left + 6:
                gap = (reach + left) / 2
            reach = max(reach, right)
        if gap is not None or reach < gutter:
            edges.append((column, gap if gap is not None else gutter))
    cells: list[list[Fragment]] = [[] for _ in range(len(gutters) + 1)]
    for place, cell in enumerate(_cells(band, [edge for _, edge in edges], False)):
        cells[edges[place - 1][0] if place else 0] = cell
    return cells


def _cells(band: list[Fragment], edges: list[float], ruled: bool) -> list[list[Fragment]]:
    cells: list[list[Fragment]] = [[] for _ in range(len(edges) + 1)]
    for part in band:
        for piece in _cut(part, edges, ruled):
            cells[sum(edge < _centre(piece) for edge in edges)].append(piece)
    return cells


def _cut(part: Fragment, edges: list[float], ruled: bool) -> list[Fragment]:
    """A fragment in pieces where it goes over an edge; without a drawn line, only at a gap."""
    pieces = [part]
    for edge in edges:
        last = pieces[-1]
        if not last.left < edge < last.right:
            continue
        for at in range(1, len(last.characters)):
            before = (last.lefts[at - 1] + last.rights[at - 1]) / 2
            after = (last.lefts[at] + last.rights[at]) / 2
            if before < edge < after or after < edge < before:
                gap = max(
                    last.lefts[at] - last.rights[at - 1], last.lefts[at - 1] - last.rights[at]
                )
                space = last.characters[at].isspace() or last.characters[at - 1].isspace()
                if ruled or gap >= 2 or space:
                    rest = last.cut(at)
                    if last.trimmed() is None:
                        pieces.pop()
                    if rest is not None:
                        pieces.append(rest)
                    break
        if not pieces:
            break
    return pieces
