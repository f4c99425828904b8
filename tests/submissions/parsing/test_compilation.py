"""A/AC.291/4 exactly as it is, and what holds of any compilation."""

import json
import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from submissions.extraction import Extract, ExtractionError, extract_bytes
from submissions.parsing import (
    Coverage,
    Dropped,
    Footnote,
    Names,
    Notice,
    ParsingError,
    Reading,
    Section,
    Unit,
    read_compilation,
)
from submissions.parsing.lines import classify
from submissions.reading import unit_references
from tests.submissions.accounting import account

SPEAKERS: Names = {
    "埃及": ("EGY",),
    "巴西": ("BRA",),
    "俄罗斯联邦": ("RUS",),
    "United Kingdom of Great Britain and Northern Ireland": ("GBR",),
}


def read(text: str) -> Reading:
    return read_compilation(extract_bytes(text.encode(), "x.txt"), SPEAKERS)


def refused(text: str) -> tuple[str, str]:
    with pytest.raises(ParsingError) as caught:
        read(text)
    return caught.value.code, str(caught.value)


# --- A/AC.291/4 ---------------------------------------------------------------------------------


def test_the_delegations_stand_in_the_order_of_the_text(reading: Reading) -> None:
    assert [
        (section.codes, section.name, section.original_language, section.dated)
        for section in reading.sections
    ] == [
        (("AUS",), "澳大利亚", "en", date(2021, 10, 29)),
        (("BRA",), "巴西", "en", date(2021, 10, 29)),
        (("CAN",), "加拿大", "en", date(2021, 11, 1)),
        (("CHL",), "智利", "en", date(2021, 11, 5)),
        (("CHN",), "中国", "zh", date(2021, 11, 5)),
        (("COL",), "哥伦比亚", "en", date(2021, 11, 5)),
        (("DOM",), "多米尼加共和国", "en", date(2021, 11, 5)),
        (("EGY",), "埃及", "ar", date(2021, 10, 28)),
        (("EU",), "欧洲联盟及其成员国", "en", date(2021, 11, 2)),
        (("IDN",), "印度尼西亚", "en", date(2021, 10, 28)),
        (("JAM",), "牙买加", "en", date(2021, 10, 29)),
        (("JPN",), "日本", "en", date(2021, 10, 29)),
        (("JOR",), "约旦", "ar", date(2021, 10, 28)),
        (("KWT",), "科威特", "ar", date(2021, 9, 17)),
        (("LIE",), "列支敦士登", "en", date(2021, 10, 28)),
        (("MEX",), "墨西哥", "en", date(2021, 10, 21)),
        (("NZL",), "新西兰", "en", date(2021, 10, 29)),
        (("NGA",), "尼日利亚", "en", date(2021, 11, 5)),
        (("NOR",), "挪威", "en", date(2021, 11, 3)),
        (("OMN",), "阿曼", "ar", date(2021, 10, 18)),
        (("PAN",), "巴拿马", "es", date(2021, 10, 28)),
        (("RUS",), "俄罗斯联邦", "", None),
        (("CHE",), "瑞士", "en", date(2021, 10, 28)),
        (("TUR",), "土耳其", "en", date(2021, 11, 4)),
        (("GBR",), "大不列颠及北爱尔兰联合王国", "en", date(2021, 10, 28)),
        (("USA",), "美利坚合众国", "en", date(2021, 10, 28)),
    ]


def test_the_russian_federation_is_a_note_that_points_to_its_document(reading: Reading) -> None:
    assert {
        section.codes: (section.kind, section.reference)
        for section in reading.sections
        if section.kind != "own" or section.reference
    } == {("RUS",): ("note", "A/75/980")}
    [place] = [n for n, one in enumerate(reading.sections) if one.codes == ("RUS",)]
    units = [unit for unit in reading.units if unit.section == place]
    assert [(unit.kind, unit.text[:9], "A/75/980" in unit.text) for unit in units] == [
        ("passage", "秘书处的说明：俄罗", True)
    ]


