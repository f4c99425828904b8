"""What a Word style says of a paragraph or a run, its ancestors' words included."""

import re
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from submissions.extraction.ooxml import below, flag, number, value

#: Names of heading styles, for files written by programs that leave the outline level out.
_HEADING: Final = re.compile(
    r"(?:heading|标题|標題|titre|título|titulo|заголовок|überschrift|titolo|عنوان|العنوان|見出し|제목)"
    r"\s?(?P<level>[1-9])",
    re.IGNORECASE,
)
_TOGGLES: Final = ("strike", "dstrike", "vanish")


@dataclass(frozen=True, slots=True)
class Traits:
    """What is said of a paragraph or run; None where nothing is.

    `level` counts from 1, 0 for body text.  `list_style` is the style that gave `num_id`.
    """

    level: int | None = None
    strike: bool | None = None
    dstrike: bool | None = None
    vanish: bool | None = None
    raised: bool | None = None
    num_id: int | None = None
    ilvl: int | None = None
    list_style: str = ""

    def over(self, base: "Traits") -> "Traits":
        """These traits, and those of `base` where these are silent."""
        own_list = self.num_id is not None
        return Traits(
            level=base.level if self.level is None else self.level,
            strike=base.strike if self.strike is None else self.strike,
            dstrike=base.dstrike if self.dstrike is None else self.dstrike,
            vanish=base.vanish if self.vanish is None else self.vanish,
            raised=base.raised if self.raised is None else self.raised,
            num_id=self.num_id if own_list else base.num_id,
            ilvl=base.ilvl if self.ilvl is None else self.ilvl,
            list_style=self.list_style if own_list else base.list_style,
        )


NOTHING: Final = Traits()


class Styles:
    """The styles of a document (`root`: of styles.xml; None when it has none)."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._known: dict[str, Traits] = {}
        self.default_paragraph = ""
        self._defaults = NOTHING
        if root is None:
            return
        self._defaults = run_traits(below(root, "w:docDefaults/w:rPrDefault/w:rPr"))
        for style in root.iter("w:style"):
            style_id = style.get("w:styleId", "")
            self._elements.setdefault(style_id, style)
            if style.get("w:type") == "paragraph" and style.get("w:default") in ("1", "true", "on"):
                self.default_paragraph = style_id

    def paragraph(self, style_id: str | None) -> Traits:
        """The traits of a paragraph style, of the default one when it has no name or is unknown."""
        if style_id is None or style_id not in self._elements:
            style_id = self.default_paragraph
        return self._traits(style_id).over(self._defaults)

    def character(self, style_id: str | None) -> Traits:
        """The traits of a character style, none when it is unknown."""
        return self._traits(style_id) if style_id else NOTHING

    def numbering(self, style_id: str) -> int | None:
        """The list that a list style stands for."""
        return self._traits(style_id).num_id

    def _traits(self, style_id: str) -> Traits:
        known = self._known.get(style_id)
        if known is None:
            known = NOTHING
            for ancestor in reversed(self._line_of(style_id)):
                known = _own(ancestor, self._elements[ancestor]).over(known)
            self._known[style_id] = known
        return known

    def _line_of(self, style_id: str) -> list[str]:
        """The style and those it is based on, each once."""
        line: list[str] = []
        following: str | None = style_id
        while following in self._elements and following not in line and len(line) < 50:
            line.append(following)
            following = value(self._elements[following], "w:basedOn")
        return line


def _own(style_id: str, style: Element) -> Traits:
    """What the style itself says."""
    paragraph = paragraph_traits(below(style, "w:pPr"), style_id)
    level = paragraph.level
    if level is None and style.get("w:type", "paragraph") == "paragraph":
        name = value(style, "w:name") or ""
        match = _HEADING.fullmatch(name.strip()) or _HEADING.fullmatch(style_id)
        if match:
            level = int(match["level"])
        elif name.casefold() == "title":
            level = 1
    run = run_traits(below(style, "w:rPr"))
    return Traits(level=level).over(paragraph).over(run)


def paragraph_traits(properties: Element | None, list_style: str = "") -> Traits:
    """What paragraph properties say, apart from the style they name."""
    if properties is None:
        return NOTHING
    outline = number(value(properties, "w:outlineLvl"))
    level = None if outline is None else (outline + 1 if 0 <= outline < 9 else 0)
    numbers = below(properties, "w:numPr")
    num_id = number(value(numbers, "w:numId"))
    return Traits(
        level=level,
        num_id=num_id,
        ilvl=number(value(numbers, "w:ilvl")),
        list_style=list_style if num_id is not None else "",
    )


def run_traits(properties: Element | None) -> Traits:
    """What run properties say, apart from the style they name."""
    if properties is None:
        return NOTHING
    raised = value(properties, "w:vertAlign")
    strike, dstrike, vanish = (flag(below(properties, f"w:{name}")) for name in _TOGGLES)
    return Traits(
        strike=strike,
        dstrike=dstrike,
        vanish=vanish,
        raised=None if raised is None else raised == "superscript",
    )
