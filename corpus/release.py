"""Which texts, codebook and code a page or an export was made from."""

import hashlib
from dataclasses import dataclass

from django.conf import settings

from corpus.models import Codebook, Document


@dataclass(frozen=True, slots=True)
class Release:
    """`corpus` is the SHA-256 over the hashes of all documents; empty strings while none is read.

    `line` is the release in one line, as pages and exports print it.
    """

    corpus: str
    codebook: str
    code: str
    documents: int

    @property
    def line(self) -> str:
        return f"corpus {self.corpus[:12] or '–'} · codebook {self.codebook or '–'} · {self.code}"


def current_release() -> Release:
    """The release of what is in the database now; two queries."""
    hashes = sorted(Document.objects.values_list("sha256", flat=True))
    book = Codebook.objects.filter(current=True).first()
    return Release(
        corpus=hashlib.sha256("\n".join(hashes).encode()).hexdigest() if hashes else "",
        codebook=f"{book.version}-{book.sha256[:8]}" if book else "",
        code=settings.CODE_VERSION,
        documents=len(hashes),
    )
