"""A PDF page as pdfium sees it: runs of characters with their places, and straight lines.

Coordinates are in points, y upwards, the page turned as a reader holds it.
"""

import ctypes
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from submissions.extraction.compose import PLAIN, Kinds
from submissions.extraction.pdf_rules import Box, Rule, Turn, read_rules, read_strikes

MAX_CHARACTERS: Final = 200_000
#: Stands for a space that pdfium puts between two characters that are apart.
GAP: Final = "\0"
#: A gap wider than this many times the height of the type parts two fragments.
WIDE: Final = 0.85

_LINE_END: Final = (10, 13)
#: What pdfium gives for a hyphen that ends a line.
_HYPHEN: Final = (2, 0xFFFE)
_FORCE_BOLD: Final = 1 << 18
_BOLD_NAMES: Final = ("bold", "black", "heavy", "simhei", "heiti", "demi")
_ALEFS: Final = frozenset("اأإآ")
_LAM: Final = "ل"


@dataclass(slots=True)
class Fragment:
    """Characters of one height on one base line, with no wide gap between them.

    `stretch` counts the lines as pdfium parts them; `size` is the size of the type in points and
    `height` that of the box which pdfium gives its characters.
    """

    stretch: int
    bottom: float
    top: float
    characters: list[str] = field(default_factory=list)
    lefts: list[float] = field(default_factory=list)
    rights: list[float] = field(default_factory=list)
    base: float = 0.0
    size: float = 0.0
    bold: bool = False
    kinds: list[Kinds] = field(default_factory=list)
    space_before: bool = False
    space_after: bool = False

    @property
    def left(self) -> float:
        return min(self.lefts)

    @property
    def right(self) -> float:
        return max(self.rights)

    @property
    def height(self) -> float:
        return self.top - self.bottom

    def cut(self, at: int) -> "Fragment | None":
        """Take the characters from `at` on away, as a fragment of their own."""
        rest = Fragment(
            self.stretch, self.bottom, self.top, base=self.base, size=self.size, bold=self.bold
        )
        for name in ("characters", "lefts", "rights", "kinds"):
            values = getattr(self, name)
            setattr(rest, name, values[at:])
            del values[at:]
        return rest.trimmed()

    def drop(self, places: Iterable[int]) -> None:
        """Take single characters out."""
        for at in sorted(places, reverse=True):
            del self.characters[at], self.lefts[at], self.rights[at], self.kinds[at]

    def trimmed(self) -> "Fragment | None":
        """Itself without space at either end, or None where nothing else is left."""
        text = "".join(self.characters).replace(GAP, " ")
        start, end = len(text) - len(text.lstrip()), len(text.rstrip())
        if start >= end:
            return None
        self.space_before = self.space_before or start > 0
        self.space_after = self.space_after or end < len(text)
        for values in (self.characters, self.lefts, self.rights, self.kinds):
            del values[end:]
            del values[:start]
        return self


@dataclass(slots=True)
class Page:
    """What stands on a page; `inked` says that something does, be it text or a picture."""

    number: int
    box: Box
    fragments: list[Fragment]
    rules: list[Rule]
    inked: bool
    characters: int


def read_page(document: pdfium.PdfDocument, number: int) -> Page:
    """Page `number`, counted from 1.  Raises `pdfium.PdfiumError` for a page that is broken."""
    page = document[number - 1]
    try:
        turn, box = _turn(page)
        textpage = page.get_textpage()
        try:
            fragments, count = _read_fragments(textpage, turn)
        finally:
            textpage.close()
        rules, inked = read_rules(page, turn)
        rules += read_strikes(page, turn)
    finally:
        page.close()
    return Page(number, box, fragments, rules, inked, count)


def _turn(page: pdfium.PdfPage) -> tuple[Turn, Box]:
    """How to turn a box of the page's own coordinates, and the page's box so turned."""
    bounds = raw.FS_RECTF()
    found = raw.FPDF_GetPageBoundingBox(page, bounds)
    box = (bounds.left, bounds.bottom, bounds.right, bounds.top) if found else (0, 0, 612, 792)
    quarter = raw.FPDFPage_GetRotation(page) % 4

    def turn(left: float, bottom: float, right: float, top: float) -> Box:
        if quarter == 1:
            return bottom, -right, top, -left
        if quarter == 2:
            return -right, -top, -left, -bottom
        if quarter == 3:
            return -top, left, -bottom, right
        return left, bottom, right, top

    return turn, turn(*box)


