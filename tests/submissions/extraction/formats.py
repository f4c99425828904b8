"""What the tests of the file formats share: the samples, files made by hand, and what must hold."""

import io
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest

from submissions.extraction import Extract, ExtractionError

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
#: Word parts that `docx` relates to the document by their names.
_RELATED = {
    "word/styles.xml": "styles",
    "word/numbering.xml": "numbering",
    "word/settings.xml": "settings",
    "word/footnotes.xml": "footnotes",
    "word/endnotes.xml": "endnotes",
    "word/comments.xml": "comments",
}


def sample(name: str) -> bytes:
    """A file of `shared/samples`, looked for upwards from here; the test is skipped without it."""
    for folder in Path(__file__).resolve().parents:
        for shared in (folder / "shared", folder.parent / "shared"):
            if (shared / "samples" / name).is_file():
                return (shared / "samples" / name).read_bytes()
    pytest.skip(f"shared/samples/{name} is not here")


def word(tag: str, body: str) -> str:
    """The XML of a Word part with root element `tag`."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><w:{tag} xmlns:w="{W}" xmlns:r="{REL}"'
        f' xmlns:mc="{MC}" xmlns:v="urn:v" xmlns:wps="urn:wps" xmlns:m='
        f'"http://schemas.openxmlformats.org/officeDocument/2006/math">{body}</w:{tag}>'
    )


def relations(*rows: tuple[str, str, str], external: tuple[str, ...] = ()) -> str:
    """The XML of a relationships part: rows of id, last word of the type, target."""
    items = "".join(
        f'<Relationship Id="{id}" Type="{REL}/{kind}" Target={quoteattr(target)}'
        + (' TargetMode="External"' if id in external else "")
        + "/>"
        for id, kind, target in rows
    )
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{items}</Relationships>"
    )


def docx(
    body: str,
    parts: dict[str, str | bytes] | None = None,
    rows: tuple[tuple[str, str, str], ...] = (),
    external: tuple[str, ...] = (),
) -> bytes:
    """A Word file with `body` in `w:body`, and further parts by their names."""
    parts = parts or {}
    known = [
        (f"known{place}", kind, part.removeprefix("word/"))
        for place, (part, kind) in enumerate(_RELATED.items())
        if part in parts
    ]
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPE}"/></Types>'
    )
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": types,
        "_rels/.rels": relations(("r1", "officeDocument", "word/document.xml")),
        "word/document.xml": word("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": relations(*known, *rows, external=external),
    }
    return zipped(files | parts)


def zipped(files: dict[str, str | bytes]) -> bytes:
    """A ZIP file of these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def check_whole(extract: Extract) -> None:
    """What holds of every extract, whatever the format."""
    assert extract.text == "\n".join(line.text for line in extract.lines)
    assert extract.text.strip()
    assert unicodedata.is_normalized("NFC", extract.text)
    for number, line in enumerate(extract.lines, start=1):
        assert line.number == number
        assert extract.text[line.start : line.end] == line.text
        assert not [
            sign
            for sign in line.text
            if unicodedata.category(sign) in ("Cc", "Cs") and sign != "\t"
        ]
        for mark in line.marks:
            assert 0 <= mark.start < mark.end <= len(line.text)
            assert line.text[mark.start : mark.end].strip()
    assert all(count > 0 for count in extract.removed.values())


def texts(extract: Extract) -> list[str]:
    """The text of each line that has any."""
    return [line.text for line in extract.lines if line.text.strip()]


def marked(extract: Extract) -> list[tuple[str, str]]:
    """Each mark's kind and the words under it."""
    return [
        (mark.kind, line.text[mark.start : mark.end])
        for line in extract.lines
        for mark in line.marks
    ]


def code_of(read: Callable[[], object]) -> str:
    """The code with which `read` is refused; empty when it goes through."""
    try:
        read()
    except ExtractionError as error:
        return error.code
    return ""
