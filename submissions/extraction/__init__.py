"""File -> lines with page numbers: the only package that knows file formats.

Pure: imports no Django.  `extract` reads a file by its content, never by its name alone, and gives
an `Extract` or raises an `ExtractionError` whose message names the file and the cure.
"""

from submissions.extraction.files import extract
from submissions.extraction.model import Caution, Extract, ExtractionError, Line, Mark
from submissions.extraction.text import extract_bytes

__all__ = [
    "Caution",
    "Extract",
    "ExtractionError",
    "Line",
    "Mark",
    "extract",
    "extract_bytes",
]
