"""One story of a Word document (its body, a header, a footnote): its paragraphs and tables."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

from submissions.extraction.compose import PLAIN, Draft, Kinds, row_drafts
from submissions.extraction.docx_numbering import Numbering
from submissions.extraction.docx_styles import Styles, Traits, paragraph_traits, run_traits
from submissions.extraction.model import MarkKind
from submissions.extraction.numerals import in_format
from submissions.extraction.ooxml import below, flag, number, value

_TRACKED: Final[dict[str, MarkKind]] = {
    "w:ins": "inserted",
    "w:moveTo": "inserted",
    "w:del": "deleted",
    "w:moveFrom": "deleted",
}
#: Elements with words in them that are no words of the text.
_SKIPPED: Final = frozenset(
    "w:instrText w:delInstrText w:fldData w:ffData w:pPr w:rPr w:sdtPr w:sdtEndPr w:tblPr w:tblGrid"
    " w:trPr w:tcPr w:tblPrEx w:sectPr w:footnoteRef w:endnoteRef w:annotationRef".split()
)
_SIGNS: Final = {
    "w:tab": "\t",
    "w:ptab": "\t",
    "w:noBreakHyphen": "-",
    "w:softHyphen": "\xad",
}
#: Bullets of the Symbol and Wingdings fonts, which live in the private-use area.
_SYMBOLS: Final = {0xF0B7: "•", 0xF0A7: "▪", 0xF06E: "■", 0xF0D8: "‣", 0xF02D: "-"}
_SECTION_ON_PAGE: Final = frozenset({"continuous", "nextColumn"})


class Notes:
    """Numbers footnotes and endnotes as the text refers to them."""

    def __init__(self, formats: dict[str, tuple[str, int]], removed: Counter[str]) -> None:
        self.referred: dict[str, list[tuple[str, str, int | None]]] = {kind: [] for kind in formats}
        self._formats = formats
        self._next = {kind: start for kind, (_, start) in formats.items()}
        self._removed = removed

    def refer(self, kind: str, reference: Element, page: int | None) -> str:
        """The label of the note that is referred to; empty when the text prints its own."""
        label = ""
        if not flag_attribute(reference, "w:customMarkFollows"):
            label = in_format(self._next[kind], self._formats[kind][0])
            self._next[kind] += 1
        self.referred[kind].append((reference.get("w:id", ""), label, page))
        return label


@dataclass(slots=True)
class _Paragraph:
    """A paragraph being read: its lines so far, its style, and text boxes anchored in it."""

    traits: Traits
    lines: list[Draft] = field(default_factory=lambda: [Draft()])
    boxes: list[Element] = field(default_factory=list)


class Reader:
    """Reads stories one after the other, with one count of list numbers and notes."""

    def __init__(
        self, styles: Styles, numbering: Numbering, notes: Notes, removed: Counter[str]
    ) -> None:
        self._styles = styles
        self._numbering = numbering
        self._notes = notes
        self._removed = removed
        self.broken_fields = False
        self._sink: list[Draft] = []
        self._in_code: list[bool] = []
        self._fields_hold = True
        self._framed = False
        self._goes_on = False
        self._page: int | None = None
        self._page_break = False

    def story(self, root: Element, *, framed: bool = False, paged: bool = False) -> list[Draft]:
        """The lines of the story under `root`.

        `framed`: tables only lay the text out, and each of their paragraphs is a line.  `paged`:
        pages are counted where Word left the places at which it last broke them.
        """
        self._sink = []
        self._in_code = []
        self._framed = framed
        self._goes_on = False
        self._page_break = False
        self._fields_hold = _fields_hold(root)
        self.broken_fields |= not self._fields_hold
        breaks = paged and next(root.iter("w:lastRenderedPageBreak"), None) is not None
        self._page = 1 if breaks else None
        self._blocks(root, PLAIN)
        return self._sink

    # Blocks: paragraphs, tables, and what wraps them.

    def _blocks(self, parent: Element, kinds: Kinds) -> None:
        for child in _chosen(parent):
            if child.tag == "w:p":
                self._paragraph(child, kinds)
            elif child.tag == "w:tbl":
                self._table(child, kinds)
            elif child.tag in _TRACKED:
                self._blocks(child, kinds | {_TRACKED[child.tag]})
            elif child.tag not in _SKIPPED:
                self._blocks(child, kinds)

    def _paragraph(self, element: Element, kinds: Kinds) -> None:
        properties = below(element, "w:pPr")
        style = self._styles.paragraph(value(properties, "w:pStyle"))
        style_name = value(properties, "w:pStyle") or self._styles.default_paragraph
        traits = paragraph_traits(properties).over(style)
        if flag(below(properties, "w:pageBreakBefore")):
            self._page_break = self._page is not None
        paragraph = _Paragraph(traits)
        self._inline(element, paragraph, kinds, hidden=bool(traits.vanish))
        place = self._list_level(traits, style_name, number(value(properties, "w:numPr/w:ilvl")))
        self._finish(paragraph, place, properties)
        for box in paragraph.boxes:
            with self._aside():
                self._blocks(box, kinds)

    def _finish(self, paragraph: _Paragraph, place: int, properties: Element | None) -> None:
        """Put the paragraph's lines, with the marker of list level `place`, into the story."""
        lines = paragraph.lines
        num_id = paragraph.traits.num_id
        marker = self._numbering.marker(num_id, place) if num_id else ""
        inked = next((line for line in lines if line.inked), None)
        if marker and inked is not None:
            inked.open_with(f"{marker} ", inked.common_kinds())
        for line in lines:
            line.level = (paragraph.traits.level or 0) if line.inked else 0
            line.page = line.page or self._page
            line.opens = line is lines[0]
        if lines[0].opens and self._goes_on:
            lines[0].opens = False
        self._sink.extend(lines)
        if properties is None:
            self._goes_on = False
            return
        ends = below(properties, "w:rPr")
        gone = any(below(ends, tag) is not None for tag in ("w:del", "w:moveFrom", "w:specVanish"))
        self._goes_on = gone and any("deleted" not in line.common_kinds() for line in lines)
        section = below(properties, "w:sectPr")
        if section is not None and value(section, "w:type") not in _SECTION_ON_PAGE:
            self._page_break = self._page is not None

    def _list_level(self, traits: Traits, style: str, direct: int | None) -> int:
        """The level of a paragraph in its list: its own, its style's, or the first."""
        if direct is not None:
            return direct
        if traits.num_id and traits.list_style:
            for name in (style, traits.list_style):
                linked = self._numbering.level_of_style(traits.num_id, name)
                if linked is not None:
                    return linked
        return traits.ilvl or 0

    # Tables.

    def _table(self, table: Element, kinds: Kinds) -> None:
        self._goes_on = False
        for row, row_kinds in _within(table, "w:tr", kinds):
            row_kinds |= _tracked_in(below(row, "w:trPr"), "")
            self._row(row, row_kinds)

    def _row(self, row: Element, kinds: Kinds) -> None:
        cells: list[list[Draft]] = []
        start = last = self._page
        before = self._sink
        for cell, cell_kinds in _within(row, "w:tc", kinds):
            properties = below(cell, "w:tcPr")
            cell_kinds |= _tracked_in(properties, "cell")
            self._sink = []
            self._page = start
            self._blocks(cell, cell_kinds)
            self._goes_on = False
            if _merged(properties):
                self._removed["merged-cell"] += sum(len(line.text) for line in self._sink)
                self._sink = []
            cells.append(self._sink)
            if self._page is not None and last is not None:
                last = max(last, self._page)
        self._sink = before
        self._page = last
        if self._framed:
            self._sink.extend(line for cell in cells for line in cell if line.inked)
        else:
            self._sink.extend(row_drafts(cells, start))

    # Inline content.

    def _inline(
        self, parent: Element, paragraph: _Paragraph, kinds: Kinds, *, hidden: bool
    ) -> None:
        for child in _chosen(parent):
            tag = child.tag
            if tag == "w:r":
                self._run(child, paragraph, kinds)
            elif tag in ("w:t", "w:delText", "m:t"):
                self._say(_words(child), paragraph, kinds, hidden=hidden)
            elif tag in _SIGNS:
                self._say(_SIGNS[tag], paragraph, kinds, hidden=hidden)
            elif tag in ("w:txbxContent", "w:p", "w:tbl"):
                paragraph.boxes.append(child)
            elif tag in _TRACKED:
                self._inline(child, paragraph, kinds | {_TRACKED[tag]}, hidden=hidden)
            elif tag == "w:rt":
                self._removed["ruby"] += sum(len(text.text or "") for text in child.iter("w:t"))
            elif not self._special(child, paragraph, kinds, hidden=hidden):
                self._inline(child, paragraph, kinds, hidden=hidden)

    def _run(self, run: Element, paragraph: _Paragraph, kinds: Kinds) -> None:
        properties = below(run, "w:rPr")
        direct = run_traits(properties)
        style = self._styles.character(value(properties, "w:rStyle"))
        said = direct.over(style)
        raised = paragraph.traits.raised if said.raised is None else said.raised
        struck = any(
            _toggled(getattr(direct, name), getattr(style, name), getattr(paragraph.traits, name))
            for name in ("strike", "dstrike")
        )
        hidden = _toggled(direct.vanish, style.vanish, paragraph.traits.vanish)
        if struck:
            kinds |= {"deleted"}
        if raised:
            kinds |= {"superscript"}
        self._inline(run, paragraph, kinds, hidden=hidden)

    def _special(
        self, element: Element, paragraph: _Paragraph, kinds: Kinds, *, hidden: bool
    ) -> bool:
        """Handle what stands for something other than its own words; whether it was handled."""
        match element.tag:
            case "w:fldChar":
                self._field(element.get("w:fldCharType", ""))
            case "w:lastRenderedPageBreak":
                if self._page is not None:
                    self._page += 1
                self._page_break = False
            case "w:br" | "w:cr":
                if element.get("w:type") == "page":
                    self._page_break = self._page is not None
                if not hidden and not self._in_field_code():
                    paragraph.lines.append(Draft())
            case "w:sym":
                self._say(_symbol(element), paragraph, kinds, hidden=hidden)
            case "w:footnoteReference" | "w:endnoteReference":
                kind = element.tag[2:-9]
                label = self._notes.refer(kind, element, self._page)
                self._say(label, paragraph, kinds | {"superscript"}, hidden=hidden)
            case tag:
                return tag in _SKIPPED
        return True

    def _say(self, words: str, paragraph: _Paragraph, kinds: Kinds, *, hidden: bool) -> None:
        if not words or self._in_field_code():
            return
        if hidden:
            self._removed["hidden-text"] += len(words)
            return
        if self._page_break and self._page is not None:
            self._page += 1
            self._page_break = False
        line = paragraph.lines[-1]
        line.page = line.page or self._page
        line.runs.append((words, kinds))

    def _field(self, sign: str) -> None:
        if sign == "begin":
            self._in_code.append(True)
        elif sign == "separate" and self._in_code:
            self._in_code[-1] = False
        elif sign == "end" and self._in_code:
            self._in_code.pop()

    def _in_field_code(self) -> bool:
        return self._fields_hold and any(self._in_code)

    @contextmanager
    def _aside(self) -> Iterator[None]:
        """Read a text box: it has fields of its own, and moves no page."""
        kept = self._in_code, self._page, self._page_break, self._goes_on
        self._in_code, self._page_break, self._goes_on = [], False, False
        yield
        self._in_code, self._page, self._page_break, self._goes_on = kept


