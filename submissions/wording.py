"""Find passages that use the words of an earlier list, verbatim or nearly so.  Pure: no Django.

Both texts are reduced to letters and digits, so that punctuation, spaces and brackets do not count.
An item is compared clause by clause: pieces between signs of punctuation that are long enough to
mean something.  Candidates share runs of four characters (an index, so that the work grows with the
text and not with its square); each is then aligned by rapidfuzz, which gives how much of the clause
stands in the passage, from 0 to 100, and where.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

_CLAUSES: Final = re.compile(r"[^。；;，,：:！!？?\n]+")
_GRAM: Final = 4
#: A clause of fewer letters and digits is too short to be anybody's wording.
SHORTEST: Final = 10
#: The fewest characters that all the runs of an echo have together.
_ENOUGH: Final = 13
#: The least similarity, 0 to 100, and the least share of a clause's runs that a candidate has.
_SIMILAR: Final = 80.0
_SHARED: Final = 0.4
#: A clause that more speakers use than this share of them (and than this many) is boilerplate.
_COMMON_SHARE: Final = 0.25
_COMMON_COUNT: Final = 4


@dataclass(frozen=True, slots=True)
class Text:
    """A text to compare: what it is known by, who speaks it, its words, and where they begin.

    What stands before `begin` (a marker) is not compared.
    """

    key: int
    speaker: str
    words: str
    begin: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """A clause of an item and where a passage has it; offsets are into the texts as they stand."""

    start: int
    end: int
    passage_start: int
    passage_end: int
    score: float


@dataclass(frozen=True, slots=True)
class Echo:
    """An item and a passage that has some of its wording; `score` weighs the runs by length."""

    item: int
    passage: int
    score: float
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class _Clause:
    item: int
    start: int
    end: int
    letters: str


def echoes(items: Sequence[Text], passages: Sequence[Text]) -> list[Echo]:
    """The passages that use an item's wording, strongest first for each item.

    >>> words = "分享关于网络犯罪威胁的信息；"
    >>> found = echoes([Text(1, "", words)], [Text(7, "IDN", words), Text(8, "NOR", "人权。")])
    >>> [(echo.item, echo.passage, echo.score) for echo in found]
    [(1, 7, 100.0)]
    """
    clauses = [clause for item in items for clause in _clauses(item)]
    index: dict[str, list[int]] = defaultdict(list)
    for number, clause in enumerate(clauses):
        for gram in _grams(clause.letters):
            index[gram].append(number)
    found: dict[int, list[tuple[Text, Run]]] = defaultdict(list)
    for passage in passages:
        letters, places = _letters(passage.words, passage.begin)
        if len(letters) < SHORTEST:
            continue
        for number in _candidates(letters, clauses, index):
            if run := _align(clauses[number], letters, places):
                found[number].append((passage, run))
    speakers = len({passage.speaker for passage in passages})
    runs: dict[tuple[int, int], list[Run]] = defaultdict(list)
    for number, matches in found.items():
        used_by = len({passage.speaker for passage, _ in matches})
        if used_by > max(_COMMON_COUNT, speakers * _COMMON_SHARE):
            continue
        for passage, run in matches:
            runs[clauses[number].item, passage.key].append(run)
    made = [
        _echo(item, passage, matched)
        for (item, passage), matched in runs.items()
        if sum(run.end - run.start for run in matched) >= _ENOUGH
    ]
    return sorted(made, key=lambda echo: (echo.item, -echo.score, echo.passage))


def _echo(item: int, passage: int, found: Sequence[Run]) -> Echo:
    runs = tuple(sorted(found, key=lambda run: (run.start, run.passage_start)))
    length = sum(run.end - run.start for run in runs)
    score = sum(run.score * (run.end - run.start) for run in runs) / length
    return Echo(item, passage, round(score, 1), runs)


def _clauses(item: Text) -> Iterator[_Clause]:
    for match in _CLAUSES.finditer(item.words, item.begin):
        letters, _ = _letters(match.group())
        if len(letters) >= SHORTEST:
            yield _Clause(item.key, match.start(), match.end(), letters)


def _letters(words: str, begin: int = 0) -> tuple[str, list[int]]:
    """The letters and digits of a text in lower case, and where each of them stands in it."""
    letters = []
    places = []
    for place, character in enumerate(words):
        if place >= begin and character.isalnum():
            letters.append(character.lower()[0])
            places.append(place)
    return "".join(letters), places


def _grams(letters: str) -> set[str]:
    return {letters[at : at + _GRAM] for at in range(len(letters) - _GRAM + 1)}


def _candidates(
    letters: str, clauses: Sequence[_Clause], index: dict[str, list[int]]
) -> Iterator[int]:
    shared = Counter(number for gram in _grams(letters) for number in index.get(gram, ()))
    for number, count in shared.items():
        shorter = min(len(clauses[number].letters), len(letters))
        if count >= _SHARED * (shorter - _GRAM + 1):
            yield number


def _align(clause: _Clause, letters: str, places: Sequence[int]) -> Run | None:
    aligned = fuzz.partial_ratio_alignment(clause.letters, letters, score_cutoff=_SIMILAR)
    if aligned is None or aligned.dest_end - aligned.dest_start < SHORTEST:
        return None
    return Run(
        clause.start,
        clause.end,
        places[aligned.dest_start],
        places[aligned.dest_end - 1] + 1,
        round(aligned.score, 1),
    )
