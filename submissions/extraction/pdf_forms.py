"""Drawings inside drawings: a PDF whose forms draw each other without end is told beforehand.

pdfium draws them all and takes any amount of memory.  Only what the file holds in plain or deflated
streams is seen; an encrypted file goes through, and the limits of the process stop it.
"""

import re
import zlib
from collections import Counter
from typing import Final

#: As many drawings as one form may need, those inside it counted.
MAX_DRAWINGS: Final = 20_000
_MAX_INFLATED: Final = 4 << 20
_MAX_DICTIONARY: Final = 20_000
_MAX_FORMS: Final = 5_000

_FORM: Final = re.compile(rb"/Subtype\s*/Form\b")
_OBJECT: Final = re.compile(rb"(?<!\d)(\d{1,8})\s+\d{1,5}\s+obj\b")
_END: Final = re.compile(rb"\bstream\r?\n|\bendobj\b")
_RESOURCES: Final = re.compile(rb"/Resources\s*(?:(\d{1,8})\s+\d+\s+R\b|(?=<<))")
_DRAWINGS: Final = re.compile(rb"/XObject\s*(?:(\d{1,8})\s+\d+\s+R\b|<<(.*?)>>)", re.DOTALL)
_NAMED: Final = re.compile(rb"/([^\s/<>\[\]()]+)\s+(\d{1,8})\s+\d+\s+R\b")
_DONE: Final = re.compile(rb"/([^\s/<>\[\]()]+)\s+Do\b")
_PACKED: Final = re.compile(rb"/Type\s*/ObjStm\b")
_FIRST: Final = re.compile(rb"/First\s+(\d{1,8})")


def draws_without_end(data: bytes) -> bool:
    """Whether a form of the file draws itself, or so many others that no page needs them."""
    if not _FORM.search(data):
        return False
    objects = _Objects(data)
    drawn = {number: objects.drawn_by(number) for number in objects.forms[:_MAX_FORMS]}
    known: dict[int, int] = {}
    return any(_count(number, drawn, known, ()) > MAX_DRAWINGS for number in drawn)


def _count(
    number: int, drawn: dict[int, Counter[int]], known: dict[int, int], within: tuple[int, ...]
) -> int:
    """How many drawings a form needs; endless when it stands inside itself."""
    if number in within or len(within) > 50:
        return MAX_DRAWINGS + 1
    if number not in known:
        total = 1
        for child, times in drawn.get(number, Counter()).items():
            total += times * _count(child, drawn, known, (*within, number))
        known[number] = min(total, MAX_DRAWINGS + 1)
    return known[number]


class _Objects:
    """The objects of a file that can be seen without reading it as a PDF."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._dictionaries: dict[int, bytes] = {}
        self._streams: dict[int, int] = {}
        self.forms: list[int] = []
        for match in _OBJECT.finditer(data):
            end = _END.search(data, match.end(), match.end() + _MAX_DICTIONARY)
            if end is None:
                continue
            number = int(match[1])
            dictionary = data[match.end() : end.start()]
            self._dictionaries[number] = dictionary
            if end[0].startswith(b"stream"):
                self._streams[number] = end.end()
                if _FORM.search(dictionary):
                    self.forms.append(number)
        for number in [
            number for number in self._streams if _PACKED.search(self._dictionaries[number])
        ]:
            self._unpack(number)

    def _unpack(self, number: int) -> None:
        """Take in the objects of an object stream."""
        first = _FIRST.search(self._dictionaries[number])
        content = self._content(number)
        if first is None or not content:
            return
        start = int(first[1])
        heads = [int(word) for word in content[:start].split() if re.fullmatch(rb"\d{1,9}", word)]
        for inner, at in zip(heads[::2], heads[1::2], strict=False):
            self._dictionaries.setdefault(inner, content[start + at : start + at + _MAX_DICTIONARY])

    def _content(self, number: int) -> bytes:
        start = self._streams[number]
        dictionary = self._dictionaries[number]
        if b"/Filter" not in dictionary:
            end = self._data.find(b"endstream", start, start + _MAX_INFLATED)
            return self._data[start:end]
        if b"/FlateDecode" not in dictionary and b"/Fl" not in dictionary:
            return b""
        try:
            return zlib.decompressobj().decompress(
                self._data[start : start + _MAX_INFLATED], _MAX_INFLATED
            )
        except zlib.error:
            return b""

    def drawn_by(self, number: int) -> Counter[int]:
        """The forms that a form draws, and how often."""
        dictionary = self._dictionaries[number]
        resources = _RESOURCES.search(dictionary)
        if resources is None:
            return Counter()
        where = (
            self._dictionaries.get(int(resources[1]), b"")
            if resources[1]
            else dictionary[resources.end() :]
        )
        drawings = _DRAWINGS.search(where)
        if drawings is None:
            return Counter()
        names = self._dictionaries.get(int(drawings[1]), b"") if drawings[1] else drawings[2]
        numbers = {name: int(target) for name, target in _NAMED.findall(names)}
        done = Counter(_DONE.findall(self._content(number))) if numbers else Counter()
        return Counter({numbers[name]: times for name, times in done.items() if name in numbers})
