"""The command that makes everything ready; what it calls is only noted here."""

import fcntl
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management.base import CommandError
from django.test import override_settings

from tests.conftest import run

MODULE = "submissions.management.commands.prepare"
CALLS = ["migrate", "load_corpus", "collectstatic"]


@pytest.fixture
def lock(tmp_path: Path) -> Iterator[Path]:
    """Where the lock will be: in a data folder that is not there yet."""
    with override_settings(DATA_DIR=tmp_path / "data"):
        yield tmp_path / "data" / "prepare.lock"


@pytest.fixture
def calls(lock: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bool]]:
    """The commands called, each with whether nobody else could have run at the same time."""
    made: list[tuple[str, bool]] = []

    def note(name: str, **options: Any) -> None:
        made.append((name, is_locked(lock)))

    monkeypatch.setattr(f"{MODULE}.call_command", note)
    return made


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody listens on."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def is_locked(lock: Path) -> bool:
    with lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def test_it_migrates_reads_the_corpus_and_collects_files_alone(
    calls: list[tuple[str, bool]], lock: Path
) -> None:
    run("prepare")

    assert calls == [(name, True) for name in CALLS]
    assert not is_locked(lock)


def test_a_second_time_does_the_same(calls: list[tuple[str, bool]]) -> None:
    run("prepare")
    run("prepare")

    assert [name for name, _ in calls] == CALLS * 2


def test_a_failure_lets_the_next_one_in(lock: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(name: str, **options: Any) -> None:
        raise CommandError("no")

    monkeypatch.setattr(f"{MODULE}.call_command", fail)

    with pytest.raises(CommandError, match="no"):
        run("prepare")
    assert not is_locked(lock)


def test_a_port_that_is_free_is_left_free(calls: list[tuple[str, bool]]) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]

    run("prepare", port=free)

    assert [name for name, _ in calls] == CALLS
    with socket.socket() as server:
        server.bind(("127.0.0.1", free))


def test_a_port_in_use_is_refused_before_anything_is_done(
    calls: list[tuple[str, bool]], taken: int
) -> None:
    with pytest.raises(CommandError) as caught:
        run("prepare", port=taken)

    assert str(caught.value) == (
        f"Port {taken} cannot be used (Address already in use). Try another: make demo PORT=8080"
    )
    assert calls == []


@pytest.mark.parametrize("port", [0, -1, 65536, 99999])
def test_a_number_that_is_no_port_is_refused(calls: list[tuple[str, bool]], port: int) -> None:
    with pytest.raises(CommandError) as caught:
        run("prepare", port=port)

    assert str(caught.value) == f"PORT={port} is no port. Use a number from 1 to 65535."
    assert calls == []


def test_a_word_for_a_port_is_refused(calls: list[tuple[str, bool]]) -> None:
    with pytest.raises(CommandError, match="--port: invalid int value: 'http'"):
        run("prepare", "--port=http")
    assert calls == []
