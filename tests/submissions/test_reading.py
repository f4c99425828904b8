"""Extraction, parsing and coding in one call, without a database."""

from pathlib import Path

import pytest

from submissions.coding import Coding, Unit
from submissions.extraction import ExtractionError, extract
from submissions.parsing import Names, ParsingError, Reading, read_compilation
from submissions.reading import in_context, read_document, unit_references

SPEAKERS: Names = {"埃及": ("EGY",), "埃及和巴西": ("EGY", "BRA"), "俄罗斯联邦": ("RUS",)}
TEXT = (
    "汇编\n埃及\n[原文：英文]\n一、范围\n公约包括：\n(a) 甲：\n㈠ 乙。\n"
    "俄罗斯联邦\n秘书处的说明：见 A/75/980。\n埃及和巴西\n[原文：英文]\n丙。\n"
    "埃及\n[原文：英文]\n丁。\n"
)


class Recorder:
    """A coder that remembers what it was asked and suggests nothing."""

    def __init__(self) -> None:
        self.asked: list[Unit] = []

    def code(self, unit: Unit) -> Coding:
        self.asked.append(unit)
        return Coding((), (), f"asked {len(self.asked)}")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "views.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_passages_are_coded_in_context_and_nothing_else_is(path: Path) -> None:
    recorder = Recorder()
    steps: list[int] = []

    read = read_document(path, "compilation", "zh", SPEAKERS, recorder, steps.append)

    assert recorder.asked == [
        Unit("公约包括：", "paragraph", "", ("一、范围",), (), ("埃及",), "zh"),
        Unit("(a) 甲：", "item", "(a)", ("一、范围",), ("公约包括：",), ("埃及",), "zh"),
        Unit("㈠ 乙。", "item", "㈠", ("一、范围",), ("公约包括：", "(a) 甲："), ("埃及",), "zh"),
        Unit("丙。", "paragraph", "", (), (), ("埃及和巴西",), "zh"),
        Unit("丁。", "paragraph", "", (), (), ("埃及",), "zh"),
    ]
    assert [coding and coding.no_position for coding in read.codings] == [
        *(None, None, "asked 1", "asked 2", "asked 3", None, "asked 4", "asked 5"),
    ]
    assert read.references == (
        *("P-001", "EGY-001", "EGY-002", "EGY-003", "EGY-004", "RUS-001", "EGY+BRA-001"),
        "EGY-005",
    )
    assert read.source == extract(path)
    assert read.reading == read_compilation(extract(path), SPEAKERS)
    assert steps == [1] * 8


def test_nobody_speaks_in_headings_notes_and_front_matter(reading: Reading) -> None:
    silent = [
        reading.units[index]
        for index in range(len(reading.units))
        if in_context(reading, index, "zh") is None
    ]

    assert silent == [
        unit
        for unit in reading.units
        if unit.section is None
        or unit.kind == "heading"
        or reading.sections[unit.section].codes == ("RUS",)
    ]


def test_references_are_unique_and_count_by_speaker(reading: Reading) -> None:
    references = unit_references(reading)

    assert len(set(references)) == len(references) == 918
    assert [one for one in references if one.startswith("NOR-")] == [
        f"NOR-{number:03d}" for number in range(1, 31)
    ]


def test_only_known_kinds_are_read(path: Path) -> None:
    with pytest.raises(ParsingError) as caught:
        read_document(path, "atlas", "zh", SPEAKERS, Recorder())

    assert caught.value.code == "unknown-kind"
    assert str(caught.value).startswith(
        "views.txt: documents of the kind “atlas” cannot be read. Use one of: compilation"
    )


def test_a_refused_file_is_refused_here_too(tmp_path: Path) -> None:
    with pytest.raises(ExtractionError, match="there is no such file"):
        read_document(tmp_path / "x.txt", "compilation", "zh", SPEAKERS, Recorder())
