"""The shipped texts that are one speaker's, or nobody's, and what holds of any such text."""

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from hypothesis import given, settings
from hypothesis import strategies as st

from submissions.extraction import Extract, ExtractionError, extract, extract_bytes
from submissions.extraction.markdown import extract_markdown
from submissions.parsing import (
    Coverage,
    ParsingError,
    Reading,
    Section,
    Unit,
    read_list,
    read_paper,
    read_unattributed,
)
from submissions.parsing.papers import longest_run
from tests.submissions.accounting import account

DOCUMENTS = Path(django_settings.CORPUS_DIR) / "documents"
QUESTIONS = "chair-guiding-questions-third-session.zh.txt"
RECOMMENDATIONS = "UNODC-CCPCJ-EG.4-2021-2.zh.md"
ADDENDUM = "expert-group-2020-draft-report-addendum.zh.txt"
PAPER = "china-submission.zh.md"


@pytest.fixture(scope="module")
def questions() -> Reading:
    return read_list(extract(DOCUMENTS / QUESTIONS))


@pytest.fixture(scope="module")
def recommendations() -> Reading:
    return read_list(extract(DOCUMENTS / RECOMMENDATIONS))


@pytest.fixture(scope="module")
def addendum() -> Reading:
    return read_unattributed(extract(DOCUMENTS / ADDENDUM))


@pytest.fixture(scope="module")
def paper() -> Reading:
    return read_paper(extract(DOCUMENTS / PAPER), "中国", ("CHN",))


def spans(reading: Reading, headings: list[int]) -> list[tuple[str, int, int]]:
    """Each of the headings with the first and the last number that stand below it."""
    found = []
    for place, heading in enumerate(headings):
        last = [*headings, len(reading.units)][place + 1]
        numbers = [number for number, index in reading.numbered if heading < index < last]
        found.append((reading.units[heading].text, min(numbers), max(numbers)))
    return found


def children(reading: Reading, index: int) -> list[str]:
    return [unit.marker for unit in reading.units if unit.parent == index]


# --- the Chair's questions ------------------------------------------------------------------------


def test_there_are_48_questions_in_6_chapters(questions: Reading) -> None:
    chapters = [
        index
        for index, unit in enumerate(questions.units)
        if unit.kind == "heading" and unit.marker
    ]

    assert [number for number, _ in questions.numbered] == list(range(1, 49))
    assert spans(questions, chapters) == [
        ("一. 国际合作", 1, 23),
        ("二. 技术援助", 24, 31),
        ("三. 预防措施", 32, 37),
        ("四. 实施机制", 38, 40),
        ("五. 最后条款", 41, 46),
        ("六. 序言", 47, 48),
    ]


def test_question_39_alone_has_items(questions: Reading) -> None:
    numbered = dict(questions.numbered)

    assert questions.units[numbered[39]].text.startswith("39. ")
    assert {
        number: children(questions, index)
        for number, index in numbered.items()
        if children(questions, index)
    } == {39: ["(a)", "(b)", "(c)"]}


def test_the_numbered_paragraphs_before_the_questions_are_none(questions: Reading) -> None:
    first = questions.numbered[0][1]
    before = [unit.marker for unit in questions.units[:first] if unit.kind == "passage"]

    assert "1." in before
    assert questions.units[first].marker == "1."


# --- the Expert Group's recommendations -----------------------------------------------------------


def test_there_are_63_recommendations_under_6_headings(recommendations: Reading) -> None:
    first = recommendations.numbered[0][1]
    headings = [
        index
        for index, unit in enumerate(recommendations.units)
        if unit.kind == "heading" and index >= first - 1
    ]

    assert [number for number, _ in recommendations.numbered] == list(range(1, 64))
    assert spans(recommendations, headings) == [
        ("立法和框架", 1, 3),
        ("刑事定罪", 4, 6),
        ("执法和调查", 7, 10),
        ("电子证据²和刑事司法", 11, 18),
        ("国际合作", 19, 37),
        ("预防", 38, 63),
    ]
    assert {
        recommendations.units[recommendations.units[index].heading or 0].text
        for _, index in recommendations.numbered
    } == {title for title, _, _ in spans(recommendations, headings)}


def test_recommendations_keep_their_items(recommendations: Reading) -> None:
    assert {
        number: "".join(children(recommendations, index))
        for number, index in recommendations.numbered
        if children(recommendations, index)
    } == {5: "(a)(b)(c)", 10: "(a)(b)", 17: "(a)(b)", 18: "(a)(b)(c)(d)(e)(f)(g)"}


