"""The head of a document: symbol, job number, date, languages, in any order."""

from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.parsing.masthead import Masthead, find_date, original_languages, read_masthead

HEAD = (
    "A/AC.291/4*",
    "Distr.: General",
    "17 November 2021",
    "Chinese",
    "Original: Arabic/English",
    "V.21-08419 (C)",
)


def test_the_lines_may_stand_in_any_order() -> None:
    expected = Masthead("A/AC.291/4", "V.21-08419", date(2021, 11, 17), "zh", ("ar", "en"))

    assert {read_masthead(lines) for lines in permutations(HEAD)} == {expected}


def test_blank_lines_and_space_do_not_matter() -> None:
    spaced = [line for text in HEAD for line in ("", f"\t  {text} ", "\u3000")]

    assert read_masthead(spaced) == read_masthead(HEAD)


def test_a_chinese_masthead_is_read() -> None:
    lines = ["联合国", "A/AC.291/4", "大 会", "Distr.: General", "2021 年 11 月 17 日", "中文"]

    assert read_masthead([*lines, "原文：阿拉伯文、中文、英文和西班牙文"]) == Masthead(
        "A/AC.291/4", "", date(2021, 11, 17), "zh", ("ar", "zh", "en", "es")
    )


@pytest.mark.parametrize("lines", [[], ["", " "], ["United Nations"], ["第三届会议", "摘要"]])
def test_what_is_not_there_stays_empty(lines: list[str]) -> None:
    assert read_masthead(lines) == Masthead("", "", None, "", ())


def test_only_the_first_forty_lines_with_words_are_the_head() -> None:
    assert read_masthead([*["甲", ""] * 39, "A/AC.291/4"]).symbol == "A/AC.291/4"
    assert read_masthead([*["甲", ""] * 40, "A/AC.291/4"]).symbol == ""


def test_the_first_of_each_is_taken() -> None:
    lines = ["A/AC.291/22/Rev.1", "A/75/980", "8 May 2023", "9 May 2023", "English", "Chinese"]

    assert read_masthead(lines) == Masthead("A/AC.291/22/Rev.1", "", date(2023, 5, 8), "en", ())


# --- symbols and job numbers ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "symbol"),
    [
        ("A/AC.291/4", "A/AC.291/4"),
        ("A/AC.291/4*", "A/AC.291/4"),
        ("A/AC.291/4**", "A/AC.291/4"),
        ("A/AC.291/22/Rev.1", "A/AC.291/22/Rev.1"),
        ("A/AC.291/19/Add.1*", "A/AC.291/19/Add.1"),
        ("A/AC.291/4/Corr.1", "A/AC.291/4/Corr.1"),
        ("A/AC.291/22/Rev.1/Corr.2", "A/AC.291/22/Rev.1/Corr.2"),
        ("A/C.3/74/L.11/Rev.1", "A/C.3/74/L.11/Rev.1"),
        ("UNODC/CCPCJ/EG.4/2021/2", "UNODC/CCPCJ/EG.4/2021/2"),
        ("A/CONF.234/16 (Part I)", "A/CONF.234/16 (Part I)"),
        ("联合国 A/AC.291/4", "A/AC.291/4"),
        ("A/AC.291/4 5 January 2022", "A/AC.291/4"),
        ("http://undocs.org/A/75/980", ""),
        ("TCP/IP", ""),
        ("and/or", ""),
        ("根据大会题为“打击为犯罪目的使用信息和通信技术”的第 74/247 号决议和 A/75/980 号文件", ""),
    ],
)
def test_a_symbol_stands_alone_or_on_a_short_line(line: str, symbol: str) -> None:
    assert read_masthead([line]).symbol == symbol


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("V.21-08419 (C) 231121 241121", "V.21-08419"),
        ("GE.21-12345(E)", "GE.21-12345"),
        ("21-08419", "21-08419"),
        ("2021-22", ""),
        ("第 75/282 号决议", ""),
    ],
)
def test_a_job_number_is_told_from_other_numbers(line: str, number: str) -> None:
    assert read_masthead([line]).job_number == number


