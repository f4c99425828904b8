"""A file, read and coded: extraction, parsing and coding in one call.  Pure: no Django."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from submissions.coding import Codes, Coding
from submissions.coding import Unit as Passage
from submissions.extraction import Extract, extract
from submissions.parsing import (
    Names,
    ParsingError,
    Reading,
    read_compilation,
    read_list,
    read_paper,
    read_unattributed,
)

#: Changes whenever the same file would be read into other passages.
READER_VERSION: Final = "1"

Speaker = tuple[str, tuple[str, ...]]

#: How each kind of document is read, from its lines, the names of delegations and its speaker.
_READERS: Final[Mapping[str, Callable[[Extract, Names, Speaker], Reading]]] = {
    "compilation": lambda source, names, speaker: read_compilation(source, names),
    "submission": lambda source, names, speaker: read_paper(source, *speaker),
    "questions": lambda source, names, speaker: read_list(source),
    "recommendations": lambda source, names, speaker: read_list(source),
    "report": lambda source, names, speaker: read_unattributed(source),
}
NOBODY: Final[Speaker] = ("", ())


@dataclass(frozen=True, slots=True)
class CodedReading:
    """A reading with a name and a coding for each unit, all in reading order.

    A coding is None where the machine suggests nothing because nobody speaks there for itself: in
    headings, outside submissions and in notes by the Secretariat.
    """

    source: Extract
    reading: Reading
    references: tuple[str, ...]
    codings: tuple[Coding | None, ...]


def read_document(
    path: Path,
    kind: str,
    language: str,
    names: Names,
    coder: Codes,
    progress: Callable[[int], object] = lambda units: None,
    speaker: Speaker = NOBODY,
) -> CodedReading:
    """Read the file at `path` as a document of `kind`, and code every passage.

    `speaker` is the name and the codes of those whose paper it is, for the kind `submission`.
    `progress` is called with the number of units done since the last call.  Raises
    `ExtractionError` or `ParsingError`.
    """
    if kind not in _READERS:
        raise ParsingError(
            "unknown-kind",
            f"{path.name}: documents of the kind “{kind}” cannot be read.",
            f"Use one of: {', '.join(_READERS)}.",
        )
    if kind == "submission" and not speaker[1]:
        raise ParsingError(
            "no-delegation",
            f"{path.name}: is a submission, but nobody is named as its speaker.",
            "Name the delegation.",
        )
    source = extract(path)
    reading = _READERS[kind](source, names, speaker)
    codings = []
    for index in range(len(reading.units)):
        passage = in_context(reading, index, language)
        codings.append(coder.code(passage) if passage else None)
        progress(1)
    return CodedReading(source, reading, unit_references(reading), tuple(codings))


def in_context(reading: Reading, index: int, language: str) -> Passage | None:
    """Unit `index` with its headings, lead-ins and speaker; None where nobody speaks.

    Deleted words are no live position: they are blanked out, and offsets stay true.
    """
    unit = reading.units[index]
    if unit.section is None or unit.kind == "heading":
        return None
    section = reading.sections[unit.section]
    if section.kind != "own":
        return None
    return Passage(
        text=unit.live,
        kind="item" if unit.marker else "paragraph",
        marker=unit.marker,
        heading_path=reading.unit_path(index),
        lead_ins=reading.lead_ins(index),
        speaker=(section.name,),
        language=language,
    )


def unit_references(reading: Reading) -> tuple[str, ...]:
    """What each unit is cited by: the speaker's code and its number among the speaker's units.

    `NOR-007`; several speakers are joined by `+`; units that nobody speaks count as `P-001`.
    """
    counts: dict[str, int] = {}
    references = []
    for unit in reading.units:
        who = "P" if unit.section is None else "+".join(reading.sections[unit.section].codes)
        counts[who] = counts.get(who, 0) + 1
        references.append(f"{who}-{counts[who]:03d}")
    return tuple(references)
