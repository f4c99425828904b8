"""The coder: reads one passage in its context and suggests positions."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import NamedTuple

from corpus.codebook import Codebook
from corpus.notation import Flag
from submissions.coding.calibration import Calibration
from submissions.coding.context import Context, ContextReader, body_start
from submissions.coding.lexicon import MOST_MATCHES, CompiledCue, Lexicon, Match, Scan, Span
from submissions.coding.model import Coding, Cue, Suggestion, Unit
from submissions.coding.quote import quote_span
from submissions.coding.stance import (
    RESERVE,
    Marks,
    StanceReader,
    Verdict,
    lead_in_verdict,
    verdict,
)
from submissions.coding.topics import passage_topics

_OUTLINE_REACH = 40
_BARE_NAME = 16
_ENOUGH_CHAPTERS = 3
_GROUNDS = {"listed": 0.75, "demanded": 0.75, "mention": 0.6, "continued": 0.5}
"""How sure a position is by the ground it is taken on, before what else speaks for it."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """A cue of an issue, with its conditions looked up."""

    issue: str
    cue: CompiledCue
    flags: frozenset[str]
    contexts: tuple[tuple[str, int], ...]
    under: frozenset[str]
    not_under: frozenset[str]


class _Candidate(NamedTuple):
    rule: _Rule
    match: Match
    verdict: Verdict
    reason: tuple[str, ...]
    certainty: float


class Coder:
    """Suggests positions by a codebook's cues. Safe to share between threads once made.

    A calibration turns the engine's scores into shares of suggestions that are right.
    """

    def __init__(self, codebook: Codebook, calibration: Calibration | None = None) -> None:
        self._codebook = codebook
        self._calibration = calibration or Calibration()
        languages = {language for issue in codebook.issues for language in issue.cues}
        self._readers = {one: _Reader(codebook, one) for one in sorted(languages)}

    def code(self, unit: Unit) -> Coding:
        """Read one passage. Any text is accepted; a heading takes no position.

        ``topics`` are in the codebook's order; at most one suggestion per issue, in the order of
        their quotes. ``no_position`` says why there is none: ``empty``, ``heading``,
        ``no-cues:<language>``, ``courtesy``, ``no-cue`` or ``no-demand``.
        """
        reader = self._readers.get(unit.language)
        if not unit.text.strip():
            return Coding((), (), "empty")
        if reader is None:
            return Coding((), (), f"no-cues:{unit.language}")
        coding = reader.code(unit)
        suggestions = (
            replace(one, certainty=self._calibration.certainty(one.certainty))
            for one in coding.suggestions
        )
        return replace(coding, suggestions=tuple(suggestions))


class _Reader:
    """The codebook in one language."""

    def __init__(self, codebook: Codebook, language: str) -> None:
        self._codebook = codebook
        self._order = {issue.key: issue.order for issue in codebook.issues}
        self._lexicon = Lexicon()
        self._lexicon.shield(codebook.set_phrases.get(language, ()))
        self._stances = StanceReader(codebook, language, self._lexicon)
        self._contexts = ContextReader(codebook, language, self._lexicon, self._stances)
        self._rules: dict[int, list[_Rule]] = defaultdict(list)
        for issue in codebook.issues:
            for cue in self._lexicon.compile(issue.cues.get(language, ())):
                self._rules[cue.groups[0]].append(self._rule(issue.key, cue))

    def _rule(self, issue: str, cue: CompiledCue) -> _Rule:
        flags: tuple[Flag, ...] = cue.pattern.flags
        return _Rule(
            issue,
            cue,
            frozenset(flag.name for flag in flags),
            tuple((flag.name, self._lexicon.group(flag.terms)) for flag in flags if flag.terms),
            frozenset(t for flag in flags if flag.name == "under" for t in flag.topics),
            frozenset(t for flag in flags if flag.name == "not-under" for t in flag.topics),
        )

    def code(self, unit: Unit) -> Coding:
        context = self._contexts.read(unit)
        if unit.kind == "heading":
            scan = self._lexicon.scan(unit.text, body_start(unit.text, unit.marker))
            return Coding(self._contexts.topics(scan), (), "heading")
        scan = self._lexicon.scan(unit.text, body_start(unit.text, unit.marker))
        marks = self._stances.marks(scan)
        passage = _Passage(unit, scan, marks, context)
        best: dict[str, list[_Candidate]] = defaultdict(list)
        tried = 0
        for group in scan.found:
            for rule in self._rules.get(group, ()):
                if not passage.allows(rule):
                    continue
                for match in scan.matches(rule.cue, MOST_MATCHES):
                    tried += 1
                    candidate = passage.candidate(rule, match)
                    if candidate is not None:
                        best[rule.issue].append(candidate)
        if context.outline:
            passage.drop_chapter_names(best)
        if context.chapter is not None:
            self._chapter_heading(passage, context.chapter, best)
        suggestions = tuple(
            sorted(
                (passage.suggestion(candidates) for candidates in best.values()),
                key=lambda one: (one.start, one.end, self._order[one.issue]),
            )
        )
        topics = passage_topics(
            self._codebook, context, self._contexts.topics(scan), unit, suggestions
        )
        return Coding(topics, suggestions, "" if suggestions else passage.silence(tried))

    def _chapter_heading(
        self, passage: _Passage, heading: Scan, best: dict[str, list[_Candidate]]
    ) -> None:
        """A chapter proposed as a heading speaks through the first passage under it."""
        for group in heading.found:
            for rule in self._rules.get(group, ()):
                if "chapter" not in rule.flags:
                    continue
                for match in heading.matches(rule.cue, MOST_MATCHES):
                    best[rule.issue] = [
                        _Candidate(
                            rule,
                            match,
                            Verdict("support", None, "default-support"),
                            (f"heading:{heading.text[match.start : match.end]}",),
                            0.8,
                        )
                    ]


class _Passage:
    """One passage while it is read."""

    def __init__(self, unit: Unit, scan: Scan, marks: Marks, context: Context) -> None:
        self.unit, self.scan, self.marks, self.context = unit, scan, marks, context
        self.listed = bool(unit.lead_ins) or unit.kind == "item" or self._is_fragment()

    def _is_fragment(self) -> bool:
        """A short nominal line without a verb of demand, as outlines have."""
        sentences = len(self.scan.segments.sentences)
        return sentences == 1 and len(self.scan.text) <= 60 and body_start(self.unit.text) > 0

    def allows(self, rule: _Rule) -> bool:
        """Whether the passage stands where the rule applies."""
        if not rule.flags:
            return True
        if "list" in rule.flags and not self.listed:
            return False
        if "chapter" in rule.flags and not self.context.outline:
            return False
        if rule.under and not rule.under & self.context.topics:
            return False
        if rule.not_under & self.context.topics:
            return False
        return all(self._in_context(name, group) for name, group in rule.contexts)

    def _in_context(self, name: str, group: int) -> bool:
        headings = self.context.headings if name in ("heading", "context") else ()
        lead_ins = self.context.lead_ins if name in ("lead-in", "context") else ()
        return any(scan.has(group) for scan in (*headings, *lead_ins))

    def candidate(self, rule: _Rule, match: Match) -> _Candidate | None:
        """What the rule's match says, or None where it takes no position."""
        if "chapter" in rule.flags and not self._opens_chapter(match):
            return None
        ground = self._ground(rule, match)
        if ground is None:
            return None
        certainty = _GROUNDS[ground]
        clause = Span(*self.scan.segments.clause(match.start))
        if self.marks.within("demand", clause):
            certainty += 0.05
        if len(rule.cue.groups) > 1:
            certainty += 0.05
        if rule.issue.partition(".")[0] in self.context.topics:
            certainty += 0.1
        return _Candidate(rule, match, self._verdict(match), (ground,), certainty)

    def _ground(self, rule: _Rule, match: Match) -> str | None:
        """Why the words take a position at all; None for facts, thanks and others' views."""
        sentence = Span(*self.scan.segments.sentence(match.start))
        clause = Span(*self.scan.segments.clause(match.start))
        if self.marks.within("report", Span(sentence.start, match.start)):
            return None
        if self.marks.within("courtesy", sentence) and not self.marks.within("demand", clause):
            return None
        if self.listed and "own-verb" not in rule.flags:
            return "listed"
        if self.marks.within("demand", sentence):
            return "demanded"
        if rule.flags & {"mention", "chapter"}:
            return "mention"
        return "continued" if self._continues(sentence) else None

    def _opens_chapter(self, match: Match) -> bool:
        """In an outline an item names its chapter first; a paragraph says that it lists them."""
        if self.listed:
            _, end = self.scan.segments.clause(self.scan.body.start)
            return match.start < min(end, self.scan.body.start + _OUTLINE_REACH)
        sentence = Span(*self.scan.segments.sentence(match.start))
        return bool(self.marks.within("outline", sentence))

    def drop_chapter_names(self, found: dict[str, list[_Candidate]]) -> None:
        """A bare chapter name proposes the chapter, not what would stand in it."""
        body = self.scan.body
        if self.listed and body.end - body.start > _BARE_NAME:
            return
        chapters = [
            one.match
            for candidates in found.values()
            for one in candidates
            if "chapter" in one.rule.flags
        ]
        if not self.listed and len({one.start for one in chapters}) < _ENOUGH_CHAPTERS:
            return
        for issue in list(found):
            found[issue] = [
                one
                for one in found[issue]
                if "chapter" in one.rule.flags
                or not any(m.start < one.match.end and one.match.start < m.end for m in chapters)
            ]
            if not found[issue]:
                del found[issue]

    def _continues(self, sentence: Span) -> bool:
        """A sentence that goes on from a demand: 'this includes …'."""
        if sentence.start == 0 or not self.marks.within("resume", sentence):
            return False
        before = Span(*self.scan.segments.sentence(sentence.start - 1))
        return bool(self.marks.within("demand", before))

    def _verdict(self, match: Match) -> Verdict:
        """The stance in the passage's own words, or else the one its lead-in lends it."""
        own = verdict(self.marks, match)
        lead_in = self.context.lead_in_marks
        if own.reason != "default-support" or lead_in is None:
            return own
        return lead_in_verdict(lead_in) or own

    def suggestion(self, candidates: list[_Candidate]) -> Suggestion:
        """One suggestion for an issue from all that fired on it."""
        chosen = max(candidates, key=_weight)
        others = {one.verdict.stance for one in candidates} - {chosen.verdict.stance}
        from_heading = chosen.reason[0].startswith("heading:")
        source = self.context.chapter if from_heading else None
        scan = source or self.scan
        anchor = Span(0, 0) if from_heading else Span(chosen.match.start, chosen.match.end)
        start, end = quote_span(self.unit.text, self.scan, anchor, self._body())
        reason = [*chosen.reason]
        mark = chosen.verdict.mark
        lent = chosen.verdict.reason == "lead-in"
        marked = self.context.lead_ins[0] if lent else self.scan
        if mark is None:
            reason.append(chosen.verdict.reason)
        else:
            reason.append(f"{chosen.verdict.reason}:{marked.text[mark.start : mark.end]}")
        reason.extend(f"also-{stance}" for stance in sorted(others))
        return Suggestion(
            chosen.rule.issue,
            chosen.verdict.stance,
            start,
            end,
            self.unit.text[start:end],
            _cue(chosen.match, scan, "heading" if from_heading else "passage"),
            None if mark is None else _cue(mark, marked, "lead-in" if lent else "passage"),
            tuple(reason),
            round(min(max(chosen.certainty, 0.0), 1.0), 2),
        )

    def _body(self) -> int:
        return body_start(self.unit.text, self.unit.marker)

    def silence(self, tried: int) -> str:
        """Why a passage takes no position."""
        if self.marks.kinds["courtesy"]:
            return "courtesy"
        return "no-demand" if tried else "no-cue"


def _weight(one: _Candidate) -> tuple[bool, int, float, int]:
    """What speaks for a candidate: its cue settles the stance; it is surer; it comes first.

    Among cues that settle the stance, the more reserved one goes before the surer one.
    """
    settled = one.verdict.reason == "cue-stance"
    reserve = RESERVE.index(one.verdict.stance) if settled else 0
    return settled, reserve, round(one.certainty, 3), -one.match.start


def _cue(match: Match, scan: Scan, source: str) -> Cue:
    start, end = scan.normalised.original(match.start, match.end)
    return Cue(match.cue.pattern.notation, start, end, source)
