"""What a page or an export says it was made from."""

import hashlib

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corpus.models import Codebook, Document
from corpus.release import Release, current_release

pytestmark = pytest.mark.django_db


def document(slug: str, sha256: str) -> None:
    Document.objects.create(
        slug=slug,
        kind="report",
        language="zh",
        title="标题",
        file_name=f"{slug}.txt",
        sha256=sha256,
        text="甲",
        length=1,
    )


def test_a_release_is_of_all_documents_whatever_their_order(empty_db: None) -> None:
    document("x", "b" * 64)
    document("y", "a" * 64)
    Codebook.objects.create(version="3", sha256="c" * 64, source="", current=True)
    Codebook.objects.create(version="2", sha256="d" * 64, source="")

    release = current_release()

    corpus = hashlib.sha256(("a" * 64 + "\n" + "b" * 64).encode()).hexdigest()
    assert release == Release(corpus, "3-cccccccc", settings.CODE_VERSION, documents=2)
    assert release.line == (f"corpus {corpus[:12]} · codebook 3-cccccccc · {settings.CODE_VERSION}")


def test_another_document_makes_another_release() -> None:
    before = current_release()
    document("x", "b" * 64)
    after = current_release()

    assert (after.documents, after.codebook) == (before.documents + 1, before.codebook)
    assert after.corpus != before.corpus


def test_nothing_read_is_said_as_such(empty_db: None) -> None:
    release = current_release()

    assert release == Release("", "", settings.CODE_VERSION, documents=0)
    assert release.line == f"corpus – · codebook – · {settings.CODE_VERSION}"


def test_it_takes_two_queries() -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        current_release()

    assert len(queries) == 2
