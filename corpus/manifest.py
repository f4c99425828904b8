"""Reads `manifest.toml`: which documents there are, and what is known of each.  Pure."""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

#: Kinds of documents, as the manifest writes them.
KINDS: Final = ("compilation", "submission", "questions", "report", "recommendations")
_KNOWN: Final = {
    "file",
    "symbol",
    "kind",
    "language",
    "title",
    "title_en",
    "published_on",
    "job_number",
    "pages",
    "delegation",
    "session",
    "note",
}
#: The official languages of the United Nations, one of which a document is in.
LANGUAGES: Final = ("ar", "en", "es", "fr", "ru", "zh")
_TEXT: Final = (str, "a text")
_COUNT: Final = (int, "a whole number")
_TYPES: Final[dict[str, tuple[type, str]]] = {
    "symbol": _TEXT,
    "title": _TEXT,
    "title_en": _TEXT,
    "job_number": _TEXT,
    "delegation": _TEXT,
    "published_on": (date, "a date such as 2021-04-19"),
    "pages": _COUNT,
    "delegations": _COUNT,
    "questions": _COUNT,
    "paragraphs": _COUNT,
    "recommendations": _COUNT,
}
#: Counts that the manifest states and a reading must reproduce.
COUNTS: Final = ("delegations", "questions", "paragraphs", "recommendations")


class ManifestError(ValueError):
    """A manifest that cannot be used; the message names the entry and the cure."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the manifest states of one document; `counts` by name, from `COUNTS`."""

    path: Path
    symbol: str
    kind: str
    language: str
    title: str
    title_en: str
    published_on: date | None
    job_number: str
    pages: int | None
    delegation: str
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def slug(self) -> str:
        """The document's name in addresses: its symbol with hyphens, or its file's name.

        >>> Entry(Path("x.txt"), "A/AC.291/4", "compilation", "zh", "", "", None, "", 65, "").slug
        'A-AC-291-4'
        """
        name = self.symbol or self.path.name.split(".", 1)[0]
        return "-".join(part for part in name.replace(".", "/").split("/") if part)


def load_manifest(path: Path) -> tuple[Entry, ...]:
    """The entries of the manifest at `path`, in its order.

    Raises `ManifestError` for a file that is missing or not TOML, and for an entry with an unknown
    field or kind, or without a file.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ManifestError(f"{path}: there is no such manifest. Check the path.") from None
    except (OSError, ValueError) as error:
        raise ManifestError(f"{path}: cannot be read as TOML ({error}).") from error
    return tuple(_entry(path, table) for table in data.get("document", []))


def _entry(manifest: Path, table: dict[str, Any]) -> Entry:
    name = table.get("file")
    if not isinstance(name, str) or not name:
        raise ManifestError(f'{manifest}: a [[document]] names no file. Add `file = "…"`.')
    if unknown := sorted(table.keys() - _KNOWN - set(COUNTS)):
        raise ManifestError(f"{manifest}: {name}: unknown field {unknown[0]!r}. Remove it.")
    if table.get("kind") not in KINDS:
        raise ManifestError(f"{manifest}: {name}: kind must be one of {', '.join(KINDS)}.")
    for field_name, (kind, what) in _TYPES.items():
        if field_name in table and not isinstance(table[field_name], kind):
            raise ManifestError(f"{manifest}: {name}: {field_name} must be {what}.")
    if table.get("language") not in LANGUAGES:
        raise ManifestError(f"{manifest}: {name}: language must be one of {', '.join(LANGUAGES)}.")
    return Entry(
        path=manifest.parent / name,
        symbol=table.get("symbol", ""),
        kind=table["kind"],
        language=table["language"],
        title=table.get("title", name),
        title_en=table.get("title_en", ""),
        published_on=table.get("published_on"),
        job_number=table.get("job_number", ""),
        pages=table.get("pages"),
        delegation=table.get("delegation", ""),
        counts={count: table[count] for count in COUNTS if count in table},
    )
