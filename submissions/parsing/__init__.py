"""Lines -> an outline of headings, passages and footnotes, by submission.  Pure: no Django."""

from submissions.parsing.compilation import Names, read_compilation
from submissions.parsing.model import (
    Coverage,
    Dropped,
    Footnote,
    Notice,
    ParsingError,
    Reading,
    Section,
    Unit,
)

__all__ = [
    "Coverage",
    "Dropped",
    "Footnote",
    "Names",
    "Notice",
    "ParsingError",
    "Reading",
    "Section",
    "Unit",
    "read_compilation",
]
