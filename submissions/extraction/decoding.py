"""Bytes -> text: the encoding that a file says it has, or the one that fits it best."""

import codecs
import re
from collections import Counter
from typing import Final

from charset_normalizer import from_bytes

from submissions.extraction.model import ExtractionError

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Labels that stand for a larger encoding than they name (WHATWG Encoding Standard).
_WIDER: Final = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
_ONE_BYTE: Final = ("cp125", "cp866", "iso8859", "koi8", "mac")
_LABELS: Final = (*_ONE_BYTE, "utf-8", "gb18030", "big5", "cp9", "cp874", "euc_jp", "tis-620")
_LINE_ENDS: Final = re.compile(r"\r\n?|[\u2028\u2029\x85]")
_CONTROL: Final = re.compile(
    r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff\ufeff]"
)


def decode(data: bytes, name: str, declared: str | None = None) -> tuple[str, str]:
    """The text of `data` and the encoding it is in, a byte-order mark still in the text.

    A byte-order mark decides, then the encoding `declared` in the file where it fits (and still
    where one character in two hundred does not, which becomes U+FFFD), then UTF-8, then what the
    text itself looks like.  Raises `ExtractionError` with code `undecodable`.
    """
    for bom, encoding in _BOMS:
        marked = _strictly(data, encoding) if data.startswith(bom) else None
        if marked is not None:
            return marked, encoding
    if unmarked := _utf16(data):
        return unmarked
    label = _known_label(declared)
    unicode = _strictly(data, "utf-8")
    if label and not (label.startswith(_ONE_BYTE) and unicode is not None):
        labelled = _strictly(data, label)
        if labelled is not None:
            return labelled, label
    if unicode is not None:
        return unicode, "utf-8"
    if label and (text := data.decode(label, "replace")).count("\ufffd") * 200 <= len(text):
        return text, label
    best = from_bytes(data).best() if len(data) > 3 else None
    if best is None or looks_binary(str(best)):
        raise ExtractionError(
            "undecodable",
            name,
            "is not text in any encoding known here.",
            "Save it as plain text (UTF-8) and send that.",
        )
    return str(best), best.encoding


def settle_line_ends(decoded: str, removed: Counter[str]) -> str:
    """`decoded` with LF line ends and no control characters; `removed` counts what went."""
    if decoded.startswith("\ufeff"):
        removed["byte-order-mark"] += 1
        decoded = decoded[1:]
    removed["carriage-return"] += decoded.count("\r\n")
    text, controls = _CONTROL.subn("", _LINE_ENDS.sub("\n", decoded))
    removed["control"] += controls
    return text


def _utf16(data: bytes) -> tuple[str, str] | None:
    """The text of UTF-16 without a mark, known by the zeros beside its spaces and line ends."""
    head = data[:2000]
    for encoding, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if zeros.count(0) * 4 > len(zeros):
            text = _strictly(data, encoding)
            if text is not None and not looks_binary(text):
                return text, encoding
    return None


def _known_label(declared: str | None) -> str | None:
    """The name by which Python knows a declared encoding, if it is one for text."""
    if not declared or not declared.isascii() or len(declared) > 40:
        return None
    try:
        info = codecs.lookup(declared.strip())
    except (LookupError, ValueError):
        return None
    name = _WIDER.get(info.name, info.name)
    return name if name.startswith(_LABELS) else None


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError, ValueError):
        return None


def looks_binary(text: str) -> bool:
    """More than one control character in a hundred: no delegation's text has that."""
    return len(_CONTROL.findall(text)) * 100 > len(text)
