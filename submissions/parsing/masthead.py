"""What the head of a United Nations document says of it, in any order.  Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

_SYMBOL: Final = re.compile(
    r"(?<![\w/])(?P<symbol>[A-Z][A-Za-z]{0,7}(?:/[A-Z0-9][A-Za-z0-9.()\-]*(?: \([A-Za-z0-9. ]+\))?)"
    r"{1,7})(?P<stars>\*{0,3})(?![\w/])"
)
_JOB: Final = re.compile(
    r"\b(?P<job>(?:GE|V|A|S|E|N|K|NY|LA)\.\d{2}-\d{4,5})\b|\b(?P<number>\d{2}-\d{5})\b"
)
_LANGUAGE_NAMES: Final = {
    "arabic": "ar", "chinese": "zh", "english": "en", "french": "fr", "russian": "ru",
    "spanish": "es", "阿拉伯文": "ar", "中文": "zh", "英文": "en", "法文": "fr", "俄文": "ru",
    "西班牙文": "es", "anglais": "en", "chinois": "zh", "français": "fr", "espagnol": "es",
    "russe": "ru", "arabe": "ar", "inglés": "en", "chino": "zh", "francés": "fr", "español": "es",
    "ruso": "ru", "árabe": "ar", "английский": "en", "китайский": "zh", "французский": "fr",
    "испанский": "es", "русский": "ru", "арабский": "ar", "الإنكليزية": "en", "الصينية": "zh",
    "الفرنسية": "fr", "الإسبانية": "es", "الروسية": "ru", "العربية": "ar",
}  # fmt: skip
_ORIGINAL: Final = re.compile(
    r"(?:Original|原文|Оригинал|الأصل)\s*[:：]\s*(?P<languages>[^\]\n]+)", re.IGNORECASE
)
_MONTHS: Final = {
    name: number
    for names in (
        "january february march april may june july august september october november december",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    )
    for number, name in enumerate(names.split(), start=1)
}
_DAY_MONTH: Final = re.compile(
    r"\b(?P<day>\d{1,2})(?:er)?\s+(?:de\s+)?(?P<month>[^\W\d_]{3,10})\s+(?:de\s+)?(?P<year>\d{4})\b"
)
_YEAR_MONTH: Final = re.compile(
    r"(?P<year>\d{4})\s*年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日"
)
_HEAD_LINES: Final = 40
_LONGEST_DATE: Final = 36
_RANGE: Final = re.compile(r"至|到|[-–—]\s*\d|\bto\b|\bau\b|\bal?\b|\bпо\b")


@dataclass(frozen=True, slots=True)
class Masthead:
    """What was found; "" or None where nothing was.

    `language` is the language the page says it is in, `original` those that it was filed in.
    """

    symbol: str = ""
    job_number: str = ""
    dated: date | None = None
    language: str = ""
    original: tuple[str, ...] = ()


def read_masthead(lines: Iterable[str]) -> Masthead:
    """The masthead in the first lines of a document (its headers and footers may stand first).

    >>> lines = ["A/RES/78/272", "Distr.: General", "30 April 2024", "Original: English"]
    >>> head = read_masthead(lines)
    >>> head.symbol, head.dated.isoformat(), head.original
    ('A/RES/78/272', '2024-04-30', ('en',))
    """
    head = [line.strip() for line in lines if line.strip()][:_HEAD_LINES]
    return Masthead(
        symbol=next(filter(None, map(_symbol, head)), ""),
        job_number=next(filter(None, map(_job, head)), ""),
        dated=next(filter(None, map(_head_date, head)), None),
        language=next(
            (_LANGUAGE_NAMES[line.lower()] for line in head if line.lower() in _LANGUAGE_NAMES), ""
        ),
        original=next(filter(None, map(original_languages, head)), ()),
    )


def original_languages(line: str) -> tuple[str, ...]:
    """The languages that a line such as `Original: Chinese, English and Russian` names."""
    match = _ORIGINAL.search(line)
    if not match:
        return ()
    words = re.findall(r"[^\W\d_和]+", match["languages"].lower())
    return tuple(dict.fromkeys(_LANGUAGE_NAMES[word] for word in words if word in _LANGUAGE_NAMES))


def find_date(line: str) -> date | None:
    """The first date in a line, in the notations of the six languages that use digits for days."""
    for pattern in (_YEAR_MONTH, _DAY_MONTH):
        for match in pattern.finditer(line):
            month = match["month"].lower()
            number = int(month) if month.isdecimal() else _MONTHS.get(month)
            try:
                if number:
                    return date(int(match["year"]), number, int(match["day"]))
            except ValueError:
                continue
    return None


def _head_date(line: str) -> date | None:
    """The date of a line that holds little else: no sentence, and no session over several days."""
    bare = line.strip("[]［］ ")
    return find_date(bare) if len(bare) <= _LONGEST_DATE and not _RANGE.search(bare) else None


def _symbol(line: str) -> str:
    """A symbol that stands alone on its line, or at either end of a short one."""
    match = _SYMBOL.search(line)
    if not match or len(line) - len(match.group()) > 24 or "http" in line:
        return ""
    return match["symbol"] if any(character.isdigit() for character in match["symbol"]) else ""


def _job(line: str) -> str:
    match = _JOB.search(line)
    return (match["job"] or match["number"] or "") if match and len(line) < 60 else ""
