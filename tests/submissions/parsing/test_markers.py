"""Every notation that opens a numbered paragraph, an item or a title."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.parsing.markers import Marker, han_value, in_series, roman_value, split_marker

NOTATION = (
    "〇零一二三四五六七八九十百廿卅第条章编部㈠㈩（）()[]ARTICLE article 0123456789"
    ".．、:•–—-*·abhiIvVxX\n\t\u3000甲"
)


@pytest.mark.parametrize(
    ("text", "marker"),
    [
        ("一. 导言", Marker("一.", "han", 1)),
        ("一、导言", Marker("一、", "han", 1)),
        ("二十三、导言", Marker("二十三、", "han", 23)),
        ("（一）导言", Marker("（一）", "han-bracket", 1)),
        ("(十二) 导言", Marker("(十二)", "han-bracket", 12)),
        ("㈠ 导言", Marker("㈠", "han-bracket", 1)),
        ("㈩ 导言", Marker("㈩", "han-bracket", 10)),
        ("1. 导言", Marker("1.", "arabic", 1)),
        ("12.导言", Marker("12.", "arabic", 12)),
        ("1、导言", Marker("1、", "arabic", 1)),
        ("- 1、导言", Marker("- 1、", "arabic", 1)),
        ("(1) 导言", Marker("(1)", "arabic-bracket", 1)),
        ("（12）导言", Marker("（12）", "arabic-bracket", 12)),
        ("(a) 导言", Marker("(a)", "letter-bracket", 1)),
        ("(a)导言", Marker("(a)", "letter-bracket", 1)),
        ("（b）导言", Marker("（b）", "letter-bracket", 2)),
        ("(i) 导言", Marker("(i)", "letter-bracket", 9)),
        ("(ii) 导言", Marker("(ii)", "roman-bracket", 2)),
        ("a 导言", Marker("a", "letter", 1)),
        ("b) 导言", Marker("b)", "letter", 2)),
        ("• 导言", Marker("•", "bullet", 0)),
        ("•导言", Marker("•", "bullet", 0)),
        ("\uf0b7 导言", Marker("\uf0b7", "bullet", 0)),
        ("– 导言", Marker("–", "bullet", 0)),
        ("- 导言", Marker("-", "bullet", 0)),
        ("第 1 条. 导言", Marker("第 1 条.", "article", 1)),
        ("第一条 导言", Marker("第一条", "article", 1)),
        ("第十二条\u3000导言", Marker("第十二条", "article", 12)),
        ("第一条", Marker("第一条", "article", 1)),
        ("第一章 导言", Marker("第一章", "chapter", 1)),
        ("第 2 章", Marker("第 2 章", "chapter", 2)),
        ("Article 1", Marker("Article 1", "article", 1)),
        ("Article 1. Scope", Marker("Article 1.", "article", 1)),
        ("Article 5 bis Scope", Marker("Article 5 bis", "article", 5)),
        ("ARTICLE 55TER", Marker("ARTICLE 55TER", "article", 55)),
        ("A. 导言", Marker("A.", "capital", 1)),
        ("C 导言", Marker("C", "capital", 3)),
        ("IV. Scope", Marker("IV.", "roman", 4)),
    ],
)
def test_a_notation_opens_a_text(text: str, marker: Marker) -> None:
    assert split_marker(text) == marker


@pytest.mark.parametrize(
    "text",
    [
        "",
        "24/7 联络点。",
        "74/247 号决议设立了",
        "75.5% 的国家",
        "2021. 年",
        "2021 年 10 月 29 日",
        "第 2 条规定了",
        "第一章的规定",
        "Articles 17 to 19",
        "一项新的公约",
        "A state party",
        "a state party",
        "C The",
        "1.",
        "(a)",
        "•",
        "——特别是",
        "-19 大流行",
        " 1. 导言",
        "第 12345678901234567890123 条 导言",
        "一二三四五六七八九、导言",
    ],
)
def test_what_only_looks_like_a_notation_opens_nothing(text: str) -> None:
    assert split_marker(text) is None


@given(st.text(alphabet=NOTATION, max_size=30) | st.text(max_size=30))
def test_a_marker_is_what_the_text_begins_with_and_fits_its_column(text: str) -> None:
    marker = split_marker(text)
    if marker is not None:
        assert text.startswith(marker.text)
        assert 0 < len(marker.text) <= 24
        assert marker.number >= 0


@pytest.mark.parametrize(
    ("text", "before", "expected"),
    [
        ("(i) 丙", "(h) 乙", Marker("(i)", "letter-bracket", 9)),
        ("（i）丙", "（h）乙", Marker("（i）", "letter-bracket", 9)),
        ("(v) 丙", "(u) 乙", Marker("(v)", "letter-bracket", 22)),
        ("(i) 丙", "(a) 乙", Marker("(i)", "roman-bracket", 1)),
        ("(i) 丙", "8. 乙", Marker("(i)", "roman-bracket", 1)),
        ("(i) 丙", "", Marker("(i)", "roman-bracket", 1)),
        ("(v) 丙", "(iv) 乙", Marker("(v)", "roman-bracket", 5)),
        ("(j) 丙", "", Marker("(j)", "letter-bracket", 10)),
        ("(ii) 丙", "(h) 乙", Marker("(ii)", "roman-bracket", 2)),
    ],
)
def test_a_letter_that_is_also_a_numeral_is_settled_by_what_stands_before(
    text: str, before: str, expected: Marker
) -> None:
    marker = split_marker(text)
    assert marker is not None
    assert in_series(marker, split_marker(before)) == expected


def written(number: int) -> str:
    """`number`, below 1,000, as Chinese writes it out."""
    digits = "零一二三四五六七八九"
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    text = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if number < 20 else digits[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (digits[ones] if ones else "")


def test_numerals_from_1_to_999_are_read_as_written() -> None:
    assert [han_value(written(number)) for number in range(1, 1000)] == list(range(1, 1000))


def test_numerals_from_1_to_999_are_read_digit_by_digit() -> None:
    spelled = [
        "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))
        for number in range(1, 1000)
    ]
    assert [han_value(numeral) for numeral in spelled] == list(range(1, 1000))


def test_arabic_enclosed_and_shortened_numerals_are_read() -> None:
    read = [han_value(one) for one in ("7", "１２", "㈠", "㈩", "廿", "廿一", "卅九", "百廿")]
    assert read == [7, 12, 1, 10, 20, 21, 39, 120]


def test_roman_numerals_are_read() -> None:
    numerals = "i ii iii iv v vi vii viii ix x xi xiv xix xx".split()
    expected = [*range(1, 12), 14, 19, 20]
    assert [roman_value(numeral) for numeral in numerals] == expected
