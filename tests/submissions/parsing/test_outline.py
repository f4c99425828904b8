"""What stands under what, drawn as a picture: two dots a level, `#` before a heading."""

from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.parsing.blocks import Block
from submissions.parsing.markers import split_marker
from submissions.parsing.outline import Node, build_outline, is_heading


def blocks_of(*texts: str) -> list[Block]:
    """Blocks as a wrapped file gives them: the spaces before a text are its indent."""
    return [
        Block(
            text=text.lstrip(" "),
            pieces=(),
            line=number,
            indent=len(text) - len(text.lstrip(" ")),
            spaced=False,
            page=None,
            marker=split_marker(text.lstrip(" ")),
        )
        for number, text in enumerate(texts, 1)
    ]


def drawn(*texts: str, nest_titles: bool = True) -> str:
    """The outline of `texts`: each under its parent, with its depth among its own kind."""
    blocks = blocks_of(*texts)
    nodes = build_outline(blocks, nest_titles=nest_titles)
    lines: list[str] = []
    levels: list[int] = []
    for block, node in zip(blocks, nodes, strict=True):
        levels.append(0 if node.parent is None else levels[node.parent] + 1)
        heading = "#" if node.kind == "heading" else ""
        lines.append(f"{'..' * levels[-1]}{heading}{block.text}")
    return "\n".join(lines)


def picture(text: str) -> str:
    return dedent(text).strip()


#: Blocks, split by bars -> their outline.
LISTS = {
    "han, then bracketed, then arabic, then bracketed": (
        "一、总。|（一）甲。|1、子。|(1) 孙。|(2) 孙。|2、丑。|（二）乙。|二、分。",
        """
        一、总。
        ..（一）甲。
        ....1、子。
        ......(1) 孙。
        ......(2) 孙。
        ....2、丑。
        ..（二）乙。
        二、分。
        """,
    ),
    "arabic, then letters, then Roman numerals": (
        "1. 甲。|(a) 子。|(i) 孙；|(ii) 孙。|(b) 丑。|2. 乙。|(a) 寅。",
        """
        1. 甲。
        ..(a) 子。
        ....(i) 孙；
        ....(ii) 孙。
        ..(b) 丑。
        2. 乙。
        ..(a) 寅。
        """,
    ),
    "the letter i after h": (
        "(g) 甲；|(h) 乙；|(i) 丙；|(j) 丁。",
        """
        (g) 甲；
        (h) 乙；
        (i) 丙；
        (j) 丁。
        """,
    ),
    "the numeral i in a list that h introduces": (
        "(g) 甲；|(h) 乙：|(i) 子；|(ii) 丑；|(i) 丙；",
        """
        (g) 甲；
        (h) 乙：
        ..(i) 子；
        ..(ii) 丑；
        ..(i) 丙；
        """,
    ),
    "the letter i after h and a paragraph between": (
        "1. 总：|(g) 甲；|(h) 乙。|插入一段。|(i) 丙；|(j) 丁。",
        """
        1. 总：
        ..(g) 甲；
        ..(h) 乙。
        插入一段。
        ..(i) 丙；
        ..(j) 丁。
        """,
    ),
    "letters, then enclosed numerals, then plain letters": (
        "以下部分：|(a) 甲：|㈠ 子：|a 孙；|b 孙；|㈡ 丑；|(b) 乙。",
        """
        以下部分：
        ..(a) 甲：
        ....㈠ 子：
        ......a 孙；
        ......b 孙；
        ....㈡ 丑；
        ..(b) 乙。
        """,
    ),
    "bullets and dashes under what introduces them": (
        "包括：|• 甲。|• 乙：|– 子。|• 丙。|此外，包括：|• 丁。|最后。",
        """
        包括：
        ..• 甲。
        ..• 乙：
        ..– 子。
        ..• 丙。
        此外，包括：
        ..• 丁。
        最后。
        """,
    ),
    "numbers behind dashes": (
        "包括：|- 1、甲。|- 2、乙。|- 3、丙。",
        """
        包括：
        ..- 1、甲。
        ..- 2、乙。
        ..- 3、丙。
        """,
    ),
    "articles with numbered paragraphs and letters": (
        "2. 罪：|第 1 条. 甲。|第 2 条. 乙：|1. 子。|2. 丑：|(a) 孙；|第 3 条. 丙。",
        """
        2. 罪：
        ..第 1 条. 甲。
        ..第 2 条. 乙：
        ....1. 子。
        ....2. 丑：
        ......(a) 孙；
        ..第 3 条. 丙。
        """,
    ),
    "capitals with a dot and without": (
        "公约结构：|第一章 定罪|第三章 合作|A. 保全|B. 协助|C 信息|第四章 网络",
        """
        公约结构：
        ..第一章 定罪
        ..第三章 合作
        ....A. 保全
        ....B. 协助
        ....C 信息
        ..第四章 网络
        """,
    ),
    "numbering that skips": (
        "1. 甲。|2. 乙。|3. 丙：|(a) 子。|5. 丁。",
        """
        1. 甲。
        2. 乙。
        3. 丙：
        ..(a) 子。
        5. 丁。
        """,
    ),
    "numbering that starts over under a colon": (
        "1. 甲：|1. 子；|2. 丑。|又应：|1. 寅。",
        """
        1. 甲：
        ..1. 子；
        ..2. 丑。
        又应：
        ..1. 寅。
        """,
    ),
    "a paragraph under the item whose colon introduces it": (
        "4. 证据：|数字证据具有效力。|5. 管辖权：|在下列情况下：|(a) 甲；|(b) 乙。|6. 引渡。",
        """
        4. 证据：
        ..数字证据具有效力。
        5. 管辖权：
        ..在下列情况下：
        ....(a) 甲；
        ....(b) 乙。
        6. 引渡。
        """,
    ),
    "an outer list that goes on after inner lists and their paragraphs": (
        "5. 甲：|(a) 子。|6. 乙。|插入。|7. 丙：|(a) 丑。|8. 丁：|段。|9. 戊。",
        """
        5. 甲：
        ..(a) 子。
        6. 乙。
        插入。
        7. 丙：
        ..(a) 丑。
        8. 丁：
        ..段。
        9. 戊。
        """,
    ),
    "a list that paragraphs interrupt and the next number resumes": (
        "以下要素：|1. 甲。4|插入。|再插入。|2. 乙。|3. 丙。|结语。",
        """
        以下要素：
        ..1. 甲。4
        插入。
        再插入。
        ..2. 乙。
        ..3. 丙。
        结语。
        """,
    ),
    "a list after a paragraph that does not go on is a list of its own": (
        "以下要素：|1. 甲。|插入。|1. 乙。|2. 丙。",
        """
        以下要素：
        ..1. 甲。
        插入。
        1. 乙。
        2. 丙。
        """,
    ),
}

