"""The definition of normalisation, rule by rule, and what becomes a block."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.extraction import extract_bytes
from submissions.parsing.blocks import Block, Piece, body_blocks, footnote_blocks, join, seam
from submissions.parsing.lines import classify, find_layout
from submissions.parsing.markers import Marker


def blocks_of(text: str) -> list[Block]:
    lines = extract_bytes(text.encode(), "x.txt").lines
    return body_blocks(classify(lines), find_layout(lines))


def texts_of(text: str) -> list[str]:
    return [block.text for block in blocks_of(text)]


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        # 1. Composed, and otherwise left as it is.
        ("re\u0301union。", ["r\u00e9union。"]),
        (
            "２０２１年 8月  11日，的的（a)[b] ⼈\u00a0x\u00ad。",
            ["２０２１年 8月  11日，的的（a)[b] ⼈\u00a0x\u00ad。"],
        ),
        # 2. No spaces before the first and after the last word of a line.
        ("\t  前。 \n\u3000\u3000后。\u3000", ["前。", "后。"]),
        # 3. The seam of two lines of one paragraph.
        ("  各国，\n应当。 ", ["各国，应当。"]),
        ("  第 8\n号决议。 ", ["第 8号决议。"]),
        ("  设立\n24/7 点。 ", ["设立24/7 点。"]),
        ("  他说“\nyes”。 ", ["他说“yes”。"]),
        ("  かな\nカナ。 ", ["かなカナ。"]),
        ("  on behalf of\nthe Group. ", ["on behalf of the Group."]),
        ("  the COVID-\n19 pandemic. ", ["the COVID-19 pandemic."]),
        ("  见 A/AC.291/\nCRP.1。 ", ["见 A/AC.291/CRP.1。"]),
        ("  见（UNODC/ \n\nCCPCJ）。 \n\n  后，\n\n文。 \n", ["见（UNODC/CCPCJ）。", "后，文。"]),
        # 4. Furniture, links and rules go wherever they cut a paragraph.
        (
            "  前，\nA/AC.291/4\nV.21-08419 12/65\n后。 \n"
            "  又，\nA/AC.291/4\n22/65 V.21-08419\n及。 ",
            ["前，后。", "又，及。"],
        ),
        ("  前，\nhttp://undocs.org/A/75/980\n后。 ", ["前，后。"]),
        ("  前，\n__________ \n 1 注。 \n\f后。 ", ["前，后。"]),
        # A file of one paragraph a line joins nothing.
        ("各国，\n应当，\n合作。", ["各国，", "应当，", "合作。"]),
    ],
)
def test_normalisation(text: str, blocks: list[str]) -> None:
    assert texts_of(text) == blocks


def test_a_title_goes_on_in_a_line_without_a_mark_of_its_own() -> None:
    text = " 应予处理的行为 \n\n及其定义 \n\n  正文，\n\n续。 \n\n 标题 \n\n(a) 项，\n\n续。 \n"

    assert texts_of(text) == ["应予处理的行为及其定义", "正文，续。", "标题", "(a) 项，续。"]


def test_a_title_ends_at_a_space_and_at_a_bracketed_line() -> None:
    text = " 标题 \n\n \n\n正文，\n\n续。 \n\n 埃及 \n\n[原文：英文] \n\n乙，\n\n丙。 \n"

    assert texts_of(text) == ["标题", "正文，续。", "埃及", "[原文：英文]", "乙，丙。"]


def test_a_block_knows_where_each_of_its_characters_came_from() -> None:
    assert blocks_of("\f  (a) on\nbehalf. \n  乙，\n丙。 ")[0] == Block(
        text="(a) on behalf.",
        pieces=(Piece(0, 3, 6), Piece(7, 10, 7)),
        line=1,
        indent=2,
        spaced=False,
        page=2,
        marker=Marker("(a)", "letter-bracket", 1),
    )


def test_footnotes_are_told_apart_by_their_labels() -> None:
    text = "  正1文，\n续。 \n______ \n 1 见甲，\n2 国。 \n 2 见乙。 \n * 星。 \n\f后，\n文。 "
    lines = classify(extract_bytes(text.encode(), "x.txt").lines)

    assert [(block.label, block.text, block.marker) for block in footnote_blocks(lines)] == [
        ("1", "1 见甲，2 国。", None),
        ("2", "2 见乙。", None),
        ("*", "* 星。", None),
    ]


@given(st.text(max_size=10), st.text(max_size=10))
def test_joining_keeps_both_sides_and_adds_one_space_at_most(left: str, right: str) -> None:
    assert join(left, right) in (left + right, f"{left} {right}")
    assert join(left, right) == left + seam(left, right) + right
