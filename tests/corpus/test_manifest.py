"""What a manifest may say of its documents."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from corpus.manifest import Entry, ManifestError, load_manifest


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "manifest.toml"
    path.write_text(text, encoding="utf-8")
    return path


def refused(path: Path) -> str:
    with pytest.raises(ManifestError) as caught:
        load_manifest(path)
    return str(caught.value)


def test_an_entry_is_read_whole(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        '[[document]]\nfile = "x.zh.txt"\nsymbol = "A/1"\nkind = "compilation"\nlanguage = "zh"\n'
        'title = "标题"\ntitle_en = "Title"\npublished_on = 2021-04-19\njob_number = "V.1"\n'
        'pages = 65\ndelegation = "CHN"\nsession = "third"\nnote = "n"\ndelegations = 26\n'
        "questions = 48\nparagraphs = 17\nrecommendations = 63\n",
    )

    assert load_manifest(path) == (
        Entry(
            path=tmp_path / "x.zh.txt",
            symbol="A/1",
            kind="compilation",
            language="zh",
            title="标题",
            title_en="Title",
            published_on=date(2021, 4, 19),
            job_number="V.1",
            pages=65,
            delegation="CHN",
            counts={"delegations": 26, "questions": 48, "paragraphs": 17, "recommendations": 63},
        ),
    )


def test_what_is_not_known_is_left_out(tmp_path: Path) -> None:
    path = write(tmp_path, '[[document]]\nfile = "x.txt"\nkind = "report"\nlanguage = "zh"\n')

    assert load_manifest(path) == (
        Entry(tmp_path / "x.txt", "", "report", "zh", "x.txt", "", None, "", None, "", {}),
    )


def test_a_manifest_may_be_empty(tmp_path: Path) -> None:
    assert load_manifest(write(tmp_path, "")) == ()


def test_the_shipped_manifest_names_files_that_are_there() -> None:
    entries = load_manifest(Path(settings.CORPUS_DIR) / "documents" / "manifest.toml")

    assert [(entry.slug, entry.kind, entry.counts) for entry in entries] == [
        ("A-AC-291-4", "compilation", {"delegations": 26}),
        ("chair-guiding-questions-third-session", "questions", {"questions": 48}),
        ("china-submission", "submission", {}),
        ("expert-group-2020-draft-report-addendum", "report", {"paragraphs": 17}),
        ("UNODC-CCPCJ-EG-4-2021-2", "recommendations", {"recommendations": 63}),
    ]
    assert [entry.path for entry in entries if not entry.path.is_file()] == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[[document]]\n", 'a [[document]] names no file. Add `file = "…"`.'),
        ("[[document]]\nfile = 3\n", 'a [[document]] names no file. Add `file = "…"`.'),
        (
            '[[document]]\nfile = "x.txt"\nkind = "report"\ncolour = "blue"\n',
            "x.txt: unknown field 'colour'. Remove it.",
        ),
        (
            '[[document]]\nfile = "x.txt"\nkind = "poem"\n',
            "x.txt: kind must be one of compilation, submission, questions, report, "
            "recommendations.",
        ),
    ],
)
def test_an_entry_that_makes_no_sense_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    path = write(tmp_path, text)

    assert refused(path) == f"{path}: {problem}"


def test_a_missing_manifest_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "manifest.toml"

    assert refused(path) == f"{path}: there is no such manifest. Check the path."


@pytest.mark.parametrize("data", [b"[[document", b"\xff"])
def test_a_manifest_that_is_no_toml_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "manifest.toml"
    path.write_bytes(data)

    assert refused(path).startswith(f"{path}: cannot be read as TOML (")
