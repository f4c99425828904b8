"""The markers that Word puts before numbered paragraphs, which no run of the text holds."""

import re
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

from submissions.extraction.docx_styles import Styles
from submissions.extraction.numerals import in_format
from submissions.extraction.ooxml import below, flag, number, value

LEVELS: Final = 9
_PLACE: Final = re.compile(r"%([1-9])")
_KNOWN_BULLETS: Final = frozenset("•●○▪■◆‣–—-")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list.

    `restart` is the level (from 1) whose use makes this one start over; 0 never, None any higher.
    """

    start: int = 1
    notation: str = "decimal"
    pattern: str = ""
    restart: int | None = None
    plain_digits: bool = False
    style: str = ""


@dataclass(slots=True)
class _List:
    """A list definition and how far it has counted."""

    levels: dict[int, Level] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)
    started: set[tuple[int, int]] = field(default_factory=set)


@dataclass(slots=True)
class _Use:
    """A use of a list: what it changes in the levels, and where it starts over."""

    definition: str
    levels: dict[int, Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of a document (`root`: of numbering.xml; None when it has none)."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._lists: dict[str, _List] = {}
        self._uses: dict[int, _Use] = {}
        linked: dict[str, str] = {}
        for definition in root.iter("w:abstractNum") if root is not None else ():
            list_id = definition.get("w:abstractNumId", "")
            self._lists[list_id] = _List(_levels(definition))
            if style := value(definition, "w:numStyleLink"):
                linked[list_id] = style
        for use in root.iter("w:num") if root is not None else ():
            num_id = number(use.get("w:numId"))
            if num_id is not None:
                self._uses[num_id] = _use(use)
        for list_id, style in linked.items():
            followed = self._uses.get(styles.numbering(style) or 0)
            if followed and followed.definition in self._lists:
                self._lists[list_id] = self._lists[followed.definition]

    def level_of_style(self, num_id: int, style_id: str) -> int | None:
        """The level of the list that belongs to a paragraph style."""
        use = self._uses.get(num_id)
        counted = self._lists.get(use.definition) if use else None
        if not use or not counted:
            return None
        for place, level in {**counted.levels, **use.levels}.items():
            if level.style == style_id:
                return place
        return None

    def marker(self, num_id: int, place: int) -> str:
        """Count one paragraph at level `place` (from 0) of a list; the marker it gets."""
        use = self._uses.get(num_id)
        counted = self._lists.get(use.definition) if use else None
        if not use or not counted or not 0 <= place < LEVELS:
            return ""
        levels = {**counted.levels, **use.levels}
        level = levels.get(place)
        if level is None:
            return ""
        _count(counted, levels, place, _fresh_start(counted, use, num_id, place))
        if level.notation == "bullet":
            return level.pattern if level.pattern in _KNOWN_BULLETS else "•"
        return _PLACE.sub(
            lambda match: _printed(counted, levels, int(match[1]) - 1, level.plain_digits),
            level.pattern,
        ).strip()


def _fresh_start(counted: _List, use: _Use, num_id: int, place: int) -> int | None:
    """The number with which a use of the list starts over, the first time that it is used."""
    if place not in use.starts or (num_id, place) in counted.started:
        return None
    counted.started.add((num_id, place))
    return use.starts[place]


def _count(counted: _List, levels: dict[int, Level], place: int, fresh: int | None) -> None:
    counts = counted.counts
    if fresh is not None:
        counts[place] = fresh
    elif place in counts:
        counts[place] += 1
    else:
        counts[place] = levels[place].start
    for deeper in [other for other in counts if other > place]:
        restart = levels[deeper].restart if deeper in levels else None
        if restart is None or place < restart:
            del counts[deeper]


def _printed(counted: _List, levels: dict[int, Level], place: int, plain: bool) -> str:
    level = levels.get(place, Level())
    notation = "decimal" if plain and level.notation != "none" else level.notation
    if notation == "bullet":
        return ""
    return in_format(counted.counts.get(place, level.start), notation)


def _levels(parent: Element) -> dict[int, Level]:
    levels: dict[int, Level] = {}
    for element in parent.iter("w:lvl"):
        place = number(element.get("w:ilvl"))
        if place is not None and 0 <= place < LEVELS:
            levels[place] = _level(element)
    return levels


def _level(element: Element) -> Level:
    start = number(value(element, "w:start"))
    plain = value(element, "mc:AlternateContent/mc:Fallback/w:numFmt")
    return Level(
        start=1 if start is None else start,
        notation=value(element, "w:numFmt") or plain or "decimal",
        pattern=(value(element, "w:lvlText") or "")[:100],
        restart=number(value(element, "w:lvlRestart")),
        plain_digits=bool(flag(below(element, "w:isLgl"))),
        style=value(element, "w:pStyle") or "",
    )


def _use(element: Element) -> _Use:
    use = _Use(value(element, "w:abstractNumId") or "")
    for override in element.iter("w:lvlOverride"):
        place = number(override.get("w:ilvl"))
        if place is None or not 0 <= place < LEVELS:
            continue
        start = number(value(override, "w:startOverride"))
        if start is not None:
            use.starts[place] = start
        level = below(override, "w:lvl")
        if level is not None:
            use.levels[place] = _level(level)
    return use
