"""The list of gold files, and that the shipped ones are true to the document and the codebook."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from corpus.codebook import load_codebook
from corpus.delegations import load_delegations
from corpus.gold import GoldFile, GoldListError, load_gold_files
from corpus.notation import STANCES
from submissions.extraction import extract
from submissions.parsing import read_compilation
from submissions.reading import unit_references
from submissions.recognition import heading_names

CORPUS = Path(settings.CORPUS_DIR)
FILES = ("dev.jsonl", "check.jsonl")
ENTRY = '[[gold]]\nfile = "a.jsonl"\ndocument = "A/1"\nen = "By hand."\nzh = "手工。"\n'


def listed(folder: Path, text: str) -> Path:
    (folder / "gold.toml").write_text(text, encoding="utf-8")
    return folder


def lines(name: str) -> list[dict[str, Any]]:
    text = (CORPUS / "gold" / name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture(scope="module")
def units() -> dict[str, tuple[str, str]]:
    """Kind and text of every unit of A/AC.291/4, by its reference."""
    names = heading_names(load_delegations(CORPUS / "data" / "delegations.toml"), "zh")
    reading = read_compilation(extract(CORPUS / "documents" / "A-AC.291-4.zh.txt"), names)
    return {
        reference: (unit.kind, unit.text)
        for reference, unit in zip(unit_references(reading), reading.units, strict=True)
    }


# --- the list -------------------------------------------------------------------------------------


def test_files_are_listed_in_order(tmp_path: Path) -> None:
    folder = listed(tmp_path, ENTRY + ENTRY.replace("a.jsonl", "b.jsonl"))

    assert load_gold_files(folder) == tuple(
        GoldFile(tmp_path / name, "A/1", "By hand.", "手工。") for name in ("a.jsonl", "b.jsonl")
    )


def test_there_may_be_no_list_or_an_empty_one(tmp_path: Path) -> None:
    assert load_gold_files(tmp_path / "nowhere") == ()
    assert load_gold_files(tmp_path) == ()
    assert load_gold_files(listed(tmp_path, "# none yet\n")) == ()


@pytest.mark.parametrize("name", ["file", "document", "en", "zh"])
def test_an_entry_that_lacks_a_field_is_named(tmp_path: Path, name: str) -> None:
    kept = [line for line in ENTRY.splitlines() if not line.startswith(name)]
    refused = f"{tmp_path}/gold.toml: a [[gold]] lacks `{name}`. Add it, as a text."

    for more in ("", f"\n{name} = 3"):
        with pytest.raises(GoldListError) as caught:
            load_gold_files(listed(tmp_path, "\n".join(kept) + more))
        assert str(caught.value) == refused


@pytest.mark.parametrize("data", [b"[[gold]", b"\xff"])
def test_a_list_that_is_no_toml_is_named(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "gold.toml").write_bytes(data)

    with pytest.raises(GoldListError) as caught:
        load_gold_files(tmp_path)
    assert str(caught.value).startswith(f"{tmp_path}/gold.toml: cannot be read as TOML (")


# --- as shipped -----------------------------------------------------------------------------------


def test_the_shipped_list_names_both_files_and_how_they_came() -> None:
    found = load_gold_files(CORPUS / "gold")

    assert [(one.path, one.document) for one in found] == [
        (CORPUS / "gold" / name, "A/AC.291/4") for name in FILES
    ]
    assert all(one.path.is_file() and one.en and one.zh for one in found)


@pytest.mark.parametrize(("name", "count"), [("dev.jsonl", 412), ("check.jsonl", 495)])
def test_every_unit_is_one_of_the_document(
    name: str, count: int, units: dict[str, tuple[str, str]]
) -> None:
    gold = lines(name)

    assert len(gold) == len({line["unit"] for line in gold}) == count
    assert [line["unit"] for line in gold if line["unit"] not in units] == []
    assert [(line["kind"], line["text"]) for line in gold] == [units[line["unit"]] for line in gold]
    assert [line["unit"] for line in gold if line["unit"].split("-")[0] != line["delegation"]] == []


@pytest.mark.parametrize("name", FILES)
def test_every_unit_of_a_delegation_is_there_in_order(
    name: str, units: dict[str, tuple[str, str]]
) -> None:
    gold = lines(name)
    marked = {line["delegation"] for line in gold}
    spoken = [one for one in units if one.rsplit("-", 1)[0] in marked]

    for delegation in marked:
        assert [line["unit"] for line in gold if line["delegation"] == delegation] == [
            one for one in spoken if one.startswith(f"{delegation}-")
        ]


@pytest.mark.parametrize("name", FILES)
def test_quotes_are_verbatim(name: str) -> None:
    assert [
        (line["unit"], code["quote"])
        for line in lines(name)
        for code in line.get("codes", ())
        if not code["quote"] or code["quote"] not in line["text"]
    ] == []


@pytest.mark.parametrize("name", FILES)
def test_issues_topics_and_stances_are_those_of_the_codebook(name: str) -> None:
    book = load_codebook(CORPUS / "codebook.toml")
    issues = {issue.key for issue in book.issues}
    topics = {topic.key for topic in book.topics}
    codes = [code for line in lines(name) for code in line.get("codes", ())]
    named = {
        topic
        for line in lines(name)
        for topic in (*line.get("topics", ()), *line.get("topics_disputed", ()))
    }

    assert {code["issue"] for code in codes} - issues == set()
    assert {code["stance"] for code in codes} - set(STANCES) == set()
    assert named - topics == set()


@pytest.mark.parametrize("name", FILES)
def test_headings_carry_no_codes_and_no_passage_an_issue_twice(name: str) -> None:
    for line in lines(name):
        codes = line.get("codes", ())
        assert line["kind"] == "passage" or not codes
        twice = [issue for issue, n in Counter(one["issue"] for one in codes).items() if n > 1]
        assert twice == [], line["unit"]


def test_no_delegation_is_in_both_files_and_all_who_speak_are_in_one() -> None:
    dev, check = ({line["delegation"] for line in lines(name)} for name in FILES)

    assert dev & check == set()
    assert (len(dev), len(check)) == (10, 15)
    assert "RUS" not in dev | check