TITLES = {
    "numbered titles and titles below them": (
        " 一. 目标|甲。| 二. 框架| ㈠ 总则|乙：|1. 子。| ㈡ 预防|丙。| 三. 其他|丁。",
        """
        #一. 目标
        ..甲。
        #二. 框架
        ..#㈠ 总则
        ....乙：
        ......1. 子。
        ..#㈡ 预防
        ....丙。
        #三. 其他
        ..丁。
        """,
    ),
    "a title straight under a title": (
        " 要素| 定罪|甲。| 程序|乙。",
        """
        #要素
        ..#定罪
        ....甲。
        ..#程序
        ....乙。
        """,
    ),
    "numbered titles in a file of one paragraph a line": (
        "1. 一般方面|甲。|2. 实体刑法|乙。",
        """
        #1. 一般方面
        ..甲。
        #2. 实体刑法
        ..乙。
        """,
    ),
    "chapters and articles": (
        "第一章 总则|第一条 目的|甲。|第二条 范围|1. 乙。|2. 丙。|第二章 定罪|第三条|丁。",
        """
        #第一章 总则
        ..#第一条 目的
        ....甲。
        ..#第二条 范围
        ....1. 乙。
        ....2. 丙。
        #第二章 定罪
        ..#第三条
        ....丁。
        """,
    ),
    "articles in English": (
        "Article 1 Scope|This applies.|ARTICLE 55TER|1. This too.|Article 56. Use|And.",
        """
        #Article 1 Scope
        ..This applies.
        #ARTICLE 55TER
        ..1. This too.
        #Article 56. Use
        ..And.
        """,
    ),
    "numbering that restarts under every article": (
        " 五. 程序|第 1 条. 责任|1. 甲。|2. 乙。|第 2 条. 程序|1. 丙。|2. 丁。",
        """
        #五. 程序
        ..#第 1 条. 责任
        ....1. 甲。
        ....2. 乙。
        ..#第 2 条. 程序
        ....1. 丙。
        ....2. 丁。
        """,
    ),
    "bracketed letters with a text of their own": (
        "(a) 总则|总则应包括宗旨。|(b) 核心犯罪|这些犯罪包括甲。",
        """
        #(a) 总则
        ..总则应包括宗旨。
        #(b) 核心犯罪
        ..这些犯罪包括甲。
        """,
    ),
}


