"""Where a footnote is called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.parsing.footnotes import find_mark


@pytest.mark.parametrize(
    ("label", "texts", "place"),
    [
        ("1", ["欧洲联盟及其成员国1对拟订一项"], (0, 9, 10)),
        ("2", ["专家组的工作2和成果3。"], (0, 6, 7)),
        ("3", ["专家组的工作2和成果3。"], (0, 10, 11)),
        ("4", ["没有。", "计算机数据和系统。4"], (1, 9, 10)),
        ("6", ["“措施”6"], (0, 4, 5)),
        ("10", ["定为犯罪。10这一点"], (0, 5, 7)),
    ],
)
def test_a_digit_glued_to_a_word_or_sign_is_a_mark(
    label: str, texts: list[str], place: tuple[int, int, int]
) -> None:
    assert find_mark(label, texts) == place


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("1", "第 1 条"),
        ("1", "建议 1。"),
        ("1", "犯罪。10这一点"),
        ("2", "第2条规定"),
        ("3", "分为3个章节"),
        ("7", "提供24/7联络点"),
        ("4", "大会第74/247号决议"),
        ("5", "至少5%的国家"),
        ("8", "自2021年8月11日起"),
        ("8", "会议于8 月举行"),
        ("4", "A/AC.291/4"),
        ("9", "（COVID-19）"),
        ("2", "A2 级"),
        ("3", "三国。"),
    ],
)
def test_quantities_dates_and_symbols_are_no_marks(label: str, text: str) -> None:
    assert find_mark(label, [text]) is None


@given(
    st.integers(1, 99).map(str),
    st.lists(st.text(alphabet="甲乙。，）”12345 年条A/.-", max_size=12), max_size=5),
)
def test_a_mark_is_the_label_where_it_says(label: str, texts: list[str]) -> None:
    mark = find_mark(label, texts)
    if mark is not None:
        index, start, end = mark
        assert texts[index][start:end] == label
        assert start > 0
