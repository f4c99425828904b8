"""The small notation in which the codebook writes its cues. See docs/codebook.md."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

STANCES = ("support", "oppose", "qualified", "open")

LINKS = {
    ">": "then, soon after, in the same clause",
    "+": "in the same clause, before or after",
    "&": "in the same sentence",
    "-": "not with this in the same clause",
    "!": "not with this in the same sentence",
}

CONTEXT_FLAGS = ("heading", "lead-in", "context")
TOPIC_FLAGS = ("under", "not-under")
NO_TOPIC = "none"
"""In a topic condition: no heading or lead-in above the passage names a topic."""
PLAIN_FLAGS = ("list", "chapter", "mention", "own-verb")

_OPERATOR = re.compile(r" ([>+&!-]) ")
_FLAG = re.compile(r"@([a-z-]+)(?:\(([^()]*)\))?")
_LIST = re.compile(r"<([a-z_]+)>")


class NotationError(ValueError):
    """A cue that cannot be read; the message says what to write instead."""


@dataclass(frozen=True, slots=True)
class Term:
    """Literal words, and where in a passage they count."""

    text: str
    whole_word: bool = False
    """``=term``: only as a word of its own (Chinese; Latin words always are)"""
    open_end: bool = False
    """``term*``: any word that begins so"""
    at_start: bool = False
    """``^term``: only as the first words of the passage"""
    at_end: bool = False
    """``term$``: only as its last words"""


@dataclass(frozen=True, slots=True)
class Part:
    """Alternatives, and how they are bound to the part before (empty for the first)."""

    link: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Flag:
    """A condition on where the passage stands."""

    name: str
    terms: tuple[Term, ...] = ()
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CuePattern:
    """One cue: its parts, its conditions, and its stance where it settles it."""

    notation: str
    parts: tuple[Part, ...]
    flags: tuple[Flag, ...] = ()
    stance: str = ""


def parse_cue(notation: str, lists: Mapping[str, tuple[str, ...]] | None = None) -> CuePattern:
    """Read one cue; ``lists`` are the named term lists that ``<name>`` stands for.

    >>> cue = parse_cue("非法|擅自 > 访问 @list => support")
    >>> [part.link for part in cue.parts], cue.flags[0].name, cue.stance
    (['', '>'], 'list', 'support')

    Raises NotationError where the cue cannot be read.
    """
    body, stance = _split_stance(notation)
    body, flags = _split_flags(body, lists or {})
    pieces = _OPERATOR.split(body.strip())
    if not pieces[0].strip():
        raise NotationError(f"cue {notation!r} has no words; write at least one term")
    if re.search(r"(^|\s)[>+&!-](\s|$)", pieces[0]) or pieces[-1].strip() in LINKS:
        raise NotationError(f"cue {notation!r}: an operator needs a term on each side of it")
    parts = [Part("", _terms(pieces[0], notation, lists or {}))]
    for link, words in zip(pieces[1::2], pieces[2::2], strict=True):
        parts.append(Part(link, _terms(words, notation, lists or {})))
    return CuePattern(notation, tuple(parts), flags, stance)


def parse_terms(words: str, lists: Mapping[str, tuple[str, ...]] | None = None) -> tuple[Term, ...]:
    """Read alternatives alone, without operators.

    >>> parse_terms("criminali*|^定义$")[0].open_end
    True
    """
    return _terms(words, words, lists or {})


def _split_stance(notation: str) -> tuple[str, str]:
    body, arrow, stance = notation.partition("=>")
    stance = stance.strip()
    if arrow and stance not in STANCES:
        raise NotationError(
            f"cue {notation!r}: unknown stance {stance!r}; write one of {', '.join(STANCES)}"
        )
    return body, stance


def _split_flags(body: str, lists: Mapping[str, tuple[str, ...]]) -> tuple[str, tuple[Flag, ...]]:
    flags = []
    for match in _FLAG.finditer(body):
        name, inside = match.group(1), (match.group(2) or "").strip()
        known = (*CONTEXT_FLAGS, *TOPIC_FLAGS, *PLAIN_FLAGS)
        if name not in known:
            raise NotationError(f"unknown condition @{name}; write one of @{', @'.join(known)}")
        if (name in PLAIN_FLAGS) == bool(inside):
            need = "nothing" if name in PLAIN_FLAGS else "words"
            raise NotationError(f"condition @{name} takes {need} in brackets after it")
        if name in CONTEXT_FLAGS:
            flags.append(Flag(name, terms=_terms(inside, body, lists)))
        elif name in TOPIC_FLAGS:
            flags.append(Flag(name, topics=tuple(one.strip() for one in inside.split(","))))
        else:
            flags.append(Flag(name))
    rest = _FLAG.sub("", body)
    if "@" in rest:
        raise NotationError(f"cue {body.strip()!r}: @ must be followed by the name of a condition")
    return rest, tuple(flags)


def _terms(words: str, notation: str, lists: Mapping[str, tuple[str, ...]]) -> tuple[Term, ...]:
    found: list[Term] = []
    for word in words.split("|"):
        named = _LIST.fullmatch(word.strip())
        if named is None:
            found.append(_term(word.strip(), notation))
        elif named.group(1) in lists:
            found.extend(_term(one, notation) for one in lists[named.group(1)])
        else:
            raise NotationError(
                f"cue {notation!r}: no term list <{named.group(1)}>; add it under [terms]"
            )
    return tuple(dict.fromkeys(found))


def _term(word: str, notation: str) -> Term:
    at_start = word.startswith("^")
    word = word.removeprefix("^")
    whole_word = word.startswith("=")
    word = word.removeprefix("=")
    at_end = word.endswith("$")
    word = word.removesuffix("$")
    open_end = word.endswith("*")
    word = word.removesuffix("*").strip()
    if not word:
        raise NotationError(f"cue {notation!r} has an empty term; remove the stray |")
    if any(sign in word for sign in "<>*^$="):
        raise NotationError(f"cue {notation!r}: {word!r} holds a sign of the notation")
    return Term(word, whole_word, open_end, at_start, at_end)
