"""Fragments of a page -> the rows they stand in, and what is raised or struck out in them."""

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from submissions.extraction.compose import Kinds
from submissions.extraction.model import LineRole, MarkKind
from submissions.extraction.pdf_glyphs import GAP, Fragment
from submissions.extraction.pdf_rules import Rule

_RAISED: Final = re.compile(r"(?:\d{1,3}|[*†‡§]{1,3}|[a-z])(?:[,\s]+(?:\d{1,3}|[a-z]))*")
_RTL: Final = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_LTR: Final = re.compile(r"[A-Za-z\u00c0-\u024f\u0400-\u052f\u2e80-\u9fff]")
_EAST_ASIAN: Final = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]")
#: What a hanging number, letter or bullet looks like: it belongs to the words far beside it.
_MARKER: Final = re.compile(r"\W?[\w.*]{1,8}[.)）、:]?|\W{1,2}")
_PAGE_NUMBER: Final = re.compile(r"\d{1,4}")
#: A gap of so many sizes parts two rows that stand side by side.
_APART: Final = 3.6


@dataclass(slots=True)
class Area:
    """The part of a page that a row stands in: a column, or the page between its margins."""

    left: float
    right: float


@dataclass(slots=True)
class Row:
    """A line of words; `area` is the column it stands in, and the last fields are what it becomes.

    `rtl` says that it runs from right to left.
    """

    page: int
    runs: list[tuple[str, Kinds]]
    left: float
    right: float
    bottom: float
    top: float
    base: float
    size: float
    bold: bool
    rtl: bool
    area: Area = field(default_factory=lambda: Area(0, 0))
    role: LineRole = ""
    opens: bool | None = None
    level: int = 0

    @property
    def text(self) -> str:
        return "".join(words for words, _ in self.runs)

    @property
    def start(self) -> float:
        """How far from the edge of its area the row begins."""
        return self.area.right - self.right if self.rtl else self.left - self.area.left

    @property
    def rest(self) -> float:
        """How much of its area's width is left behind the row."""
        return self.left - self.area.left if self.rtl else self.area.right - self.right


def group(fragments: Iterable[Fragment]) -> list[list[Fragment]]:
    """The fragments row by row from the top; a raised or lowered one joins the row it touches."""
    ordered = sorted(fragments, key=lambda fragment: -fragment.base)
    typical = _median([fragment.size for fragment in ordered]) if ordered else 0
    rows: list[list[Fragment]] = []
    small: list[Fragment] = []
    for fragment in ordered:
        if fragment.size < 0.85 * typical and len(fragment.characters) <= 8:
            small.append(fragment)
        elif rows and _level_with(rows[-1], fragment):
            rows[-1].append(fragment)
        else:
            rows.append([fragment])
    tops = [-max(part.top for part in row) for row in rows]
    alone: list[Fragment] = []
    for fragment in small:
        at = bisect_left(tops, -fragment.top)
        near = [row for row in rows[max(0, at - 3) : at + 3] if _touches(row, fragment)]
        if near:
            min(near, key=lambda row: _distance(row, fragment)).append(fragment)
        else:
            alone.append(fragment)
    for fragment in alone:
        rows.append([fragment])
    if alone:
        rows.sort(key=lambda row: -row[0].base)
        rows = _merge_level(rows)
    return rows


def _merge_level(rows: list[list[Fragment]]) -> list[list[Fragment]]:
    merged: list[list[Fragment]] = []
    for row in rows:
        if merged and _level_with(merged[-1], row[0]):
            merged[-1].extend(row)
        else:
            merged.append(row)
    return merged


def _level_with(row: Sequence[Fragment], fragment: Fragment) -> bool:
    return abs(row[0].base - fragment.base) <= 0.3 * min(row[0].size, fragment.size)


def _touches(row: Sequence[Fragment], fragment: Fragment) -> bool:
    """Whether most of a small fragment's height is inside the row and it stands beside it."""
    main = max(row, key=lambda part: len(part.characters))
    overlap = min(main.top, fragment.top) - max(main.bottom, fragment.bottom)
    return overlap >= 0.6 * fragment.height and _distance(row, fragment) <= 4 * main.size


def _distance(row: Sequence[Fragment], fragment: Fragment) -> float:
    left, right = fragment.left, fragment.right
    return min(max(part.left - right, left - part.right, 0.0) for part in row)


def _median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


def build_rows(grouped: list[Fragment], page: int, *, part: bool = True) -> list[Row]:
    """The row of some fragments on one line: several rows where they stand far apart."""
    main = _main(grouped)
    for fragment in grouped:
        _mark_raised(fragment, main)
    text = "".join("".join(fragment.characters) for fragment in grouped)
    rtl = len(_RTL.findall(text)) > len(_LTR.findall(text))
    ordered = _in_order(grouped, rtl)
    pieces: list[list[Fragment]] = [[ordered[0]]]
    for before, fragment in itertools.pairwise(ordered):
        wide = _between(before, fragment) > _APART * main.size
        if part and wide and not _belongs(pieces[-1], fragment):
            pieces.append([fragment])
        else:
            pieces[-1].append(fragment)
    return [_row(piece, page, rtl) for piece in pieces]


def _in_order(grouped: list[Fragment], rtl: bool) -> list[Fragment]:
    """Along the line; in a line that runs leftwards, Latin words and numbers run rightwards."""
    if not rtl:
        return sorted(grouped, key=lambda fragment: fragment.left)
    ordered: list[Fragment] = []
    rightwards: list[Fragment] = []
    for fragment in sorted(grouped, key=lambda fragment: -fragment.right):
        if _RTL.search("".join(fragment.characters)):
            ordered += rightwards[::-1]
            rightwards = []
            ordered.append(fragment)
        else:
            rightwards.append(fragment)
    return ordered + rightwards[::-1]


