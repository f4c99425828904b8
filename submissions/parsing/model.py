"""What parsing gives.  Offsets named `start` and `end` are into `Reading.text`, half-open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from submissions.extraction import Mark

UnitKind = Literal["heading", "passage"]
SectionKind = Literal["own", "note"]


class ParsingError(ValueError):
    """A text that cannot be read as the kind of document it was given as.

    `code` is stable; the message names the place and what to do about it.
    """

    def __init__(self, code: str, problem: str, cure: str) -> None:
        super().__init__(f"{problem} {cure}")
        self.code = code
        self.problem = problem
        self.cure = cure


@dataclass(frozen=True, slots=True)
class Unit:
    """A heading or a passage (paragraph or list item), in reading order.

    `section` is the index of the submission it stands in, None before the first one.  `parent` and
    `heading` are indexes of units: the unit directly above in the outline, and the nearest heading
    above.  `depth` counts the units of its own kind above it.  `text` begins with `marker`; `marks`
    are runs of it that are deleted, inserted or raised.
    """

    section: int | None
    kind: UnitKind
    marker: str
    depth: int
    parent: int | None
    heading: int | None
    text: str
    start: int
    end: int
    page: int | None
    marks: tuple[Mark, ...] = ()

    @property
    def live(self) -> str:
        """The text with the deleted words blanked out, each character by a space."""
        return blank_deleted(self.text, self.marks)


def blank_deleted(text: str, marks: Iterable[Mark]) -> str:
    """`text` with every run that is marked as deleted blanked out; as long as before.

    >>> blank_deleted("涵盖恐怖主义。", [Mark("deleted", 2, 6)])
    '涵盖    。'
    """
    for mark in marks:
        if mark.kind == "deleted":
            text = text[: mark.start] + " " * (mark.end - mark.start) + text[mark.end :]
    return text


@dataclass(frozen=True, slots=True)
class Section:
    """What one delegation says in a compilation: its heading lines and the span of all of it.

    `kind` is `note` when the words are the Secretariat's about the delegation's text, which then is
    the document named in `reference`.
    """

    name: str
    codes: tuple[str, ...]
    original_language: str
    dated: date | None
    kind: SectionKind
    reference: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote and where it is called: `text[start:end]` of the unit `anchor` is its mark."""

    label: str
    text: str
    start: int
    end: int
    anchor: int | None
    anchor_start: int
    anchor_end: int


@dataclass(frozen=True, slots=True)
class Dropped:
    """A run of the source that is in no unit and no footnote; offsets are into the source text."""

    start: int
    end: int
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person should know: a stable code, the line it is about, and a value."""

    code: str
    line: int
    value: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Where the characters of the source went; the five counts add up to `source`."""

    source: int
    units: int
    footnotes: int
    headings: int
    dropped: int
    layout: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as read: its clean text, and everything found in it.

    `numbered` are the questions or recommendations of a document that lists them: their numbers,
    from 1, and the indexes of their units.
    """

    text: str
    units: tuple[Unit, ...]
    sections: tuple[Section, ...]
    footnotes: tuple[Footnote, ...]
    dropped: tuple[Dropped, ...]
    notices: tuple[Notice, ...]
    coverage: Coverage
    numbered: tuple[tuple[int, int], ...] = ()

    def unit_path(self, index: int) -> tuple[str, ...]:
        """The live texts of the headings above unit `index`, outermost first."""
        path: list[str] = []
        above = self.units[index].heading
        while above is not None:
            path.append(self.units[above].live)
            above = self.units[above].heading
        return tuple(reversed(path))

    def lead_ins(self, index: int) -> tuple[str, ...]:
        """The live texts of the passages that introduce unit `index`, outermost first."""
        found: list[str] = []
        above = self.units[index].parent
        while above is not None and self.units[above].kind == "passage":
            found.append(self.units[above].live)
            above = self.units[above].parent
        return tuple(reversed(found))