# --- dates ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "30 April 2024",
        "30 avril 2024",
        "30 de abril de 2024",
        "30 апреля 2024 года",
        "2024年4月30日",
        "2024 年 4 月 30 日",
        "[30 April 2024]",
        "［2024 年 4 月 30 日］",
        "Distr.: General 30 April 2024",
        "Vienna, 30 April 2024",
    ],
)
def test_a_date_is_read_in_each_language(line: str) -> None:
    assert read_masthead([line]).dated == find_date(line) == date(2024, 4, 30)


def test_the_first_of_a_month_is_read_in_french() -> None:
    assert find_date("1er mars 2021") == date(2021, 3, 1)


@pytest.mark.parametrize(
    "line", ["30 February 2024", "2024年13月1日", "30 Brumaire 2024", "April 2024", "2024", ""]
)
def test_what_is_no_day_is_no_date(line: str) -> None:
    assert find_date(line) is None


def test_a_day_that_does_not_exist_does_not_hide_the_next() -> None:
    assert find_date("31 June 2021, 1 July 2021") == date(2021, 7, 1)


@pytest.mark.parametrize(
    "line",
    [
        "29 August to 9 September 2022",
        "29 August–9 September 2022",
        "28 February - 11 March 2022",
        "6-8 April 2021",
        "du 30 mai au 10 juin 2022",
        "30 mai-10 juin 2022",
        "del 6 al 8 de abril de 2021",
        "28 de febrero a 11 de marzo de 2022",
        "28 февраля — 11 марта 2022 года",
        "28 февраля по 11 марта 2022 года",
        "2022年8月29日至9月9日",
        "2022 年 8 月 29 日至 9 月 9 日，纽约",
        "2022年8月29日到9月9日",
    ],
)
def test_a_session_over_several_days_is_no_date(line: str) -> None:
    assert read_masthead([line]).dated is None
    assert read_masthead([line, "30 April 2024"]).dated == date(2024, 4, 30)


def test_a_date_within_a_sentence_is_not_the_documents() -> None:
    line = "The Committee met in Vienna on 30 April 2024 and adopted its report."

    assert read_masthead([line]).dated is None


# --- languages ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "languages"),
    [
        ("[Original: Chinese, English and Russian]", ("zh", "en", "ru")),
        ("Original: Arabic/English/Spanish", ("ar", "en", "es")),
        ("ORIGINAL: ENGLISH", ("en",)),
        ("Original : français", ("fr",)),
        ("Original: inglés y español", ("en", "es")),
        ("Оригинал: английский", ("en",)),
        ("الأصل: العربية", ("ar",)),
        ("[原文：阿拉伯文]", ("ar",)),
        ("原文：英文、法文、西班牙文", ("en", "fr", "es")),
        ("原文：中文和英文", ("zh", "en")),
        ("原文: 俄文", ("ru",)),
        ("Original: English, English", ("en",)),
        ("Original: Klingon", ()),
        ("English", ()),
        ("", ()),
    ],
)
def test_the_languages_of_the_original_are_named_in_order(
    line: str, languages: tuple[str, ...]
) -> None:
    assert original_languages(line) == languages
    assert read_masthead([line]).original == languages


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("English", "en"),
        ("CHINESE", "zh"),
        ("中文", "zh"),
        ("Français", "fr"),
        ("English text", ""),
    ],
)
def test_the_language_of_the_page_stands_alone(line: str, language: str) -> None:
    assert read_masthead([line]).language == language


PIECES = (
    "A/AC.291/4 */Rev.1 [ ] Original: 原文： English 和 英文 30 31 February Апреля 2024 年 月 13 "
    "日 0 V.21-08419 - 至 to / * ( \u3000 \u0660"
).split(" ")


@given(st.lists(st.text(max_size=30) | st.lists(st.sampled_from(PIECES)).map(" ".join)))
def test_any_lines_are_read(lines: list[str]) -> None:
    head = read_masthead(lines)

    assert head.symbol in "\n".join(lines)
    assert head.job_number in "\n".join(lines)
    assert {head.language, *head.original} <= {"", "ar", "en", "es", "fr", "ru", "zh"}
