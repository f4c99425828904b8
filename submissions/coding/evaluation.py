"""How well codings agree with passages coded by hand. Pure arithmetic; prints nothing.

A *code* is an issue on a passage; a *cell* is an issue of a delegation. What only one of the two
coders saw (``disputed``) is scored neither as found nor as missed, and a cell behind which there
is nothing else is left out. Where the positions in a cell differ, the cell takes the stance that
most of them take; if two stances are even, the more reserved of them (oppose before qualified
before open before support): a single 'yes' does not cancel a stated limit, three do.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.codebook import Codebook
from submissions.coding.model import Coding, Cue, Suggestion, Unit
from submissions.coding.stance import RESERVE

RARE = frozenset({"oppose", "qualified", "open"})

Cell = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of found, invented and missed; the ratios are 0 where nothing could be counted."""

    found: int
    invented: int
    missed: int

    @property
    def precision(self) -> float:
        """Share of what was suggested that is in the gold, 0 to 1."""
        return _share(self.found, self.found + self.invented)

    @property
    def recall(self) -> float:
        """Share of the gold that was suggested, 0 to 1."""
        return _share(self.found, self.found + self.missed)

    @property
    def f1(self) -> float:
        """Harmonic mean of the two, 0 to 1.

        >>> Score(2, 1, 1).f1
        0.6666666666666666
        """
        return _share(2 * self.found, 2 * self.found + self.invented + self.missed)


@dataclass(frozen=True, slots=True)
class Code:
    """One hand-set code, or one suggestion, on one unit."""

    unit: str
    delegation: str
    issue: str
    stance: str
    quote: tuple[int, int]
    """offsets in the unit's text; (0, 0) where the quote is not in it"""
    disputed: bool = False
    stance_disputed: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """A suggestion's certainty, and whether the gold has its issue with the same stance."""

    delegation: str
    certainty: float
    right: bool


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All figures of one comparison; every share is between 0 and 1."""

    passages: int
    topics: Score
    """over (passage, topic) pairs"""
    topics_macro_f1: float
    """mean over the topics that occur"""
    codes: Score
    """over (passage, issue) pairs"""
    cells: Score
    """over (delegation, issue) pairs"""
    cell_stances: float
    """share of the cells that both have in which the stance is the same"""
    rare: Score
    """over (delegation, issue, stance) with a stance other than support"""
    quotes: float
    """share of the codes that both have whose quotes overlap"""
    coverage: float
    """share of the passages with codes that got a suggestion"""
    silence: float
    """share of the passages without codes that got none"""
    issues: Mapping[str, Score]
    """codes, issue by issue"""
    delegations: Mapping[str, Score]
    """cells, delegation by delegation"""
    topics_by: Mapping[str, Score]
    """passages, topic by topic"""
    rare_by: Mapping[str, Score]
    """cells of each rare stance by itself"""
    judged: tuple[Judged, ...]
    """every suggestion that the gold can judge, in the gold's order"""


def evaluate(gold: Iterable[Mapping[str, Any]], codings: Mapping[str, Coding]) -> Evaluation:
    """Compare codings, by unit, with gold lines. A unit without a coding counts as silent."""
    lines = [line for line in gold if line["kind"] != "heading"]
    wanted = [code for line in lines for code in _gold_codes(line)]
    given = [code for line in lines for code in _suggested(line, codings)]
    topics_by = _topic_scores(lines, codings)
    codes = _compare(wanted, given, lambda code: (code.unit, code.issue))
    cells = _compare(wanted, given, lambda code: (code.delegation, code.issue))
    accuracy, rare_by = _stances(wanted, given)
    coded = {code.unit for code in wanted if not code.disputed}
    uncoded = {line["unit"] for line in lines} - {code.unit for code in wanted}
    spoken = {code.unit for code in given}
    return Evaluation(
        passages=len(lines),
        topics=_sum(topics_by),
        topics_macro_f1=_mean_f1(topics_by),
        codes=codes,
        cells=cells,
        cell_stances=accuracy,
        rare=_sum(rare_by),
        quotes=_overlapping(wanted, given),
        coverage=_share(len(coded & spoken), len(coded)),
        silence=_share(len(uncoded - spoken), len(uncoded)),
        issues=_breakdown(wanted, given, lambda code: code.issue, lambda code: code.unit),
        delegations=_breakdown(wanted, given, lambda code: code.delegation, lambda c: c.issue),
        topics_by=topics_by,
        rare_by=rare_by,
        judged=tuple(_judge(lines, wanted, codings)),
    )


def cell_stance(stances: Iterable[str]) -> str:
    """The stance that a cell's positions add up to; ValueError where there are none.

    >>> cell_stance(["support", "qualified"]), cell_stance(["support", "qualified", "support"])
    ('qualified', 'support')
    """
    counts = Counter(stances)
    return max(counts, key=lambda stance: (counts[stance], RESERVE.index(stance)))


