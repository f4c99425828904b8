"""Find the mark that calls a footnote: a digit glued to the word or the sign before it."""

import re
from collections.abc import Sequence

_AFTER_WORDS = r"(?<=[^\s\d/.,\-–(（\[A-Za-z])"
_NOT_A_QUANTITY = r"(?![\d/.]|\s?[年月日号届次条段款项点时分名个%％]|-\d)"


def find_mark(label: str, texts: Sequence[str]) -> tuple[int, int, int] | None:
    """Where `label` is called in `texts`: the text's index, and the mark's start and end in it.

    The first place counts where the digits of `label` stand directly after a word or a sign of
    punctuation and are no quantity, date or symbol.  None when there is no such place.

    >>> find_mark("2", ["第 2 条", "专家组的工作2和成果3。"])
    (1, 6, 7)
    """
    pattern = re.compile(_AFTER_WORDS + re.escape(label) + _NOT_A_QUANTITY)
    for index, text in enumerate(texts):
        if match := pattern.search(text):
            return index, match.start(), match.end()
    return None