def test_both_footnotes_hang_on_their_marks(recommendations: Reading) -> None:
    found = []
    for note in recommendations.footnotes:
        assert note.anchor is not None
        text = recommendations.units[note.anchor].text
        assert text[note.anchor_start : note.anchor_end] == note.label
        found.append((note.label, note.text[:8], text[note.anchor_start - 4 : note.anchor_end]))

    assert found == [("¹", "¹ 见 www.", "言情况。¹"), ("²", "² 一会员国表示", "电子证据²")]


# --- the addendum of 2020 -------------------------------------------------------------------------


def test_the_addendum_has_17_numbered_paragraphs_and_no_speaker(addendum: Reading) -> None:
    passages = [unit for unit in addendum.units if unit.kind == "passage"]

    assert [unit.marker for unit in passages] == [f"{number}." for number in range(1, 18)]
    assert addendum.sections == ()
    assert {unit.section for unit in addendum.units} == {None}
    assert addendum.numbered == ()
    assert [unit.text for unit in addendum.units if unit.kind == "heading" and unit.marker] == [
        "二. 初步建议和结论清单（续）",
        "A. 国际合作",
        "四. 会议安排（续）",
        "C. 发言情况",
    ]


# --- China's own text -----------------------------------------------------------------------------


def bare(unit: Unit) -> str:
    """A unit's words without marker and space, its ASCII signs as Chinese ones."""
    words = re.sub(r"\s", "", unit.text.removeprefix(unit.marker))
    return words.translate(str.maketrans(",;()", "，；（）"))


def test_chinas_paper_is_its_section_of_the_compilation(paper: Reading, reading: Reading) -> None:
    [place] = [n for n, section in enumerate(reading.sections) if section.codes == ("CHN",)]
    own = [unit for unit in paper.units if unit.section is not None]
    compiled = [unit for unit in reading.units if unit.section == place]

    assert len(own) == 47
    assert [(unit.kind, unit.depth) for unit in own] == [
        (unit.kind, unit.depth) for unit in compiled
    ]
    differing = [
        (bare(mine), bare(theirs))
        for mine, theirs in zip(own, compiled, strict=True)
        if bare(mine) != bare(theirs)
    ]
    # The two texts themselves differ in one word, of the same meaning.
    assert [mine.replace("存储在国外的数据", "存储在外国的数据") for mine, _ in differing] == [
        theirs for _, theirs in differing
    ]
    assert len(differing) == 1


def test_the_paper_has_one_speaker_and_its_title_has_none(paper: Reading) -> None:
    assert [unit.text for unit in paper.units if unit.section is None] == [
        "中国对联合国打击为犯罪目的使用信通技术公约",
        "范围、目标和框架（要素）的建议",
    ]
    [section] = paper.sections
    spoken = [unit for unit in paper.units if unit.section == 0]
    assert section == Section(
        "中国", ("CHN",), "", None, "own", "", spoken[0].start, spoken[-1].end
    )


# --- coverage -------------------------------------------------------------------------------------


def visible(*texts: str) -> Counter[str]:
    """How often each character that is no space occurs."""
    return Counter(character for text in texts for character in text if not character.isspace())


def is_accounted_for(source: str, read: Reading) -> None:
    """Every visible character is in the clean text or dropped, and the counts say where."""
    coverage = read.coverage
    assert visible(source) == visible(read.text, *(drop.text for drop in read.dropped))
    assert coverage.source == len(source)
    assert coverage.source == (
        coverage.units + coverage.footnotes + coverage.headings + coverage.dropped + coverage.layout
    )
    assert coverage.dropped == sum(len(drop.text) for drop in read.dropped)
    assert [source[drop.start : drop.end] for drop in read.dropped] == [
        drop.text for drop in read.dropped
    ]
    for unit in read.units:
        assert read.text[unit.start : unit.end] == unit.text


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("questions", QUESTIONS),
        ("recommendations", RECOMMENDATIONS),
        ("addendum", ADDENDUM),
        ("paper", PAPER),
    ],
)
def test_every_character_is_accounted_for(
    name: str, file: str, request: pytest.FixtureRequest
) -> None:
    is_accounted_for(extract(DOCUMENTS / file).text, request.getfixturevalue(name))