def flag_attribute(element: Element, name: str) -> bool:
    """Whether an attribute says yes; no when it is not there."""
    return element.get(name, "false").casefold() not in ("0", "false", "off")


def _toggled(direct: bool | None, run_style: bool | None, paragraph: bool | None) -> bool:
    """A property that two styles switch on together is off again (ECMA-376, 17.7.3)."""
    if direct is not None:
        return direct
    return bool(run_style) != bool(paragraph)


def _words(element: Element) -> str:
    """The text of a run; without `xml:space` the space at its ends is not part of it."""
    words = element.text or ""
    return words if element.get("xml:space") == "preserve" else words.strip(" \t\r\n")


def _symbol(element: Element) -> str:
    """The character of a `w:sym`, from the code it has in its font."""
    digits = element.get("w:char", "")
    if not 1 <= len(digits) <= 5 or any(digit not in "0123456789abcdefABCDEF" for digit in digits):
        return ""
    code = int(digits, 16)
    return _SYMBOLS.get(code) or chr(code)


def _chosen(parent: Element) -> Iterator[Element]:
    """The children of `parent`, with the one branch of each alternative that holds text."""
    for child in parent:
        if child.tag == "mc:AlternateContent":
            yield from _branch(child)
        elif child.tag == "w:ruby":
            yield from child
        else:
            yield child


