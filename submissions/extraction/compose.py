"""Lines as the reader of a format drafts them, made into an `Extract`."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from submissions.extraction.model import (
    Caution,
    Extract,
    ExtractionError,
    Line,
    LineRole,
    Mark,
    MarkKind,
)

Kinds = frozenset[MarkKind]
PLAIN: Final[Kinds] = frozenset()

_BREAKS: Final = re.compile(r"[\n\v\f\r\x85\u2028\u2029]")
_CONTROL: Final = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff\ufeff]"
)
_SOFT_HYPHEN: Final = "\xad"


@dataclass(slots=True)
class Draft:
    """A line in the making: runs of words, each with what the format says of it."""

    runs: list[tuple[str, Kinds]] = field(default_factory=list)
    opens: bool | None = True
    level: int = 0
    role: LineRole = ""
    page: int | None = None

    @property
    def text(self) -> str:
        return "".join(words for words, _ in self.runs)

    @property
    def inked(self) -> bool:
        """Whether anything but space stands in the line."""
        return any(not words.isspace() for words, _ in self.runs if words)

    def open_with(self, words: str, kinds: Kinds = PLAIN) -> None:
        """Put `words` before the first inked character of the line; the space there goes."""
        while self.runs and not self.runs[0][0].strip():
            del self.runs[0]
        if self.runs:
            self.runs[0] = (self.runs[0][0].lstrip(), self.runs[0][1])
        self.runs.insert(0, (words, kinds))

    def common_kinds(self) -> Kinds:
        """The marks that every inked run of the line has."""
        inked = [kinds for words, kinds in self.runs if words.strip()]
        return frozenset.intersection(*inked) if inked else PLAIN


def row_drafts(cells: Sequence[Sequence[Draft]], page: int | None = None) -> list[Draft]:
    """The lines of a table's row: one, its cells set apart by tabs.

    A row of one cell that holds several paragraphs is a frame around text, not a row: its
    paragraphs stay as they are.
    """
    inked = [cell for cell in cells if any(line.inked for line in cell)]
    if not inked:
        return []
    if len(inked) == 1 and sum(bool(line.opens) and line.inked for line in inked[0]) > 1:
        return list(inked[0])
    row = Draft(role="table", page=page)
    last = max(place for place, cell in enumerate(cells) if any(line.inked for line in cell))
    for place, cell in enumerate(cells[: last + 1]):
        if place:
            row.runs.append(("\t", PLAIN))
        row.runs.extend(_in_one(cell))
    return [row]


def _in_one(cell: Sequence[Draft]) -> Iterator[tuple[str, Kinds]]:
    """The runs of a cell's lines, one space between two lines and no tab in them."""
    between = False
    for line in cell:
        if not line.inked:
            continue
        if between:
            yield " ", PLAIN
        between = True
        for words, kinds in line.runs:
            yield words.replace("\t", " "), kinds


def compose(
    drafts: Iterable[Draft],
    *,
    data: bytes,
    name: str,
    encoding: str,
    removed: dict[str, int],
    warnings: Sequence[Caution] = (),
) -> Extract:
    """Make an `Extract` of drafted lines.

    The text comes out in NFC and without control characters; what goes is added to `removed`.
    Raises `ExtractionError` with code `empty` when no line holds a word.
    """
    counts = Counter(removed)
    lines: list[Line] = []
    start = 0
    for number, draft in enumerate(drafts, start=1):
        text, marks = _settle(draft, counts)
        end = start + len(text)
        lines.append(
            Line(
                number=number,
                start=start,
                end=end,
                text=text,
                page=draft.page,
                opens=draft.opens,
                level=draft.level,
                role=draft.role,
                marks=marks,
            )
        )
        start = end + 1
    if not any(line.text.strip() for line in lines):
        raise ExtractionError(
            "empty", name, "holds no text.", "Check that the right file was chosen."
        )
    return Extract(
        name=name,
        text="\n".join(line.text for line in lines),
        lines=tuple(lines),
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        encoding=encoding,
        removed={reason: count for reason, count in counts.items() if count},
        warnings=tuple(warnings),
    )


def _settle(draft: Draft, counts: Counter[str]) -> tuple[str, tuple[Mark, ...]]:
    """The line's text in its final characters, and its marks at their final places."""
    text = ""
    open_marks: dict[MarkKind, tuple[int, int]] = {}
    marks: list[Mark] = []
    parts: list[str] = []
    at = 0
    for words, kinds in _whole_characters(_clean(draft.runs, counts)):
        settled = unicodedata.normalize("NFC", words)
        end = at + len(settled)
        for kind in kinds:
            start, until = open_marks.get(kind, (at, at))
            if until != at:
                marks.append(Mark(kind, start, until))
                start = at
            open_marks[kind] = (start, end)
        parts.append(settled)
        at = end
    marks.extend(Mark(kind, start, end) for kind, (start, end) in open_marks.items())
    text = "".join(parts)
    marks = [mark for mark in marks if text[mark.start : mark.end].strip()]
    return text, tuple(sorted(marks, key=lambda mark: (mark.start, mark.end, mark.kind)))


def _clean(runs: Iterable[tuple[str, Kinds]], counts: Counter[str]) -> Iterator[tuple[str, Kinds]]:
    for words, kinds in runs:
        clean, controls = _CONTROL.subn("", _BREAKS.sub(" ", words))
        counts["control"] += controls
        counts["soft-hyphen"] += clean.count(_SOFT_HYPHEN)
        if clean := clean.replace(_SOFT_HYPHEN, ""):
            yield clean, kinds


def _whole_characters(runs: Iterable[tuple[str, Kinds]]) -> Iterator[tuple[str, Kinds]]:
    """The runs, cut only where no character composes with the one before it.

    A mark over a letter that stands in the next run goes to the letter's run, so that the runs may
    be normalised one by one.
    """
    before = ""
    before_kinds = PLAIN
    for words, kinds in runs:
        belongs = next(
            (place for place, character in enumerate(words) if not _composes(character)), len(words)
        )
        if before and belongs:
            before += words[:belongs]
            words = words[belongs:]
            if not words:
                continue
        if before:
            yield before, before_kinds
        before, before_kinds = words, kinds
    if before:
        yield before, before_kinds


def _composes(character: str) -> bool:
    """Whether NFC may join it to the one before: marks, and Hangul vowels and finals."""
    return character >= "\u0300" and (
        "\u1160" <= character <= "\u11ff" or unicodedata.category(character).startswith("M")
    )
