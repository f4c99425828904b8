"""PDF -> lines: the text by pdfium, and what its places on the page say of it."""

import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from submissions.extraction.compose import Draft, compose, row_drafts
from submissions.extraction.model import Caution, Extract, ExtractionError
from submissions.extraction.pdf_characters import settle_characters
from submissions.extraction.pdf_columns import TableRow, read_in_order
from submissions.extraction.pdf_flow import body_size, mark_paragraphs
from submissions.extraction.pdf_forms import draws_without_end
from submissions.extraction.pdf_furniture import mark_footnotes, mark_furniture
from submissions.extraction.pdf_glyphs import Page, read_page
from submissions.extraction.pdf_rows import Row, without
from submissions.extraction.pdf_sense import is_garbage, noise_share

MAX_PAGES: Final = 5_000
MAX_TEXT: Final = 20_000_000
#: A page with more of its characters than this in no word is reported.
_NOISE: Final = 0.15
_SAVE_AGAIN: Final = "Open it in a PDF reader, print it to a new PDF, and send that."
_SEND_DOCX: Final = "Send the DOCX it was made from, or a searchable scan (run OCR first)."

#: pdfium is not thread-safe.
_ONE_AT_A_TIME: Final = threading.Lock()

Piece = Row | TableRow


def extract_pdf(data: bytes, name: str) -> Extract:
    """Read a PDF: its lines in reading order, each with its page, its role and its paragraph.

    Raises `ExtractionError` with code `empty`, `damaged`, `encrypted`, `too-many-pages`,
    `too-long`, `too-complex`, `no-text-layer` or `broken-character-map`.  Warns, with the page, of
    pages without text (`page-without-text`), of pages whose text is no words (`noise`), and of
    pages that cannot be read (`damaged-page`).
    """
    if not data.strip():
        raise ExtractionError("empty", name, "is empty.", "Check that the right file was chosen.")
    if draws_without_end(data):
        raise ExtractionError(
            "too-complex", name, "holds a drawing that draws itself without end.", _SAVE_AGAIN
        )
    cautions: list[Caution] = []
    with _ONE_AT_A_TIME:
        pages = _read(data, name, cautions)
    counts: Counter[str] = Counter()
    for page in pages:
        for fragment in page.fragments:
            settle_characters(fragment, counts)
    _judge(pages, name, cautions)
    pieces = [read_in_order(page) for page in pages]
    _mark(pages, pieces)
    return compose(
        _drafts(pieces),
        data=data,
        name=name,
        encoding="pdf",
        removed=dict(counts),
        warnings=sorted(cautions, key=lambda caution: (caution.page or 0, caution.code)),
    )


def _read(data: bytes, name: str, cautions: list[Caution]) -> list[Page]:
    document = _open(data, name)
    try:
        count = len(document)
        if count > MAX_PAGES:
            raise ExtractionError(
                "too-many-pages", name, f"has more than {MAX_PAGES:,} pages.", "Split it."
            )
        pages: list[Page] = []
        characters = 0
        for number in range(1, count + 1):
            try:
                page = read_page(document, number)
            except pdfium.PdfiumError:
                cautions.append(Caution("damaged-page", number))
                continue
            characters += page.characters
            if characters > MAX_TEXT:
                raise ExtractionError(
                    "too-long", name, f"holds more than {MAX_TEXT:,} characters.", "Split it."
                )
            pages.append(page)
    finally:
        document.close()
    if not pages:
        raise ExtractionError("damaged", name, "has no page that can be read.", _SAVE_AGAIN)
    return pages


def _open(data: bytes, name: str) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise ExtractionError(
                "encrypted",
                name,
                "is protected by a password.",
                "Take the password off and send it again.",
            ) from None
        raise ExtractionError(
            "damaged", name, "is damaged, or is no PDF file.", _SAVE_AGAIN
        ) from None


def _judge(pages: Sequence[Page], name: str, cautions: list[Caution]) -> None:
    """Refuse a file without text, or with text that is none; add cautions on single pages."""
    texts = [_raw_text(page) for page in pages]
    silent = [page for page, text in zip(pages, texts, strict=True) if not text and page.inked]
    if not any(texts):
        if not silent:
            raise ExtractionError(
                "empty", name, "holds no text.", "Check that the right file was chosen."
            )
        raise ExtractionError(
            "no-text-layer",
            name,
            "is a scan: it has pictures of pages, but no text layer.",
            "Run OCR on it first and send the searchable PDF, or send the DOCX.",
        )
    if is_garbage(" ".join(texts)):
        raise ExtractionError(
            "broken-character-map",
            name,
            "looks like text, but its fonts do not say which characters they show.",
            _SEND_DOCX,
        )
    cautions.extend(Caution("page-without-text", page.number) for page in silent)
    for page, text in zip(pages, texts, strict=True):
        share = noise_share(text)
        if share > _NOISE or is_garbage(text):
            cautions.append(Caution("noise", page.number, f"{share:.0%}"))


def _raw_text(page: Page) -> str:
    lines = ("".join(fragment.characters).replace("\0", " ") for fragment in page.fragments)
    return "\n".join(lines).strip()


def _mark(pages: Sequence[Page], pieces: Sequence[Sequence[Piece]]) -> None:
    """Give every row its role, its paragraph and its level, and keep only marks that are sure."""
    rows = [[piece for piece in inner if isinstance(piece, Row)] for inner in pieces]
    mark_furniture(pages, rows)
    flat = [row for inner in rows for row in inner]
    body = body_size([row for row in flat if not row.role])
    carried = False
    for page, inner in zip(pages, rows, strict=True):
        carried = mark_footnotes(page, inner, body, carried)
    mark_paragraphs(flat)
    every = flat + [row for table in _tables(pieces) for cell in table.cells for row in cell]
    kinds = {kind for row in every for _, kinds in row.runs for kind in kinds}
    if "deleted" not in kinds:
        without(every, "inserted")


def _tables(pieces: Sequence[Sequence[Piece]]) -> Iterator[TableRow]:
    return (piece for inner in pieces for piece in inner if isinstance(piece, TableRow))


def _drafts(pieces: Sequence[Sequence[Piece]]) -> Iterator[Draft]:
    for inner in pieces:
        for piece in _in_place(inner):
            if isinstance(piece, Row):
                yield _draft(piece)
                continue
            cells = []
            for cell in piece.cells:
                mark_paragraphs(cell)
                cells.append([_draft(row) for row in cell])
            yield from row_drafts(cells, piece.page)


def _in_place(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Headers first, then the text, its footnotes, and footers last."""
    order = {"header": 0, "": 1, "table": 1, "footnote": 2, "footer": 3}
    return iter(
        sorted(pieces, key=lambda piece: order[piece.role] if isinstance(piece, Row) else 1)
    )


def _draft(row: Row) -> Draft:
    opens = True if row.role in ("header", "footer") else row.opens
    return Draft(runs=row.runs, opens=opens, level=row.level, role=row.role, page=row.page)
