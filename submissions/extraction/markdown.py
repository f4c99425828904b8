"""Markdown as delegations' texts come in it: the words of the source, less the signs around them.

There is no Markdown renderer here, for the words must stay verbatim.  A line of the source is a
line; only signs that can be nothing but markup go, and each is counted.
"""

import itertools
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from submissions.extraction.compose import PLAIN, Draft, Kinds, compose
from submissions.extraction.decoding import decode, settle_line_ends
from submissions.extraction.model import Extract, ExtractionError

_HEADING: Final = re.compile(r" {0,3}(?P<signs>#{1,6})[ \t]+(?=\S)")
_RULE: Final = re.compile(r" {0,3}(?:(?:- ?){3,}|(?:\* ?){3,})$")
_COMMENT: Final = re.compile(r"[ \t]*<!--[^>]*-->[ \t]*")
_QUOTE: Final = re.compile(r" {0,3}> ?")
_LIST_SIGN: Final = re.compile(r"[ \t]*[-*+][ \t]+")
#: What opens an item or a numbered paragraph in the genre, after which a list sign says nothing.
_NUMBER: Final = re.compile(
    r"\d{1,3}(?:[.．](?!\d)|、)"
    r"|[〇零一二三四五六七八九十百廿卅]{1,6}[.．、]"
    r"|第\s?[〇零一二三四五六七八九十百廿卅\d]{1,6}\s?[章编部条]"
    r"|[（(](?:[〇零一二三四五六七八九十百廿卅]{1,6}|\d{1,3}|[a-z]{1,5})[）)]"
    r"|[㈠-㈩①-⑳]"
    r"|[A-Z]\.\s|[IVX]{1,5}\.\s|[a-z][.)]\s"
)
#: Other beginnings of a paragraph: bullets, footnotes, tables, brackets of their own.
_OTHER_OPENING: Final = re.compile(r"[•●○▪■◆‣·*¹²³⁴⁵⁶⁷⁸⁹|\[［<>]|[-–—+]\s|_{5,}")
_CLOSED: Final = re.compile(r"[。；：！？.;:!?…][”’»）)\]］\"'*]{0,3}$")
_CUT: Final = re.compile(r"[，、,/（(《“‘«—-]$")
_COMMA: Final = re.compile(r"[，、。；,;]")
_PAIRS: Final = (("“", "”"), ("（", "）"), ("《", "》"), ("(", ")"))
#: A page breaks a paragraph at the end of a line that is full: of this many characters at least.
_FULL_LINE: Final = 20

_ESCAPE: Final = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>~-])")
_LINK: Final = re.compile(
    r"!?\[(?P<text>[^\[\]\n]*)\]\((?P<target>[^\s()\[\]<>]*)(?:[ \t]\"[^\"\n]*\")?\)"
)
_TARGET: Final = re.compile(
    r"#.*|[a-z][a-z0-9+.-]{1,15}:.+|\.{0,2}/.*|www\..+|.*\.[a-z]{2,5}(?:[#?].*)?|", re.IGNORECASE
)
_ADDRESS: Final = re.compile(r"<(?P<text>(?:https?|mailto):[^\s<>]+)>")
_BARE_ADDRESS: Final = re.compile(r"(?:https?://|www\.)[^\s*<>\"]+", re.IGNORECASE)
_EMPHASIS: Final = (
    re.compile(r"(?<!\*)\*{3}(?P<text>[^\s*](?:[^*\n]*[^\s*])?)\*{3}(?!\*)"),
    re.compile(r"(?<![*\w])\*(?P<text>[^\s*](?:[^*\n]*[^\s*])?)\*(?![*\w])"),
    re.compile(r"(?<![_\w])_(?P<text>[^\s_](?:[^_\n]*[^\s_])?)_(?![_\w])"),
    re.compile(r"(?<!\*)\*\*(?P<text>[^\s*](?:[^*\n]*[^\s*])?)\*\*(?!\*)"),
    re.compile(r"(?<![_\w])__(?P<text>[^\s_](?:[^_\n]*[^\s_])?)__(?![_\w])"),
    re.compile(r"(?<![`\w])`(?P<text>[^\s`](?:[^`\n]*[^\s`])?)`(?![`\w])"),
)
_STRUCK: Final = re.compile(r"(?<!~)~~(?P<text>[^\s~](?:[^~\n]*[^\s~])?)~~(?!~)")
_STRUCK_OUT: Final[Kinds] = frozenset({"deleted"})
#: Stands for a sign that has been read, while the rest of its line is.
_STANDS: Final = "\0"


@dataclass(slots=True)
class _Line:
    """A line of the source: what of it goes, by place, and what its signs said."""

    source: str
    shown: list[str] = field(init=False)
    gone: dict[int, str] = field(default_factory=dict)
    struck: set[int] = field(default_factory=set)
    level: int = 0
    opening: bool = False

    def __post_init__(self) -> None:
        self.shown = list(self.source)

    def drop(self, start: int, end: int, reason: str) -> None:
        """Take `source[start:end]` away."""
        for place in range(start, end):
            self.gone.setdefault(place, reason)
        self.cover(start, end)

    def cover(self, start: int, end: int) -> None:
        """Keep `source[start:end]` from being read as signs."""
        self.shown[start:end] = _STANDS * (end - start)

    @property
    def text(self) -> str:
        return "".join(sign for place, sign in enumerate(self.source) if place not in self.gone)


