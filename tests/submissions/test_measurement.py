"""Gold files, and how a reading is compared with them."""

import json
from pathlib import Path

import pytest

from submissions.coding import Coding, Cue, Suggestion
from submissions.coding.evaluation import Score
from submissions.extraction import extract_bytes
from submissions.measurement import GoldError, load_gold, measure
from submissions.parsing import read_compilation
from submissions.reading import CodedReading, unit_references

TEXT = "埃及\n[原文：英文]\n一、范围\n甲。\n乙。\n乙。\n巴西\n[原文：英文]\n丙。\n"


def gold(*lines: tuple[str, str, str], issue: str = "") -> list[dict[str, object]]:
    codes = [{"issue": issue, "stance": "support", "quote": "甲"}] if issue else []
    return [
        {
            "unit": f"{delegation}-{number:03d}",
            "delegation": delegation,
            "kind": kind,
            "text": text,
            "topics": [],
            "codes": codes if text == "甲。" else [],
        }
        for number, (delegation, kind, text) in enumerate(lines, 1)
    ]


def coded(text: str = TEXT) -> CodedReading:
    """A reading in which every 甲 supports scope.core."""
    source = extract_bytes(text.encode(), "x.txt")
    reading = read_compilation(source, {"埃及": ("EGY",), "巴西": ("BRA",)})
    cue = Cue("甲", 0, 1, "passage")
    one = Suggestion("scope.core", "support", 0, 1, "甲", cue, None, (), 0.5)
    codings = tuple(
        None if unit.kind == "heading" else Coding((), (one,) if unit.text == "甲。" else (), "")
        for unit in reading.units
    )
    return CodedReading(source, reading, unit_references(reading), codings)


ALL = [("EGY", "heading", "一、范围"), ("EGY", "passage", "甲。")]
ALL += [("EGY", "passage", "乙。"), ("EGY", "passage", "乙。")]


@pytest.mark.parametrize(
    ("lines", "score"),
    [
        (ALL, Score(4, 0, 0)),
        ([*ALL, ("BRA", "passage", "丙。")], Score(5, 0, 0)),
        (ALL[:3], Score(3, 1, 0)),
        ([*ALL, ("EGY", "passage", "丁。")], Score(4, 0, 1)),
        ([("EGY", "passage", "一、范围"), *ALL[1:]], Score(3, 1, 1)),
        ([ALL[1], ALL[0], *ALL[2:]], Score(3, 1, 1)),
        ([("NOR", "passage", "甲。")], Score(0, 0, 1)),
    ],
    ids=["same", "two", "invented", "missed", "other kind", "other order", "other speaker"],
)
def test_segmentation_counts_units_of_the_same_text_and_kind_in_order(
    lines: list[tuple[str, str, str]], score: Score
) -> None:
    assert measure(gold(*lines), coded()).segmentation == score


def test_codings_are_compared_unit_by_unit() -> None:
    measured = measure(gold(*ALL, issue="scope.core"), coded())
    assert measured.coding.codes == Score(1, 0, 0)

    measured = measure(gold(*ALL, issue="scope.other"), coded())
    assert measured.coding.codes == Score(0, 1, 1)


def test_a_unit_that_was_not_read_as_it_stands_has_no_coding() -> None:
    split = TEXT.replace("甲。", "甲，\n。")

    assert measure(gold(*ALL, issue="scope.core"), coded(split)).coding.codes == Score(0, 0, 1)


def refused(path: Path) -> str:
    with pytest.raises(GoldError) as caught:
        load_gold(path)
    return str(caught.value)


def test_gold_is_one_object_a_line(tmp_path: Path) -> None:
    lines = gold(*ALL, issue="scope.core")
    lines[0]["text"] = "一、\u2028范\x85围"
    path = tmp_path / "gold.jsonl"
    path.write_text(
        "\n\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8"
    )

    assert load_gold(path) == lines


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "is not JSON (Expecting property name enclosed in double quotes). "
         "Write one JSON object a line."),
        ("[1]", "lacks unit, delegation, kind, text. Add it, as a text."),
        ("7", "lacks unit, delegation, kind, text. Add it, as a text."),
        ('{"unit": "A-1", "delegation": "A", "kind": "passage"}', "lacks text. Add it, as a text."),
        ('{"unit": 1, "delegation": "A", "kind": "passage", "text": null}',
         "lacks unit, text. Add it, as a text."),
        ('{"unit": "A-1", "delegation": "A", "kind": "passage", "text": "", "codes": [{}]}',
         "a code lacks issue, stance, quote. Add it, as a text."),
    ],
)  # fmt: skip
def test_a_malformed_line_is_named(tmp_path: Path, line: str, problem: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(f"{json.dumps(gold(ALL[0])[0])}\n{line}\n", encoding="utf-8")

    assert refused(path) == f"{path}, line 2: {problem}"


def test_a_gold_file_that_is_missing_empty_or_no_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    assert refused(path) == f"{path}: there is no such file. Check the path."
    path.write_text("\n \n", encoding="utf-8")
    assert refused(path) == f"{path}: holds no passages. Give a file with one JSON object a line."
    path.write_bytes(b"\xff")
    assert refused(path).startswith(f"{path}: cannot be read as UTF-8 text (")
    assert refused(tmp_path).startswith(f"{tmp_path}: cannot be read as UTF-8 text (")
