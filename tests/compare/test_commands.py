import csv
import io
import os
from pathlib import Path

import pytest
from django.core.management import CommandError

from compare.exports import describe, passages_export, positions_export, write_csv, write_jsonl
from corpus.release import current_release
from tests.conftest import run


@pytest.mark.parametrize(
    ("what", "make"), [("positions", positions_export), ("passages", passages_export)]
)
@pytest.mark.parametrize(("format_", "write"), [("csv", write_csv), ("jsonl", write_jsonl)])
def test_an_export_is_written_to_standard_output(
    db: None, what: str, make: object, format_: str, write: object
) -> None:
    assert callable(make)
    assert callable(write)
    export = make()

    assert run("export", what, "--format", format_) == "".join(
        write(export.columns, export.records())
    )


def test_csv_is_what_comes_without_a_format(db: None) -> None:
    assert run("export", "positions") == run("export", "positions", "--format", "csv")


def test_an_export_is_written_to_a_file_with_a_description_beside_it(
    db: None, tmp_path: Path
) -> None:
    output = tmp_path / "positions.csv"

    assert run("export", "positions", "--output", str(output)) == ""

    export = positions_export()
    assert output.read_bytes() == "".join(write_csv(export.columns, export.records())).encode()
    described = (tmp_path / "positions.csv-metadata.json").read_text("utf-8")
    command = "manage.py export positions --format csv --output positions.csv"
    assert described == describe(export, current_release(), "positions.csv", command)
    assert sorted(os.listdir(tmp_path)) == ["positions.csv", "positions.csv-metadata.json"]


def test_the_file_is_read_back_by_an_ordinary_csv_reader(db: None, tmp_path: Path) -> None:
    output = tmp_path / "passages.csv"
    run("export", "passages", "--output", str(output))

    with output.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))

    expected = io.StringIO(run("export", "passages").removeprefix("\ufeff"), newline="")
    assert rows == list(csv.DictReader(expected))
    assert [row["passage"] for row in rows][:1] == [
        next(iter(passages_export().records()))["passage"]
    ]


def test_a_path_that_cannot_be_written_is_named_with_the_reason(db: None, tmp_path: Path) -> None:
    output = tmp_path / "no-such-folder" / "positions.csv"

    with pytest.raises(CommandError) as refused:
        run("export", "positions", "--output", str(output))

    assert str(refused.value) == f"{output}: cannot be written (No such file or directory)."


def test_a_folder_cannot_be_written_over(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError) as refused:
        run("export", "positions", "--output", str(tmp_path))

    assert str(refused.value) == f"{tmp_path}: cannot be written (Is a directory)."
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("arguments", [["opinions"], [], ["positions", "--format", "xml"]])
def test_what_is_not_known_is_refused(db: None, arguments: list[str]) -> None:
    with pytest.raises(CommandError):
        run("export", *arguments)
