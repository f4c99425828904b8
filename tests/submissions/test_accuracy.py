"""The figures that are kept, one set for each coder and gold file."""

from pathlib import Path

import pytest
from django.conf import settings

from corpus.gold import GoldListError
from corpus.models import Codebook
from submissions.accuracy import current_evaluations, keep_evaluations
from submissions.evaluating import CorpusError, evaluate_corpus, figures
from submissions.models import Evaluation
from tests.submissions.own_corpus import DOCUMENT, make_corpus

pytestmark = pytest.mark.django_db
CODER = "test:coder"


@pytest.fixture
def own_corpus(tmp_path: Path) -> Path:
    return make_corpus(tmp_path)


@pytest.fixture
def book() -> Codebook:
    """The current codebook, without the evaluations that the session's corpus came with."""
    Evaluation.objects.all().delete()
    return Codebook.objects.get(current=True)


def test_the_shipped_corpus_comes_with_one_for_each_gold_file() -> None:
    found = current_evaluations()

    assert [(one.gold_name, one.order, one.document) for one in found] == [
        ("dev.jsonl", 0, "A/AC.291/4"),
        ("check.jsonl", 1, "A/AC.291/4"),
    ]
    assert Evaluation.objects.count() == 2
    assert found[0].figures["segmentation"]["found"] == 412
    assert all(one.about_en and one.about_zh for one in found)


def test_one_is_made_for_each_gold_file_and_twice_is_once(own_corpus: Path, book: Codebook) -> None:
    assert keep_evaluations(own_corpus, book, CODER) == 2
    before = list(Evaluation.objects.values())
    assert keep_evaluations(own_corpus, book, CODER) == 0

    assert list(Evaluation.objects.values()) == before
    assert [
        (one.gold_name, one.order, one.document, one.about_en, one.coded_with, one.codebook)
        for one in current_evaluations()
    ] == [
        ("dev.jsonl", 0, DOCUMENT, "By EGY.", CODER, book),
        ("check.jsonl", 1, DOCUMENT, "By BRA.", CODER, book),
    ]


def test_the_figures_are_those_of_an_evaluation(own_corpus: Path, book: Codebook) -> None:
    keep_evaluations(own_corpus, book, CODER)

    gold = own_corpus / "gold" / "dev.jsonl"
    assert current_evaluations()[0].figures == figures(evaluate_corpus(own_corpus, gold, DOCUMENT))


def test_another_coder_has_its_own_and_is_the_current_one(own_corpus: Path, book: Codebook) -> None:
    keep_evaluations(own_corpus, book, CODER)
    assert keep_evaluations(own_corpus, book, "test:next") == 2

    assert Evaluation.objects.count() == 4
    assert [one.coded_with for one in current_evaluations()] == ["test:next"] * 2


def test_a_changed_gold_file_is_measured_anew(own_corpus: Path, book: Codebook) -> None:
    keep_evaluations(own_corpus, book, CODER)
    path = own_corpus / "gold" / "check.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace("support", "open"), encoding="utf-8")

    assert keep_evaluations(own_corpus, book, CODER) == 1


def test_a_changed_description_or_order_is_taken_without_measuring(
    own_corpus: Path, book: Codebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_evaluations(own_corpus, book, CODER)
    listing = own_corpus / "gold" / "gold.toml"
    first, second = listing.read_text(encoding="utf-8").strip().split("\n\n")
    turned = f"{second}\n\n{first.replace('By EGY.', 'By two people.')}\n"
    listing.write_text(turned, encoding="utf-8")
    monkeypatch.setattr("submissions.accuracy.evaluate_corpus", None)

    assert keep_evaluations(own_corpus, book, CODER) == 0

    assert [(one.gold_name, one.order, one.about_en) for one in current_evaluations()] == [
        ("check.jsonl", 0, "By BRA."),
        ("dev.jsonl", 1, "By two people."),
    ]


def test_evaluations_of_an_earlier_codebook_are_not_current(
    own_corpus: Path, book: Codebook
) -> None:
    keep_evaluations(own_corpus, book, CODER)
    Codebook.objects.update(current=False)

    assert current_evaluations() == []


def test_a_corpus_without_gold_files_has_none(tmp_path: Path, book: Codebook) -> None:
    assert keep_evaluations(tmp_path, book, CODER) == 0
    assert current_evaluations() == []


def test_what_cannot_be_used_is_refused_and_keeps_nothing(own_corpus: Path, book: Codebook) -> None:
    gold = own_corpus / "gold"
    text = (gold / "dev.jsonl").read_bytes()
    (gold / "dev.jsonl").write_text("{", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"dev\.jsonl, line 1: is not JSON"):
        keep_evaluations(own_corpus, book, CODER)
    (gold / "dev.jsonl").unlink()
    with pytest.raises(FileNotFoundError):
        keep_evaluations(own_corpus, book, CODER)
    (gold / "dev.jsonl").write_bytes(text)
    (gold / "gold.toml").write_text("[[gold]]\n", encoding="utf-8")
    with pytest.raises(GoldListError, match="lacks `file`"):
        keep_evaluations(own_corpus, book, CODER)

    assert not Evaluation.objects.exists()


def test_the_shipped_figures_are_kept_whole() -> None:
    """What is stored went through JSON, and is what the evaluation gives."""
    corpus = Path(settings.CORPUS_DIR)
    found = current_evaluations()[0]

    assert found.figures == figures(
        evaluate_corpus(corpus, corpus / "gold" / found.gold_name, found.document)
    )
