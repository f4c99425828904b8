"""Reads the codebook: topics, issues, and the cues by which the engine knows them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.notation import (
    NO_TOPIC,
    STANCES,
    CuePattern,
    NotationError,
    Term,
    parse_cue,
    parse_terms,
)

STANCE_CUES = (
    "demand",
    "negate",
    "reject",
    "harm",
    "contrast",
    "limit",
    "condition",
    "raise",
    "report",
    "courtesy",
    "resume",
    "outline",
)
"""The kinds of words that decide whether a passage takes a position, and which."""

_TOP_FIELDS = {"version", "topic", "issue", "terms", "stance_cues"}
_TOPIC_FIELDS = {"key", "en", "zh", "headings"}
_ISSUE_FIELDS = {"key", "topic", "en", "zh", "questions", "recommendations", "cues", *STANCES}


class CodebookError(ValueError):
    """A codebook that cannot be used: file, line number, what is wrong, what to write."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A column that a delegate browses; ``headings`` are the words that open its section."""

    key: str
    en: str
    zh: str
    order: int
    headings: Mapping[str, tuple[Term, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Issue:
    """One proposition under a topic; ``order`` is its place in the book, from 0."""

    key: str
    topic: str
    en: str
    zh: str
    stances: Mapping[str, str]
    questions: tuple[int, ...]
    recommendations: tuple[int, ...]
    cues: Mapping[str, tuple[CuePattern, ...]]
    order: int


@dataclass(frozen=True, slots=True)
class Codebook:
    """What a passage can take a position on, and the words by which it does."""

    version: str
    topics: tuple[Topic, ...]
    issues: tuple[Issue, ...]
    stance_cues: Mapping[str, Mapping[str, tuple[CuePattern, ...]]] = field(default_factory=dict)
    set_phrases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """per language, names and set phrases whose words are not read by themselves"""

    def issue(self, key: str) -> Issue:
        """The issue with this key; KeyError if there is none."""
        for issue in self.issues:
            if issue.key == key:
                return issue
        raise KeyError(key)


def load_codebook(path: Path | str) -> Codebook:
    """Read and check a codebook file. Raises CodebookError with file, line and cure."""
    path = Path(path)
    source = path.read_text(encoding="utf-8")
    try:
        data = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise CodebookError(f"{path}: not valid TOML: {error}") from error
    return _Reader(path, source, data).codebook()


class _Reader:
    """One reading of one file: knows where in it a complaint belongs."""

    def __init__(self, path: Path, source: str, data: dict[str, Any]) -> None:
        self._path = path
        self._lines = source.splitlines()
        self._data = data
        self._lists: dict[str, dict[str, tuple[str, ...]]] = {}

    def codebook(self) -> Codebook:
        """All of it, checked."""
        self._known(self._data, _TOP_FIELDS, 0, "the codebook")
        version = self._text(self._data, "version", 0, "the codebook")
        for language, lists in self._table(self._data, "terms", 0).items():
            self._lists[language] = {
                name: self._strings(words, name, 0) for name, words in lists.items()
            }
        topics = tuple(
            self._topic(entry, order) for order, entry in enumerate(self._data.get("topic", []))
        )
        self._unique([topic.key for topic in topics], "topic")
        keys = [topic.key for topic in topics]
        issues = tuple(
            self._issue(entry, order, keys)
            for order, entry in enumerate(self._data.get("issue", []))
        )
        self._unique([issue.key for issue in issues], "issue")
        phrases = {one: lists.get("set_phrases", ()) for one, lists in self._lists.items()}
        return Codebook(version, topics, issues, self._stance_cues(), phrases)

    def _topic(self, entry: dict[str, Any], order: int) -> Topic:
        line = self._header("topic", order)
        self._known(entry, _TOPIC_FIELDS, line, "a topic")
        key, en, zh = (self._text(entry, name, line, "a topic") for name in ("key", "en", "zh"))
        headings = {}
        for language, words in self._table(entry, "headings", line).items():
            joined = "|".join(self._strings(words, "headings", line))
            try:
                headings[language] = parse_terms(joined, self._lists.get(language))
            except NotationError as error:
                raise self._error(self._find("headings", line), str(error)) from error
        return Topic(key, en, zh, order, headings)

    def _issue(self, entry: dict[str, Any], order: int, topics: list[str]) -> Issue:
        line = self._header("issue", order)
        self._known(entry, _ISSUE_FIELDS, line, "an issue")
        key, topic, en, zh = (
            self._text(entry, name, line, "an issue") for name in ("key", "topic", "en", "zh")
        )
        if topic not in topics:
            raise self._error(
                self._find("topic", line),
                f"issue {key!r} is under topic {topic!r}, which does not exist; "
                f"write one of {', '.join(topics)}, or add the topic",
            )
        return Issue(
            key=key,
            topic=topic,
            en=en,
            zh=zh,
            stances={s: self._text(entry, s, line, "an issue") for s in STANCES if s in entry},
            questions=self._numbers(entry, "questions", line),
            recommendations=self._numbers(entry, "recommendations", line),
            cues={
                language: self._cues(language, self._strings(cues, "cues", line), line, topics)
                for language, cues in self._table(entry, "cues", line).items()
            },
            order=order,
        )

    def _stance_cues(self) -> dict[str, dict[str, tuple[CuePattern, ...]]]:
        found: dict[str, dict[str, tuple[CuePattern, ...]]] = {}
        for language, kinds in self._table(self._data, "stance_cues", 0).items():
            line = self._find_text(f"[stance_cues.{language}]", 0)
            self._known(kinds, set(STANCE_CUES), line, "stance cues")
            found[language] = {
                kind: self._cues(language, self._strings(cues, kind, line), line, None)
                for kind, cues in kinds.items()
            }
        return found

    def _cues(
        self, language: str, cues: tuple[str, ...], line: int, topics: list[str] | None
    ) -> tuple[CuePattern, ...]:
        read = []
        for cue in cues:
            try:
                pattern = parse_cue(cue, self._lists.get(language))
            except NotationError as error:
                raise self._error(self._find_text(cue, line), str(error)) from error
            named = {topic for flag in pattern.flags for topic in flag.topics}
            unknown = sorted(named.difference(topics or (), {NO_TOPIC}))
            if unknown:
                raise self._error(
                    self._find_text(cue, line),
                    f"cue {cue!r} names topic {unknown[0]!r}, which does not exist",
                )
            read.append(pattern)
        return tuple(read)

    # --- checks, and where they point ---------------------------------------

    def _error(self, line: int, message: str) -> CodebookError:
        return CodebookError(f"{self._path}:{line}: {message}")

    def _known(self, entry: Mapping[str, Any], known: set[str], line: int, what: str) -> None:
        for name in entry:
            if name not in known:
                raise self._error(
                    self._find(name, line),
                    f"unknown field {name!r} in {what}; the fields are {', '.join(sorted(known))}",
                )

    def _unique(self, keys: list[str], what: str) -> None:
        for order, key in enumerate(keys):
            if key in keys[:order]:
                raise self._error(
                    self._find("key", self._header(what, order)),
                    f"{what} {key!r} is there twice; rename or remove one",
                )

    def _text(self, entry: Mapping[str, Any], name: str, line: int, what: str) -> str:
        value = entry.get(name)
        if not isinstance(value, str) or not value.strip():
            raise self._error(
                self._find(name, line), f'{what} needs {name} = "…", a text that is not empty'
            )
        return value

    def _table(self, entry: Mapping[str, Any], name: str, line: int) -> dict[str, Any]:
        value = entry.get(name, {})
        if not isinstance(value, dict):
            raise self._error(
                self._find(name, line), f"{name} are given per language: {name}.zh = […]"
            )
        return value

    def _strings(self, value: Any, name: str, line: int) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self._error(self._find(name, line), f'{name} must be a list of texts: ["…", "…"]')
        return tuple(value)

    def _numbers(self, entry: Mapping[str, Any], name: str, line: int) -> tuple[int, ...]:
        value = entry.get(name, [])
        if not isinstance(value, list) or not all(type(one) is int for one in value):
            raise self._error(self._find(name, line), f"{name} must be a list of numbers: [1, 2]")
        return tuple(value)

    def _header(self, what: str, order: int) -> int:
        """The line, from 1, of the order-th ``[[what]]``."""
        heads = [n for n, text in enumerate(self._lines, 1) if text.strip() == f"[[{what}]]"]
        return heads[order] if order < len(heads) else 1

    def _block(self, line: int) -> Iterable[tuple[int, str]]:
        """The numbered lines from ``line`` to the next entry."""
        for number, text in enumerate(self._lines[max(line - 1, 0) :], max(line, 1)):
            if number > line and text.startswith("[[") and line:
                return
            yield number, text

    def _find(self, name: str, line: int) -> int:
        """Where a field is set in the entry that begins at ``line``; else ``line`` itself."""
        pattern = re.compile(rf"\s*\[?{re.escape(name)}\b")
        return next((n for n, text in self._block(line) if pattern.match(text)), max(line, 1))

    def _find_text(self, words: str, line: int) -> int:
        return next((n for n, text in self._block(line) if words in text), max(line, 1))