def test_the_units_are_908_of_which_97_are_headings(reading: Reading) -> None:
    assert Counter((unit.section is not None, unit.kind) for unit in reading.units) == {
        (True, "heading"): 97,
        (True, "passage"): 811,
        (False, "heading"): 6,
        (False, "passage"): 4,
    }


def test_the_front_matter_belongs_to_nobody(reading: Reading) -> None:
    assert [
        (unit.kind, unit.marker, unit.depth, unit.parent, unit.text[:12])
        for unit in reading.units
        if unit.section is None
    ] == [
        ("heading", "", 0, None, "拟订打击为犯罪目的使用信"),
        ("heading", "", 0, None, "会员国提交的关于打击为犯"),
        ("heading", "", 0, None, "秘书处的说明"),
        ("heading", "", 0, None, "摘要"),
        ("passage", "", 0, 3, "为筹备拟订打击为犯罪目的"),
        ("heading", "一.", 1, 3, "一. 导言"),
        ("passage", "1.", 0, 5, "1. 为筹备 2021年"),
        ("passage", "2.", 0, 5, "2. 主席还指示秘书处按"),
        ("passage", "3.", 0, 5, "3. 本说明是秘书处根据"),
        ("heading", "二.", 1, 3, "二. 从会员国收到的意见"),
    ]


def test_the_units_are_those_that_people_marked(reading: Reading) -> None:
    """Texts, kinds, order and names, for every delegation of the hand-coded passages."""
    path = Path(django_settings.CORPUS_DIR) / "gold" / "dev.jsonl"
    gold = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    marked = {line["delegation"] for line in gold}
    spoken = [
        (reference, unit.kind, unit.text)
        for reference, unit in zip(unit_references(reading), reading.units, strict=True)
        if unit.section is not None and set(reading.sections[unit.section].codes) & marked
    ]

    assert len(gold) == 412
    assert sorted(spoken) == sorted((line["unit"], line["kind"], line["text"]) for line in gold)
    for code in sorted(marked):
        assert [unit[2] for unit in spoken if unit[0].startswith(f"{code}-")] == [
            line["text"] for line in gold if line["delegation"] == code
        ]


def test_each_footnote_hangs_on_its_mark(reading: Reading) -> None:
    references = unit_references(reading)
    found = []
    for note in reading.footnotes:
        assert note.anchor is not None
        text = reading.units[note.anchor].text
        found.append(
            (
                note.label,
                note.text[:8],
                references[note.anchor],
                text[note.anchor_start - 5 : note.anchor_start],
                text[note.anchor_start : note.anchor_end],
            )
        )

    assert found == [
        ("1", "1 奥地利、比利", "EU-001", "及其成员国", "1"),
        ("2", "2 见 www.", "EU-006", "家组的工作", "2"),
        ("3", "3 见 UNOD", "EU-006", "作2和成果", "3"),
        ("4", "4 根据 202", "EU-012", "据和系统。", "4"),
        ("5", "5 见 UNOD", "EU-014", "技术发展。", "5"),
        ("6", "6 同上，建议 ", "EU-019", "保证措施。", "6"),
        ("7", "7 A/70/1", "JAM-003", "这种威胁。", "7"),
        ("8", "8 根据大会第 ", "CHE-006", "标的关键。", "8"),
        ("9", "9 见《联合国打", "USA-009", "犯罪规定。", "9"),
        ("10", "10 见全面研究", "USA-018", "刑事犯罪。", "10"),
    ]
    assert reading.notices == ()


def test_what_is_dropped_is_listed_with_its_reason(reading: Reading, source: Extract) -> None:
    furniture = [drop.text for drop in reading.dropped if drop.reason == "page-furniture"]
    links = [drop.text for drop in reading.dropped if drop.reason == "link"]

    assert Counter(drop.reason for drop in reading.dropped) == {
        "link": 37,
        "page-furniture": 8,
        "footnote-rule": 6,
    }
    assert furniture == [
        *("A/AC.291/4", "V.21-08419 12/65", "A/AC.291/4", "V.21-08419 22/65"),
        *("A/AC.291/4", "35/65 V.21-08419", "A/AC.291/4", "V.21-08419 50/65"),
    ]
    assert [link for link in links if not link.startswith("http")] == []
    assert [source.text[drop.start : drop.end] for drop in reading.dropped] == [
        drop.text for drop in reading.dropped
    ]
    assert "http://" not in reading.text


