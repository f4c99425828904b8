"""PDF files drawn by hand for the tests."""

import io
from collections.abc import Callable, Sequence

from reportlab.lib.pdfencrypt import StandardEncryption  # type: ignore[import-untyped]
from reportlab.lib.utils import ImageReader  # type: ignore[import-untyped]
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

WIDTH, HEIGHT = 595.0, 842.0
CHINESE = "STSong-Light"

__all__ = ["CHINESE", "Canvas", "Draw", "justified", "pdf", "picture", "write"]

Draw = Callable[[Canvas], object]


def pdf(*pages: Draw, password: str = "", owner: str = "") -> bytes:
    """A file with a page for each of `pages`; `owner` protects it without asking to open it."""
    pdfmetrics.registerFont(UnicodeCIDFont(CHINESE))
    buffer = io.BytesIO()
    encrypt = StandardEncryption(password, owner, canCopy=0) if password or owner else None
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), invariant=1, encrypt=encrypt)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def write(
    canvas: Canvas,
    x: float,
    y: float,
    lines: Sequence[str],
    *,
    size: float = 11,
    lead: float = 13,
    font: str = "Times-Roman",
) -> float:
    """Lines one under another from the base line `y`; gives the base line that comes next."""
    canvas.setFont(font, size)
    for line in lines:
        canvas.drawString(x, y, line)
        y -= lead
    return y


def justified(
    canvas: Canvas,
    x: float,
    y: float,
    width: float,
    words: str,
    *,
    indent: float = 0,
    size: float = 11,
    lead: float = 13,
) -> float:
    """A paragraph of full lines but for the last; gives the base line that comes next."""
    font = "Times-Roman"
    canvas.setFont(font, size)
    line: list[str] = []
    start = indent
    for word in [*words.split(), ""]:
        together = " ".join([*line, word])
        if word and pdfmetrics.stringWidth(together, font, size) <= width - start:
            line.append(word)
            continue
        text = canvas.beginText(x + start, y)
        if word:
            room = width - start - pdfmetrics.stringWidth(" ".join(line), font, size)
            text.setWordSpace(room / max(len(line) - 1, 1))
        text.textOut(" ".join(line))
        text.setWordSpace(0)
        canvas.drawText(text)
        y -= lead
        line, start = [word], 0
    return y


def picture(canvas: Canvas) -> None:
    """A scanned page: a picture and no word."""
    pixel = b"P6 2 2 255 " + bytes(range(12))
    canvas.drawImage(ImageReader(io.BytesIO(pixel)), 50, 50, 400, 600)