def _branch(alternatives: Element) -> Iterator[Element]:
    """The first choice; the fallback when that has no words and the fallback has."""
    choice = below(alternatives, "mc:Choice")
    fallback = below(alternatives, "mc:Fallback")
    if choice is None or (
        fallback is not None
        and next(choice.iter("w:t"), None) is None
        and next(fallback.iter("w:t"), None) is not None
    ):
        choice = fallback
    if choice is not None:
        yield from _chosen(choice)


def _within(parent: Element, tag: str, kinds: Kinds) -> Iterator[tuple[Element, Kinds]]:
    """The rows of a table or the cells of a row, through content controls and tracked changes."""
    for child in _chosen(parent):
        if child.tag == tag:
            yield child, kinds
        elif child.tag in _TRACKED:
            yield from _within(child, tag, kinds | {_TRACKED[child.tag]})
        elif child.tag not in _SKIPPED and child.tag not in ("w:tbl", "w:p"):
            yield from _within(child, tag, kinds)


def _tracked_in(properties: Element | None, prefix: str) -> Kinds:
    """What tracked changes say of a whole row (prefix "") or cell."""
    inserted, deleted = ("Ins", "Del") if prefix else ("ins", "del")
    kinds = PLAIN
    if below(properties, f"w:{prefix}{inserted}") is not None:
        kinds |= {"inserted"}
    if below(properties, f"w:{prefix}{deleted}") is not None:
        kinds |= {"deleted"}
    return kinds


def _merged(properties: Element | None) -> bool:
    """Whether a cell goes on with the one above or before it, whose text stands for both."""
    for name in ("w:vMerge", "w:hMerge"):
        element = below(properties, name)
        if element is not None and element.get("w:val", "continue") != "restart":
            return True
    return False


def _fields_hold(root: Element) -> bool:
    """Whether every field that begins in the story also ends there."""
    depth = 0
    for sign in root.iter("w:fldChar"):
        kind = sign.get("w:fldCharType")
        depth += (kind == "begin") - (kind == "end")
        if depth < 0:
            return False
    return depth == 0
