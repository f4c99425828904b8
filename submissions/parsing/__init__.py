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
from submissions.parsing.papers import read_list, read_paper, read_unattributed

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
    "read_list",
    "read_paper",
    "read_unattributed",
]
