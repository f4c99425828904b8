"""The words the coding engine speaks in: what goes in, what comes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Unit:
    """A passage in its context. ``text`` is verbatim and starts with ``marker``.

    >>> Unit(text="(a) 非法访问；", kind="item", marker="(a)").language
    'zh'
    """

    text: str
    kind: str
    """``heading``, ``paragraph`` or ``item``"""
    marker: str = ""
    heading_path: tuple[str, ...] = ()
    """the delegation's own headings above the passage, outermost first"""
    lead_ins: tuple[str, ...] = ()
    """the passages that introduce this item, outermost first, nearest last"""
    speaker: tuple[str, ...] = ()
    """the delegation's name, or names, in the language of the text"""
    language: str = "zh"


@dataclass(frozen=True, slots=True)
class Cue:
    """What fired, and where: ``start`` and ``end`` are offsets in the text named by ``source``."""

    notation: str
    """the cue as the codebook writes it"""
    start: int
    end: int
    source: str
    """``passage``, ``lead-in`` (the nearest that matches) or ``heading`` (likewise)"""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One position a passage may take. ``unit.text[start:end] == quote``, never empty."""

    issue: str
    stance: str
    """``support``, ``oppose``, ``qualified`` or ``open``"""
    start: int
    end: int
    quote: str
    cue: Cue
    stance_cue: Cue | None
    """the words that decided the stance; ``None`` where it is the default"""
    reason: tuple[str, ...]
    """codes a page can put into words, ``name`` or ``name:parameter``"""
    certainty: float
    """0 to 1: how sure; a share of right suggestions where the coder has a calibration"""


@dataclass(frozen=True, slots=True)
class Coding:
    """All that the engine reads in one passage."""

    topics: tuple[str, ...]
    suggestions: tuple[Suggestion, ...]
    no_position: str
    """why there is none, as a code; empty when there are suggestions"""


class Codes(Protocol):
    """Whatever reads positions in a passage."""

    def code(self, unit: Unit) -> Coding:
        """What is read in one passage."""
