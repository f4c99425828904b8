"""Characters that a PDF names by their shape, put back to what they mean."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
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
_LONGEST_WORD: Final = 30
_EAST_ASIAN: Final = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff]")


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
    """Take out the gaps that pdfium saw inside words.

    Such a gap is no wider than the line sets its letters apart anyway (a letter-spaced line), or is
    less than half as wide as the spaces that the line itself writes.
    """
    if len(text) != len(fragment.characters):
        return
    letters, spaces, gaps = _widths(fragment, text)
    if not gaps or len(letters) + len(gaps) < 6:
        return
    usual = _median([*letters, *gaps.values()])
    widest = 1.7 * usual if usual > 0.05 * fragment.size else 0.0
    if len(spaces) >= 3:
        widest = max(widest, min(0.5 * _median(spaces), 0.17 * fragment.size))
    doomed = {at for at, width in gaps.items() if width <= widest}
    kept = "".join(character for at, character in enumerate(text) if at not in doomed)
    words = [word for word in re.split(rf"[\s{GAP}]", kept) if not _EAST_ASIAN.search(word)]
    if doomed and max(map(len, words), default=0) <= _LONGEST_WORD:
        fragment.drop(doomed)


def _widths(fragment: Fragment, text: str) -> tuple[list[float], list[float], dict[int, float]]:
    """How far apart characters stand: letter to letter, over a space, and over each gap."""
    letters: list[float] = []
    spaces: list[float] = []
    gaps: dict[int, float] = {}
    for at in range(len(text) - 1):
        if text[at] == GAP and at and not text[at - 1].isspace() and not text[at + 1].isspace():
            gaps[at] = _apart(fragment, at - 1, at + 1)
        elif text[at] == " " and at:
            spaces.append(_apart(fragment, at - 1, at + 1))
        elif text[at] != GAP and text[at + 1] not in (" ", GAP):
            letters.append(_apart(fragment, at, at + 1))
    return letters, spaces, gaps


def _apart(fragment: Fragment, first: int, second: int) -> float:
    return max(
        fragment.lefts[second] - fragment.rights[first],
        fragment.lefts[first] - fragment.rights[second],
    )


def _median(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]
