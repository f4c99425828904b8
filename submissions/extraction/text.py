"""Plain text in any encoding."""

import hashlib
import unicodedata
from collections import Counter
from pathlib import Path

from charset_normalizer import from_bytes

from submissions.extraction.decoding import looks_binary, settle_line_ends
from submissions.extraction.model import Extract, ExtractionError, Line

MAX_BYTES = 64 * 1024 * 1024

#: Formats told by their first bytes that are not text; each with what the sender can do.
_SIGNATURES = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP container (such as DOCX)"),
    (b"\xd0\xcf\x11\xe0", "an old Word file (.doc)"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
)
_SAVE_AS_TEXT = "Save it as plain text (UTF-8) and send that."
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
#: What the official languages of the United Nations are written in; a guess among all encodings
#: takes French for Polish and a few Chinese words for Korean.
_ENCODINGS = [
    *("gb18030", "big5", "cp1252", "cp1251", "cp1256", "koi8_r"),
    *("utf_16_le", "utf_16_be"),
]


def read_file(path: Path) -> bytes:
    """The bytes of the file at `path`.

    Raises `ExtractionError` when the path is missing, a folder, unreadable or too large.
    """
    name = path.name
    try:
        if path.is_dir():
            raise ExtractionError("folder", str(path), "is a folder.", "Name a file in it.")
        if path.stat().st_size > MAX_BYTES:
            raise ExtractionError(
                "too-large", name, f"is larger than {MAX_BYTES >> 20} MiB.", "Split it."
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise ExtractionError(
            "not-found", str(path), "there is no such file.", "Check the path."
        ) from None
    except OSError as error:
        raise ExtractionError(
            "unreadable", str(path), f"cannot be read ({error.strerror}).", "Check its permissions."
        ) from error


def extract_bytes(data: bytes, name: str) -> Extract:
    """Decode `data` and split it into lines.

    Raises `ExtractionError` with code `empty`, `not-text` or `undecodable`.
    """
    _refuse_what_is_not_text(data, name)
    decoded, encoding = _decode(data, name)
    text, removed = _clean(decoded)
    if not text.strip():
        raise ExtractionError(
            "empty", name, "holds no text.", "Check that the right file was chosen."
        )
    return Extract(
        name=name,
        text=text,
        lines=_lines(text),
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        encoding=encoding,
        removed=removed,
    )


def _refuse_what_is_not_text(data: bytes, name: str) -> None:
    if not data.strip():
        raise ExtractionError("empty", name, "is empty.", "Check that the right file was chosen.")
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise ExtractionError("not-text", name, f"is {what}, not text.", _SAVE_AS_TEXT)


def _decode(data: bytes, name: str) -> tuple[str, str]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError:
                raise _undecodable(name) from None
    try:
        decoded, encoding = data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        best = from_bytes(data, cp_isolation=_ENCODINGS).best()
        if best is None:
            raise _undecodable(name) from None
        decoded, encoding = str(best), best.encoding
    if looks_binary(decoded):
        raise _undecodable(name)
    return decoded, encoding


def _undecodable(name: str) -> ExtractionError:
    problem = "is not text in any encoding known here."
    return ExtractionError("undecodable", name, problem, _SAVE_AS_TEXT)


def _clean(decoded: str) -> tuple[str, dict[str, int]]:
    removed: Counter[str] = Counter()
    text = settle_line_ends(decoded, removed)
    return unicodedata.normalize("NFC", text), dict(+removed)


def _lines(text: str) -> tuple[Line, ...]:
    """Split at line feeds; a form feed stays in its line's text and opens the next page."""
    pages = "\f" in text
    page = 1
    lines = []
    start = 0
    for number, raw in enumerate(text.split("\n"), start=1):
        page += raw.count("\f")
        end = start + len(raw)
        lines.append(Line(number, start, end, raw, page if pages else None))
        start = end + 1
    return tuple(lines)
