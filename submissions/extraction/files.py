"""Read a file by what it holds: recognise the format, and hand it to the one that knows it."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from submissions.extraction.docx import extract_docx
from submissions.extraction.html import extract_html
from submissions.extraction.markdown import extract_markdown
from submissions.extraction.model import Extract
from submissions.extraction.pdf import extract_pdf
from submissions.extraction.recognise import recognise
from submissions.extraction.text import extract_bytes, read_file

_FORMATS: Final[Mapping[str, Callable[[bytes, str], Extract]]] = {
    "docx": extract_docx,
    "html": extract_html,
    "markdown": extract_markdown,
    "pdf": extract_pdf,
}


def extract(path: Path) -> Extract:
    """Read the file at `path`, in whatever format it is.

    Raises `ExtractionError` when the path is missing, a folder or unreadable, when the format is
    not one that is read here, or when the format's own reader refuses what is in it.
    """
    data = read_file(path)
    return _FORMATS.get(recognise(data, path.name), extract_bytes)(data, path.name)
