"""One file into the database, in one transaction; twice is once."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Final, Literal

from django.db import IntegrityError, transaction

from corpus.codebook import Codebook as CodebookFile
from corpus.delegations import Delegations
from corpus.manifest import Entry
from corpus.models import (
    Codebook,
    Delegation,
    Document,
    Footnote,
    Issue,
    Passage,
    Submission,
    Topic,
)
from submissions.coding import Coder, Coding
from submissions.extraction import ExtractionError
from submissions.models import Intake, Origin, PassageTopic, Position
from submissions.parsing import ParsingError, Reading
from submissions.reading import READER_VERSION, CodedReading, read_document
from submissions.recognition import heading_names

#: Changes whenever the same passage and codebook would give other suggestions.
CODER_VERSION: Final = "1"
_BATCH: Final = 500

Change = Literal["read", "recoded", "unchanged"]


class IntakeError(ValueError):
    """A file that was not taken in; nothing was stored.  The message says why, and the cure."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What taking a file in did, and what is stored of it now."""

    reference: str
    change: Change
    delegations: int
    passages: int
    positions: int


class Reader:
    """Takes files in with one codebook and one list of delegations.

    `book` is the stored version of `codebook`, whose cues are compiled when the first file needs
    it; keep a reader for many files.
    """

    def __init__(self, delegations: Delegations, codebook: CodebookFile, book: Codebook) -> None:
        self._delegations = delegations
        self._codebook = codebook
        self._book = book
        self._coded_with = f"{CODER_VERSION}:{book.sha256}"

    def take_in(
        self, entry: Entry, progress: Callable[[int], object] = lambda units: None
    ) -> Outcome:
        """Read the file that `entry` describes, and store it whole or not at all.

        The same bytes again change nothing, unless the codebook changed: then the suggestions that
        no person has touched are made anew.  Raises `IntakeError`.
        """
        known = self._known(entry)
        if known and known.coded_with == self._coded_with:
            return self._outcome(known, "unchanged")
        coded = self._read(entry, progress)
        self._check_counts(entry, coded.reading)
        try:
            with transaction.atomic():
                return self._store(entry, coded)
        except IntegrityError as error:
            if known := self._known(entry):  # another process was faster with the same file
                return self._outcome(known, "unchanged")
            raise IntakeError(f"{entry.path.name}: was not stored ({error}).") from error

    @cached_property
    def _coder(self) -> Coder:
        return Coder(self._codebook)

    def _known(self, entry: Entry) -> Intake | None:
        try:
            digest = hashlib.sha256(entry.path.read_bytes()).hexdigest()
        except OSError:
            return None  # extraction says what is wrong with the file
        return Intake.objects.select_related("document").filter(sha256=digest).first()

    def _read(self, entry: Entry, progress: Callable[[int], object]) -> CodedReading:
        names = heading_names(self._delegations, entry.language)
        try:
            return read_document(
                entry.path, entry.kind, entry.language, names, self._coder, progress
            )
        except (ExtractionError, ParsingError) as error:
            raise IntakeError(str(error)) from error

    def _check_counts(self, entry: Entry, reading: Reading) -> None:
        """What the manifest says of the document must be what was read."""
        expected = entry.counts.get("delegations")
        if expected is not None and expected != len(reading.sections):
            raise IntakeError(
                f"{entry.path.name}: {len(reading.sections)} delegations were recognised, the "
                f"manifest says {expected}. Correct the manifest or the text."
            )

    def _store(self, entry: Entry, coded: CodedReading) -> Outcome:
        """Write in one transaction.  An intake that is there already is coded again only."""
        known = Intake.objects.select_related("document").filter(sha256=coded.source.sha256).first()
        if known is None:
            known = _store_reading(entry, coded, self._coded_with)
            change: Change = "read"
        else:
            change = "recoded"
            Intake.objects.filter(pk=known.pk).update(coded_with=self._coded_with)
        assert known.document is not None
        _store_codings(known.document, coded, self._book)
        return self._outcome(known, change)

    def _outcome(self, intake: Intake, change: Change) -> Outcome:
        document = intake.document
        assert document is not None
        return Outcome(
            reference=document.reference,
            change=change,
            delegations=Delegation.objects.filter(submissions__document=document)
            .distinct()
            .count(),
            passages=Passage.objects.filter(document=document, submission__isnull=False).count(),
            positions=Position.objects.filter(passage__document=document).count(),
        )


def _store_reading(entry: Entry, coded: CodedReading, coded_with: str) -> Intake:
    reading = coded.reading
    if entry.symbol and Document.objects.filter(symbol=entry.symbol, language=entry.language):
        raise IntakeError(
            f"{entry.path.name}: {entry.symbol} is here already, from a file with other bytes. "
            "Remove the earlier document first, or give this one another symbol."
        )
    document = Document.objects.create(
        slug=entry.slug,
        symbol=entry.symbol,
        kind=entry.kind,
        language=entry.language,
        title=entry.title,
        title_en=entry.title_en,
        published_on=entry.published_on,
        job_number=entry.job_number,
        page_count=entry.pages,
        file_name=entry.path.name,
        sha256=coded.source.sha256,
        text=reading.text,
        length=len(reading.text),
    )
    submissions = _store_submissions(document, reading)
    passages = _store_passages(document, submissions, coded)
    Footnote.objects.bulk_create(
        Footnote(
            document=document,
            order=order,
            label=note.label,
            text=note.text,
            start=note.start,
            end=note.end,
            anchor=None if note.anchor is None else passages[note.anchor],
            anchor_start=note.anchor_start,
            anchor_end=note.anchor_end,
        )
        for order, note in enumerate(reading.footnotes)
    )
    return Intake.objects.create(
        document=document,
        file_name=entry.path.name,
        sha256=coded.source.sha256,
        state=Intake.State.ACCEPTED,
        encoding=coded.source.encoding,
        reader_version=READER_VERSION,
        coded_with=coded_with,
        report=_report(coded),
    )


