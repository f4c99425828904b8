"""All literal terms of all issues in one pass over a text (Aho and Corasick, 1975)."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator


class Automaton:
    """Finds every occurrence of every word, overlapping ones too, in one pass.

    >>> list(Automaton(["引渡", "双重犯罪", "犯罪"]).find("双重犯罪、引渡"))
    [(0, 4, 1), (2, 4, 2), (5, 7, 0)]
    """

    __slots__ = ("_fail", "_lengths", "_next", "_output", "_shorter")

    def __init__(self, words: Iterable[str]) -> None:
        """Build from ``words``; the number reported for a word is its place in that order."""
        self._next: list[dict[str, int]] = [{}]
        self._output: list[int] = [-1]
        self._lengths: list[int] = []
        for number, word in enumerate(words):
            self._add(number, word)
        self._fail = [0] * len(self._next)
        self._shorter = [0] * len(self._next)
        self._link()

    def _add(self, number: int, word: str) -> None:
        if not word:
            raise ValueError("an empty word would be found everywhere")
        state = 0
        for character in word:
            following = self._next[state].get(character)
            if following is None:
                following = len(self._next)
                self._next[state][character] = following
                self._next.append({})
                self._output.append(-1)
            state = following
        self._output[state] = number
        self._lengths.append(len(word))

    def _link(self) -> None:
        """Set, state by state, where to go on after a mismatch and the next shorter word."""
        queue = deque(self._next[0].values())
        while queue:
            state = queue.popleft()
            for character, following in self._next[state].items():
                queue.append(following)
                back = self._fail[state]
                while back and character not in self._next[back]:
                    back = self._fail[back]
                self._fail[following] = self._next[back].get(character, 0)
            back = self._fail[state]
            self._shorter[state] = back if self._output[back] >= 0 else self._shorter[back]

    def find(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Yield (start, end, number) of each occurrence, by end, longer words first."""
        state = 0
        for index, character in enumerate(text, 1):
            while state and character not in self._next[state]:
                state = self._fail[state]
            state = self._next[state].get(character, 0)
            seen = state if self._output[state] >= 0 else self._shorter[state]
            while seen:
                number = self._output[seen]
                yield index - self._lengths[number], index, number
                seen = self._shorter[seen]
