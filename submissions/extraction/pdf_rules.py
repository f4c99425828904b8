"""The straight lines of a PDF page: borders, rules above footnotes, lines through words."""

import ctypes
import itertools
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

import pypdfium2 as pdfium
import pypdfium2.raw as raw

#: How many objects of a page are looked at, and how many points of its paths.
MAX_OBJECTS: Final = 20_000
MAX_POINTS: Final = 40_000
MAX_RULES: Final = 1_500
_MAX_DEPTH: Final = 4
_THIN: Final = 2.6
_SHORTEST: Final = 3.0

Box = tuple[float, float, float, float]
Turn = Callable[[float, float, float, float], Box]
Matrix = tuple[float, float, float, float, float, float]
_SAME: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line along the page (`flat`) or up it; `kind` tells a marking of the reader's.

    `at` is the y of a flat line and the x of an upright one, `start` and `end` its ends.
    """

    flat: bool
    at: float
    start: float
    end: float
    kind: Literal["line", "struck", "underlined", "link"] = "line"


def read_rules(page: pdfium.PdfPage, turn: Turn) -> tuple[list[Rule], bool]:
    """The straight lines drawn on the page, and whether the page holds anything at all."""
    rules: list[Rule] = []
    budget = _Budget()
    for left, bottom, right, top in _lines(page, budget):
        if len(rules) >= MAX_RULES:
            break
        rule = _rule(*turn(left, bottom, right, top))
        if rule is not None:
            rules.append(rule)
    return rules, budget.inked


def read_strikes(page: pdfium.PdfPage, turn: Turn) -> list[Rule]:
    """The words that annotations strike out or underline, and links, as flat rules."""
    rules: list[Rule] = []
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), MAX_RULES)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            subtype = raw.FPDFAnnot_GetSubtype(annotation)
            if subtype == raw.FPDF_ANNOT_LINK:
                bounds = raw.FS_RECTF()
                if raw.FPDFAnnot_GetRect(annotation, bounds):
                    left, low, right, _ = turn(bounds.left, bounds.bottom, bounds.right, bounds.top)
                    rules.append(Rule(True, low, left, right, "link"))
            elif subtype in (raw.FPDF_ANNOT_STRIKEOUT, raw.FPDF_ANNOT_UNDERLINE):
                struck = subtype == raw.FPDF_ANNOT_STRIKEOUT
                rules.extend(_quads(annotation, turn, struck))
        finally:
            raw.FPDFPage_CloseAnnot(annotation)
    return rules


def _quads(annotation: object, turn: Turn, struck: bool) -> Iterator[Rule]:
    quad = raw.FS_QUADPOINTSF()
    for index in range(min(raw.FPDFAnnot_CountAttachmentPoints(annotation), 200)):
        if not raw.FPDFAnnot_GetAttachmentPoints(annotation, index, quad):
            continue
        xs = (quad.x1, quad.x2, quad.x3, quad.x4)
        ys = (quad.y1, quad.y2, quad.y3, quad.y4)
        left, bottom, right, top = turn(min(xs), min(ys), max(xs), max(ys))
        at = (bottom + top) / 2 if struck else bottom + 0.1 * (top - bottom)
        yield Rule(True, at, left, right, "struck" if struck else "underlined")


@dataclass(slots=True)
class _Budget:
    objects: int = MAX_OBJECTS
    points: int = MAX_POINTS
    inked: bool = False


def _rule(left: float, bottom: float, right: float, top: float) -> Rule | None:
    if not math.isfinite(left + bottom + right + top):
        return None
    width, height = right - left, top - bottom
    if height <= _THIN and width >= _SHORTEST and width > 2 * height:
        return Rule(True, (bottom + top) / 2, left, right)
    if width <= _THIN and height >= _SHORTEST and height > 2 * width:
        return Rule(False, (left + right) / 2, bottom, top)
    return None


def _lines(page: pdfium.PdfPage, budget: _Budget) -> Iterator[Box]:
    count = min(raw.FPDFPage_CountObjects(page), budget.objects)
    for index in range(count):
        yield from _object_lines(raw.FPDFPage_GetObject(page, index), _SAME, 0, budget)


def _object_lines(thing: object, outer: Matrix, depth: int, budget: _Budget) -> Iterator[Box]:
    budget.objects -= 1
    if not thing or budget.objects < 0 or budget.points < 0:
        return
    kind = raw.FPDFPageObj_GetType(thing)
    budget.inked = budget.inked or kind != raw.FPDF_PAGEOBJ_FORM
    if kind == raw.FPDF_PAGEOBJ_PATH:
        yield from _path_lines(thing, outer, budget)
    elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
        inner = _times(_matrix(thing), outer)
        for index in range(min(raw.FPDFFormObj_CountObjects(thing), max(budget.objects, 0))):
            yield from _object_lines(
                raw.FPDFFormObj_GetObject(thing, index), inner, depth + 1, budget
            )


def _path_lines(path: object, outer: Matrix, budget: _Budget) -> Iterator[Box]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(path, fill, stroke) or not (fill.value or stroke.value):
        return
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(path, left, bottom, right, top):
        return
    box = _box(((left.value, bottom.value), (right.value, top.value)), outer)
    if box[2] - box[0] <= _THIN or box[3] - box[1] <= _THIN:
        yield box
        return
    yield from _segment_lines(path, _times(_matrix(path), outer), bool(stroke.value), budget)


def _segment_lines(path: object, matrix: Matrix, stroked: bool, budget: _Budget) -> Iterator[Box]:
    """The sides of a path of several points: all when stroked, else only thin bars."""
    x, y = ctypes.c_float(), ctypes.c_float()
    outline: list[tuple[float, float]] = []
    for index in range(raw.FPDFPath_CountSegments(path) + 1):
        budget.points -= 1
        if budget.points < 0:
            return
        segment = raw.FPDFPath_GetPathSegment(path, index)
        kind = raw.FPDFPathSegment_GetType(segment) if segment else raw.FPDF_SEGMENT_MOVETO
        if kind == raw.FPDF_SEGMENT_MOVETO:
            yield from _outline_lines(outline, matrix, stroked)
            outline = []
        if not segment or not raw.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        outline.append((x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment):
            outline.append(outline[0])


def _outline_lines(
    outline: list[tuple[float, float]], matrix: Matrix, stroked: bool
) -> Iterator[Box]:
    if len(outline) < 2:
        return
    box = _box(outline, matrix)
    if box[2] - box[0] <= _THIN or box[3] - box[1] <= _THIN:
        yield box
    elif stroked:
        for pair in itertools.pairwise(outline):
            yield _box(pair, matrix)


def _matrix(thing: object) -> Matrix:
    values = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(thing, values):
        return _SAME
    return values.a, values.b, values.c, values.d, values.e, values.f


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def _box(points: tuple[tuple[float, float], ...] | list[tuple[float, float]], by: Matrix) -> Box:
    a, b, c, d, e, f = by
    xs = [a * x + c * y + e for x, y in points]
    ys = [b * x + d * y + f for x, y in points]
    return min(xs), min(ys), max(xs), max(ys)
