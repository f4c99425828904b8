"""Which of the six official languages a text is in.  Pure."""

import re
from typing import Final

_SCRIPTS: Final = (
    ("zh", re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")),
    ("ar", re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
)
_LATIN: Final = re.compile(r"[A-Za-z\u00c0-\u024f]")
_WORD: Final = re.compile(r"[a-z\u00df-\u024f]+")
#: Words that are frequent in one of the three Latin-script languages and rare in the other two.
_FREQUENT: Final = {
    "en": frozenset("the of and to in that for is be by with as on this should not or".split()),
    "fr": frozenset("le les des du et une est dans pour qui sur au aux par ne pas ce sont".split()),
    "es": frozenset("el los las del y una es por con para se al que su sobre como no lo".split()),
}
#: A Han character or an Arabic letter says more than a Latin one.
_WEIGHT: Final = {"zh": 2.5, "ar": 1.0, "ru": 1.0}
_ENOUGH: Final = 2


def find_language(text: str) -> str:
    """The code of the language that most of `text` is in; "" when there is too little to tell.

    >>> [find_language(t) for t in ("各国应加强合作。", "States should cooperate in this field.")]
    ['zh', 'en']
    >>> find_language("Les États devraient coopérer dans le domaine."), find_language("12/65")
    ('fr', '')
    """
    counts = {code: len(script.findall(text)) * _WEIGHT[code] for code, script in _SCRIPTS}
    latin = len(_LATIN.findall(text))
    code = max(counts, key=lambda found: counts[found])
    if counts[code] > latin:
        return code
    if latin < _ENOUGH:
        return ""
    words = _WORD.findall(text.lower())
    known = {code: sum(word in few for word in words) for code, few in _FREQUENT.items()}
    best = max(known, key=lambda found: known[found])
    return best if known[best] and list(known.values()).count(known[best]) == 1 else ""
