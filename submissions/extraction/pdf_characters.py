"""Characters that a PDF names by their shape, put back to what they mean."""

import re
import unicodedata
from collections import Counter
from typing import Final

from submissions.extraction.pdf_glyphs import GAP, Fragment

#: Radicals without a decomposition in Unicode that stand for a whole character.
_RADICALS: Final = dict(
    zip(
        "⺁⺊⺌⺎⺒⺓⺔⺕⺘⺛⺜⺝⺠⺩⺫⺬⺯⺶⺷⺸⺻⺼⻁⻃⻄⻅⻆⻇⻉⻊⻋⻌⻑⻒⻓⻔⻗⻘⻙⻚⻛⻜⻝⻞⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲",
        "厂卜小尢巳幺彑彐手旡日月民王目示糸羊羊羊聿肉虎襾西见角角贝足车辶長镸长门雨青韦页风飞食食首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀",
        strict=True,
    )
)
_SHAPES: Final = re.compile(r"[\u2e80-\u2eff\u2f00-\u2fd5\ufb50-\ufdff\ufe70-\ufefe]")
#: Letter, gap, letter, gap: a word set with space between its letters.
_SPACED_OUT: Final = re.compile(rf"(?:\w{{1,2}}[ {GAP}]+){{4,}}\w{{1,2}}(?!\w)", re.UNICODE)
_LONGEST_WORD: Final = 30


def settle_characters(fragment: Fragment, counts: Counter[str]) -> None:
    """Replace radicals and Arabic presentation forms; close up letter-spaced words.

    A character that becomes several keeps one place for all of them.  `counts` gets the number of
    radicals under `kangxi-radical`.
    """
    text = "".join(fragment.characters)
    if _SHAPES.search(text):
        for at, character in enumerate(fragment.characters):
            if _SHAPES.match(character):
                fragment.characters[at] = _by_meaning(character, counts)
    if GAP in text:
        _close_up(fragment, text)


def _by_meaning(character: str, counts: Counter[str]) -> str:
    meant = _RADICALS.get(character) or unicodedata.normalize("NFKC", character)
    if meant != character and character < "\u3000":
        counts["kangxi-radical"] += 1
    return meant


def _close_up(fragment: Fragment, text: str) -> None:
    """Take the gaps out of letter-spaced words where the spaces between words are told apart.

    That is so when the file itself writes the spaces between the words, or when the gaps between
    words are wider by half than those between letters.
    """
    if len(text) != len(fragment.characters):
        return
    doomed: set[int] = set()
    for match in _SPACED_OUT.finditer(text):
        gaps = [at for at in range(match.start(), match.end()) if text[at] == GAP]
        letters = match[0].replace(GAP, "").replace(" ", "")
        if not letters.isalpha() or not gaps or _east_asian(letters):
            continue
        widths = {at: _width(fragment, at) for at in gaps}
        median = sorted(widths.values())[len(widths) // 2]
        narrow = {at for at in gaps if widths[at] <= 1.5 * median}
        kept = "".join(
            character for at, character in enumerate(match[0], match.start()) if at not in narrow
        )
        if max(map(len, re.split(f"[ {GAP}]", kept))) <= _LONGEST_WORD:
            doomed |= narrow
    for name in ("characters", "lefts", "rights", "kinds"):
        values = getattr(fragment, name)
        if doomed:
            values[:] = [value for at, value in enumerate(values) if at not in doomed]


def _width(fragment: Fragment, at: int) -> float:
    return max(
        fragment.lefts[at + 1] - fragment.rights[at - 1],
        fragment.lefts[at - 1] - fragment.rights[at + 1],
    )


def _east_asian(text: str) -> bool:
    return any("\u2e80" <= character for character in text)
