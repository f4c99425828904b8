"""Make everything ready to serve: the database, the shipped corpus, the static files."""

import fcntl
import socket
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = (
        "Bring the database up to date, read the shipped corpus, and collect the static files. "
        "Doing it twice is doing it once; two at a time wait for each other."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, help="stop at once if this port is not to be had")

    def handle(self, *args: Any, port: int | None, verbosity: int, **options: Any) -> None:
        if port is not None:
            _require_free(port)
        with _alone(Path(settings.DATA_DIR) / "prepare.lock"):
            call_command("migrate", verbosity=0)
            call_command("load_corpus", verbosity=verbosity, stdout=self.stdout)
            call_command("collectstatic", interactive=False, verbosity=0)


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _require_free(port: int) -> None:
    if not 0 < port < 65536:
        raise CommandError(f"PORT={port} is no port. Use a number from 1 to 65535.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise CommandError(
                f"Port {port} cannot be used ({error.strerror}). Try another: make demo PORT=8080"
            ) from error
