"""The command that says how well the machine reads; no test here has a database."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management.base import CommandError

from tests.conftest import run

GOLD = Path(settings.CORPUS_DIR) / "gold" / "dev.jsonl"


def test_the_development_passages_are_segmented_without_a_mistake() -> None:
    lines = run("evaluate", str(GOLD)).splitlines()

    assert lines[0].startswith("dev.jsonl against A/AC.291/4")
    [found] = [line.split() for line in lines if line.startswith("segmentation")]
    pairs = dict(zip(found[1::2], found[2::2], strict=True))
    assert (pairs["precision"], pairs["recall"], pairs["f1"]) == ("1.000", "1.000", "1.000")


def test_figures_are_also_given_as_json() -> None:
    figures = json.loads(run("evaluate", str(GOLD), "--json"))

    segmentation = figures["segmentation"]
    assert [segmentation[key] for key in ("precision", "recall", "f1")] == [1.0, 1.0, 1.0]
    assert {"topics", "codes", "cells", "stances", "rare_stances", "quotes"} <= figures.keys()
    assert 0 < figures["codes"]["f1"] <= 1


def test_a_document_can_be_named_by_its_file() -> None:
    by_file = run("evaluate", str(GOLD), "--document", "A-AC.291-4.zh.txt", "--json")

    assert json.loads(by_file)["segmentation"]["f1"] == 1.0


def refused(*arguments: str) -> str:
    with pytest.raises(CommandError) as caught:
        run("evaluate", *arguments)
    return str(caught.value)


def test_malformed_gold_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"unit": "A-1"}\n', encoding="utf-8")

    assert refused(str(path)) == f"{path}, line 1: lacks delegation, kind, text. Add it, as a text."


def test_missing_gold_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"

    assert refused(str(path)) == f"{path}: there is no such file. Check the path."


def test_an_unknown_document_is_refused_with_those_that_are_known() -> None:
    message = refused(str(GOLD), "--document", "A/1")

    assert message.startswith("A/1: is not in the manifest. ")
    assert "A/AC.291/4, chair-guiding-questions-third-session.zh.txt" in message


def test_a_folder_without_documents_is_refused(small_corpus: Path) -> None:
    manifest = small_corpus / "documents" / "manifest.toml"
    manifest.unlink()

    assert refused(str(GOLD), "--corpus", str(small_corpus)) == (
        f"{manifest}: there is no such manifest. Check the path."
    )