def test_every_character_is_accounted_for(reading: Reading) -> None:
    assert reading.coverage == Coverage(
        source=64958, units=54681, footnotes=562, headings=726, dropped=1525, layout=7464
    )
    assert 54681 + 562 + 726 + 1525 + 7464 == 64958


def test_the_printed_page_numbers_agree_with_the_count(source: Extract) -> None:
    printed = [(line.text, line.page) for line in classify(source.lines) if line.role == "page"]

    assert printed == [
        ("V.21-08419 12/65", 12),
        ("V.21-08419 22/65", 22),
        ("35/65 V.21-08419", 35),
        ("V.21-08419 50/65", 50),
    ]


def test_pages_run_from_1_to_65_in_order(reading: Reading) -> None:
    pages = [unit.page for unit in reading.units if unit.page is not None]

    assert len(pages) == len(reading.units)
    assert pages == sorted(pages)
    assert {*range(1, 66)} - set(pages) == {2}  # the contents, which the file leaves out
    assert dict(zip(unit_references(reading), pages, strict=True))["NOR-007"] == 52


def test_lists_go_on_where_paragraphs_interrupt_them(reading: Reading) -> None:
    """Egypt's paragraphs on cooperation (3 is followed by 5), and the Union's elements."""
    references = unit_references(reading)
    place = {reference: index for index, reference in enumerate(references)}

    def siblings(reference: str) -> list[str]:
        parent = reading.units[place[reference]].parent
        return [unit.marker for unit in reading.units if unit.parent == parent and unit.marker]

    [egypt] = [
        reference
        for reference, unit in zip(references, reading.units, strict=True)
        if unit.text.startswith("5. 管辖权")
    ]
    assert siblings(egypt) == [f"{number}." for number in (1, 2, 3, *range(5, 19))]
    assert siblings("EU-012") == ["1.", "2.", "3.", "4."]


# --- any compilation ----------------------------------------------------------------------------


def test_an_independent_account_of_the_source_agrees(reading: Reading, source: Extract) -> None:
    coverage = reading.coverage
    assert account(source.text, reading) == {
        "units": coverage.units,
        "headings": coverage.headings,
        "footnotes": coverage.footnotes,
        "dropped": coverage.dropped,
        "layout": coverage.layout,
    }


def test_a_reading_is_sound(reading: Reading) -> None:
    assert_sound(reading)


def test_a_small_compilation_is_read_whole() -> None:
    text = (
        "意见汇编\n埃及\n[原文：阿拉伯文]\n[2021 年 1 月 2 日]\n一、目标\n甲1合作：\n(a) 乙。\n"
        "______\n 1 见丙。\n- 2 -\n俄罗斯联邦\n秘书处的说明：见 A/75/980 号文件。\n"
    )
    assert read(text) == Reading(
        text=(
            "意见汇编\n埃及\n[原文：阿拉伯文]\n[2021 年 1 月 2 日]\n一、目标\n甲1合作：\n(a) 乙。\n"
            "俄罗斯联邦\n秘书处的说明：见 A/75/980 号文件。\n1 见丙。"
        ),
        units=(
            Unit(None, "passage", "", 0, None, None, "意见汇编", 0, 4, 1),
            Unit(0, "heading", "一、", 0, None, None, "一、目标", 35, 39, 1),
            Unit(0, "passage", "", 0, 1, 1, "甲1合作：", 40, 45, 1),
            Unit(0, "passage", "(a)", 1, 2, 1, "(a) 乙。", 46, 52, 1),
            Unit(1, "passage", "", 0, None, None, "秘书处的说明：见 A/75/980 号文件。", 59, 81, 2),
        ),
        sections=(
            Section("埃及", ("EGY",), "ar", date(2021, 1, 2), "own", "", 5, 52),
            Section("俄罗斯联邦", ("RUS",), "", None, "note", "A/75/980", 53, 81),
        ),
        footnotes=(Footnote("1", "1 见丙。", 82, 87, 2, 1, 2),),
        dropped=(
            Dropped(53, 59, "footnote-rule", "______"),
            Dropped(67, 72, "page-furniture", "- 2 -"),
        ),
        notices=(),
        coverage=Coverage(102, units=41, footnotes=5, headings=32, dropped=11, layout=13),
    )
    assert account(text, read(text))["dropped"] == 11


