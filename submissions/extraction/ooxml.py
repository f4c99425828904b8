"""Office Open XML packages: their parts, how the parts relate, and XML read without surprises."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from submissions.extraction.container import Container
from submissions.extraction.model import ExtractionError

MAX_DEPTH: Final = 100
MAX_ELEMENTS: Final = 1_000_000

_SAVE_AGAIN: Final = "Open it in a word processor, save it again as DOCX or PDF, and send that."
_CONTENT_TYPES: Final = "[Content_Types].xml"
_CHUNK: Final = 64 * 1024

#: Namespaces by the prefix this package writes for them, in their two editions.
_PREFIXES: Final = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w:",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w:",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m:",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m:",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r:",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r:",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
    "http://schemas.openxmlformats.org/package/2006/content-types": "",
    "http://schemas.openxmlformats.org/package/2006/relationships": "",
    "http://www.w3.org/XML/1998/namespace": "xml:",
}


@dataclass(frozen=True, slots=True)
class Relation:
    """`kind` is the last word of the relationship's type; `target` a part's name, or an address."""

    id: str
    kind: str
    target: str
    external: bool


class Package:
    """The parts of an Office Open XML file."""

    def __init__(self, container: Container) -> None:
        self.name = container.name
        self._container = container
        self._types = self._read_types()

    def __contains__(self, part: str) -> bool:
        return part in self._container

    @property
    def parts(self) -> tuple[str, ...]:
        return self._container.names

    def content_type(self, part: str) -> str:
        """The declared type of `part`, empty when none is."""
        by_ending = self._types.get("." + part.rpartition(".")[2].casefold(), "")
        return self._types.get("/" + part.casefold(), by_ending)

    def xml(self, part: str) -> Element:
        """The root of the XML in `part`, its names written with the prefixes used here."""
        return parse_xml(self._container.read(part), part, self.name)

    def relations(self, part: str) -> Iterator[Relation]:
        """What `part` (or the package, by the name "") refers to."""
        folder, _, file = part.rpartition("/")
        rels = posixpath.join(folder, "_rels", f"{file}.rels")
        if rels not in self._container:
            return
        for element in self.xml(rels).iter("Relationship"):
            external = element.get("TargetMode", "").casefold() == "external"
            target = element.get("Target", "")
            if not external:
                path = unquote(target.partition("#")[0])
                target = posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/")
            kind = element.get("Type", "").rstrip("/").rpartition("/")[2]
            yield Relation(element.get("Id", ""), kind, target, external)

    def main_part(self) -> str:
        """The name of the part that the package is about, empty when it names none."""
        for relation in self.relations(""):
            if relation.kind == "officeDocument" and relation.target in self._container:
                return relation.target
        return "word/document.xml" if "word/document.xml" in self._container else ""

    def _read_types(self) -> dict[str, str]:
        types: dict[str, str] = {}
        if _CONTENT_TYPES not in self._container:
            return types
        for element in self.xml(_CONTENT_TYPES):
            kind = element.get("ContentType", "")
            if element.tag == "Override":
                types[element.get("PartName", "").casefold()] = kind
            elif element.tag == "Default":
                types["." + element.get("Extension", "").casefold()] = kind
        return types


def parse_xml(data: bytes, part: str, name: str) -> Element:
    """The root element of `data`.

    Raises `ExtractionError`: `damaged` when it is not well-formed, `unsafe-container` when it
    declares a document type (no Office file does; entities live there), or is nested or large
    beyond any document.
    """
    builder = _Builder(part, name)
    parser = ElementTree.XMLParser(target=builder)
    try:
        for start in range(0, len(data), _CHUNK):
            parser.feed(data[start : start + _CHUNK])
        root = parser.close()
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        if isinstance(error, ExtractionError):
            raise
        raise ExtractionError(
            "damaged", name, f"is damaged: its part {part!a} is not XML.", _SAVE_AGAIN
        ) from None
    assert isinstance(root, Element)
    return root


class _Builder(ElementTree.TreeBuilder):
    """Builds the tree with short names, and stops at what a document never holds."""

    def __init__(self, part: str, name: str) -> None:
        super().__init__()
        self._part = part
        self._file = name
        self._depth = 0
        self._count = 0
        self._names: dict[str, str] = {}

    def doctype(self, *_: object) -> None:
        raise self._unsafe("declares a document type")

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self._depth += 1
        self._count += 1
        if self._depth > MAX_DEPTH:
            raise self._unsafe(f"is nested more than {MAX_DEPTH} deep")
        if self._count > MAX_ELEMENTS:
            raise self._unsafe(f"has more than {MAX_ELEMENTS:,} elements")
        short = {self._short(key): value for key, value in attrs.items()}
        return super().start(self._short(tag), short)

    def end(self, tag: str, /) -> Element:
        self._depth -= 1
        return super().end(self._short(tag))

    def _short(self, name: str) -> str:
        known = self._names.get(name)
        if known is None:
            uri, _, local = name.rpartition("}")
            known = _PREFIXES.get(uri[1:], "other:") + local if uri else local
            self._names[name] = known
        return known

    def _unsafe(self, what: str) -> ExtractionError:
        return ExtractionError(
            "unsafe-container",
            self._file,
            f"is not built as a document is: its part {self._part!a} {what}.",
            _SAVE_AGAIN,
        )


def flag(element: Element | None) -> bool | None:
    """A yes-or-no property: None when it is not there, and yes when it has no value."""
    if element is None:
        return None
    return element.get("w:val", "true").casefold() not in ("0", "false", "off", "none")


def below(parent: Element | None, path: str) -> Element | None:
    """The first element at `path`, child names with `/` between them, or None.

    (`Element.find` would take the prefixes used here for namespaces.)
    """
    for step in path.split("/"):
        if parent is None:
            return None
        parent = next((child for child in parent if child.tag == step), None)
    return parent


def value(parent: Element | None, path: str) -> str | None:
    """The value of the property at `path` in `parent`."""
    element = below(parent, path)
    return element.get("w:val") if element is not None else None


def number(text: str | None) -> int | None:
    """A whole number of at most nine digits, or None.

    >>> number("12"), number("-1"), number("1.5"), number(None)
    (12, -1, None, None)
    """
    text = (text or "").strip()
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 9):
        return None
    return int(text)