def _between(before: Fragment, after: Fragment) -> float:
    return max(after.left - before.right, before.left - after.right)


def _belongs(piece: list[Fragment], fragment: Fragment) -> bool:
    """A marker and the words it marks, or a title and its page number."""
    words = "".join("".join(part.characters) for part in piece).replace(GAP, " ").strip()
    after = "".join(fragment.characters)
    return bool(_MARKER.fullmatch(words) or (len(piece) == 1 and _PAGE_NUMBER.fullmatch(after)))


def _mark_raised(fragment: Fragment, main: Fragment) -> None:
    if fragment is main or fragment.size > 0.85 * main.size:
        return
    raised = fragment.base - main.base > 0.15 * main.size
    if raised and _RAISED.fullmatch("".join(fragment.characters).replace(GAP, " ").strip()):
        fragment.kinds = [kinds | {"superscript"} for kinds in fragment.kinds]


def _main(grouped: Sequence[Fragment]) -> Fragment:
    """The fragment that gives a row its size: the one with most ink."""
    return max(grouped, key=lambda fragment: len(fragment.characters) * fragment.size**2)


def _row(piece: list[Fragment], page: int, rtl: bool) -> Row:
    main = _main(piece)
    runs: list[tuple[str, Kinds]] = []
    before: Fragment | None = None
    for fragment in piece:
        if before is not None and _needs_space(before, fragment, first=before is piece[0]):
            shared = before.kinds[-1] & fragment.kinds[0] - {"superscript"}
            runs.append((" ", shared))
        for character, kinds in zip(fragment.characters, fragment.kinds, strict=True):
            visible = " " if character == GAP else character.replace("\t", " ")
            if runs and runs[-1][1] == kinds:
                runs[-1] = (runs[-1][0] + visible, kinds)
            else:
                runs.append((visible, kinds))
        before = fragment
    large = [fragment for fragment in piece if fragment.size > 0.85 * main.size]
    long = [fragment for fragment in large if len(fragment.characters) > 1] or large
    return Row(
        page=page,
        runs=runs,
        left=min(fragment.left for fragment in piece),
        right=max(fragment.right for fragment in piece),
        bottom=main.bottom,
        top=main.top,
        base=main.base,
        size=round(main.size * 2) / 2,
        bold=all(fragment.bold for fragment in long),
        rtl=rtl,
    )


def _needs_space(before: Fragment, after: Fragment, *, first: bool) -> bool:
    """Between two fragments of a row; a raised label behind a word stands close to it."""
    gap = _between(before, after)
    if first and "superscript" in before.kinds[-1]:
        return True  # the label of a footnote
    near = after.stretch - before.stretch <= 1
    if near and (before.space_after or after.space_before) and gap > 0:
        return True
    if gap <= 0.12 * max(before.size, after.size):
        return False
    if "superscript" in after.kinds[0] or "superscript" in before.kinds[-1]:
        return gap > 0.4 * before.size
    close = gap < 0.6 * max(before.size, after.size)
    return not (
        close
        and _EAST_ASIAN.match(before.characters[-1])
        and _EAST_ASIAN.match(after.characters[0])
    )


def mark_rules(rows: Iterable[Sequence[Fragment]], rules: Sequence[Rule]) -> None:
    """Mark the characters that a line goes through (`deleted`) or under (`inserted`).

    A line through words begins and ends with them; one that goes further is a border.
    """
    flat = sorted((rule for rule in rules if rule.flat), key=lambda rule: rule.at)
    heights = [rule.at for rule in flat]
    for row in rows if flat else ():
        left, right = min(part.left for part in row), max(part.right for part in row)
        for fragment in row:
            low = fragment.base - 0.25 * fragment.size
            high = fragment.base + 0.6 * fragment.size
            near = flat[bisect_left(heights, low) : bisect_left(heights, high)]
            linked = [rule for rule in near if rule.kind == "link"]
            for rule in near:
                kind = _marking(rule, fragment, left - fragment.size, right + fragment.size)
                if kind == "deleted" or (kind and not any(_over(rule, link) for link in linked)):
                    _mark_under(fragment, rule, kind)


def _over(rule: Rule, other: Rule) -> bool:
    return rule.start < other.end and other.start < rule.end


def _marking(rule: Rule, fragment: Fragment, left: float, right: float) -> MarkKind | None:
    rise = (rule.at - fragment.base) / (fragment.size or 1)
    if rule.kind == "link":
        return None
    if rule.kind == "line" and (rule.start < left or rule.end > right):
        return None
    if rule.kind == "underlined" or (rule.kind == "line" and -0.25 <= rise < 0.1):
        return "inserted"
    if rule.kind == "struck" or 0.13 <= rise <= 0.5:
        return "deleted"
    return None


def _mark_under(fragment: Fragment, rule: Rule, kind: MarkKind) -> None:
    """Mark what stands over a rule from its first word to its last."""
    covered = [
        at
        for at, character in enumerate(fragment.characters)
        if character not in " \0\t\xa0"
        and rule.start - 0.5 <= (fragment.lefts[at] + fragment.rights[at]) / 2 <= rule.end + 0.5
    ]
    for at in range(covered[0], covered[-1] + 1) if covered else ():
        fragment.kinds[at] = fragment.kinds[at] | {kind}


def without(rows: Iterable[Row], kind: MarkKind) -> None:
    """Take a kind of mark off again."""
    for row in rows:
        row.runs = [(words, kinds - {kind}) for words, kinds in row.runs]
