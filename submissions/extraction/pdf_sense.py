"""Whether the text layer of a PDF makes sense: words of a language, or shapes without meaning."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

_TOKEN: Final = re.compile(r"\S+")
_FEWEST_LETTERS: Final = 120
#: Letters that make up about half and more of any text in their script.
_COMMON_CYRILLIC: Final = frozenset("оеаинтсрвлк")
_COMMON_LATIN: Final = frozenset("etaoinsráàâäãåéèêëíìîïóòôöõñ")
_COMMON_ARABIC: Final = frozenset("اليمنوترة")
#: The commonest characters of written Chinese, simplified and traditional: a fifth of any text.
_COMMON_HAN: Final = frozenset(
    "的一是不了在和有人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子"
    "说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机"
    "国際國會這個們時來為與應條約當締締约公本第款项各应并及其或由者合全保护提关於對發動後進實現經"
)


def is_garbage(text: str) -> bool:
    """Whether most letters of a text can be no writing: the file maps its shapes to chance letters.

    Texts of fewer than 120 letters are given the benefit of the doubt.
    """
    counts = Counter(text.casefold())
    letters = odd = 0
    for character, count in counts.items():
        if character.isalpha() or _meaningless(character):
            letters += count
            odd += count if _odd(character) else 0
    if letters < _FEWEST_LETTERS:
        return False
    return odd * 4 > letters or _improbable(counts)


def noise_share(text: str) -> float:
    """The share of a page's characters that stand in tokens which are no words (0 to 1)."""
    total = noise = 0
    for token in _TOKEN.findall(text):
        weight = len(token)
        total += weight
        noise += weight if _is_noise(token) else 0
    return noise / total if total >= 80 else 0.0


def _meaningless(character: str) -> bool:
    if character.isspace():
        return False
    return unicodedata.category(character) in ("Co", "Cn", "Cc") or character == "\ufffd"


@lru_cache(maxsize=4096)
def _odd(character: str) -> bool:
    """Whether no text in a language of the United Nations, or near to one, has the letter."""
    if _meaningless(character):
        return not "\uf000" <= character <= "\uf0ff"  # bullets of symbol fonts
    code = ord(character)
    if code < 0x0600 or 0x0600 <= code < 0x0780 or 0x1E00 <= code < 0x2200:
        return False
    if 0x3040 <= code < 0x3130 or 0xAC00 <= code < 0xD7A4 or 0xFB00 <= code < 0xFF00:
        return False
    if 0x4E00 <= code < 0xA000:
        return _rank(character) > 1
    return not 0xFF00 <= code < 0xFFEF


@lru_cache(maxsize=8192)
def _rank(character: str) -> int:
    """0 for a Han character of the common sets of GB 2312 or Big5, 1 for a rarer one, 2 beyond."""
    rank = 2
    for encoding, last_common in (("gb2312", 0xD7), ("big5", 0xC6)):
        try:
            lead = character.encode(encoding)[0]
        except UnicodeEncodeError:
            continue
        rank = min(rank, 0 if lead <= last_common else 1)
    return rank


def _improbable(counts: Mapping[str, int]) -> bool:
    """Whether no script of the text has the letters that every text in it has most of."""
    total = wrong = 0
    for first, last, common, least in (
        ("\u0400", "\u04ff", _COMMON_CYRILLIC, 0.35),
        ("\u0600", "\u06ff", _COMMON_ARABIC, 0.3),
        ("\u4e00", "\u9fff", _COMMON_HAN, 0.03),
        ("a", "\u024f", _COMMON_LATIN, 0.42),
    ):
        script = {
            letter: count
            for letter, count in counts.items()
            if first <= letter <= last and letter.isalpha()
        }
        length = sum(script.values())
        share = sum(count for letter, count in script.items() if letter in common) / (length or 1)
        total += length
        if share < least:
            wrong += length
    return total >= _FEWEST_LETTERS and wrong * 2 > total


def _is_noise(token: str) -> bool:
    """A token of mixed scripts, of symbols among letters, or of characters that hardly occur."""
    if token.isascii() and (token.isalpha() or token.isdigit()):
        return False
    latin = sum("a" <= letter.lower() <= "\u024f" for letter in token)
    han = [letter for letter in token if "\u4e00" <= letter <= "\u9fff"]
    if han and latin and latin + len(han) < 12 and not token[0].isdigit():
        return True
    if han and sum(_rank(letter) > 0 for letter in han) * 4 > len(han):
        return True
    strange = sum(
        _odd(letter) or letter in "¤◇¥¢§¨¬¦" or "\u2160" <= letter <= "\u2180"
        for letter in token
        if not letter.isdigit()
    )
    if strange and strange * 8 >= len(token):
        return True
    core = token.strip(".,;:()[]“”\"'’")
    if not core.isalnum() or core.isdigit() or not core.isascii():
        return False
    mixed = any(letter.isdigit() for letter in core) and any(letter.islower() for letter in core)
    return mixed and len(core) > 5