def baseline(codebook: Codebook, unit: Unit) -> Coding:
    """What a keyword search would say: an issue whose label stands in the passage, in support.

    The label is cut at its brackets and commas, and matched as it stands.
    """
    if unit.kind == "heading":
        return Coding((), (), "heading")
    found = []
    for issue in codebook.issues:
        label = issue.zh if unit.language == "zh" else issue.en
        for word in _label_words(label):
            start = unit.text.lower().find(word.lower())
            if start >= 0:
                cue = Cue(word, start, start + len(word), "passage")
                quote = unit.text[start : start + len(word)]
                found.append(
                    Suggestion(
                        issue.key, "support", start, cue.end, quote, cue, None, ("label",), 0.5
                    )
                )
                break
    topics = {one.issue.partition(".")[0] for one in found}
    order = tuple(topic.key for topic in codebook.topics if topic.key in topics)
    return Coding(order, tuple(found), "" if found else "no-cue")


def _label_words(label: str) -> list[str]:
    for sign in "（）()、,，；":
        label = label.replace(sign, "|")
    return [word.strip() for word in label.split("|") if len(word.strip()) > 1]


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _gold_codes(line: Mapping[str, Any]) -> list[Code]:
    text = line["text"]
    codes = []
    for code in line.get("codes", ()):
        start = text.find(code["quote"])
        span = (start, start + len(code["quote"])) if start >= 0 else (0, 0)
        codes.append(
            Code(
                line["unit"],
                line["delegation"],
                code["issue"],
                code["stance"],
                span,
                bool(code.get("disputed")),
                bool(code.get("stance_disputed")),
            )
        )
    return codes


def _suggested(line: Mapping[str, Any], codings: Mapping[str, Coding]) -> list[Code]:
    coding = codings.get(line["unit"])
    return [
        Code(line["unit"], line["delegation"], one.issue, one.stance, (one.start, one.end))
        for one in (coding.suggestions if coding else ())
    ]


def _compare(
    wanted: Sequence[Code], given: Sequence[Code], key: Callable[[Code], Hashable]
) -> Score:
    """Score by key; keys behind which the gold has only disputed codes are left out."""
    sure = {key(code) for code in wanted if not code.disputed}
    left_out = {key(code) for code in wanted} - sure
    got = {key(code) for code in given} - left_out
    return Score(len(sure & got), len(got - sure), len(sure - got))


def _breakdown(
    wanted: Sequence[Code],
    given: Sequence[Code],
    group: Callable[[Code], str],
    member: Callable[[Code], str],
) -> dict[str, Score]:
    names = sorted({group(code) for code in (*wanted, *given)})
    return {
        name: _compare(
            [code for code in wanted if group(code) == name],
            [code for code in given if group(code) == name],
            member,
        )
        for name in names
    }


def _cells(codes: Iterable[Code]) -> dict[Cell, str]:
    stances: dict[Cell, list[str]] = defaultdict(list)
    for code in codes:
        if not code.disputed and not code.stance_disputed:
            stances[code.delegation, code.issue].append(code.stance)
    return {cell: cell_stance(found) for cell, found in stances.items()}


def _stances(wanted: Sequence[Code], given: Sequence[Code]) -> tuple[float, dict[str, Score]]:
    """Accuracy over the cells that both have, and the score of each rare stance."""
    gold, got = _cells(wanted), _cells(given)
    left_out = {(code.delegation, code.issue) for code in wanted} - set(gold)
    both = set(gold) & set(got)
    same = sum(gold[cell] == got[cell] for cell in both)
    scores = {}
    for rare in sorted(RARE):
        there = {cell for cell, stance in gold.items() if stance == rare}
        claimed = {cell for cell, stance in got.items() if stance == rare} - left_out
        scores[rare] = Score(len(there & claimed), len(claimed - there), len(there - claimed))
    return _share(same, len(both)), scores


def _judge(
    lines: Sequence[Mapping[str, Any]], wanted: Sequence[Code], codings: Mapping[str, Coding]
) -> Iterator[Judged]:
    stances = {(code.unit, code.issue): code for code in wanted}
    for line in lines:
        coding = codings.get(line["unit"])
        for one in coding.suggestions if coding else ():
            code = stances.get((line["unit"], one.issue))
            if code and (code.disputed or code.stance_disputed):
                continue
            right = code is not None and code.stance == one.stance
            yield Judged(line["delegation"], one.certainty, right)


def _overlapping(wanted: Sequence[Code], given: Sequence[Code]) -> float:
    spans = {(code.unit, code.issue): code.quote for code in given}
    both = [code for code in wanted if (code.unit, code.issue) in spans and code.quote[1]]
    overlaps = 0
    for code in both:
        start, end = spans[code.unit, code.issue]
        overlaps += start < code.quote[1] and code.quote[0] < end
    return _share(overlaps, len(both))


def _topic_scores(
    lines: Sequence[Mapping[str, Any]], codings: Mapping[str, Coding]
) -> dict[str, Score]:
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for line in lines:
        coding = codings.get(line["unit"])
        disputed = set(line.get("topics_disputed", ()))
        wanted = set(line.get("topics", ())) - disputed
        given = set(coding.topics if coding else ()) - disputed
        for topic in wanted | given:
            place = 0 if topic in wanted & given else 1 if topic in given else 2
            counts[topic][place] += 1
    return {topic: Score(*count) for topic, count in sorted(counts.items())}


def _sum(scores: Mapping[str, Score]) -> Score:
    counts = [(score.found, score.invented, score.missed) for score in scores.values()]
    return Score(*map(sum, zip(*counts, strict=True))) if counts else Score(0, 0, 0)


def _mean_f1(scores: Mapping[str, Score]) -> float:
    return sum(score.f1 for score in scores.values()) / len(scores) if scores else 0.0
