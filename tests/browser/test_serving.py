"""The server goes on answering while the corpus is read again beside it."""

import shutil
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.browser.conftest import ROOT, Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ADDRESSES = [
    "/matrix/?topic=offences",
    "/matrix/?topic=offences&cell=NOR.offences.illegal_access",
    "/matrix.csv?topic=scope",
    "/documents/",
    "/documents/A-AC-291-4/",
]


def status(address: str) -> int:
    try:
        with urlopen(address) as response:
            response.read()
            return int(response.status)
    except HTTPError as error:
        with error:
            return error.code


def ask_until(done: threading.Event, address: str) -> list[int]:
    """The answers to `address`, asked for at least once and then until `done`."""
    answers = [status(address)]
    while not done.is_set():
        answers.append(status(address))
    return answers


@pytest.fixture
def touched(site: Site, tmp_path: Path) -> Iterator[Path]:
    """The shipped corpus with a codebook that differs by a comment; the shipped one comes back."""
    shutil.copytree(ROOT / "corpus" / "documents", tmp_path / "documents")
    shutil.copytree(ROOT / "corpus" / "data", tmp_path / "data")
    source = (ROOT / "corpus" / "codebook.toml").read_text("utf-8")
    (tmp_path / "codebook.toml").write_text(f"{source}\n# touched\n", "utf-8")
    yield tmp_path
    site.manage("load_corpus")


def read_while_serving(site: Site, *arguments: str) -> tuple[str, set[int]]:
    """What reading the corpus prints, and the statuses of all that was asked for meanwhile."""
    done = threading.Event()
    with ThreadPoolExecutor(10) as pool:
        asked = [pool.submit(ask_until, done, site.address + address) for address in ADDRESSES * 2]
        try:
            printed = site.manage("load_corpus", *arguments)
        finally:
            done.set()
        return printed, {answer for asking in asked for answer in asking.result()}


def test_reading_the_same_corpus_again_changes_nothing_and_disturbs_nobody(site: Site) -> None:
    printed, statuses = read_while_serving(site)

    assert "A/AC.291/4: unchanged; " in printed
    assert statuses == {200}


def test_recoding_everything_disturbs_nobody(site: Site, touched: Path) -> None:
    printed, statuses = read_while_serving(site, "--corpus", str(touched))

    assert "A/AC.291/4: recoded; " in printed
    assert statuses == {200}
