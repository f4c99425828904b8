"""Tables for analysts: the long forms, and what neutralises a spreadsheet's formulas."""

import csv
import io
import json
import unicodedata
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from django.db.models import QuerySet

from compare.matrix import Cell, Matrix
from corpus.models import Passage, Submission
from corpus.release import Release
from submissions.models import Position

Format = Literal["csv", "jsonl"]
Record = Mapping[str, Any]
Records = Generator[Record, None, None]
Lines = Generator[str, None, None]

POSITION_COLUMNS: Final = (
    "document",
    "delegation",
    "passage",
    "topic",
    "issue",
    "stance",
    "quote",
    "origin",
    "status",
)
PASSAGE_COLUMNS: Final = (
    "document",
    "delegation",
    "passage",
    "kind",
    "marker",
    "heading_path",
    "start",
    "end",
    "page",
    "text",
)
_NUMBERS: Final = frozenset({"start", "end", "page"})
_BYTE_ORDER_MARK: Final = "\ufeff"
_FORMULA_OPENINGS: Final = tuple("=+-@|%＝＋－＠﹦﹢﹣")
#: What may stand before a formula and not be seen: every space, control and format character.
_INVISIBLE: Final = tuple(
    character
    for character in map(chr, range(0x10000))
    if unicodedata.category(character) in ("Cc", "Cf", "Zs", "Zl", "Zp")
)


@dataclass(frozen=True, slots=True)
class Export:
    """A long form: its name, its columns in order, and its records, one at a time."""

    name: str
    columns: tuple[str, ...]
    records: Callable[[], Records]


def inert(value: Any) -> Any:
    """`value` as a spreadsheet will show it and not run it; numbers stay numbers.

    A text that a spreadsheet would take for a formula gets an apostrophe in front, and so does a
    text that begins with one, so that taking one apostrophe off always gives the original.

    >>> inert("=HYPERLINK(1)"), inert("- 1、鼓励"), inert(-3), inert("(a) 诈骗")
    ("'=HYPERLINK(1)", "'- 1、鼓励", -3, '(a) 诈骗')
    """
    if not isinstance(value, str):
        return value
    opening = value.lstrip("".join(_INVISIBLE))
    hidden = value[: len(value) - len(opening)]
    if opening.startswith(_FORMULA_OPENINGS) or set(hidden) & set("\t\r\n") or value[:1] == "'":
        return f"'{value}"
    return value


def write_csv(columns: Sequence[str], records: Iterable[Record]) -> Lines:
    """The records as lines of CSV (RFC 4180) with a byte-order mark, formula cells neutralised."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write(_BYTE_ORDER_MARK)
    writer.writerow([inert(column) for column in columns])
    yield _drain(buffer)
    for record in records:
        writer.writerow(["" if record[c] is None else inert(record[c]) for c in columns])
        yield _drain(buffer)


def write_jsonl(columns: Sequence[str], records: Iterable[Record]) -> Lines:
    """The records as JSON lines, verbatim, with the columns as keys in their order."""
    for record in records:
        yield json.dumps({c: record[c] for c in columns}, ensure_ascii=False) + "\n"


WRITERS: Final[Mapping[Format, Callable[[Sequence[str], Iterable[Record]], Lines]]] = {
    "csv": write_csv,
    "jsonl": write_jsonl,
}


def _drain(buffer: io.StringIO) -> str:
    written = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return written


def describe(export: Export, release: Release, file_name: str, source: str) -> str:
    """The export's description as JSON: for CSV in the terms of CSV on the Web (W3C, 2015).

    `file_name` is the file beside it; `source` the command that makes it again.
    """
    columns = [
        {"name": name, "datatype": "integer" if name in _NUMBERS else "string"}
        for name in export.columns
    ]
    described: dict[str, Any] = {
        "url": file_name,
        "dc:title": f"Plenary: {export.name}",
        "dc:source": source,
        "dc:license": "documents: United Nations; coding: Apache-2.0",
        "schema:version": {
            "corpus": release.corpus,
            "codebook": release.codebook,
            "code": release.code,
        },
    }
    if file_name.endswith(".csv"):
        context = {"@context": "http://www.w3.org/ns/csvw"}
        described = context | described | {"tableSchema": {"columns": columns}}
    else:
        described["columns"] = columns
    return json.dumps(described, ensure_ascii=False, indent=2) + "\n"


def positions_export() -> Export:
    """Every position that stands, in reading order; the delegations of a joint text by `+`."""
    return Export("positions", POSITION_COLUMNS, _position_records)


def passages_export() -> Export:
    """Every passage and heading, in reading order; offsets are into the document's text."""
    return Export("passages", PASSAGE_COLUMNS, _passage_records)


