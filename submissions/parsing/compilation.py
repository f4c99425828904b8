"""Read a compilation: what several delegations say, each under its own name."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from submissions.extraction import Extract
from submissions.parsing.assembly import Assembly
from submissions.parsing.blocks import Block, body_blocks, footnote_blocks
from submissions.parsing.lines import SYMBOL, classify, find_layout
from submissions.parsing.masthead import find_date, original_languages
from submissions.parsing.model import ParsingError, Reading, Section, SectionKind
from submissions.parsing.outline import build_outline

#: Names of delegations in the language of the text, as headings print them -> their codes.
Names = Mapping[str, tuple[str, ...]]

_ORIGINAL: Final = re.compile(r"[\[［](?:原文|Original)\s*[：:]\s*(?P<language>[^\]］]+)[\]］]")
_DATED: Final = re.compile(
    r"[\[［](?P<year>\d{4})\s*年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日[\]］]"
)
_BRACKETED: Final = re.compile(r"[\[［][^\]］]{8,40}[\]］]")
_NOTE: Final = re.compile(r"(?:秘书处的说明|Note by the Secretariat)\s*[：:]")
_LONGEST_NAME: Final = 40


@dataclass(slots=True)
class _Draft:
    """A submission being gathered: its heading blocks, then its body blocks."""

    name: str
    heading: list[Block]
    body: list[Block]


def read_compilation(source: Extract, names: Names) -> Reading:
    """Read `source` into front matter and one section a delegation, in the order of the text.

    Raises `ParsingError` with code `unknown-delegation` when a heading that is followed by an
    original language or a date names nobody in `names`, `impossible-date` when that date is no day
    of the calendar, and `no-delegation` when there is no heading.
    """
    lines = classify(source.lines)
    blocks = body_blocks(lines, find_layout(source.lines))
    front, drafts = _split(blocks, names)
    if not drafts:
        raise ParsingError(
            "no-delegation",
            f"{source.name}: no delegation's name stands as a heading.",
            "Check that it is a compilation by delegation, in the language it was given as.",
        )
    assembly = Assembly(source, lines)
    assembly.add_units(front, build_outline(front, nest_titles=False), section=None)
    for number, draft in enumerate(drafts):
        start = assembly.position
        for block in draft.heading:
            assembly.add_heading_line(block)
        assembly.add_units(draft.body, build_outline(draft.body), section=number)
        assembly.add_section(_section(draft, names, start, assembly.last))
    assembly.add_footnotes(footnote_blocks(lines))
    return assembly.finish()


def _split(blocks: Sequence[Block], names: Names) -> tuple[list[Block], list[_Draft]]:
    front: list[Block] = []
    drafts: list[_Draft] = []
    place = 0
    while place < len(blocks):
        block = blocks[place]
        heading = _heading_lines(blocks, place, names)
        if heading or (block.text in names and _is_note(blocks, place + 1)):
            _require_known(block, names)
            drafts.append(_Draft(block.text, [block, *heading], []))
            place += 1 + len(heading)
            continue
        (drafts[-1].body if drafts else front).append(block)
        place += 1
    return front, drafts


def _heading_lines(blocks: Sequence[Block], place: int, names: Names) -> list[Block]:
    """The lines of original language and date right under a name at `place`; none: no heading.

    A long paragraph that is nobody's name may stand over a date; over an original language, only a
    name does.
    """
    if _is_heading_line(blocks[place]):
        return []
    found = []
    for block in blocks[place + 1 : place + 3]:
        if not _is_heading_line(block):
            break
        found.append(block)
    name = blocks[place].text
    if len(name) <= _LONGEST_NAME or name in names:
        return found
    return found if any(_ORIGINAL.fullmatch(block.text) for block in found) else []


def _is_heading_line(block: Block) -> bool:
    if _ORIGINAL.fullmatch(block.text) or _DATED.fullmatch(block.text):
        return True
    return bool(_BRACKETED.fullmatch(block.text) and find_date(block.text))


def _is_note(blocks: Sequence[Block], place: int) -> bool:
    return place < len(blocks) and bool(_NOTE.match(blocks[place].text))


def _require_known(block: Block, names: Names) -> None:
    if block.text not in names:
        raise ParsingError(
            "unknown-delegation",
            f"line {block.line}: “{block.text}” stands where a delegation's name does, "
            "but no delegation has that name.",
            "Add the name to corpus/data/delegations.toml, or correct the text.",
        )


def _section(draft: _Draft, names: Names, start: int, end: int) -> Section:
    kind: SectionKind = "note" if draft.body and _NOTE.match(draft.body[0].text) else "own"
    texts = [block.text for block in draft.heading]
    cited = [SYMBOL.findall(block.text) for block in draft.body] if kind == "note" else []
    return Section(
        name=draft.name,
        codes=names[draft.name],
        original_language=next(filter(None, map(_language, texts)), ""),
        dated=next(filter(None, map(_date, draft.heading)), None),
        kind=kind,
        reference=next((symbol for symbols in cited for symbol in symbols), ""),
        start=start,
        end=end,
    )


def _language(text: str) -> str | None:
    languages = original_languages(text) if _ORIGINAL.fullmatch(text) else ()
    return languages[0] if languages else None


def _date(block: Block) -> date | None:
    match = _DATED.fullmatch(block.text)
    try:
        if match is None:
            return find_date(block.text)
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        raise ParsingError(
            "impossible-date",
            f"line {block.line}: “{block.text}” is no day of the calendar.",
            "Correct the date in the text.",
        ) from None