def extract_markdown(data: bytes, name: str) -> Extract:
    """Read the Markdown text `data`.

    Every character of the decoded source (in NFC) is in the text or counted in `removed`.  A line
    opens a paragraph unless it goes on with one that the end of a page has cut in two; of an empty
    line neither is said.  Raises `ExtractionError` with code `undecodable` or `empty`.
    """
    if not data.strip():
        raise ExtractionError("empty", name, "is empty.", "Check that the right file was chosen.")
    decoded, encoding = decode(data, name)
    removed: Counter[str] = Counter()
    source = unicodedata.normalize("NFC", settle_line_ends(decoded, removed))
    return compose(
        _drafts(source, removed),
        data=data,
        name=name,
        encoding=encoding,
        removed=removed,
    )


def _drafts(source: str, removed: Counter[str]) -> list[Draft]:
    page = 1 if "\f" in source else None
    before: _Line | None = None
    drafts: list[Draft] = []
    for words in source.split("\n"):
        if page is not None:
            page += words.count("\f")
        line = _read(words)
        removed.update(line.gone.values())
        draft = Draft(_runs(line), level=line.level, page=page)
        drafts.append(draft)
        if not draft.inked:
            draft.opens = None
            continue
        draft.opens = before is None or not _goes_on(before, line)
        before = line
    return drafts


def _runs(line: _Line) -> list[tuple[str, Kinds]]:
    """What is left of the line, the words between strike-out signs marked."""
    kept = (place for place in range(len(line.source)) if place not in line.gone)
    return [
        ("".join(line.source[place] for place in places), _STRUCK_OUT if struck else PLAIN)
        for struck, places in itertools.groupby(kept, line.struck.__contains__)
    ]


def _read(words: str) -> _Line:
    """Tell the signs of a line from its words."""
    line = _Line(words)
    for place, sign in enumerate(words):
        if sign == "\f":
            line.drop(place, place + 1, "form-feed")
    if _COMMENT.fullmatch(words):
        line.drop(0, len(words), "markdown-comment")
        return line
    if _RULE.fullmatch(words.rstrip()):
        line.drop(0, len(words), "markdown-rule")
        return line
    at = _read_beginning(line)
    _read_inside(line)
    if not unicodedata.is_normalized("NFC", line.text):
        return _Line(words, opening=True)
    line.opening = line.opening or bool(_OTHER_OPENING.match(line.text.lstrip()))
    line.opening = line.opening or bool(_NUMBER.match(words[at:].lstrip("*_ \t")))
    return line


def _read_beginning(line: _Line) -> int:
    """Read the signs that a line begins with; where its words begin."""
    words = line.source
    heading = _HEADING.match(words)
    if heading:
        line.level = len(heading["signs"])
        line.opening = True
        line.drop(0, heading.end(), "markdown-heading")
        kept = words.rstrip(" \t").rstrip("#")
        if kept.endswith((" ", "\t")) and len(kept) > heading.end():
            line.drop(len(kept.rstrip(" \t")), len(words), "markdown-heading")
        return heading.end()
    at = 0
    if quote := _QUOTE.match(words):
        at = quote.end()
        line.drop(0, at, "markdown-quote")
    sign = _LIST_SIGN.match(words, at)
    if sign and words[sign.end() :].strip():
        line.opening = True
        if _NUMBER.match(words[sign.end() :].lstrip("*_")):
            line.drop(at, sign.end(), "markdown-list")
            return sign.end()
        line.cover(at, sign.end())
    return at


def _read_inside(line: _Line) -> None:
    """Read the signs between the words of a line."""
    for escape in _ESCAPE.finditer(line.source):
        line.drop(escape.start(), escape.start() + 1, "markdown-escape")
        line.cover(escape.start(), escape.end())
    for link in _LINK.finditer("".join(line.shown)):
        target = line.source[link.start("target") : link.end("target")]
        if _TARGET.fullmatch(target):
            _drop_around(line, link, "markdown-link")
    for address in _ADDRESS.finditer("".join(line.shown)):
        _drop_around(line, address, "markdown-link")
    for address in _BARE_ADDRESS.finditer("".join(line.shown)):
        line.cover(address.start(), address.end())
    for pattern in (*_EMPHASIS, *_EMPHASIS):
        for signs in pattern.finditer("".join(line.shown)):
            _drop_around(line, signs, "markdown-emphasis")
    for signs in _STRUCK.finditer("".join(line.shown)):
        line.struck.update(range(signs.start("text"), signs.end("text")))
        _drop_around(line, signs, "markdown-emphasis")


def _drop_around(line: _Line, match: re.Match[str], reason: str) -> None:
    """Take away what a match has around its words."""
    line.drop(match.start(), match.start("text"), reason)
    line.drop(match.end("text"), match.end(), reason)


def _goes_on(before: _Line, line: _Line) -> bool:
    """Whether `line` goes on with the paragraph of `before`, which the end of a page has cut.

    >>> def goes_on(before, line):
    ...     return _goes_on(_read(before), _read(line))
    >>> goes_on("为支持主席工作，中方草拟了对联合国打击网络犯罪公约的", "意见，并愿与各方磋商。")
    True
    >>> goes_on("- 2、各国应制定或完善国内立法，包括“关键信息", "基础设施”的安全。")
    True
    >>> goes_on("附件", "专家组商定的结论和建议") or goes_on("Original: English", "会议的报告")
    False
    """
    last, first = before.text.strip(), line.text.strip()
    if line.opening or before.level or _CLOSED.search(last):
        return False
    if _CUT.search(last) or any(last.count(left) > last.count(right) for left, right in _PAIRS):
        return True
    if first[0].islower():
        return len(last.split()) > 2
    if first[0].isupper() and last[-1].upper() != last[-1].lower():
        return False
    full = _FULL_LINE if unicodedata.east_asian_width(last[-1]) in "WF" else 3 * _FULL_LINE
    number = _NUMBER.match(last)
    has_comma = _COMMA.search(last, number.end() if number else 0)
    whole = bool(_CLOSED.search(first)) or len(first) >= _FULL_LINE
    return len(last) >= full and bool(has_comma) and whole