def _report(coded: CodedReading) -> dict[str, object]:
    return {
        "coverage": asdict(coded.reading.coverage),
        "removed": coded.source.removed,
        "dropped": [asdict(drop) for drop in coded.reading.dropped],
        "notices": [asdict(notice) for notice in coded.reading.notices],
    }


def _store_submissions(document: Document, reading: Reading) -> list[Submission]:
    codes = {code for section in reading.sections for code in section.codes}
    delegations = {row.code: row for row in Delegation.objects.filter(code__in=codes)}
    if missing := sorted(codes - delegations.keys()):
        raise IntakeError(
            f"{document.file_name}: the delegation {missing[0]} is not in the database. "
            "Run `manage.py load_corpus` first."
        )
    submissions = Submission.objects.bulk_create(
        Submission(
            document=document,
            order=order,
            heading=section.name,
            kind=section.kind,
            original_language=section.original_language,
            submitted_on=section.dated,
            reference=section.reference,
            start=section.start,
            end=section.end,
        )
        for order, section in enumerate(reading.sections)
    )
    through = Submission.delegations.through
    through._default_manager.bulk_create(
        through(submission_id=submission.pk, delegation_id=delegations[code].pk)
        for submission, section in zip(submissions, reading.sections, strict=True)
        for code in section.codes
    )
    return submissions


def _store_passages(
    document: Document, submissions: Sequence[Submission], coded: CodedReading
) -> list[Passage]:
    """Store the units level by level, since a row can only point at one that is stored."""
    units = coded.reading.units
    rows = [
        Passage(
            document=document,
            submission=None if unit.section is None else submissions[unit.section],
            reference=reference,
            order=order,
            kind=unit.kind,
            marker=unit.marker,
            depth=unit.depth,
            text=unit.text,
            start=unit.start,
            end=unit.end,
            page=unit.page,
        )
        for order, (unit, reference) in enumerate(zip(units, coded.references, strict=True))
    ]
    for level in _levels([unit.parent for unit in units]):
        for place in level:
            parent, heading = units[place].parent, units[place].heading
            rows[place].parent = None if parent is None else rows[parent]
            rows[place].heading = None if heading is None else rows[heading]
        Passage.objects.bulk_create([rows[place] for place in level], batch_size=_BATCH)
    return rows


def _levels(parents: Sequence[int | None]) -> Iterable[list[int]]:
    """The indexes grouped by how many ancestors each has; a parent stands before its children."""
    depths: list[int] = []
    for parent in parents:
        depths.append(0 if parent is None else depths[parent] + 1)
    for depth in range(max(depths, default=-1) + 1):
        yield [place for place, found in enumerate(depths) if found == depth]


def _store_codings(document: Document, coded: CodedReading, book: Codebook) -> None:
    """Make the machine's suggestions anew; what a person has touched stays as it is."""
    passages = {row.order: row for row in Passage.objects.filter(document=document)}
    Position.objects.filter(passage__document=document).untouched().delete()
    PassageTopic.objects.filter(
        passage__document=document, origin=Origin.MACHINE, status="suggested"
    ).delete()
    touched = set(
        Position.objects.filter(passage__document=document, origin=Origin.MACHINE).values_list(
            "passage_id", "issue__key"
        )
    )
    tagged = set(
        PassageTopic.objects.filter(passage__document=document, origin=Origin.MACHINE).values_list(
            "passage_id", "topic__key"
        )
    )
    issues = {row.key: row for row in Issue.objects.all()}
    topics = {row.key: row for row in Topic.objects.all()}
    spoken = [
        (passages[order], coding)
        for order, coding in enumerate(coded.codings)
        if coding is not None
    ]
    Position.objects.bulk_create(
        (
            position
            for passage, coding in spoken
            for position in _positions(passage, coding, issues, book)
            if (passage.pk, position.issue.key) not in touched
        ),
        batch_size=_BATCH,
    )
    PassageTopic.objects.bulk_create(
        (
            PassageTopic(passage=passage, topic=topics[key], origin=Origin.MACHINE)
            for passage, coding in spoken
            for key in coding.topics
            if (passage.pk, key) not in tagged
        ),
        batch_size=_BATCH,
    )


def _positions(
    passage: Passage, coding: Coding, issues: dict[str, Issue], book: Codebook
) -> Iterable[Position]:
    for suggestion in coding.suggestions:
        yield Position(
            passage=passage,
            issue=issues[suggestion.issue],
            stance=suggestion.stance,
            quote=suggestion.quote,
            quote_start=suggestion.start,
            quote_end=suggestion.end,
            origin=Origin.MACHINE,
            certainty=round(suggestion.certainty, 4),
            explanation={
                "cue": asdict(suggestion.cue),
                "stance_cue": asdict(suggestion.stance_cue) if suggestion.stance_cue else None,
                "reason": list(suggestion.reason),
            },
            codebook=book,
        )
