"""The command that says what another codebook would do."""

import json
from pathlib import Path

import pytest
from django.core.management.base import CommandError

from tests.conftest import run
from tests.submissions.own_corpus import make_corpus, without_cues
from tests.submissions.rows import all_rows

ISSUE = "cooperation.extradition"


@pytest.fixture
def own_corpus(empty_db: None, tmp_path: Path) -> Path:
    """A short corpus, which is all that the database holds."""
    corpus = make_corpus(tmp_path)
    run("load_corpus", "--corpus", str(corpus), verbosity=0)
    return corpus


def test_what_would_vanish_is_listed_with_the_figures_now_and_then(own_corpus: Path) -> None:
    other = without_cues(own_corpus / "other.toml", ISSUE)
    before = all_rows()

    lines = run("try_codebook", str(other), "--corpus", str(own_corpus)).splitlines()

    assert lines[:3] == [
        f"- views EGY-001 {ISSUE}: support 公约应规定引渡",
        f"- views BRA-001 {ISSUE}: support 公约应规定引渡",
        "0 appear, 2 vanish, 0 change",
    ]
    assert lines[3:] == [
        "dev.jsonl  topics        1.000 -> 0.667",
        "dev.jsonl  codes         1.000 -> 0.667",
        "dev.jsonl  cells         1.000 -> 0.667",
        "dev.jsonl  rare_stances  1.000 -> 1.000",
        "dev.jsonl  stances       1.000 -> 1.000",
        "check.jsonl  topics        1.000 -> 0.000",
        "check.jsonl  codes         1.000 -> 0.000",
        "check.jsonl  cells         1.000 -> 0.000",
        "check.jsonl  rare_stances  0.000 -> 0.000",
        "check.jsonl  stances       1.000 -> 0.000",
    ]
    assert all_rows() == before


def test_a_changed_stance_is_shown_with_both(own_corpus: Path) -> None:
    book = (own_corpus / "codebook.toml").read_text(encoding="utf-8")
    cue = '  "=保留 @under(final)",\n'
    assert cue in book
    other = own_corpus / "other.toml"
    other.write_text(book.replace(cue, f'{cue}  "允许 > 保留 => open",\n'), encoding="utf-8")

    said = run("try_codebook", str(other), "--corpus", str(own_corpus))

    assert "~ views EGY-002 final.reservations: oppose " in said
    assert " -> open " in said
    assert "0 appear, 0 vanish, 1 change\n" in said


def test_the_same_codebook_changes_nothing(own_corpus: Path) -> None:
    same = str(own_corpus / "codebook.toml")

    said = run("try_codebook", same, "--corpus", str(own_corpus)).splitlines()

    assert said[0] == "0 appear, 0 vanish, 0 change"
    assert all(now == then for now, then in (line.split()[-3::2] for line in said[1:]))


def test_it_is_also_given_as_json(own_corpus: Path) -> None:
    other = without_cues(own_corpus / "other.toml", ISSUE)

    found = json.loads(run("try_codebook", str(other), "--corpus", str(own_corpus), "--json"))

    assert found.keys() == {"effects", "counts", "figures"}
    assert found["effects"][0] == {
        "kind": "vanishes",
        "document": "views",
        "passage": "EGY-001",
        "issue": ISSUE,
        "before": ["support", "公约应规定引渡"],
        "after": None,
    }
    assert found["counts"] == {"vanishes": 2}
    assert found["figures"]["check.jsonl"]["cells"] == [1.0, 0.0]


@pytest.mark.django_db
def test_a_codebook_that_is_missing_or_wrong_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.toml"
    with pytest.raises(CommandError, match=r"other\.toml"):
        run("try_codebook", str(path))

    path.write_text('version = "1"\nissues = 3\n', encoding="utf-8")
    with pytest.raises(CommandError) as caught:
        run("try_codebook", str(path))
    assert str(caught.value).startswith(f"{path}:")
    assert "unknown field 'issues'" in str(caught.value)
