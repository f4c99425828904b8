"""A text in the form that cues are matched against, with the way back to the original."""

from __future__ import annotations

import unicodedata
from array import array
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

_DROPPED = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
_QUOTES = str.maketrans("\u2018\u2019\u2010\u2011\u2012\u2013", "''----")


@dataclass(frozen=True, slots=True)
class Normalised:
    """``text`` in matching form; ``origin[i]`` is where its i-th character stood."""

    text: str
    origin: array[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text that ``text[start:end]`` (not empty) came from."""
        return self.origin[start], self.origin[end - 1] + 1


@lru_cache(maxsize=1)
def _simplified() -> dict[str, str]:
    """Traditional characters and their simplified forms, from OpenCC's own table."""
    source = files("opencc").joinpath("dictionary/TSCharacters.txt").read_text("utf-8")
    pairs = (line.split("\t") for line in source.splitlines() if "\t" in line)
    return {old: new.split(" ")[0] for old, new in pairs if old != new.split(" ")[0]}


@lru_cache(maxsize=32768)
def _fold(character: str) -> str:
    """One character in matching form: width, Kangxi radical, tradition, case; may be empty."""
    if character in _DROPPED:
        return ""
    if character.isspace():
        return " "
    code = ord(character)
    if 0x2E80 <= code <= 0x2FDF or 0xF900 <= code <= 0xFAFF or 0xFF01 <= code <= 0xFFEF:
        character = unicodedata.normalize("NFKC", character)
    character = "".join(_simplified().get(one, one) for one in character)
    return character.translate(_QUOTES).lower()


def is_han(character: str) -> bool:
    """Whether a character is a Chinese ideograph.

    >>> is_han("网"), is_han("x"), is_han("。")
    (True, False, False)
    """
    return "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff"


def _is_cjk(character: str) -> bool:
    return is_han(character) or "\u3000" <= character <= "\u303f"


def normalise(text: str) -> Normalised:
    """Fold width, tradition, case, Kangxi radicals and spacing; keep the way back.

    Spaces that touch Chinese vanish, others become one. Linear in the length of the text.

    >>> normalise("２０２１ 年 8\\u00a0月 ⼈權 Data").text
    '2021年8月人权data'
    """
    out: list[str] = []
    origin = array("l")
    space_at = -1
    for index, character in enumerate(text):
        for one in _fold(character):
            if one == " ":
                space_at = index if space_at < 0 else space_at
                continue
            if space_at >= 0:
                if out and not (_is_cjk(out[-1]) or _is_cjk(one)):
                    out.append(" ")
                    origin.append(space_at)
                space_at = -1
            out.append(one)
            origin.append(index)
    return Normalised("".join(out), origin)