@pytest.mark.parametrize("name", ["questions", "addendum", "paper"])
def test_the_counts_are_those_of_following_the_text(
    name: str, request: pytest.FixtureRequest
) -> None:
    file = {"questions": QUESTIONS, "addendum": ADDENDUM, "paper": PAPER}[name]
    read: Reading = request.getfixturevalue(name)
    source = extract(DOCUMENTS / file).text
    counts = account(source, read)

    assert read.coverage == Coverage(
        source=len(source),
        units=counts["units"],
        footnotes=counts["footnotes"],
        headings=counts["headings"],
        dropped=counts["dropped"],
        layout=counts["layout"],
    )


# --- the longest run ------------------------------------------------------------------------------


def units(*markers: str) -> list[Unit]:
    """A passage for each marker; `#` before it makes a heading, an empty one has no marker."""
    return [
        Unit(
            None,
            "heading" if marker.startswith("#") else "passage",
            marker.lstrip("#"),
            0,
            None,
            None,
            f"{marker.lstrip('#')} 甲".strip(),
            0,
            1,
            None,
        )
        for marker in markers
    ]


@pytest.mark.parametrize(
    ("markers", "run"),
    [
        ((), ()),
        (("", ""), ()),
        (("1.", "2.", "3."), ((1, 0), (2, 1), (3, 2))),
        (("1.", "2.", "1.", "2.", "3."), ((1, 2), (2, 3), (3, 4))),
        (("1.", "2.", "1.", "2."), ((1, 0), (2, 1))),
        (("1.", "(a)", "(b)", "", "#一.", "2."), ((1, 0), (2, 5))),
        (("1.", "3.", "2."), ((1, 0), (2, 2))),
        (("2.", "3."), ()),
        (("#1.", "#2."), ()),
        (("(1)", "(2)", "一.", "二."), ()),
    ],
)
def test_the_longest_run_counts_up_from_one(
    markers: tuple[str, ...], run: tuple[tuple[int, int], ...]
) -> None:
    assert longest_run(units(*markers)) == run


@given(st.lists(st.sampled_from(["", "1.", "2.", "3.", "4.", "(a)", "#1.", "一."])))
def test_a_run_is_consecutive_and_in_order(markers: list[str]) -> None:
    found = units(*markers)
    run = longest_run(found)

    assert [number for number, _ in run] == list(range(1, len(run) + 1))
    assert [index for _, index in run] == sorted({index for _, index in run})
    assert all(found[index].text.startswith(f"{number}.") for number, index in run)


# --- refusals -------------------------------------------------------------------------------------


def test_a_paper_without_words_under_its_title_is_refused() -> None:
    with pytest.raises(ParsingError) as caught:
        read_paper(extract_markdown("# 标题\n\n## 副标题\n".encode(), "x.md"), "中国", ("CHN",))

    assert caught.value.code == "no-passage"
    assert str(caught.value) == (
        "x.md: nothing stands under its title. Check that the file is whole."
    )


@pytest.mark.parametrize(
    "text", ["甲。\n乙。\n", "1. 甲。\n2. 乙。\n", "(a) 甲。\n(b) 乙。\n(c) 丙。\n"]
)
def test_a_text_without_a_numbered_list_is_refused_as_one(text: str) -> None:
    with pytest.raises(ParsingError) as caught:
        read_list(extract_bytes(text.encode(), "x.txt"))

    assert caught.value.code == "no-list"
    assert str(caught.value) == (
        "x.txt: holds no numbered list. Check that it is a list of questions or recommendations."
    )


def test_three_numbered_paragraphs_are_a_list() -> None:
    read = read_list(extract_bytes("1. 甲。\n2. 乙。\n3. 丙。\n".encode(), "x.txt"))

    assert read.numbered == ((1, 0), (2, 1), (3, 2))


lines = st.sampled_from(
    [
        "",
        "# 标题",
        "一、范围",
        "1. 甲。",
        "2. 乙：",
        "(a) 丙；",
        "丁。",
        "- 2 -",
        "¹ 见 A/1。",
        "  戊",
    ]
)


@settings(deadline=None)
@given(
    st.lists(lines | st.text(max_size=20), max_size=20),
    st.sampled_from([extract_bytes, extract_markdown]),
)
def test_a_paper_keeps_every_character_of_any_text(
    text: list[str], read_file: Callable[[bytes, str], Extract]
) -> None:
    try:
        source = read_file("\n".join(text).encode("utf-8", "replace"), "x")
        read = read_paper(source, "中国", ("CHN",))
    except (ExtractionError, ParsingError):
        return
    is_accounted_for(source.text, read)
