"""What extraction gives: the decoded text, its lines, and what was left out on the way."""

from dataclasses import dataclass, field
from typing import Literal


class ExtractionError(ValueError):
    """A file that cannot be read as text.

    `code` is stable and machine-readable; the message names the file and what to do about it.
    """

    def __init__(self, code: str, name: str, problem: str, cure: str) -> None:
        super().__init__(f"{name}: {problem} {cure}")
        self.code = code
        self.name = name
        self.problem = problem
        self.cure = cure


MarkKind = Literal["deleted", "inserted", "superscript"]
LineRole = Literal["", "header", "footer", "footnote", "table"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A run of a line, `line.text[start:end]`, that the format sets apart."""

    kind: MarkKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text as it stands in the file.

    `number` counts from 1.  `start` and `end` are offsets into `Extract.text`; the line feed is not
    part of the line.  `page` counts from 1, or is None where the format has no pages of its own.

    The rest is what the format itself says of the line, and nothing where it does not: `opens`
    whether a paragraph begins here (None: unknown), `level` the level of a heading (from 1; 0: not
    said to be one), `role` a place outside the running text, or a row of a table, and `marks` runs
    that are struck out, tracked or raised.
    """

    number: int
    start: int
    end: int
    text: str
    page: int | None = None
    opens: bool | None = None
    level: int = 0
    role: LineRole = ""
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Caution:
    """Something a person should know of the file: a stable code, the page, and a value."""

    code: str
    page: int | None = None
    value: str = ""


@dataclass(frozen=True, slots=True)
class Extract:
    """A file's text and where it came from.

    `text` is decoded, in Unicode NFC, with LF line ends, and holds no character that a database
    refuses.  `sha256` is of the file's bytes.  `removed` counts characters left out while decoding,
    by reason (`carriage-return`, `byte-order-mark`, `control`).  `warnings` are what the reader of
    the format noticed.
    """

    name: str
    text: str
    lines: tuple[Line, ...]
    sha256: str
    size: int
    encoding: str
    removed: dict[str, int] = field(default_factory=dict)
    warnings: tuple[Caution, ...] = ()