@pytest.mark.parametrize(("blocks", "expected"), LISTS.values(), ids=LISTS.keys())
def test_items_stand_under(blocks: str, expected: str) -> None:
    assert drawn(*blocks.split("|")) == picture(expected)


@pytest.mark.parametrize(("blocks", "expected"), TITLES.values(), ids=TITLES.keys())
def test_titles_open_levels(blocks: str, expected: str) -> None:
    assert drawn(*blocks.split("|")) == picture(expected)


def test_on_a_title_page_unnumbered_titles_stand_beside_each_other() -> None:
    texts = (" 特设委员会", " 意见汇编", " 摘要", "甲。", " 一. 导言", "1. 乙。")

    assert drawn(*texts, nest_titles=False) == picture(
        """
        #特设委员会
        #意见汇编
        #摘要
        ..甲。
        ..#一. 导言
        ....1. 乙。
        """
    )


def test_depth_counts_within_a_kind_and_heading_is_the_nearest() -> None:
    nodes = build_outline(blocks_of(" 一. 甲", " ㈠ 乙", "包括：", "(a) 丙。", " 二. 丁", "戊。"))

    assert [(node.kind, node.depth, node.parent, node.heading) for node in nodes] == [
        ("heading", 0, None, None),
        ("heading", 1, 0, 0),
        ("passage", 0, 1, 1),
        ("passage", 1, 2, 1),
        ("heading", 0, None, None),
        ("passage", 0, 4, 4),
    ]


def test_the_marker_of_an_item_is_settled_in_its_list() -> None:
    nodes = build_outline(blocks_of("(h) 甲；", "(i) 乙；", "1. 丙：", "(i) 丁。"))

    assert [(node.marker.series, node.marker.number) for node in nodes if node.marker] == [
        ("letter-bracket", 8),
        ("letter-bracket", 9),
        ("arabic", 1),
        ("roman-bracket", 1),
    ]


@pytest.mark.parametrize(
    ("texts", "heading"),
    [
        ((" 范围",), True),
        ((" 范围。",), False),
        ((" 范围。4",), False),
        ((" “范围。”",), False),
        ((" 范围 4",), True),
        ((" " + "范" * 60,), True),
        ((" " + "范" * 61,), False),
        (("范围",), False),
        (("  范围", "甲。"), False),
        (("1. 范围", "甲。"), True),
        (("1. 范围", "  甲。"), False),
        (("1. 范围", "2. 目标"), False),
        (("1. 范围",), False),
        (("1. 范围；", "甲。"), False),
        (("• 范围", "甲。"), False),
        (("第 1 条. 范围",), True),
        (("第一章 范围", "第一条 目的"), True),
        (("第一章 范围", "第二章 目的"), False),
        (("第一章 范围", "甲。"), True),
    ],
)
def test_a_title_is_short_open_and_set_or_numbered_like_one(
    texts: tuple[str, ...], heading: bool
) -> None:
    assert is_heading(blocks_of(*texts), 0) is heading


@given(
    st.lists(
        st.builds(
            "".join,
            st.tuples(
                st.sampled_from(["", " ", "  "]),
                st.sampled_from(
                    "一. |（一）|㈡ |1. |2、|- 1、|(1) |(a) |(h) |(i) |(ii) |a |• |– |第 1 条. |"
                    "第一章 |Article 2 |A. |C |IV. |".split("|")
                ),
                st.sampled_from(["甲", "甲。", "甲：", "甲；", "甲" * 61]),
            ),
        ),
        max_size=14,
    ),
    st.booleans(),
)
def test_every_outline_is_a_tree_in_reading_order(texts: list[str], nest: bool) -> None:
    nodes = build_outline(blocks_of(*texts), nest_titles=nest)

    assert len(nodes) == len(texts)
    for place, node in enumerate(nodes):
        above = None if node.parent is None else nodes[node.parent]
        assert node.parent is None or node.parent < place
        assert node.heading == next_heading(nodes[:place], node.parent)
        if node.kind == "heading":
            assert above is None or above.kind == "heading"
        assert node.depth == (above.depth + 1 if above and above.kind == node.kind else 0)


def next_heading(nodes: list[Node], parent: int | None) -> int | None:
    while parent is not None and nodes[parent].kind != "heading":
        parent = nodes[parent].parent
    return parent
