"""Furniture, links, footnotes and pages, told from the lines themselves."""

import pytest

from submissions.extraction import extract_bytes
from submissions.parsing.lines import BodyLine, Layout, classify, find_layout


def lines_of(*lines: str) -> list[BodyLine]:
    return classify(extract_bytes("\n".join(lines).encode(), "x.txt").lines)


def roles(*lines: str) -> list[str]:
    return [line.role for line in lines_of(*lines)]


def pages(*lines: str) -> list[int | None]:
    return [line.page for line in lines_of(*lines)]


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("V.21-08419 12/65", "page"),
        ("35/65 V.21-08419", "page"),
        ("V.21-08419", "page"),
        ("GE.24-19779 (E)", "page"),
        ("*2407683*", "page"),
        ("- 3 -", "page"),
        ("-3-", "page"),
        ("3 of 65", "page"),
        ("http://undocs.org/A/75/980", "link"),
        ("HTTPS://example.org/a?b=c", "link"),
        ("", "blank"),
        ("   \u3000", "blank"),
        ("_____", "rule"),
        ("____", "body"),
        ("74/247 号决议设立了特设委员会", "body"),
        ("24/7 联络点。", "body"),
        ("12/65", "body"),
        ("见 http://undocs.org/A/75/980", "body"),
        ("http://undocs.org/A/75/980 号", "body"),
        ("3 of 65 States", "body"),
        ("A/75/980", "body"),
        ("2021", "body"),
    ],
)
def test_a_line_is_furniture_only_when_nothing_else_stands_on_it(words: str, role: str) -> None:
    assert roles("前。", words, "后。") == ["body", role, "body"]


def test_a_symbol_is_a_running_header_when_it_stands_alone_more_than_once() -> None:
    assert roles("A/AC.291/4", "正文。", "A/AC.291/4", "见", "A/75/980", "号文件。") == [
        "symbol",
        "body",
        "symbol",
        "body",
        "body",
        "body",
    ]


def test_a_line_knows_its_words_and_their_place() -> None:
    assert lines_of("", "  前，", "后。 ")[1:] == [
        BodyLine(2, "body", "前，", 3, 5, 2, False, False, False, None),
        BodyLine(3, "body", "后。", 6, 8, 0, True, False, False, None),
    ]


def test_a_line_of_spaces_sets_the_next_one_apart_and_an_empty_line_does_not() -> None:
    spaced = [line.spaced for line in lines_of("一。", "", "二。", " ", "", "三。", "四。")]
    assert spaced == [False, False, False, False, True, True, False]


@pytest.mark.parametrize(
    ("text", "layout"),
    [
        ("", Layout(False, False)),
        ("一段。\n二段。\n三段。", Layout(False, False)),
        ("一段。 \n二段。 \n三段。 ", Layout(False, False)),
        ("  一，\n二，\n三。 \n  四。 ", Layout(True, False)),
        ("  一，\n\n二，\n\n三。 \n\n  四。 \n", Layout(True, True)),
        ("一段。\n\n二段。\n\n三段。\n", Layout(False, True)),
    ],
)
def test_the_layout_is_told_by_the_file(text: str, layout: Layout) -> None:
    lines = extract_bytes(f"{text}".encode(), "x").lines if text else ()
    assert find_layout(lines) == layout


def test_form_feeds_number_the_pages_even_where_numbers_are_printed() -> None:
    assert pages("一。", "\f二。", "V.21-08419 9/65", "三。") == [1, 2, 2, 2]


def test_printed_numbers_that_agree_say_where_the_count_starts() -> None:
    assert pages(
        *("一。", "A/AC.291/4", "V.21-08419 7/65", "二。"),
        *("A/AC.291/4", "", "8/65 V.21-08419", "三。"),
    ) == [1, 7, 7, 7, 8, 8, 8, 8]


@pytest.mark.parametrize(
    "lines",
    [
        ("一。", "二。"),
        ("一。", "V.21-08419", "二。"),
        ("一。", "- 5 -", "二。", "- 9 -", "三。"),
        ("一。", "V.21-08419", "二。", "V.21-08419", "三。", "- 1 -", "四。"),
    ],
    ids=["none printed", "no number printed", "numbers disagree", "before the first page"],
)
def test_pages_stay_unknown_where_the_numbers_do_not_tell(lines: tuple[str, ...]) -> None:
    assert set(pages(*lines)) == {None}


def test_a_text_spaced_line_by_line_breaks_its_page_where_the_space_is_missing() -> None:
    read = lines_of(
        *("一，", "", "二，", "", "三。 ", "", "四，", "", "五，", "", "六，"),
        *("   七，", "", "八。 ", "", "九，", "", "十。 ", "", "- 3 -", "", "十一。 ", ""),
    )
    assert [(line.text, line.breaks_page, line.indent, line.page) for line in read if line.text][
        5:
    ] == [
        ("六，", False, 0, 1),
        ("七，", True, 2, 2),
        ("八。", False, 0, 2),
        ("九，", False, 0, 2),
        ("十。", False, 0, 2),
        ("- 3 -", False, 0, 3),
        ("十一。", False, 0, 3),
    ]


def test_footnotes_follow_a_rule_to_the_end_of_the_page() -> None:
    read = lines_of(
        *("  正文1，", "续。 ", "__________________ ", " 1 见甲，", "乙。 "),
        *(" 2 见丙。 ", "\f续文。 ", " 3 不是脚注。 "),
    )
    assert [line.role for line in read] == [
        *("body", "body", "rule", "note", "note", "note", "body", "body"),
    ]


def test_a_footnote_ends_where_its_paragraph_does() -> None:
    assert roles("正文1。", "______", "1 见甲。", "正文。", "[原文：英文]") == [
        *("body", "rule", "note", "body", "body"),
    ]
    assert roles("  正文1，", "续。 ", "______ ", " 1 见甲（A/", "B）。 ", "  下文，", "续。 ") == [
        *("body", "body", "rule", "note", "note", "body", "body"),
    ]


def test_a_rule_that_opens_no_footnote_takes_no_words_away() -> None:
    assert roles("签名：", "______________", "日期：某日。") == ["body", "rule", "body"]
