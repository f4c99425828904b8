"""The command that fits certainties to hand-coded passages; no test here has a database."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management.base import CommandError

from submissions.coding.calibration import load_calibration
from tests.conftest import run
from tests.submissions.own_corpus import DOCUMENT, make_corpus

SHIPPED = Path(settings.CORPUS_DIR)


@pytest.fixture
def own_corpus(tmp_path: Path) -> Path:
    return make_corpus(tmp_path)


def calibrate(corpus: Path, *more: str) -> str:
    gold = str(corpus / "gold" / "dev.jsonl")
    return run("calibrate", gold, "--document", DOCUMENT, "--corpus", str(corpus), *more)


def test_a_dry_run_prints_the_file_and_writes_nothing(own_corpus: Path) -> None:
    before = {path: path.read_bytes() for path in own_corpus.rglob("*") if path.is_file()}

    printed = calibrate(own_corpus, "--dry-run")

    assert {path: path.read_bytes() for path in own_corpus.rglob("*") if path.is_file()} == before
    target = own_corpus / "calibration.toml"
    target.write_text(printed, encoding="utf-8")
    assert sum(step.count for step in load_calibration(target).steps) == 2
    assert printed.splitlines()[-1].startswith("# expected calibration error: 0.")


def test_the_file_is_written_beside_the_codebook(own_corpus: Path) -> None:
    printed = calibrate(own_corpus, "--dry-run")
    (own_corpus / "calibration.toml").unlink()

    said = calibrate(own_corpus).splitlines()

    written = (own_corpus / "calibration.toml").read_text(encoding="utf-8")
    assert printed.startswith(written)
    assert said[0] == "calibration.toml: fitted on 2 suggestions."
    assert said[1].startswith("expected calibration error: 0.")
    assert len(said) == 2


def test_it_fits_the_scores_and_not_what_is_calibrated_already(own_corpus: Path) -> None:
    calibrate(own_corpus)
    first = (own_corpus / "calibration.toml").read_bytes()
    calibrate(own_corpus)

    assert (own_corpus / "calibration.toml").read_bytes() == first


def test_the_shipped_file_is_what_it_prints() -> None:
    printed = run("calibrate", str(SHIPPED / "gold" / "dev.jsonl"), "--dry-run")

    assert printed.startswith((SHIPPED / "calibration.toml").read_text(encoding="utf-8"))


def test_gold_that_cannot_be_used_is_refused(own_corpus: Path) -> None:
    gold = own_corpus / "gold" / "dev.jsonl"
    gold.write_text("{", encoding="utf-8")

    with pytest.raises(CommandError) as caught:
        calibrate(own_corpus)
    assert str(caught.value) == (
        f"{gold}, line 1: is not JSON (Expecting property name enclosed in double quotes). "
        "Write one JSON object a line."
    )


def test_a_place_that_cannot_be_written_is_named(own_corpus: Path) -> None:
    target = own_corpus / "calibration.toml"
    target.unlink()
    target.symlink_to(own_corpus / "nowhere" / "calibration.toml")

    with pytest.raises(CommandError) as caught:
        calibrate(own_corpus)
    assert str(caught.value) == f"{target}: cannot be written (No such file or directory)."
