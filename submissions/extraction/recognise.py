"""What kind of file some bytes are, by what they hold."""

import re
from pathlib import PurePath
from typing import Final, Literal

from submissions.extraction.container import open_container
from submissions.extraction.docx import is_word
from submissions.extraction.model import ExtractionError
from submissions.extraction.ooxml import Package

Kind = Literal["pdf", "docx", "html", "markdown", "text"]

#: How far into a file its beginning is looked for.
_HEAD: Final = 4096
_CURE: Final = "Save it as DOCX or PDF and send that."
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_OFFICE: Final = "EncryptedPackage".encode("utf-16-le")
_SIGNATURES: Final = (
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF87a", "a picture"),
    (b"GIF89a", "a picture"),
    (b"II*\0", "a picture"),
    (b"MM\0*", "a picture"),
    (b"\0\0\1\0", "a picture"),
    (b"AT&TFORM", "a DjVu scan"),
    (b"%!PS", "a PostScript file"),
    (b"\x1f\x8b", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"\xfd7zXZ\0", "a compressed file"),
    (b"\x28\xb5\x2f\xfd", "a compressed file"),
    (b"7z\xbc\xaf\x27\x1c", "an archive"),
    (b"Rar!\x1a\x07", "an archive"),
    (b"PK\x05\x06", "an empty archive"),
    (b"MSCF\0", "an archive"),
    (b"ID3", "a sound recording"),
    (b"OggS", "a sound recording"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\0", "a database"),
    (b"wOFF", "a font"),
)
#: Signatures that stand further in: the place, the signature, what the file is.
_FURTHER_IN: Final = (
    (257, b"ustar", "an archive"),
    (8, b"WEBP", "a picture"),
    (8, b"WAVE", "a sound recording"),
    (4, b"ftyp", "a picture or a film"),
    (4, b"jP  \r\n", "a picture"),
)
_OFFICE: Final = (
    ("spreadsheetml", "a spreadsheet (XLSX)"),
    ("ms-excel", "a spreadsheet (XLSX)"),
    ("presentationml", "a presentation (PPTX)"),
    ("ms-powerpoint", "a presentation (PPTX)"),
)
_MARKDOWN_NAMES: Final = frozenset({".md", ".markdown", ".mdown", ".mkd"})
_HTML: Final = re.compile(
    rb"<(?:!doctype\s+html|(?:html|head|body|meta|title|style|script|div|p|h[1-6]|table|ul|ol"
    rb"|section|article|main|center|font|span|br)(?=[\s/>]))",
    re.IGNORECASE,
)
_BEFORE_HTML: Final = re.compile(rb"(?:\s+|<!--(?!-?>).*?-->|<\?.*?\?>)", re.DOTALL)
_XML_ROOT: Final = re.compile(rb"<html(?=[\s>])", re.IGNORECASE)


def recognise(data: bytes, name: str) -> Kind:
    """The kind of file that `data` is; `name` only tells Markdown from other plain text.

    Raises `ExtractionError`: `not-supported` for a kind that is not read here, with the cure,
    `encrypted` for an Office file under a password, and what `open_container` raises.
    """
    head = data[:_HEAD]
    if _is_pdf(data):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _in_container(data, name)
    if data.startswith(_OLE):
        raise _ole(data, name)
    if what := _foreign(data):
        raise _refusal(name, what)
    plain = head.replace(b"\0", b"") if head.count(b"\0") * 3 > len(head) else head
    plain = plain.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    if _is_html(plain):
        return "html"
    if plain.lstrip().startswith(b"<?xml"):
        raise _refusal(name, "an XML file")
    return "markdown" if PurePath(name).suffix.casefold() in _MARKDOWN_NAMES else "text"


def _is_pdf(data: bytes) -> bool:
    """A PDF file may have a few bytes before its own first line; then its end must be there too."""
    if data.lstrip()[:5] == b"%PDF-":
        return True
    at = data.find(b"%PDF-", 0, 1024)
    return at >= 0 and b"startxref" in data[-2048:]


def _in_container(data: bytes, name: str) -> Kind:
    container = open_container(data, name)
    if "mimetype" in container and b"opendocument" in container.read("mimetype")[:100]:
        raise _refusal(name, "an OpenDocument file")
    if "[Content_Types].xml" not in container:
        raise _refusal(name, "an archive")
    package = Package(container)
    main = package.main_part()
    if main and is_word(package, main):
        return "docx"
    declared = package.content_type(main)
    for word, what in _OFFICE:
        if word in declared:
            raise _refusal(name, what)
    raise _refusal(name, "an archive")


def _ole(data: bytes, name: str) -> ExtractionError:
    if _ENCRYPTED_OFFICE in data:
        return ExtractionError(
            "encrypted", name, "is protected by a password.", "Take the password off and resend it."
        )
    return _refusal(name, "an old Office file (such as .doc)")


def _foreign(data: bytes) -> str:
    """What the file is, when its first bytes say that it is no text; else nothing."""
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            return what
    for place, signature, what in _FURTHER_IN:
        if data[place : place + len(signature)] == signature:
            return what
    if data.startswith(b"BM") and data[2:6] == len(data).to_bytes(4, "little"):
        return "a picture"
    return ""


def _is_html(head: bytes) -> bool:
    at = 0
    while (before := _BEFORE_HTML.match(head, at)) is not None:
        at = before.end()
    if _HTML.match(head, at):
        return True
    return head.lstrip().startswith(b"<?xml") and _XML_ROOT.search(head) is not None


def _refusal(name: str, what: str) -> ExtractionError:
    return ExtractionError("not-supported", name, f"is {what}, which is not read here.", _CURE)
