"""What requests need: a folder for static files, and the interface's texts compiled."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils import translation


@pytest.fixture(scope="session", autouse=True)
def prepared() -> None:
    """Without the folder WhiteNoise warns; without the compiled texts Chinese is missing."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    for source in Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/django.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists():
            with source.open("rb") as texts, compiled.open("wb") as file:
                write_mo(file, read_po(texts))


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """A request leaves its language behind: no test may find that of another."""
    with translation.override("en"):
        yield