def _position_records() -> Records:
    who = _speakers()
    rows = (
        Position.objects.standing()
        .select_related("passage__document", "issue__topic")
        .defer("passage__document__text", "passage__text")
        .order_by("passage__document", "passage__order", "issue__order", "origin", "pk")
    )
    for row in rows.iterator(chunk_size=2000):
        yield {
            "document": row.passage.document.reference,
            "delegation": who.get(row.passage.submission_id or 0, ""),
            "passage": row.passage.reference,
            "topic": row.issue.topic.key,
            "issue": row.issue.key,
            "stance": row.stance,
            "quote": row.quote,
            "origin": row.origin,
            "status": row.status,
        }


def _passage_records() -> Records:
    who = _speakers()
    paths: dict[int, str] = {}
    rows: QuerySet[Passage] = (
        Passage.objects.select_related("document").defer("document__text").in_reading_order()
    )
    for row in rows.iterator(chunk_size=2000):
        path = paths.get(row.heading_id, "") if row.heading_id else ""
        if row.kind == Passage.Kind.HEADING:
            paths[row.pk] = f"{path} > {row.text}" if path else row.text
        yield {
            "document": row.document.reference,
            "delegation": who.get(row.submission_id or 0, ""),
            "passage": row.reference,
            "kind": row.kind,
            "marker": row.marker,
            "heading_path": path,
            "start": row.start,
            "end": row.end,
            "page": row.page,
            "text": row.text,
        }


def matrix_columns(table: Matrix) -> tuple[str, ...]:
    """The columns of a topic's table: what names the row, a column a delegation, the release.

    The same whatever the language of the interface, so that the address gives the same file to all.
    """
    codes = tuple(sorted(column.code for column in table.columns))
    return ("topic", "issue", "label_en", "label_zh", *codes, "release", "source")


def matrix_records(table: Matrix, release: Release, source: str) -> Iterator[Record]:
    """A record for each row of the table: the stance of each delegation, empty where it is silent.

    A stance that is not confirmed is followed by `(suggested)`, one that not all of the cell's
    passages take by `(mixed)`; one that the reader did not ask for is `(other)`.  `source` is the
    address that makes the table again.
    """
    for row in table.rows:
        yield {
            "topic": table.topic.key,
            "issue": row.issue.key,
            "label_en": row.issue.label_en,
            "label_zh": row.issue.label_zh,
            "release": release.line,
            "source": source,
            **{cell.delegation.code: _cell_text(cell) for cell in row.cells},
        }


def _cell_text(cell: Cell) -> str:
    if not cell.stance:
        return ""
    if cell.aside:
        return "(other)"
    notes = "" if cell.confirmed else " (suggested)"
    return f"{cell.stance}{notes}{' (mixed)' if cell.mixed else ''}"


def _speakers() -> dict[int, str]:
    """The codes of each submission's delegations, joined by `+`."""
    rows = Submission.objects.order_by("pk", "delegations__code").values_list(
        "pk", "delegations__code"
    )
    codes: dict[int, list[str]] = {}
    for submission, code in rows:
        codes.setdefault(submission, []).append(code or "")
    return {submission: "+".join(found) for submission, found in codes.items()}