def _read_fragments(textpage: pdfium.PdfTextPage, turn: Turn) -> tuple[list[Fragment], int]:
    handle = textpage.raw
    count = min(raw.FPDFText_CountChars(handle), MAX_CHARACTERS)
    fragments: list[Fragment] = []
    starts: list[int] = []
    current: Fragment | None = None
    stretch = high = 0
    for index, code, left, bottom, right, top in _characters(handle, count):
        if code in _LINE_END:
            current = None
            stretch += 1
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high & 0x3FF) << 10) + (code & 0x3FF) if high else 0xFFFD
        high = 0
        if left == right and bottom == top:  # pdfium put it there
            if current is not None:
                current.characters.append(GAP if code == 32 else _character(code))
                current.lefts.append(current.lefts[-1])
                current.rights.append(current.rights[-1])
            continue
        left, bottom, right, top = turn(left, bottom, right, top)
        if current is None or _parts(current, left, bottom, right, top):
            current = Fragment(stretch, bottom, top)
            fragments.append(current)
            starts.append(index)
        current.characters.append(_character(code))
        current.lefts.append(left)
        current.rights.append(right)
    for fragment, start in zip(fragments, starts, strict=True):
        _settle_type(handle, fragment, start, turn)
    return _settle_fragments(fragments), count


def _characters(
    handle: object, count: int
) -> Iterator[tuple[int, int, float, float, float, float]]:
    """The place, code and box of every character that has them."""
    box = raw.FS_RECTF()
    reference = ctypes.byref(box)
    unicode_of, box_of = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox
    for index in range(count):
        code = unicode_of(handle, index)
        if code and box_of(handle, index, reference):
            yield index, code, box.left, box.bottom, box.right, box.top


def _character(code: int) -> str:
    return "-" if code in _HYPHEN else chr(code)


def _parts(current: Fragment, left: float, bottom: float, right: float, top: float) -> bool:
    """Whether a character with this box begins another fragment."""
    height = current.top - current.bottom
    if abs(bottom - current.bottom) > 0.15 * height:
        return True
    if not 0.8 * height < top - bottom < 1.3 * height:
        return True
    wide = WIDE * height
    return left - current.rights[-1] > wide or current.lefts[-1] - right > wide


def _settle_type(textpage: object, fragment: Fragment, start: int, turn: Turn) -> None:
    """Ask for the size, weight and base line of a fragment, from a few of its characters."""
    matrix = raw.FS_MATRIX()
    size = raw.FPDFText_GetFontSize(textpage, start)
    if raw.FPDFText_GetMatrix(textpage, start, matrix):
        size *= math.hypot(matrix.c, matrix.d)
    x, y = ctypes.c_double(), ctypes.c_double()
    if raw.FPDFText_GetCharOrigin(textpage, start, x, y):
        fragment.base = turn(x.value, y.value, x.value, y.value)[1]
    else:
        fragment.base = fragment.bottom + 0.2 * fragment.height
    fragment.size = size if 0 < size < 5 * fragment.height else 0.85 * fragment.height
    last = start + len(fragment.characters) - 1
    fragment.bold = all(_bold(textpage, at) for at in {start, (start + last) // 2, last})


def _bold(textpage: object, index: int) -> bool:
    buffer = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    length = raw.FPDFText_GetFontInfo(textpage, index, buffer, 128, flags)
    if not length:
        return True  # a generated space has no type: the other characters decide
    name = buffer.value.lower()
    return bool(flags.value & _FORCE_BOLD) or any(word.encode() in name for word in _BOLD_NAMES)


def _settle_fragments(fragments: list[Fragment]) -> list[Fragment]:
    settled = []
    for fragment in _join_slanted(fragments):
        places = sum(fragment.lefts) + sum(fragment.rights) + fragment.bottom + fragment.top
        if not math.isfinite(places + fragment.base):
            continue
        fragment.kinds = [PLAIN] * len(fragment.characters)
        _order_ligatures(fragment)
        if whole := fragment.trimmed():
            settled.append(whole)
    return settled


def _join_slanted(fragments: list[Fragment]) -> list[Fragment]:
    """Put writing that climbs or falls together again: one fragment for each such stretch."""
    stretches: dict[int, list[Fragment]] = {}
    for fragment in fragments:
        stretches.setdefault(fragment.stretch, []).append(fragment)
    joined: list[Fragment] = []
    for parts in stretches.values():
        single = sum(len(part.characters) < 3 for part in parts)
        steps = {round(part.bottom) for part in parts}
        if single < 4 or single * 2 < len(parts) or len(steps) < 4:
            joined.extend(parts)
            continue
        whole = parts[0]
        for part in parts[1:]:
            whole.characters += part.characters
            whole.lefts += part.lefts
            whole.rights += part.rights
        joined.append(whole)
    return joined


def _order_ligatures(fragment: Fragment) -> None:
    """Lam before alef in a ligature of both, which pdfium turns around with the line."""
    characters = fragment.characters
    for at in range(len(characters) - 1):
        if (
            characters[at] in _ALEFS
            and characters[at + 1] == _LAM
            and fragment.lefts[at] == fragment.lefts[at + 1]
            and fragment.rights[at] == fragment.rights[at + 1]
        ):
            characters[at], characters[at + 1] = characters[at + 1], characters[at]