def test_a_footnote_that_nothing_calls_is_kept_and_noticed() -> None:
    found = read("埃及\n[原文：英文]\n甲。\n______\n 7 见丙。")

    assert (found.footnotes, found.notices) == (
        (Footnote("7", "7 见丙。", 14, 19, None, 0, 0),),
        (Notice("footnote-without-mark", 5, "7"),),
    )


@pytest.mark.parametrize(
    "bracket", ["[原文：英文]", "［原文：英文］", "[原文: 英文]", "[Original: English]"]
)
def test_the_original_language_opens_a_submission(bracket: str) -> None:
    [section] = read(f"埃及\n{bracket}\n甲。").sections

    assert (section.name, section.original_language, section.dated) == ("埃及", "en", None)


def test_a_name_without_language_date_or_note_is_a_word_like_any_other() -> None:
    found = read("埃及\n[原文：英文]\n巴西\n甲。")

    assert [section.name for section in found.sections] == ["埃及"]
    assert [unit.text for unit in found.units] == ["巴西", "甲。"]


def test_a_long_name_opens_a_submission_too() -> None:
    name = "United Kingdom of Great Britain and Northern Ireland"
    found = read(f"埃及\n[原文：英文]\n甲。\n{name}\n[Original: English]\nText.")

    assert [(one.name, one.codes) for one in found.sections] == [
        ("埃及", ("EGY",)),
        (name, ("GBR",)),
    ]


@pytest.mark.parametrize(
    "name", ["亚特兰蒂斯", "Atlantis on behalf of a group of States of the deep sea"]
)
def test_a_heading_that_names_nobody_is_refused(name: str) -> None:
    assert refused(f"埃及\n[原文：英文]\n甲。\n{name}\n[原文：英文]\n乙。") == (
        "unknown-delegation",
        f"line 4: “{name}” stands where a delegation's name does, but no delegation has that name. "
        "Add the name to corpus/data/delegations.toml, or correct the text.",
    )


def test_an_impossible_date_is_refused() -> None:
    assert refused("埃及\n[原文：英文]\n[2021 年 13 月 45 日]\n甲。") == (
        "impossible-date",
        "line 3: “[2021 年 13 月 45 日]” is no day of the calendar. Correct the date in the text.",
    )


def test_a_text_without_delegations_is_refused() -> None:
    assert refused("指导性问题\n1. 问题？") == (
        "no-delegation",
        "x.txt: no delegation's name stands as a heading. "
        "Check that it is a compilation by delegation, in the language it was given as.",
    )


LINES = st.sampled_from(
    [
        *("埃及", " 埃及 ", "巴西", "俄罗斯联邦", "亚特兰蒂斯", "[原文：英文]", "[原文：英文] "),
        *("[2021 年 10 月 29 日] ", "[2021 年 13 月 1 日]", "秘书处的说明：见 A/75/980。"),
        *("", "  ", "   ", "\f", "______ ", " 1 见甲，", " 2 见乙。 ", "* 注。", "A/AC.291/4"),
        *("\fA/AC.291/4", "V.21-08419 1/65", "V.21-08419 3/65", "- 2 -", "http://undocs.org/A/1"),
        *(
            " 一. 目标 ",
            " ㈠ 总则 ",
            "第一章 总则",
            "第 1 条. 责任",
            "1. 甲。 ",
            "1、甲：",
            "- 1、乙",
        ),
        *(
            "(a) 丙；",
            "(h) 丁；",
            "(i) 戊；",
            "(ii) 己。",
            "• 庚",
            "  甲1的，",
            "续，",
            "终。 ",
            "on ",
        ),
        *(
            "the re\u0301union",
            "\u3000\u00a0甲",
            "甲\u00ad乙\u00a0",
            "Article 99999",
            "\t甲  乙\x00",
        ),
    ]
)
COMPILATIONS = st.lists(LINES | st.text(max_size=12), max_size=30).map("\n".join)


