"""Blocks laid out as clean text, and the account that refuses to lose a character."""

import pytest

from submissions.extraction import Extract, extract_bytes
from submissions.parsing import Coverage, Dropped, Unit
from submissions.parsing.assembly import Assembly
from submissions.parsing.blocks import Block, body_blocks
from submissions.parsing.lines import BodyLine, classify, find_layout
from submissions.parsing.outline import build_outline

TEXT = "甲 \n\n乙。\nhttp://undocs.org/A/1\n(a) 丙。"


def laid_out(text: str = TEXT) -> tuple[Extract, list[BodyLine], list[Block]]:
    source = extract_bytes(text.encode(), "x.txt")
    lines = classify(source.lines)
    return source, lines, body_blocks(lines, find_layout(source.lines))


def test_each_block_is_a_line_of_the_clean_text() -> None:
    source, lines, blocks = laid_out("甲\n乙：\nhttp://undocs.org/A/1\n(a) 丙。")
    assembly = Assembly(source, lines)
    starts = [assembly.position]
    assembly.add_heading_line(blocks[0])
    starts.append(assembly.position)
    assembly.add_units(blocks[1:], build_outline(blocks[1:]), section=0)
    reading = assembly.finish()

    assert (starts, assembly.last) == ([0, 2], 11)
    assert reading.text == "甲\n乙：\n(a) 丙。"
    assert reading.units == (
        Unit(0, "passage", "", 0, None, None, "乙：", 2, 4, None),
        Unit(0, "passage", "(a)", 1, 0, None, "(a) 丙。", 5, 11, None),
    )
    assert reading.dropped == (Dropped(5, 26, "link", "http://undocs.org/A/1"),)
    assert reading.coverage == Coverage(33, units=8, footnotes=0, headings=1, dropped=21, layout=3)


def test_a_character_that_went_nowhere_stops_the_reading() -> None:
    source, lines, blocks = laid_out()
    assembly = Assembly(source, lines)
    assembly.add_units(blocks[1:], build_outline(blocks[1:]), section=None)

    with pytest.raises(AssertionError, match="characters 0 to 4 are not accounted for once"):
        assembly.finish()


def test_a_character_in_two_places_stops_the_reading() -> None:
    source, lines, blocks = laid_out()
    assembly = Assembly(source, lines)
    assembly.add_units(blocks, build_outline(blocks), section=None)
    assembly.add_heading_line(blocks[1])

    with pytest.raises(AssertionError, match="are not accounted for once"):
        assembly.finish()
