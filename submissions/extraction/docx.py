"""Word documents (DOCX): every paragraph a line, with what Word itself says of it.

What is kept: text that was inserted or deleted with changes tracked, content controls, hyperlinks,
text boxes, the results of fields, list markers computed as Word shows them.  What is not: field
codes, comments, hidden text, pictures, and anything outside the file.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from submissions.extraction.compose import Draft, compose
from submissions.extraction.container import open_container
from submissions.extraction.docx_numbering import Numbering
from submissions.extraction.docx_story import Notes, Reader
from submissions.extraction.docx_styles import Styles
from submissions.extraction.model import Caution, Extract, ExtractionError, LineRole
from submissions.extraction.ooxml import Package, Relation, below, flag, value

#: Parts and relationships that a document may carry and that are never opened.
_EMBEDDED: Final = frozenset({"oleObject", "package", "aFChunk", "control", "activeXControlBinary"})
_TITLE_PAGE_FIRST: Final = {"first": 0, "default": 1, "even": 2}
_NOTES: Final = (("footnote", "decimal"), ("endnote", "lowerRoman"))


def extract_docx(data: bytes, name: str) -> Extract:
    """Read the Word document `data`.

    Lines come in this order: headers, footers (each distinct text once), the body, footnotes,
    endnotes.  Raises `ExtractionError` with code `unsafe-container`, `damaged`, `encrypted`,
    `not-supported` (a package that is no Word document) or `empty`.
    """
    package = Package(open_container(data, name))
    main = package.main_part()
    if not main or not is_word(package, main):
        raise ExtractionError(
            "not-supported",
            name,
            "is an Office file, but not a Word document.",
            "Save it as DOCX or PDF and send that.",
        )
    document = _Document(package, main)
    drafts = document.drafts()
    return compose(
        drafts,
        data=data,
        name=name,
        encoding="docx",
        removed=document.removed,
        warnings=document.warnings(),
    )


def is_word(package: Package, main: str) -> bool:
    """Whether the main part is a Word document, by its declared type or, without one, its name."""
    declared = package.content_type(main)
    if "wordprocessingml" in declared or "ms-word" in declared:
        return True
    return declared in ("", "application/xml", "text/xml") and main.startswith("word/")


class _Document:
    """The parts of one document and the order in which they are read."""

    def __init__(self, package: Package, main: str) -> None:
        self._package = package
        self._relations = list(package.relations(main))
        self._root = package.xml(main)
        self._settings = self._related("settings")
        self._styles = Styles(self._related("styles"))
        self.removed: Counter[str] = Counter()
        self._notes = Notes(
            {kind: self._note_format(kind, usual) for kind, usual in _NOTES}, self.removed
        )
        self._reader = Reader(
            self._styles,
            Numbering(self._related("numbering"), self._styles),
            self._notes,
            self.removed,
        )

    def drafts(self) -> list[Draft]:
        """All lines of the document."""
        body = self._reader.story(self._root, paged=True)
        return [*self._margins("header"), *self._margins("footer"), *body, *self._note_drafts()]

    def warnings(self) -> list[Caution]:
        """What a person should know of the file."""
        warnings = []
        if self._macros():
            warnings.append(Caution("macros"))
        if embedded := self._embedded():
            warnings.append(Caution("embedded-object", value=str(embedded)))
        if kinds := sorted({relation.kind for relation in self._external()}):
            warnings.append(Caution("external-link", value=", ".join(kinds)))
        if comments := self._comments():
            warnings.append(Caution("comments", value=str(comments)))
        if self._reader.broken_fields:
            warnings.append(Caution("broken-field"))
        return warnings

    def _related(self, kind: str) -> Element | None:
        """The first part of a kind that the document refers to."""
        for relation in self._relations:
            if relation.kind == kind and not relation.external and relation.target in self._package:
                return self._package.xml(relation.target)
        return None

    def _margins(self, role: LineRole) -> list[Draft]:
        """The lines of headers or footers that some page shows, each text once."""
        seen: set[str] = set()
        drafts: list[Draft] = []
        for part in self._margin_parts(role):
            for draft in self._reader.story(self._package.xml(part), framed=True):
                text = " ".join(draft.text.split())
                if text and text not in seen:
                    seen.add(text)
                    draft.role = role
                    draft.level = 0
                    drafts.append(draft)
        return drafts

    def _margin_parts(self, role: LineRole) -> list[str]:
        """The parts with headers or footers that some page shows, the first page's first."""
        both_sides = flag(below(self._settings, "w:evenAndOddHeaders"))
        targets = {
            relation.id: relation.target
            for relation in self._relations
            if relation.kind == role and not relation.external and relation.target in self._package
        }
        shown: list[tuple[int, str]] = []
        for section in self._root.iter("w:sectPr"):
            title_page = flag(below(section, "w:titlePg"))
            for reference in section.iter(f"w:{role}Reference"):
                kind = reference.get("w:type", "default")
                part = targets.get(reference.get("r:id", ""))
                hidden = (kind == "first" and not title_page) or (kind == "even" and not both_sides)
                if part and not hidden:
                    shown.append((_TITLE_PAGE_FIRST.get(kind, 1), part))
        shown.sort(key=lambda one: one[0])
        return list(dict.fromkeys(part for _, part in shown))

    def _note_format(self, kind: str, usual: str) -> tuple[str, int]:
        """The notation of a document's footnotes or endnotes, and the number they start with."""
        places = [*self._root.iter("w:sectPr")]
        if self._settings is not None:
            places.append(self._settings)
        notation, start = "", ""
        for place in places:
            notation = notation or value(place, f"w:{kind}Pr/w:numFmt") or ""
            start = start or value(place, f"w:{kind}Pr/w:numStart") or ""
        first = int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1
        return notation or usual, first

    def _note_drafts(self) -> Iterator[Draft]:
        """Footnotes, then endnotes, in the order in which the text refers to them."""
        for kind, _ in _NOTES:
            root = self._related(f"{kind}s")
            notes = {
                note.get("w:id"): note
                for note in (root if root is not None else ())
                if note.tag == f"w:{kind}" and note.get("w:type", "normal") == "normal"
            }
            for note_id, label, page in self._notes.referred[kind]:
                if (note := notes.pop(note_id, None)) is not None:
                    yield from self._note(note, label, page)
            self.removed["unreferenced-note"] += sum(
                len(text.text or "") for note in notes.values() for text in note.iter("w:t")
            )

    def _note(self, note: Element, label: str, page: int | None) -> Iterator[Draft]:
        """The lines of a note: only the first opens, with the label before its words."""
        first = True
        for draft in self._reader.story(note):
            if not draft.inked:
                continue
            if first and label:
                draft.open_with(f"{label} ")
            draft.opens = first
            draft.role = "footnote"
            draft.level = 0
            draft.page = page
            first = False
            yield draft

    def _macros(self) -> bool:
        parts = self._package.parts
        return any(part.casefold().endswith("vbaproject.bin") for part in parts) or any(
            "macroenabled" in self._package.content_type(part).casefold() for part in parts
        )

    def _embedded(self) -> int:
        objects = sum(1 for _ in self._root.iter("w:object"))
        chunks = sum(1 for _ in self._root.iter("w:altChunk"))
        related = sum(
            relation.kind in _EMBEDDED and not relation.external for relation in self._all_relations
        )
        return max(objects + chunks, related)

    def _external(self) -> Iterator[Relation]:
        """What the file would fetch from elsewhere; a hyperlink fetches nothing by itself."""
        for relation in self._all_relations:
            if relation.external and relation.kind != "hyperlink":
                yield relation

    @property
    def _all_relations(self) -> Iterator[Relation]:
        for part in self._package.parts:
            folder, _, file = part.rpartition("/")
            if file.casefold().endswith(".rels") and folder.rpartition("/")[2] == "_rels":
                owner = folder.removesuffix("_rels") + file[: -len(".rels")]
                yield from self._package.relations(owner)

    def _comments(self) -> int:
        root = self._related("comments")
        return 0 if root is None else sum(1 for _ in root.iter("w:comment"))
