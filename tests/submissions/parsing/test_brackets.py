"""Square brackets of negotiation, and those that only print a note."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.parsing.brackets import bracketed


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in bracketed(text)]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("", []),
        ("没有括号", []),
        ("[]", ["[]"]),
        ("跨境获取[数据][信息]的条款", ["[数据]", "[信息]"]),
        ("应[当［可以］]规定", ["[当［可以］]"]),
        ("甲［乙］丙", ["［乙］"]),
        ("[a [b [c] d] e] [f]", ["[a [b [c] d] e]", "[f]"]),
        ("（甲）(乙){丙}【丁】", []),
    ],
)
def test_brackets_nest_and_only_the_outermost_count(text: str, spans: list[str]) -> None:
    assert found(text) == spans


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("甲 [乙 丙", ["[乙 丙"]),
        ("甲 [乙 [丙] 丁", ["[乙 [丙] 丁"]),
        ("甲 [乙 [丙", ["[乙 [丙"]),
        ("甲 乙] 丙", ["甲 乙]"]),
        ("甲] 乙] 丙", ["甲] 乙]"]),
        ("[甲] 乙] 丙", ["[甲] 乙]"]),
        ("甲 [乙] 丙] 丁", ["甲 [乙] 丙]"]),
        ("甲] 乙 [丙", ["甲]", "[丙"]),
        ("甲 [乙] 丙 [", ["[乙]", "["]),
        ("]", ["]"]),
        ("[", ["["]),
    ],
)
def test_a_bracket_without_its_other_half_reaches_to_the_end_of_the_text(
    text: str, spans: list[str]
) -> None:
    assert found(text) == spans


@pytest.mark.parametrize(
    "note",
    [
        "[原文：英文]",
        "[Original: Chinese, English and Russian]",
        "[sic]",
        "[2021 年 10 月 29 日]",
        "[29 October 2021]",
        "[见 A/75/980]",
        "[see A/75/980]",
        "[译者注：略]",
        "[https://undocs.org/A/75/980]",
        "[1]",
        "[ 12]",
    ],
)
def test_a_note_is_no_alternative_wording(note: str) -> None:
    assert bracketed(note) == []
    assert found(f"应{note}[规定]") == ["[规定]"]


@pytest.mark.parametrize("text", ["[2021]", "[1. 缔约国]", "[30 天]", "[sick]", "[seek]"])
def test_wording_that_begins_like_a_note_is_wording(text: str) -> None:
    assert found(text) == [text]


def test_a_note_within_brackets_belongs_to_them() -> None:
    assert found("[甲 [原文：英文] 乙]") == ["[甲 [原文：英文] 乙]"]


texts = (
    st.text()
    | st.text(alphabet="[]［］甲 1a\n")
    | st.lists(st.sampled_from(["[", "]", "［", "］", "原文：", "sic", "12", "2021 年", "甲"])).map(
        "".join
    )
)


@given(texts)
def test_spans_lie_inside_the_text_and_apart_from_each_other(text: str) -> None:
    reached = 0
    for start, end in bracketed(text):
        assert reached <= start < end <= len(text)
        assert start == 0 or text[start] in "[［"
        assert end == len(text) or text[end - 1] in "]］"
        reached = end


@given(texts.filter(lambda text: not set(text) & set("[]［］")))
def test_a_text_without_brackets_has_none(text: str) -> None:
    assert bracketed(text) == []


@given(st.integers(1, 3000))
def test_deep_brackets_are_one_span(depth: int) -> None:
    assert bracketed("[" * depth + "甲" + "]" * depth) == [(0, 2 * depth + 1)]
