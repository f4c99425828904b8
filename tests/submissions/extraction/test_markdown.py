"""What Markdown becomes: the words of the source, less the signs that can be nothing but markup."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from submissions.extraction import Extract
from submissions.extraction.markdown import extract_markdown
from tests.submissions.extraction.formats import check_whole, code_of, marked

DOCUMENTS = Path(__file__).resolve().parents[3] / "corpus" / "documents"


def read(source: str) -> Extract:
    extract = extract_markdown(source.encode(), "x.md")
    check_whole(extract)
    return extract


def accounted(source: str, extract: Extract) -> bool:
    """Whether every character of the source is in the text or counted."""
    return len(unicodedata.normalize("NFC", source)) == len(extract.text) + sum(
        extract.removed.values()
    )


def shipped(name: str) -> Extract:
    data = (DOCUMENTS / name).read_bytes()
    extract = extract_markdown(data, name)
    check_whole(extract)
    assert accounted(data.decode(), extract)
    return extract


def test_the_submission_of_china_keeps_its_words_and_levels() -> None:
    extract = shipped("china-submission.zh.md")

    assert extract.removed == {
        "markdown-heading": 46,
        "markdown-emphasis": 28,
        "markdown-list": 4,
    }
    assert [(line.text, line.level) for line in extract.lines if line.level] == [
        ("中国对联合国打击为犯罪目的使用信通技术公约", 2),
        ("范围、目标和框架（要素）的建议", 3),
        ("一、目标", 2),
        ("二、适用范围", 2),
        ("三、框架（要素）", 3),
        ("（一）总则", 4),
        ("(二) 预防", 2),
        ("（三）定罪和执法", 3),
        ("(四) 国际合作", 4),
        ("(五) 技术援助和信息交流", 3),
        ("(六) 执行机制", 3),
        ("(七) 最后条款", 3),
    ]


def test_paragraphs_that_a_page_cut_in_the_submission_of_china_go_on() -> None:
    extract = shipped("china-submission.zh.md")

    assert [line.text[:8] for line in extract.lines if line.opens is False] == [
        "的为犯罪目的使用",
        "基础设施”、“云",
        "范（如制定网络安",
        "关键信息基础设施",
        "罪等作出规定。",
        "统一、权威的指引",
        "动。",
        "工作组，如技术援",
    ]
    assert all((line.opens is None) == (not line.text.strip()) for line in extract.lines)


def test_the_report_of_the_expert_group_keeps_its_numbers_and_loses_its_links() -> None:
    extract = shipped("UNODC-CCPCJ-EG.4-2021-2.zh.md")

    assert extract.removed == {"markdown-link": 15, "markdown-list": 23}
    assert [line.text[:8] for line in extract.lines if line.opens is False] == [
        "为此定期举行会议",
        "COVID-19",
        "度专业化培训，特",
    ]
    lines = [line.text for line in extract.lines]
    assert "22. 与会者名单载于 UNODC/CCPCJ/EG.4/2021/INF/1/Rev.1 号文件。" in lines
    assert "(a) 非法进入或用黑客手段侵入计算机系统；" in lines
    assert sum("cybercrime_2021.html" in line for line in lines) == 1


@pytest.mark.parametrize(
    ("source", "text", "removed"),
    [
        ("## Title", "Title", {"markdown-heading": 3}),
        ("# Title ##", "Title", {"markdown-heading": 5}),
        ("#Title", "#Title", {}),
        ("a # b", "a # b", {}),
        ("**bold** and *this* and _that_", "bold and this and that", {"markdown-emphasis": 8}),
        ("***both*** `code` __two__", "both code two", {"markdown-emphasis": 12}),
        ("*one **two** one*", "one two one", {"markdown-emphasis": 6}),
        ("应**采取**措施", "应采取措施", {"markdown-emphasis": 4}),
        ("A/AC.291/4* and A/AC.291/5*", "A/AC.291/4* and A/AC.291/5*", {}),
        ("* The present text", "* The present text", {}),
        ("2 * 3 * 4 and 2*3*4 and a_b_c", "2 * 3 * 4 and 2*3*4 and a_b_c", {}),
        ("https://x.org/_a_/ and www.x.org/_b_", "https://x.org/_a_/ and www.x.org/_b_", {}),
        ('[A/1](#) [B](https://x.org "t")', "A/1 B", {"markdown-link": 26}),
        ("![alt](a.png)", "alt", {"markdown-link": 10}),
        ("[数据](信息) [a](b) [原文：英文]", "[数据](信息) [a](b) [原文：英文]", {}),
        ("<https://x.org/a>", "https://x.org/a", {"markdown-link": 2}),
        (r"\[原文：英文\] 1\. \*no\*", "[原文：英文] 1. *no*", {"markdown-escape": 5}),
        ("- 1、a", "1、a", {"markdown-list": 2}),
        (" - (a) b", "(a) b", {"markdown-list": 3}),
        ("- 一. b", "一. b", {"markdown-list": 2}),
        ("- plain", "- plain", {}),
        ("-12 degrees", "-12 degrees", {}),
        ("> said", "said", {"markdown-quote": 2}),
        ("a\n---\nb\n* * *", "a\n\nb\n", {"markdown-rule": 8}),
        ("_______\n 1 note", "_______\n 1 note", {}),
        ("a\n<!-- page 3 -->", "a\n", {"markdown-comment": 15}),
        ("~~old~~ new", "old new", {"markdown-emphasis": 4}),
        ("a**\u0301b**c", "a**\u0301b**c", {}),
    ],
)
def test_only_signs_that_are_nothing_else_go(
    source: str, text: str, removed: dict[str, int]
) -> None:
    extract = read(source)
    assert (extract.text, extract.removed) == (text, removed)
    assert accounted(source, extract)


def test_struck_words_are_marked_as_deleted() -> None:
    assert marked(read("may ~~shall~~ act")) == [("deleted", "shall")]


@pytest.mark.parametrize(
    ("before", "after", "opens"),
    [
        ("The convention should apply to the prevention of", "and the fight against crime.", False),
        ("The convention should apply.", "and so on", True),
        ("Chapter on scope, aims and structure", "The convention should apply to all.", True),
        ("本公约应当适用于预防、侦查和起诉由个人或犯罪集团实施", "(a) 的行为。", True),
        ("本公约应当适用于预防、侦查和起诉由个人或犯罪集团实施", "- 的行为。", True),
        ("本公约应当适用于预防、侦查和起诉由个人或犯罪集团实施", "## 的行为。", True),
        ("## 本公约应当适用于预防、侦查和起诉由个人或犯罪集团实施", "的行为。", True),
        ("本公约应当适用于预防、侦查和起诉由个人或犯罪集团实施", "[原文：英文]", True),
        ("本公约应当适用于预防，", "侦查和起诉。", False),
        ("立法和框架", "会员国应当颁布法律。", True),
        ("Original: English", "2021年4月6日至8日在维也纳举行的会议的报告", True),
    ],
)
def test_a_paragraph_goes_on_where_nothing_closed_it_and_nothing_begins(
    before: str, after: str, opens: bool
) -> None:
    assert read(f"{before}\n\n\n{after}").lines[-1].opens is opens


def test_form_feeds_count_pages() -> None:
    extract = read("a\n\fb\n")
    assert [(line.text, line.page) for line in extract.lines] == [("a", 1), ("b", 2), ("", 2)]
    assert extract.removed == {"form-feed": 1}


def test_line_ends_marks_and_controls_are_counted() -> None:
    extract = extract_markdown(b"\xef\xbb\xbfa\r\nb\x00", "x.md")
    assert extract.text == "a\nb"
    assert extract.removed == {"byte-order-mark": 1, "carriage-return": 1, "control": 1}


@pytest.mark.parametrize("data", [b"", b" \n", b"---\n", b"<!-- x -->"])
def test_a_file_without_words_is_refused(data: bytes) -> None:
    assert code_of(lambda: extract_markdown(data, "x.md")) == "empty"


SIGNS = st.sampled_from(
    [*"*_`~#[]()!<>\\- \n\t", "**", "](#)", "国", "a", "1、", "\u0301", "- ", "\f"]
)


@settings(deadline=None)
@given(st.lists(SIGNS, max_size=30).map("".join))
def test_every_character_is_in_the_text_or_counted(source: str) -> None:
    def check() -> None:
        assert accounted(source, read(source))

    assert code_of(check) in ("", "empty")


@settings(deadline=None)
@given(st.text(min_size=1))
def test_words_never_go_and_never_change_their_order(source: str) -> None:
    def check() -> None:
        extract = read(source)
        letters = [sign for sign in unicodedata.normalize("NFC", source) if sign.isalnum()]
        assert [sign for sign in extract.text if sign.isalnum()] == letters

    assert code_of(check) in ("", "empty", "undecodable")


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_give_a_whole_extract_or_a_refusal(data: bytes) -> None:
    def check() -> None:
        check_whole(extract_markdown(data, "x.md"))

    assert code_of(check) in ("", "empty", "undecodable")
