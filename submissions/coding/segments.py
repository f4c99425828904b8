"""Where sentences and clauses begin and end in a normalised text."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

_SENTENCE_ENDS = frozenset("。!?\n")
_CLAUSE_ENDS = frozenset("。!?\n,;:")
_ABBREVIATIONS = frozenset(
    [
        "no",
        "nos",
        "art",
        "arts",
        "para",
        "paras",
        "vol",
        "cf",
        "mr",
        "ms",
        "mrs",
        "dr",
        "st",
        "rev",
        "add",
    ]
)


@dataclass(frozen=True, slots=True)
class Segments:
    """Starts of sentences, their parts and clauses, ascending, each beginning with 0."""

    length: int
    sentences: tuple[int, ...]
    parts: tuple[int, ...]
    """sentences cut at semicolons too"""
    clauses: tuple[int, ...]

    def sentence(self, position: int) -> tuple[int, int]:
        """The span of the sentence that holds ``position``."""
        return _span(self.sentences, position, self.length)

    def part(self, position: int) -> tuple[int, int]:
        """The span of the sentence, or part of one between semicolons, at ``position``."""
        return _span(self.parts, position, self.length)

    def clause(self, position: int) -> tuple[int, int]:
        """The span of the clause that holds ``position``."""
        return _span(self.clauses, position, self.length)


def _span(starts: tuple[int, ...], position: int, length: int) -> tuple[int, int]:
    place = bisect_right(starts, position)
    return starts[place - 1], starts[place] if place < len(starts) else length


def segment(text: str) -> Segments:
    """Split a normalised text, Chinese or not. Linear in its length.

    >>> segment("公约应限于网络犯罪,不应扩大。条约须简短。").sentences
    (0, 15)
    >>> segment("no. 3 of art. 2, as agreed. it is short.").clauses
    (0, 16, 27)
    """
    sentences, parts, clauses = [0], [0], [0]
    last = len(text) - 1
    for index, character in enumerate(text[:-1]):
        if character == ".":
            ends_sentence = ends_clause = _is_full_stop(text, index)
        elif character in ",:" and index and index < last and _is_number(text, index):
            continue
        else:
            ends_sentence = character in _SENTENCE_ENDS
            ends_clause = character in _CLAUSE_ENDS
        if ends_sentence:
            sentences.append(index + 1)
        if ends_sentence or character == ";":
            parts.append(index + 1)
        if ends_clause:
            clauses.append(index + 1)
    return Segments(len(text), tuple(sentences), tuple(parts), tuple(clauses))


def _is_full_stop(text: str, index: int) -> bool:
    """A point with a space after it, and before it a word that is no abbreviation or marker."""
    if text[index + 1] != " ":
        return False
    start = index
    while start and index - start < 6 and text[start - 1].isalnum():
        start -= 1
    return index - start > 1 and start > 0 and text[start:index] not in _ABBREVIATIONS


def _is_number(text: str, index: int) -> bool:
    return text[index - 1].isdigit() and text[index + 1].isdigit()
