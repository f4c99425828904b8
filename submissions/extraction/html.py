"""Web pages: every block a line, with what the markup says of it."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from submissions.extraction.compose import PLAIN, Draft, Kinds, compose, row_drafts
from submissions.extraction.decoding import decode
from submissions.extraction.model import Caution, Extract, ExtractionError, MarkKind
from submissions.extraction.numerals import letters, roman

MAX_BYTES: Final = 16 * 1024 * 1024
#: Tables and lists nested deeper than this are read as plain blocks.
MAX_DEPTH: Final = 100
#: Deeper than this a page is not parsed: parsers take time that grows with the square of depth.
MAX_OPEN: Final = 2_000
#: A row with a cell of more paragraphs than this lays a page out; it is no row of a table.
_LAYOUT_CELL: Final = 8

_NEVER_TEXT: Final = frozenset("head script style comment title meta link".split())
_LEFT_OUT: Final = frozenset(
    "template noscript iframe nav svg canvas audio video object embed select datalist"
    " button noframes map".split()
)
_BLOCKS: Final = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main"
    " menu ol optgroup option p plaintext pre search section summary table tbody td tfoot th thead"
    " tr ul xmp".split()
)
_TAG: Final = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*)")
#: Elements that hold nothing, or that the next one of their kind ends.
_NOT_NESTING: Final = frozenset(
    "area base br col embed hr img input link meta param source track wbr html head body p li dt dd"
    " tr td th thead tbody tfoot colgroup caption option optgroup rt rp rb rtc".split()
)
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_VERBATIM: Final = frozenset("pre listing plaintext xmp textarea".split())
_MARKS: Final[dict[str, MarkKind]] = {
    "sup": "superscript",
    "del": "deleted",
    "s": "deleted",
    "strike": "deleted",
    "ins": "inserted",
}
_SPACE: Final = re.compile(r"[ \t\n\r\f\u2028\u2029\x85]+")
_DECLARED: Final = re.compile(
    rb"""(?:charset|encoding)[\x20\t\r\n]{0,20}=[\x20\t\r\n]{0,20}["']?([A-Za-z0-9_.:-]{2,40})"""
)


@dataclass(frozen=True, slots=True)
class _Setting:
    """What the elements around a place say of the words there."""

    tag: str = ""
    kinds: Kinds = PLAIN
    level: int = 0
    verbatim: bool = False
    row: bool = False


@dataclass(slots=True)
class _List:
    """A list that is open: how it numbers its items, and the next number."""

    notation: str
    number: int = 1
    step: int = 1


@dataclass(slots=True)
class _Row:
    """A row of a table that is open, and the lines of each of its cells."""

    cells: list[list[Draft]]
    layout: bool = False


def extract_html(data: bytes, name: str) -> Extract:
    """Read the web page `data`.

    Raises `ExtractionError` with code `too-large`, `undecodable`, `unsafe-nesting` or `empty`.
    """
    if len(data) > MAX_BYTES:
        raise ExtractionError(
            "too-large",
            name,
            f"is a web page of more than {MAX_BYTES >> 20} MiB.",
            "Save it as DOCX or PDF and send that.",
        )
    declared = _DECLARED.search(data[:4096])
    text, encoding = decode(data, name, declared[1].decode("ascii") if declared else None)
    if _too_deep(text):
        raise ExtractionError(
            "unsafe-nesting",
            name,
            f"is not built as a document is: it is nested more than {MAX_OPEN:,} deep.",
            "Open it in a browser, save or print it as PDF, and send that.",
        )
    reader = _Reader()
    if text.startswith("\ufeff"):
        text = text[1:]
        reader.removed["byte-order-mark"] = 1
    root = LexborHTMLParser(text.replace("\0", "")).root
    if root is not None:
        reader.read(root)
    return compose(
        reader.lines,
        data=data,
        name=name,
        encoding=encoding,
        removed=reader.removed,
        warnings=_warnings(text, root),
    )


def _too_deep(text: str) -> bool:
    """Whether more elements than `MAX_OPEN` are ever open at once, by their tags alone."""
    opened: Counter[str] = Counter()
    depth = 0
    for tag in _TAG.finditer(text):
        name = tag["name"].casefold()
        if name in _NOT_NESTING:
            continue
        if not tag["end"]:
            opened[name] += 1
            depth += 1
            if depth > MAX_OPEN:
                return True
        elif opened[name]:
            opened[name] -= 1
            depth -= 1
    return False


