"""Read texts that are one speaker's, or nobody's: papers, questions, reports, recommendations."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from submissions.extraction import Extract
from submissions.parsing.assembly import Assembly
from submissions.parsing.blocks import Block, body_blocks, footnote_blocks
from submissions.parsing.lines import classify, find_layout
from submissions.parsing.markers import split_marker
from submissions.parsing.model import ParsingError, Reading, Section, Unit
from submissions.parsing.outline import build_outline, is_heading

#: The fewest numbered paragraphs that make a list of questions or recommendations.
_FEWEST: Final = 3


def read_paper(source: Extract, name: str, codes: tuple[str, ...]) -> Reading:
    """Read `source` as one submission of the delegations with `codes`, called `name`.

    The title is front matter: unnumbered headings before the first other block.
    """
    lines = classify(source.lines)
    blocks = body_blocks(lines, find_layout(source.lines))
    title = _title_length(blocks)
    front, body = blocks[:title], blocks[title:]
    if not body:
        raise ParsingError(
            "no-passage",
            f"{source.name}: nothing stands under its title.",
            "Check that the file is whole.",
        )
    assembly = Assembly(source, lines)
    assembly.add_units(front, build_outline(front, nest_titles=False), section=None)
    start = assembly.position
    assembly.add_units(body, build_outline(body), section=0)
    assembly.add_section(Section(name, codes, "", None, "own", "", start, assembly.last))
    assembly.add_footnotes(footnote_blocks(lines))
    return assembly.finish()


def read_unattributed(source: Extract) -> Reading:
    """Read `source` as a text in which nobody speaks for a delegation: it has no sections."""
    lines = classify(source.lines)
    blocks = body_blocks(lines, find_layout(source.lines))
    assembly = Assembly(source, lines)
    chapters = _first_chapter(blocks)
    for part in (blocks[:chapters], blocks[chapters:]):
        assembly.add_units(part, build_outline(part, nest_titles=False), section=None)
    assembly.add_footnotes(footnote_blocks(lines))
    return assembly.finish()


def read_list(source: Extract) -> Reading:
    """Read `source` as a numbered list of questions or recommendations under chapters.

    The list is the longest run of paragraphs numbered 1, 2, 3 … in Arabic numerals.  Raises
    `ParsingError` with code `no-list` when there is none.
    """
    reading = read_unattributed(source)
    numbered = longest_run(reading.units)
    if len(numbered) < _FEWEST:
        raise ParsingError(
            "no-list",
            f"{source.name}: holds no numbered list.",
            "Check that it is a list of questions or recommendations.",
        )
    return replace(reading, numbered=numbered)


def longest_run(units: Sequence[Unit]) -> tuple[tuple[int, int], ...]:
    """The longest run of paragraphs with consecutive Arabic numbers from 1: (number, index).

    What stands between two numbers of a run does not matter; a paragraph 1 opens a new run.
    """
    best: list[tuple[int, int]] = []
    run: list[tuple[int, int]] = []
    for index, unit in enumerate(units):
        marker = split_marker(unit.text) if unit.kind == "passage" and unit.marker else None
        if marker is None or marker.series != "arabic":
            continue
        if marker.number == 1:
            run = [(1, index)]
        elif run and marker.number == run[-1][0] + 1:
            run.append((marker.number, index))
        if len(run) > len(best):
            best = list(run)
    return tuple(best)


def _first_chapter(blocks: Sequence[Block]) -> int:
    """Where the first numbered heading stands; what is before it is the title page."""
    leveled = any(block.level for block in blocks)
    return next(
        (
            place
            for place, block in enumerate(blocks)
            if block.marker and is_heading(blocks, place, leveled)
        ),
        0,
    )


def _title_length(blocks: Sequence[Block]) -> int:
    leveled = any(block.level for block in blocks)
    length = 0
    while (
        length < len(blocks)
        and blocks[length].marker is None
        and is_heading(blocks, length, leveled)
    ):
        length += 1
    return length
