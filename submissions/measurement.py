"""How well a text is read, against passages that people segmented and coded.  Pure: no Django."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from submissions.coding import Coding
from submissions.coding.evaluation import Evaluation, Score, evaluate
from submissions.reading import CodedReading

GoldLine = Mapping[str, Any]


class GoldError(ValueError):
    """A file of hand-coded passages that cannot be used; the message names file, line and cure."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """`segmentation` counts units that were read with the same text and kind in the same order.

    `untouched` are the gold's passages that were not read as they stand, so got no coding at all.
    """

    segmentation: Score
    coding: Evaluation
    untouched: int


def load_gold(path: Path) -> list[GoldLine]:
    """The lines of a gold file: one unit each, in reading order.  Raises `GoldError`."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except FileNotFoundError:
        raise GoldError(f"{path}: there is no such file. Check the path.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(
            f"{path}: cannot be read as UTF-8 text ({error}). "
            "Name a file with one JSON object a line."
        ) from error
    gold = [_gold_line(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]
    if not gold:
        raise GoldError(f"{path}: holds no passages. Give a file with one JSON object a line.")
    return gold


def _gold_line(path: Path, number: int, line: str) -> GoldLine:
    try:
        parsed = json.loads(line)
    except json.JSONDecodeError as error:
        raise GoldError(
            f"{path}, line {number}: is not JSON ({error.msg}). Write one JSON object a line."
        ) from error
    gold: GoldLine = parsed if isinstance(parsed, dict) else {}
    if lacking := _lacking(gold, ("unit", "delegation", "kind", "text")):
        raise GoldError(f"{path}, line {number}: lacks {lacking}. Add it, as a text.")
    for code in gold.get("codes", ()):
        if lacking := _lacking(code, ("issue", "stance", "quote")):
            raise GoldError(f"{path}, line {number}: a code lacks {lacking}. Add it, as a text.")
    return gold


def _lacking(table: Any, fields: Sequence[str]) -> str:
    """Which of `fields` are no texts in `table`, as a list to print."""
    known = table if isinstance(table, dict) else {}
    return ", ".join(field for field in fields if not isinstance(known.get(field), str))


def measure(gold: Sequence[GoldLine], read: CodedReading) -> Measurement:
    """Compare a reading with gold lines of the same document.

    Only delegations that occur in the gold count.  A gold unit that was not read as it stands gets
    no coding.
    """
    codings: dict[str, Coding] = {}
    found = given = 0
    for delegation in dict.fromkeys(line["delegation"] for line in gold):
        wanted = [line for line in gold if line["delegation"] == delegation]
        indexes = _units_of(delegation, read)
        given += len(indexes)
        for line, index in _same(wanted, indexes, read):
            found += 1
            if (coding := read.codings[index]) is not None:
                codings[line["unit"]] = coding
    return Measurement(
        segmentation=Score(found, invented=given - found, missed=len(gold) - found),
        coding=evaluate(gold, codings),
        untouched=sum(line["kind"] != "heading" and line["unit"] not in codings for line in gold),
    )


def _units_of(delegation: str, read: CodedReading) -> list[int]:
    return [
        index
        for index, unit in enumerate(read.reading.units)
        if unit.section is not None and delegation in read.reading.sections[unit.section].codes
    ]


def _same(
    wanted: Sequence[GoldLine], indexes: Sequence[int], read: CodedReading
) -> list[tuple[GoldLine, int]]:
    """The gold lines and units with the same kind and text, aligned in order."""
    left = [(line["kind"], line["text"]) for line in wanted]
    right = [(read.reading.units[index].kind, read.reading.units[index].text) for index in indexes]
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    return [
        (wanted[block.a + step], indexes[block.b + step])
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
    ]
