"""The command that reads the shipped corpus."""

import re
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management.base import CommandError

from corpus.models import Document, Passage
from submissions.models import Position
from tests.conftest import run
from tests.submissions.rows import all_rows

pytestmark = pytest.mark.django_db
MANIFEST = """
[[document]]
file = "views.zh.txt"
kind = "compilation"
language = "zh"
delegations = {count}
"""


def own_corpus(folder: Path, count: int = 1) -> Path:
    (folder / "documents" / "manifest.toml").write_text(
        MANIFEST.format(count=count), encoding="utf-8"
    )
    (folder / "documents" / "views.zh.txt").write_text(
        "埃及\n[原文：英文]\n公约应侧重于打击网络犯罪。\n", encoding="utf-8"
    )
    return folder


def test_reading_the_corpus_again_changes_nothing() -> None:
    before = all_rows()

    said = run("load_corpus")

    positions = Position.objects.filter(passage__document__symbol="A/AC.291/4").count()
    assert said.splitlines()[0] == (
        f"A/AC.291/4: unchanged; 26 delegations, 908 passages, {positions} positions."
    )
    assert all_rows() == before


def test_a_corpus_of_ones_own_is_read_and_counted(small_corpus: Path) -> None:
    corpus = own_corpus(small_corpus)

    first = run("load_corpus", "--corpus", str(corpus))
    again = run("load_corpus", "--corpus", str(corpus))

    assert re.fullmatch(r"views: read; 1 delegations, 1 passages, \d+ positions\.", first.strip())
    assert again == first.replace("read", "unchanged")
    assert Passage.objects.get(document__slug="views").text == "公约应侧重于打击网络犯罪。"


def test_it_is_silent_when_asked(small_corpus: Path) -> None:
    corpus = own_corpus(small_corpus)

    assert run("load_corpus", "--corpus", str(corpus), verbosity=0) == ""
    assert Document.objects.filter(slug="views").exists()


def refused(corpus: Path) -> str:
    with pytest.raises(CommandError) as caught:
        run("load_corpus", "--corpus", str(corpus))
    return str(caught.value)


def test_a_folder_without_a_corpus_is_refused_with_the_file_that_is_missing(tmp_path: Path) -> None:
    assert refused(tmp_path) == (
        f"{tmp_path}/data/delegations.toml: cannot be read (No such file or directory); "
        "check the path"
    )
    shutil.copytree(Path(settings.CORPUS_DIR) / "data", tmp_path / "data")
    assert refused(tmp_path) == (
        f"{tmp_path}/documents/manifest.toml: there is no such manifest. Check the path."
    )


def test_a_codebook_that_is_missing_or_wrong_is_refused(small_corpus: Path) -> None:
    (small_corpus / "codebook.toml").unlink()
    before = all_rows()
    assert f"{small_corpus}/codebook.toml" in refused(small_corpus)

    (small_corpus / "codebook.toml").write_text("version = ", encoding="utf-8")
    assert refused(small_corpus).startswith(f"{small_corpus}/codebook.toml: not valid TOML: ")
    assert all_rows() == before


def test_a_document_that_is_refused_stops_with_its_name_and_the_cure(small_corpus: Path) -> None:
    before = all_rows()

    assert refused(own_corpus(small_corpus, count=3)) == (
        "views.zh.txt: 1 delegations were recognised, the manifest says 3. "
        "Correct the manifest or the text."
    )
    assert all_rows() == before