@settings(deadline=None)
@given(COMPILATIONS)
@example("埃及\n[原文：英文]\n")
@example("埃及\n[原文：英文]\n甲。\n- 3 -\nV.21-08419\n乙\n- 1 -\n丙。")
def test_any_text_is_refused_with_a_reason_or_read_whole(text: str) -> None:
    try:
        source = extract_bytes(text.encode(), "x.txt")
        found = read_compilation(source, SPEAKERS)
    except (ExtractionError, ParsingError) as error:
        refusal: ExtractionError | ParsingError | None = error
    else:
        refusal = None
    if refusal is not None:
        assert refusal.code in {
            *("empty", "not-text", "undecodable"),
            *("unknown-delegation", "impossible-date", "no-delegation"),
        }
        return
    assert_sound(found)
    assert found.coverage.source == len(source.text)
    assert [source.text[drop.start : drop.end] for drop in found.dropped] == [
        drop.text for drop in found.dropped
    ]
    dropped = "".join(drop.text for drop in found.dropped)
    assert inked(found.text) + inked(dropped) == inked(source.text)


@settings(deadline=None, phases=[Phase.generate])
@given(data=st.data())
def test_furniture_between_wrapped_lines_changes_no_unit(
    data: st.DataObject, source: Extract
) -> None:
    """The first articles of Egypt's text, cut at any of their wrapped lines."""
    begin = source.text.index(" 埃及 \n")
    lines = source.text[begin : source.text.index("第 4 条. 通过任何技术")].split("\n")
    before = read("\n".join(lines))
    wrapped = [place for place, line in enumerate(lines) if line.strip() and not line.endswith(" ")]
    cuts = data.draw(st.sets(st.sampled_from(wrapped), min_size=2, max_size=4))
    for page, place in reversed(list(enumerate(sorted(cuts), 30))):
        furniture = data.draw(
            st.sampled_from(
                [
                    ["", "A/AC.291/4", "", f"V.21-08419 {page}/65", ""],
                    ["", f"{page}/65 V.21-08419 ", ""],
                    ["", "http://undocs.org/A/75/980", "https://undocs.org/A/RES/74/247"],
                    ["", "*2407683*"],
                    ["", f"- {page} -", ""],
                ]
            )
        )
        lines[place + 1 : place + 1] = furniture
    after = read("\n".join(lines))

    assert len(before.units) > 20
    assert [outlined(unit) for unit in after.units] == [outlined(unit) for unit in before.units]
    assert after.text == before.text


def outlined(unit: Unit) -> tuple[object, ...]:
    return unit.kind, unit.marker, unit.depth, unit.parent, unit.heading, unit.text


def inked(text: str) -> Counter[str]:
    """The characters of a text that are no space, each counted."""
    return Counter(character for character in text if not character.isspace())


def assert_sound(reading: Reading) -> None:
    """What must hold of any reading, whatever the text."""
    coverage = reading.coverage
    assert coverage.source == (
        coverage.units + coverage.headings + coverage.footnotes + coverage.dropped + coverage.layout
    )
    reached = 0
    for place, unit in enumerate(reading.units):
        assert reading.text[unit.start : unit.end] == unit.text
        assert unit.text
        assert unit.start >= reached
        reached = unit.end
        assert unit.text.startswith(unit.marker)
        assert unit.parent is None or unit.parent < place
        assert unit.heading is None or unit.heading < place
        assert unit.page is None or unit.page >= 1
        if unit.section is not None:
            section = reading.sections[unit.section]
            assert section.start <= unit.start < unit.end <= section.end
            assert unit.parent is None or reading.units[unit.parent].section == unit.section
    for note in reading.footnotes:
        assert reading.text[note.start : note.end] == note.text
        if note.anchor is not None:
            text = reading.units[note.anchor].text
            assert text[note.anchor_start : note.anchor_end] == note.label
    assert unicodedata.is_normalized("NFC", "".join(unit.text for unit in reading.units))
