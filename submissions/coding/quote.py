"""The words to show: the clause around a cue, short, verbatim."""

from __future__ import annotations

from submissions.coding.lexicon import Scan, Span

_TRIMMED = frozenset(" \t\r\n\u00a0。.,，；;:：、!！?？")
_LONG = 40


def quote_span(text: str, scan: Scan, anchor: Span, body: int) -> tuple[int, int]:
    """Offsets in ``text`` of the clause that holds ``anchor``, without marker and punctuation.

    A long clause that enumerates is cut to the elements that the anchor touches. Never empty: a
    text of nothing but punctuation is quoted whole.
    """
    start, end = scan.segments.clause(anchor.start)
    if anchor.end > end:
        _, end = scan.segments.clause(anchor.end - 1)
    if end - start > _LONG and "、" in scan.text[start:end]:
        left = scan.text.rfind("、", start, anchor.start)
        right = scan.text.find("、", max(anchor.end, anchor.start), end)
        start = left + 1 if left >= 0 else start
        end = right if right >= 0 else end
    if not scan.text:
        return 0, len(text)
    first, last = scan.normalised.original(start, max(end, start + 1))
    first = max(first, body) if body < last else first
    while first < last and text[first] in _TRIMMED:
        first += 1
    while last > first and text[last - 1] in _TRIMMED:
        last -= 1
    if first < last:
        return first, last
    return 0, len(text)
