"""The markers that open numbered paragraphs, list items and titles, in the genre's notations."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

_HAN_NUMERAL: Final = "〇零一二三四五六七八九十百廿卅"
_HAN: Final = rf"[{_HAN_NUMERAL}]{{1,8}}"
_HAN_VALUE: Final = {"廿": 20, "卅": 30}
#: Notations that are titles by themselves: their number may stand alone on its line.
_TITLES: Final = {"chapter", "article"}


@dataclass(frozen=True, slots=True)
class Marker:
    """`text` as printed, its notation's name (`series`) and its number in that series (from 1).

    A bullet has no number (0).
    """

    text: str
    series: str
    number: int


_PATTERNS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("chapter", re.compile(rf"第\s?({_HAN}|\d{{1,4}})\s?[章编部](?=\s|$)")),
    ("article", re.compile(rf"第\s?({_HAN}|\d{{1,4}})\s?条(?:[.．、]|(?=\s|$))")),
    (
        "article",
        re.compile(r"(?:ARTICLE|Article)\s(\d{1,4})(?:\s?(?:BIS|TER|bis|ter))?[.:]?(?=\s|$)"),
    ),
    ("han", re.compile(rf"({_HAN})[.．、]")),
    ("han-bracket", re.compile(rf"[（(]({_HAN})[）)]")),
    ("han-bracket", re.compile(r"([㈠-㈩])")),
    ("arabic", re.compile(r"(?:-\s)?(\d{1,3})(?:[.．](?!\d)|、)")),
    ("arabic-bracket", re.compile(r"[（(](\d{1,3})[）)]")),
    ("letter-bracket", re.compile(r"[（(]([a-z])[）)]")),
    ("roman-bracket", re.compile(r"[（(]([ivx]{2,5})[）)]")),
    ("roman", re.compile(r"([IVX]{1,5})\.(?=\s)")),
    ("capital", re.compile(r"([A-Z])(?:\.(?=\s)|(?=\s[^\x00-\x7f]))")),
    ("letter", re.compile(r"([a-z])(?:[.)](?=\s)|(?=\s[^\x00-\x7f]))")),
    ("bullet", re.compile(r"([•●○▪■◆‣\uf0b7]|[·–—*-](?=\s))")),
)
_ROMAN: Final = {"i": 1, "v": 5, "x": 10}


def split_marker(text: str) -> Marker | None:
    """The marker that `text` opens with, or None.

    A marker is followed by words, save that of an article or a chapter; a text that is nothing but
    a number is no marked paragraph.

    >>> split_marker("(a) 非法访问；")
    Marker(text='(a)', series='letter-bracket', number=1)
    >>> split_marker("第 12 条. 通过互联网").number
    12
    >>> split_marker("24/7 联络点。") is None and split_marker("74/247 号决议设立了") is None
    True
    """
    for series, pattern in _PATTERNS:
        match = pattern.match(text)
        if match and (series in _TITLES or text[match.end() :].strip()):
            return Marker(match.group(0), series, _number(series, match.group(1)))
    return None


def in_series(marker: Marker, previous: Marker | None) -> Marker:
    """Settle what one marker alone cannot say: `(i)` after `(h)` is a letter, else a numeral.

    >>> i = split_marker("(i) 在对任何人")
    >>> in_series(i, split_marker("(h) 如果")).number, in_series(i, None).series
    (9, 'roman-bracket')
    """
    if marker.series != "letter-bracket" or marker.text.strip("（()）") not in _ROMAN:
        return marker
    follows = previous is not None and previous.series == "letter-bracket"
    if follows and previous is not None and previous.number == marker.number - 1:
        return marker
    return Marker(marker.text, "roman-bracket", roman_value(marker.text.strip("（()）")))


def _number(series: str, digits: str) -> int:
    if series == "bullet":
        return 0
    if series in ("roman", "roman-bracket"):
        return roman_value(digits.lower())
    if series in ("capital", "letter", "letter-bracket"):
        return ord(digits.lower()) - ord("a") + 1
    return han_value(digits)


def roman_value(numeral: str) -> int:
    """The value of a lower-case Roman numeral made of i, v and x.

    >>> roman_value("xiv")
    14
    """
    values = [_ROMAN[letter] for letter in numeral]
    return sum(
        -value if any(later > value for later in values[place + 1 :]) else value
        for place, value in enumerate(values)
    )


def han_value(numeral: str) -> int:
    """The value below 1,000 of a numeral in Arabic, Han or enclosed characters.

    >>> [han_value(n) for n in ("7", "十", "十二", "二十", "卅一", "㈨", "一百零三", "一〇三")]
    [7, 10, 12, 20, 31, 9, 103, 103]
    """
    if numeral.isdecimal():
        return int(numeral)
    if not set(numeral) & set("十百廿卅"):  # digit by digit, as in 一〇三
        return int("".join(str(int(unicodedata.numeric(character))) for character in numeral))
    total = 0
    pending = 0
    for character in numeral:
        value = _HAN_VALUE.get(character) or int(unicodedata.numeric(character))
        if value in (10, 100):
            total += (pending or 1) * value
            pending = 0
        elif value in (20, 30):
            total += value
        else:
            pending = value
    return total + pending
