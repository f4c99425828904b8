"""Every term of the codebook, found in one pass; and cues put together from what was found."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from corpus.notation import CuePattern, Term
from submissions.coding.automaton import Automaton
from submissions.coding.normalise import Normalised, is_han, normalise
from submissions.coding.segments import Segments, segment
from submissions.coding.words import word_boundaries

_GAP_HAN = 24
_GAP_LATIN = 70
MOST_MATCHES = 50
"""How many places of one cue are weighed as positions: one issue is not named more often."""
_TAIL = frozenset(" 。.;,:!?、\"')]”’）")


class Span(NamedTuple):
    """Offsets in a normalised text."""

    start: int
    end: int


class Match(NamedTuple):
    """A cue that fired, and the words it fired on."""

    start: int
    end: int
    cue: CompiledCue


@dataclass(frozen=True, slots=True, eq=False)
class CompiledCue:
    """A cue whose parts are numbers of groups in a lexicon."""

    pattern: CuePattern
    groups: tuple[int, ...]
    links: tuple[str, ...]


class Scan:
    """One text as the lexicon saw it."""

    __slots__ = ("body", "found", "gap", "normalised", "segments", "text")

    def __init__(self, normalised: Normalised, found: dict[int, list[Span]], body: Span) -> None:
        self.normalised = normalised
        self.text = normalised.text
        self.body = body
        self.segments: Segments = segment(normalised.text)
        self.found = found
        self.gap = _GAP_HAN if any(map(is_han, self.text)) else _GAP_LATIN

    def has(self, group: int) -> bool:
        """Whether any term of a group stands in the text."""
        return group in self.found

    def matches(self, cue: CompiledCue, most: int | None = None) -> Iterator[Match]:
        """Each place where the cue fires, in order; at most ``most`` of them."""
        if any(
            group not in self.found
            for group, link in zip(cue.groups, cue.links, strict=True)
            if link not in "-!" or not link
        ):
            return
        given = 0
        for anchor in self.found[cue.groups[0]]:
            hull = self._extend(anchor, cue)
            if hull is not None:
                yield Match(hull.start, hull.end, cue)
                given += 1
                if given == most:
                    return

    def _extend(self, anchor: Span, cue: CompiledCue) -> Span | None:
        """The words from the first part to the last, or None where one is missing."""
        clause = Span(*self.segments.clause(anchor.start))
        sentence = Span(*self.segments.sentence(anchor.start))
        start, end, last = anchor.start, anchor.end, anchor
        shown = True
        for group, link in zip(cue.groups[1:], cue.links[1:], strict=True):
            places = self.found.get(group, ())
            if link in "-!":
                if _within(places, clause if link == "-" else sentence) is not None:
                    return None
                continue
            if link == ">":
                limit = min(self.segments.clause(last.start)[1], last.end + self.gap)
                place = _within(places, Span(last.end, limit))
            elif link == "+":
                place = _within(places, clause, last.end)
            else:
                place = _within(places, sentence)
            if place is None:
                return None
            last = place
            shown = shown and link != "&"
            if shown:
                start, end = min(start, place.start), max(end, place.end)
        return Span(start, end)


def _within(places: Sequence[Span], window: Span, after: int = -1) -> Span | None:
    """The first place that begins in the window, by preference from ``after`` on."""
    for start in (after, window.start):
        if start < 0:
            continue
        index = bisect_left(places, (start, 0))
        if index < len(places) and places[index].start < window.end:
            return places[index]
    return None


class Lexicon:
    """Terms and groups of terms, numbered; sealed by the first scan."""

    def __init__(self) -> None:
        self._words: dict[str, int] = {}
        self._groups: dict[tuple[Term, ...], int] = {}
        self._uses: list[list[tuple[int, Term]]] = []
        self._names: set[int] = set()
        self._automaton: Automaton | None = None

    def shield(self, names: Iterable[str]) -> None:
        """Take proper names: shorter terms inside one of them are not found."""
        for name in names:
            self.group((Term(name),))
            self._names.add(self._words[normalise(name).text])

    def group(self, terms: tuple[Term, ...]) -> int:
        """The number of a group of alternatives."""
        if terms in self._groups:
            return self._groups[terms]
        number = self._groups[terms] = len(self._groups)
        for term in terms:
            literal = normalise(term.text).text
            word = self._words.setdefault(literal, len(self._words))
            if word == len(self._uses):
                self._uses.append([])
            self._uses[word].append((number, term))
        self._automaton = None
        return number

    def compile(self, cues: Iterable[CuePattern]) -> tuple[CompiledCue, ...]:
        """Cues in terms of this lexicon's groups."""
        return tuple(
            CompiledCue(
                cue,
                tuple(self.group(part.terms) for part in cue.parts),
                tuple(part.link for part in cue.parts),
            )
            for cue in cues
        )

    def scan(self, text: str, body: int = 0) -> Scan:
        """Find all terms in a text whose own words, after its marker, begin at ``body``."""
        if self._automaton is None:
            self._automaton = Automaton(self._words)
        normalised = normalise(text)
        first = bisect_left(normalised.origin, body)
        while first < len(normalised.text) and normalised.text[first] in " \"'“”‘":
            first += 1
        last = len(normalised.text)
        while last and normalised.text[last - 1] in _TAIL:
            last -= 1
        found: dict[int, list[Span]] = {}
        sight = _Sight(normalised.text, first, last)
        hits = list(self._automaton.find(normalised.text))
        shields = sorted(Span(start, end) for start, end, word in hits if word in self._names)
        for start, end, word in hits:
            if _inside(start, end, shields):
                continue
            for group, term in self._uses[word]:
                if sight.counts(start, end, term):
                    found.setdefault(group, []).append(Span(start, end))
        for places in found.values():
            places.sort()
        return Scan(normalised, found, Span(first, max(first, last)))


def _inside(start: int, end: int, shields: Sequence[Span]) -> bool:
    """Whether a span lies within a longer name (names are found by start, and may nest)."""
    index = bisect_left(shields, (start + 1, 0))
    for shield in shields[max(index - 3, 0) : index]:
        if shield.end >= end and shield.end - shield.start > end - start:
            return True
    return False


class _Sight:
    """Whether an occurrence of a term's letters is an occurrence of the term."""

    __slots__ = ("_boundaries", "_first", "_last", "_text")

    def __init__(self, text: str, first: int, last: int) -> None:
        self._text, self._first, self._last = text, first, last
        self._boundaries: frozenset[int] | None = None

    def counts(self, start: int, end: int, term: Term) -> bool:
        text = self._text
        if term.at_start and start != self._first:
            return False
        if term.at_end and end < self._last:
            return False
        if _joins(text, start - 1) and _joins(text, start):
            return False
        if not term.open_end and _joins(text, end - 1) and _joins(text, end):
            return False
        if term.whole_word and is_han(text[start]):
            if self._boundaries is None:
                self._boundaries = word_boundaries(text)
            return start in self._boundaries and end in self._boundaries
        return True


def _joins(text: str, index: int) -> bool:
    """Whether the character there is a letter or digit of an alphabetic script."""
    return 0 <= index < len(text) and text[index].isalnum() and not is_han(text[index])
