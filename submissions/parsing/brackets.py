"""Square brackets: which are marks of the negotiation, and which only print a note.  Pure."""

import re
from typing import Final

_PAIRS: Final = {"[": "]", "［": "］"}
_CLOSING: Final = {closing: opening for opening, closing in _PAIRS.items()}
#: What a bracket holds that is no alternative wording: a date, a language, a reference, a note.
_NOTE: Final = re.compile(
    r"\s*(?:原文|Original|sic\b|译注|译者注|编者注|见|see\b|cf\.|出席|鼓掌|同上|ibid"
    r"|\d{4}\s*年|\d{1,2}\s+(?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December)\b|https?:|\d{1,3}\s*[\]］]?$)",
    re.IGNORECASE,
)


def bracketed(text: str) -> list[tuple[int, int]]:
    """The half-open spans of `text` that stand in brackets of negotiation, outermost only.

    A bracket that is never closed runs to the end of the text; one that was never opened begins at
    the text's start.  Both kinds of bracket may nest.

    >>> [("跨境获取[数据][信息]的条款"[a:b]) for a, b in bracketed("跨境获取[数据][信息]的条款")]
    ['[数据]', '[信息]']
    >>> bracketed("[原文：英文]"), bracketed("甲 [乙 [丙] 丁")
    ([], [(2, 10)])
    """
    spans: list[tuple[int, int]] = []
    opened: list[int] = []
    for place, character in enumerate(text):
        if character in _PAIRS:
            opened.append(place)
        elif character in _CLOSING:
            spans.append((opened.pop() if opened else 0, place + 1))
    spans += [(place, len(text)) for place in opened[:1]]
    outermost: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if outermost and end <= outermost[-1][1]:
            continue
        if not _NOTE.match(text[start + 1 : end]):
            outermost.append((start, end))
    return outermost
