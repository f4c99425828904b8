"""Reads `gold/gold.toml`: which hand-coded passages there are, and how they were coded.  Pure."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class GoldListError(ValueError):
    """A list of gold files that cannot be used; the message names the file and the cure."""


@dataclass(frozen=True, slots=True)
class GoldFile:
    """A file of hand-coded passages of `document` (its symbol); `en` and `zh` say how they came."""

    path: Path
    document: str
    en: str
    zh: str


def load_gold_files(folder: Path) -> tuple[GoldFile, ...]:
    """The gold files that `folder/gold.toml` lists, in its order; none if there is no list.

    Raises `GoldListError` for a list that is no TOML, and for an entry that lacks a field.
    """
    listing = folder / "gold.toml"
    if not listing.exists():
        return ()
    try:
        tables = tomllib.loads(listing.read_text(encoding="utf-8")).get("gold", [])
    except (OSError, ValueError) as error:
        raise GoldListError(f"{listing}: cannot be read as TOML ({error}).") from error
    return tuple(_entry(listing, table) for table in tables)


def _entry(listing: Path, table: dict[str, Any]) -> GoldFile:
    for name in ("file", "document", "en", "zh"):
        if not isinstance(table.get(name), str):
            raise GoldListError(f"{listing}: a [[gold]] lacks `{name}`. Add it, as a text.")
    return GoldFile(listing.parent / table["file"], table["document"], table["en"], table["zh"])
