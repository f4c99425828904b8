"""Where a passage stands: the topics of its section, and what its lead-ins say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.codebook import Codebook
from corpus.notation import NO_TOPIC
from submissions.coding.lexicon import CompiledCue, Lexicon, Scan
from submissions.coding.model import Unit
from submissions.coding.stance import Marks, StanceReader

_MARKER = re.compile(
    r"\s*(?:[(\uff08]?(?:[0-9]{1,3}|[a-zA-Z]|[ivxIVX]{1,5}|[一二三四五六七八九十]{1,3})"
    r"(?:[)\uff09]|[.\uff0e、](?!\d))|[㈠-㈩•–·*-](?=\s|[㐀-鿿])|[a-z](?=\s)"
    r"|第\s?[0-9一二三四五六七八九十]{1,3}\s?[章条][.、]?"
    r"|(?:chapter|article|section|part)\s[0-9ivx]{1,5}\b[.:]?)\s*",
    re.IGNORECASE,
)
_WIDEST_CONTEXT = 600


def body_start(text: str, marker: str = "") -> int:
    """Where a passage's own words begin, after its marker.

    >>> body_start("(a) 非法访问", "(a)"), body_start("㈡ 预防"), body_start("结构")
    (4, 2, 0)
    """
    if marker and text.startswith(marker):
        rest = text[len(marker) :]
        return len(text) - len(rest.lstrip())
    match = _MARKER.match(text)
    return match.end() if match and match.end() < len(text) else 0


def has_marker(text: str) -> bool:
    """Whether a text begins with the marker of a list item."""
    return body_start(text) > 0


@dataclass(frozen=True, slots=True)
class Context:
    """What stands above a passage, nearest first."""

    headings: tuple[Scan, ...]
    lead_ins: tuple[Scan, ...]
    lead_in_marks: Marks | None
    """stance words of the nearest lead-in"""
    heading_topics: tuple[str, ...]
    """topics of the nearest heading that names any"""
    lead_in_topics: tuple[str, ...]
    outline: bool
    """the passage belongs to a list of the convention's chapters"""
    chapter: Scan | None
    """the heading that is itself a chapter in such a list"""

    @property
    def topics(self) -> frozenset[str]:
        """All topics that the surroundings name, or the word for none."""
        return frozenset((*self.heading_topics, *self.lead_in_topics)) or frozenset({NO_TOPIC})


class ContextReader:
    """Reads headings and lead-ins with a codebook's words; remembers the last few hundred."""

    def __init__(
        self, codebook: Codebook, language: str, lexicon: Lexicon, stances: StanceReader
    ) -> None:
        self._lexicon = lexicon
        self._stances = stances
        self._topics = tuple(
            (topic.key, lexicon.group(topic.headings[language]))
            for topic in codebook.topics
            if topic.headings.get(language)
        )
        self._chapters: tuple[CompiledCue, ...] = lexicon.compile(
            cue
            for issue in codebook.issues
            for cue in issue.cues.get(language, ())
            if any(flag.name == "chapter" for flag in cue.flags)
        )
        self._scan = lru_cache(maxsize=512)(self._read)

    def _read(self, text: str) -> Scan:
        return self._lexicon.scan(text, body_start(text))

    def read(self, unit: Unit) -> Context:
        """The surroundings of a unit. Of a long lead-in only its end is looked at."""
        headings = tuple(self._scan(text[:_WIDEST_CONTEXT]) for text in unit.heading_path[::-1])
        lead_ins = tuple(self._scan(text[-_WIDEST_CONTEXT:]) for text in unit.lead_ins[::-1])
        named = next((found for found in map(self.topics, headings) if found), ())
        introduced = next((found for found in map(self.topics, lead_ins) if found), ())
        chapter = None
        if len(headings) > 1 and "structure" in self.topics(headings[1]) and not lead_ins:
            bare = self._is_bare(headings[1])
            chapter = headings[0] if bare and has_marker(unit.heading_path[-1]) else None
        return Context(
            headings,
            lead_ins,
            self._stances.marks(lead_ins[0]) if lead_ins else None,
            ("structure", *named) if chapter is not None else named,
            introduced,
            self._is_outline(unit, named, introduced),
            chapter,
        )

    def topics(self, scan: Scan) -> tuple[str, ...]:
        """The topics that a heading names, in the codebook's order."""
        return tuple(key for key, group in self._topics if scan.has(group))

    def _is_bare(self, heading: Scan) -> bool:
        """A heading that says 'structure' and nothing else, save for its number."""
        group = dict(self._topics)["structure"]
        return any(place == heading.body for place in heading.found[group])

    def _is_outline(self, unit: Unit, named: tuple[str, ...], introduced: tuple[str, ...]) -> bool:
        if "structure" not in named and "structure" not in introduced:
            return False
        return not any(
            has_marker(text) and any(True for cue in self._chapters for _ in self._first(text, cue))
            for text in unit.lead_ins
        )

    def _first(self, text: str, cue: CompiledCue) -> list[int]:
        scan = self._scan(text[-_WIDEST_CONTEXT:])
        return [match.start for match in scan.matches(cue) if match.start < 40]