def _warnings(text: str, root: LexborNode | None) -> list[Caution]:
    """What a person should know of the page."""
    counts = {
        "script": len(root.css("script")) if root else 0,
        "embedded-object": len(root.css("iframe, object, embed")) if root else 0,
        "undecodable-bytes": text.count("\ufffd"),
    }
    return [Caution(code, value=str(count)) for code, count in counts.items() if count]


class _Reader:
    """Walks the tree without recursion, so that no nesting can exhaust the stack."""

    def __init__(self) -> None:
        self.lines: list[Draft] = []
        self.removed: Counter[str] = Counter()
        self._settings: list[_Setting] = [_Setting()]
        self._lists: list[_List] = []
        self._rows: list[_Row] = []
        self._line = Draft()
        self._opens = True
        self._marker = ""
        self._space = ""
        self._space_kinds = PLAIN

    def read(self, root: LexborNode) -> None:
        """Read every node under `root`."""
        node: LexborNode | None = root
        while node is not None:
            entered = self._enter(node)
            following = node.first_child if entered else None
            while following is None and node is not None:
                if entered:
                    self._leave()
                if len(self._settings) == 1:
                    node = None
                    break
                following = node.next
                if following is None:
                    node = node.parent
                    entered = True
            node = following
        self._flush()

    def _enter(self, node: LexborNode) -> bool:
        """Take the node in; whether it is an element whose children are to be read."""
        tag = node.tag or ""
        if node.is_text_node:
            self._text(node.text_content or "", self._settings[-1])
            return False
        if not node.is_element_node:
            return False
        if tag == "br":
            self._break()
            return False
        attributes = node.attributes if tag not in _NEVER_TEXT else {}
        reason = _left_out(tag, attributes)
        if tag in _NEVER_TEXT or reason:
            if reason:
                self.removed[reason] += len("".join((node.text() or "").split()))
            return False
        self._settings.append(_inside(self._settings[-1], tag, attributes))
        if tag in _BLOCKS:
            self._flush()
            self._open(node, tag, attributes)
        return True

    def _open(self, node: LexborNode, tag: str, attributes: dict[str, str | None]) -> None:
        """Keep account of lists and tables."""
        if tag in ("ol", "ul", "menu", "dir"):
            self._lists.append(_list(node, tag, attributes))
        elif tag == "li":
            self._item(attributes.get("value"))
        elif tag == "tr" and len(self._rows) < MAX_DEPTH:
            self._rows.append(_Row([]))
            self._settings[-1] = replace(self._settings[-1], row=True)
        elif tag in ("td", "th") and self._rows:
            self._rows[-1].cells.append([])
        elif self._rows and (tag == "table" or tag in _HEADINGS):
            self._rows[-1].layout = True

    def _item(self, value: str | None) -> None:
        own = _number(value)
        if not self._lists:
            marker = "•"
        else:
            current = self._lists[-1]
            current.number = current.number if own is None else own
            marker = _marker(current)
            current.number += current.step
        if self._marker and self._marker != "•":
            marker = f"{self._marker} {marker}"
        self._marker = marker if len(marker) < 100 else ""

    def _leave(self) -> None:
        """Close the innermost open element."""
        setting = self._settings.pop()
        if setting.tag not in _BLOCKS:
            return
        self._flush()
        if setting.tag in ("ol", "ul", "menu", "dir") and self._lists:
            self._lists.pop()
        elif setting.tag == "li":
            self._marker = ""
        elif setting.row:
            self._close_row(self._rows.pop())

    def _close_row(self, row: _Row) -> None:
        sink = self._sink()
        crowded = any(sum(bool(line.opens) for line in cell) > _LAYOUT_CELL for cell in row.cells)
        if row.layout or crowded:
            sink.extend(line for cell in row.cells for line in cell)
        else:
            sink.extend(row_drafts(row.cells))

    def _sink(self) -> list[Draft]:
        """Where finished lines go: the innermost open cell, or the page."""
        for row in reversed(self._rows):
            if row.cells:
                return row.cells[-1]
        return self.lines

    def _text(self, words: str, setting: _Setting) -> None:
        if setting.verbatim:
            first, *others = words.replace("\r\n", "\n").split("\n")
            self._say(first, setting)
            for line in others:
                self._break()
                self._say(line, setting)
            return
        at = 0
        for space in _SPACE.finditer(words):
            self._say(words[at : space.start()], setting)
            self._space_kinds = self._space_kinds & setting.kinds if self._space else setting.kinds
            self._space = "\n" if "\n" in self._space + space[0] else " "
            at = space.end()
        self._say(words[at:], setting)

    def _say(self, words: str, setting: _Setting) -> None:
        if not words:
            return
        runs = self._line.runs
        if runs and self._space:
            last, kinds = runs[-1]
            kinds &= self._space_kinds & setting.kinds
            runs.append((_between(last[-1], self._space, words[0]), kinds))
        elif not runs and self._marker:
            runs.append((f"{self._marker} ", PLAIN))
            self._marker = ""
        self._space = ""
        runs.append((words, setting.kinds))
        self._line.level = self._line.level or setting.level

    def _break(self) -> None:
        """A line break: the paragraph goes on below it, unless an empty line follows."""
        inked = self._line.inked
        self._flush()
        self._opens = not inked

    def _flush(self) -> None:
        """Finish the line; the next one opens a paragraph."""
        line = self._line
        line.runs = [run for run in line.runs if run[0]]
        if line.inked:
            line.opens = self._opens
            self._sink().append(line)
        self._opens = True
        self._line = Draft()
        self._space = ""


