"""The app as users start it, in a process, data folder and database of its own; and Chromium.

Playwright keeps an event loop running in the main thread for the rest of the session, in which
Django refuses to use a database unless it is told that this is a test.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import psycopg
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = "/usr/bin/chromium"

OpenPage = Callable[..., Page]


@dataclass(frozen=True, slots=True)
class Site:
    """A running server: its address, and the environment that its commands need."""

    address: str
    environment: dict[str, str]

    def manage(self, *arguments: str) -> str:
        """What a management command on the server's database prints."""
        return _manage(self.environment, *arguments)


def _manage(environment: dict[str, str], *arguments: str) -> str:
    ran = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, f"manage.py {' '.join(arguments)}: {ran.stdout}{ran.stderr}"
    return ran.stdout


@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an empty database that goes away in the end."""
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        yield f"sqlite:///{tmp_path_factory.mktemp('database')}/site.sqlite3"
        return
    name = f"site_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(given, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    yield urlsplit(given)._replace(path=f"/{name}").geturl()
    with psycopg.connect(given, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


@pytest.fixture(scope="session")
def site(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The app, started by the steps of `make demo`, with the shipped corpus read."""
    folder = tmp_path_factory.mktemp("site")
    kept = ("PATH", "HOME", "LANG", "PYTHONPATH", "TMPDIR")
    environment = {name: os.environ[name] for name in kept if name in os.environ} | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATA_DIR": str(folder),
        "DATABASE_URL": database_url,
    }
    for command in (["migrate", "-v", "0"], ["load_corpus"], ["collectstatic", "--noinput"]):
        _manage(environment, *command)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = (folder / "server.log").open("w+", encoding="utf-8")
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "config.wsgi"),
            *("--bind", f"127.0.0.1:{port}", "--threads", "8", "--log-level", "warning"),
        ],
        cwd=ROOT,
        env=environment,
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(address, server, Path(log.name))
        yield Site(address, environment)
    finally:
        server.terminate()
        server.wait(timeout=30)
        log.close()


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        if server.poll() is not None:
            break
        try:
            with urlopen(f"{address}/matrix/"):
                return
        except (URLError, ConnectionError):
            time.sleep(0.1)
    pytest.fail(f"The server does not answer: {log.read_text(encoding='utf-8')}")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium; where it is missing the tests are skipped, but not unseen in CI."""
    if not shutil.which(CHROMIUM):
        why = f"{CHROMIUM} is not installed (apt-get install chromium)"
        if os.environ.get("CI"):
            pytest.fail(why)
        pytest.skip(why)
    return {
        "executable_path": CHROMIUM,
        "args": ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    }


@pytest.fixture
def open_page(site: Site, browser: Browser) -> Iterator[OpenPage]:
    """Opens a page in a fresh context; any error in the console or request elsewhere is a failure.

    `errors` are texts that an expected console error begins with.
    """
    faults: list[str] = []
    contexts = []

    def open_page(*, errors: tuple[str, ...] = (), **options: Any) -> Page:
        def said(message: ConsoleMessage) -> None:
            expected = message.text.startswith(errors) if errors else False
            if message.type in ("error", "warning") and not expected:
                faults.append(f"console {message.type}: {message.text}")

        context = browser.new_context(
            base_url=site.address,
            **{"locale": "en-GB", "viewport": {"width": 1280, "height": 900}, **options},
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", said)
        page.on("pageerror", lambda error: faults.append(f"page error: {error}"))
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((f"{site.address}/", "data:"))
                else faults.append(f"request elsewhere: {request.url}")
            ),
        )
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []
