"""Passages in the database are coded as those in the file are."""

from pathlib import Path

import pytest
from django.conf import settings
from pytest_django.asserts import assertNumQueries

from corpus.codebook import load_codebook
from corpus.models import Document
from submissions.coding import Coder
from submissions.evaluating import calibration_of
from submissions.parsing import Names
from submissions.reading import NOBODY, in_context, read_document
from submissions.recoding import code_document, passages_in_context

pytestmark = pytest.mark.django_db
CORPUS = Path(settings.CORPUS_DIR)
SHIPPED = [
    ("A-AC.291-4.zh.txt", NOBODY),
    ("china-submission.zh.md", ("中国", ("CHN",))),
    ("chair-guiding-questions-third-session.zh.txt", NOBODY),
    ("expert-group-2020-draft-report-addendum.zh.txt", NOBODY),
    ("UNODC-CCPCJ-EG.4-2021-2.zh.md", NOBODY),
]


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder(load_codebook(CORPUS / "codebook.toml"), calibration_of(CORPUS))


@pytest.mark.parametrize(("file", "speaker"), SHIPPED, ids=[file for file, _ in SHIPPED])
def test_every_passage_is_coded_as_from_the_file(
    coder: Coder, names: Names, file: str, speaker: tuple[str, tuple[str, ...]]
) -> None:
    document = Document.objects.get(file_name=file)
    path = CORPUS / "documents" / file
    read = read_document(path, document.kind, "zh", names, coder, speaker=speaker)

    coded = code_document(document, coder)

    assert [(one.passage.reference, one.coding) for one in coded] == [
        (reference, coding)
        for reference, coding in zip(read.references, read.codings, strict=True)
        if coding is not None
    ]
    assert [unit for _, unit in passages_in_context(document)] == [
        in_context(read.reading, index, "zh") for index in range(len(read.reading.units))
    ]


def test_it_takes_two_queries_and_tells_its_progress(coder: Coder) -> None:
    document = Document.objects.get(symbol="A/AC.291/4")
    steps: list[int] = []

    with assertNumQueries(2):
        coded = code_document(document, coder, steps.append)

    assert sum(steps) == document.passages.count() == 918
    assert len(coded) == 810
