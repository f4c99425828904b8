"""Matching form and the way back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.coding.normalise import is_han, normalise


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("２０２１ 年 8\u00a0月", "2021年8月"),
        ("非法攔截與存取", "非法拦截与存取"),
        ("⼈權", "人权"),
        ("（a）刪除，修改；", "(a)删除,修改;"),
        ("每天 24 小时", "每天24小时"),
        ("Human   Rights\u00a0Law", "human rights law"),
        ("the\u00ad\u200bre", "there"),
        ("不\u200b应", "不应"),
        ("  ", ""),
        ("‘网络’ – x", "'网络' - x"),
    ],
)
def test_folds_width_tradition_radicals_spaces_and_case(text: str, folded: str) -> None:
    assert normalise(text).text == folded


def test_offsets_lead_back_to_the_words_as_written() -> None:
    text = "(b) 每天\u00a024 小時的⼈權"
    found = normalise(text)
    start = found.text.index("24小时")

    first, last = found.original(start, start + 4)

    assert text[first:last] == "24 小時"


def test_a_character_that_folds_into_two_keeps_its_place() -> None:
    found = normalise("aİb")

    assert found.text == "ai\u0307b"
    assert [found.original(i, i + 1) for i in range(4)] == [(0, 1), (1, 2), (1, 2), (2, 3)]


def test_han_is_told_from_the_rest() -> None:
    assert [is_han(one) for one in "网x。１𠀀"] == [True, False, False, False, True]


@given(st.text())
def test_any_text_has_one_origin_per_character_in_order(text: str) -> None:
    found = normalise(text)

    assert len(found.origin) == len(found.text)
    assert list(found.origin) == sorted(found.origin)
    assert all(0 <= place < len(text) for place in found.origin)
