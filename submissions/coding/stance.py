"""Whether words take a position, and which: negation, limits, questions, reported views."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from corpus.codebook import STANCE_CUES, Codebook
from submissions.coding.lexicon import CompiledCue, Lexicon, Match, Scan, Span

RESERVE = ("support", "open", "qualified", "oppose")
"""From the least to the most reserved."""

_LONGEST_SCOPE = 60
_TURNS = frozenset("不非")
_HARM_REACH = 12


class Verdict(NamedTuple):
    """A stance, the word that decided it (None: the default) and a code for the reason."""

    stance: str
    mark: Match | None
    reason: str


@dataclass(frozen=True, slots=True)
class Marks:
    """Every stance word of a text, by kind, in order."""

    scan: Scan
    kinds: Mapping[str, tuple[Match, ...]]

    def within(self, kind: str, window: Span) -> tuple[Match, ...]:
        """The marks of a kind that begin in a window."""
        marks = self.kinds[kind]
        first = bisect_left(marks, (window.start,))
        last = bisect_left(marks, (window.end,))
        return marks[first:last]


class StanceReader:
    """Reads stance words with the codebook's cues for one language."""

    def __init__(self, codebook: Codebook, language: str, lexicon: Lexicon) -> None:
        kinds = codebook.stance_cues.get(language, {})
        self._cues: dict[str, tuple[CompiledCue, ...]] = {
            kind: lexicon.compile(kinds.get(kind, ())) for kind in STANCE_CUES
        }

    def marks(self, scan: Scan) -> Marks:
        """Find the stance words of a text."""
        return Marks(
            scan,
            {
                kind: tuple(sorted((m for cue in cues for m in scan.matches(cue)), key=_place))
                for kind, cues in self._cues.items()
            },
        )


def _place(match: Match) -> tuple[int, int]:
    return match.start, -match.end


def verdict(marks: Marks, match: Match) -> Verdict:
    """The stance of a passage on what ``match`` names, read from the words around it."""
    fixed = match.cue.pattern.stance
    if fixed:
        return Verdict(fixed, None, "cue-stance")
    negation = _negation(marks, match)
    if negation is not None:
        return Verdict("oppose", negation, "negated-by")
    rejection = _rejection(marks, match)
    if rejection is not None:
        return Verdict("oppose", rejection, "rejected-by")
    question = _question(marks, match)
    if question is not None:
        return Verdict("open", question, "raised-by")
    limit = _limit(marks, match)
    if limit is not None:
        return Verdict("qualified", limit, "limited-by")
    return Verdict("support", None, "default-support")


def lead_in_verdict(marks: Marks) -> Verdict | None:
    """The stance that a lead-in lends its items, if it is not support."""
    text = marks.scan
    start, end = text.segments.sentence(max(len(text.text) - 1, 0))
    sentence = Span(start, end)
    for kind, stance in (("negate", "oppose"), ("reject", "oppose"), ("raise", "open")):
        for mark in reversed(marks.within(kind, sentence)):
            rest = Span(mark.end, end)
            if not marks.within("contrast", rest) and not marks.within("harm", rest):
                return Verdict(stance, mark, "lead-in")
    return None


def _negation(marks: Marks, match: Match) -> Match | None:
    """A 'should not' before the words, in their clause, unless what it forbids is harm."""
    start, _ = marks.scan.segments.clause(match.start)
    window = Span(max(start, match.start - _LONGEST_SCOPE), match.start)
    for mark in reversed(marks.within("negate", window)):
        if mark.end > match.start or _forbids_harm(marks, mark, match):
            continue
        if marks.scan.text[mark.start - 1 : mark.start] in _TURNS and mark.start:
            continue  # 'should not refuse' refuses nothing
        if marks.within("contrast", Span(mark.end, match.start)):
            continue
        return mark
    return None


def _forbids_harm(marks: Marks, mark: Match, match: Match) -> bool:
    """'Must not infringe freedom of expression' asks for the freedom."""
    return bool(marks.within("harm", Span(mark.end, match.start)))


def _rejection(marks: Marks, match: Match) -> Match | None:
    """A 'should be excluded' after the words, in their sentence."""
    _, end = marks.scan.segments.part(match.start)
    for mark in marks.within("reject", Span(match.end, end)):
        between = Span(match.end, mark.start)
        if marks.within("contrast", between) or _demands(marks, between):
            continue
        if not marks.within("harm", Span(mark.end, mark.end + _HARM_REACH)):
            return mark
    return None


def _demands(marks: Marks, between: Span) -> bool:
    """Whether something else is asked for on the way to a rejection.

    The 'should' of the rejection itself is not, nor a proposal that is what is rejected.
    """
    text = marks.scan.text
    return any(
        mark.end < between.end and text[mark.start - 1 : mark.start] != "的"
        for mark in marks.within("demand", between)
    )


def _question(marks: Marks, match: Match) -> Match | None:
    """A 'should be discussed', 'too early' or 'whether' in the sentence."""
    start, end = marks.scan.segments.part(match.start)
    for mark in marks.within("raise", Span(start, end)):
        low, high = sorted((mark.start, match.start))
        if not marks.within("contrast", Span(low, high)):
            return mark
    return None


def _limit(marks: Marks, match: Match) -> Match | None:
    """An 'only' in the clause of the words or the one before, a 'provided that' after them."""
    segments = marks.scan.segments
    part = Span(*segments.part(match.start))
    start, end = segments.clause(match.start)
    if start > part.start:
        start, _ = segments.clause(start - 1)
    found = marks.within("limit", Span(max(start, part.start), min(end, part.end)))
    if found:
        return found[0]
    for _ in range(2):
        if end < part.end:
            _, end = segments.clause(end)
    found = marks.within("condition", Span(match.end, min(end, part.end)))
    return found[0] if found else None