def _inside(outer: _Setting, tag: str, attributes: dict[str, str | None]) -> _Setting:
    """What holds of the words in an element, given what holds around it."""
    kinds = outer.kinds
    if tag in _MARKS:
        kinds |= {_MARKS[tag]}
    for name, value in _declarations(attributes.get("style")):
        if name.startswith("text-decoration") and "line-through" in value:
            kinds |= {"deleted"}
        elif name == "vertical-align" and value == "super":
            kinds |= {"superscript"}
    return replace(
        outer,
        tag=tag,
        row=False,
        kinds=kinds,
        level=_HEADINGS.get(tag, outer.level),
        verbatim=outer.verbatim or tag in _VERBATIM,
    )


def _left_out(tag: str, attributes: dict[str, str | None]) -> str:
    """Why the words of an element are no text of the page; empty when they are."""
    if tag in _LEFT_OUT:
        return f"html-{tag}"
    hidden = "hidden" in attributes or any(
        (name, value) in (("display", "none"), ("visibility", "hidden"), ("mso-hide", "all"))
        for name, value in _declarations(attributes.get("style"))
    )
    return "hidden-text" if hidden else ""


def _declarations(style: str | None) -> list[tuple[str, str]]:
    """The name and value of each declaration of a `style` attribute, in small letters.

    >>> _declarations("Display: NONE; color:red")
    [('display', 'none'), ('color', 'red')]
    """
    pairs = (one.partition(":") for one in (style or "").casefold().split(";") if ":" in one)
    return [(name.strip(), value.strip()) for name, _, value in pairs]


def _list(node: LexborNode, tag: str, attributes: dict[str, str | None]) -> _List:
    styles = dict(_declarations(attributes.get("style")))
    look = styles.get("list-style-type") or styles.get("list-style") or ""
    if look.split()[:1] == ["none"]:
        return _List("none")
    if tag != "ol":
        return _List("•")
    start = _number(attributes.get("start"))
    notation = attributes.get("type") or "1"
    if "reversed" not in attributes:
        return _List(notation, 1 if start is None else start)
    items = sum(child.tag == "li" for child in node.iter())
    return _List(notation, items if start is None else start, -1)


def _marker(current: _List) -> str:
    """The marker of the list's next item."""
    number = current.number
    if current.notation in ("none", ""):
        return ""
    if current.notation == "•":
        return "•"
    if not 0 < number < 4000:
        return f"{number}."
    match current.notation:
        case "a":
            return f"{letters(number)}."
        case "A":
            return f"{letters(number).upper()}."
        case "i":
            return f"{roman(number)}."
        case "I":
            return f"{roman(number).upper()}."
    return f"{number}."


def _number(text: str | None) -> int | None:
    digits = (text or "").strip().removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 6):
        return None
    return int((text or "").strip())


def _between(left: str, space: str, right: str) -> str:
    """One space, or none where a line of the source ends between two East Asian characters."""
    wide = all(unicodedata.east_asian_width(character) in "WF" for character in (left, right))
    return "" if wide and "\n" in space else " "
