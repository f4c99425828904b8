"""One file into the database, in one transaction; twice is once."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, Final, Literal

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
from submissions.coding import Coder, Cue
from submissions.coding.calibration import Calibration
from submissions.extraction import ExtractionError
from submissions.lists import store_list
from submissions.models import Intake, Origin, PassageTopic, Position, Status
from submissions.parsing import ParsingError, Reading
from submissions.reading import NOBODY, READER_VERSION, CodedReading, Speaker, read_document
from submissions.recoding import CodedPassage, code_document
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

    def __init__(
        self,
        delegations: Delegations,
        codebook: CodebookFile,
        book: Codebook,
        calibration: Calibration | None = None,
    ) -> None:
        self._delegations = delegations
        self._codebook = codebook
        self._calibration = calibration or Calibration()
        self._book = book
        steps = hashlib.sha256(repr(self._calibration).encode()).hexdigest()[:12]
        #: The version of coder, codebook and calibration, as one name.
        self.coded_with = f"{CODER_VERSION}:{book.sha256}:{steps}"

    def take_in(
        self, entry: Entry, progress: Callable[[int], object] = lambda units: None
    ) -> Outcome:
        """Read the file that `entry` describes, and store it whole or not at all.

        The same bytes again change nothing, unless the codebook changed: then the suggestions that
        no person has touched are made anew; or the reader changed: then the text is read anew, if
        no person has touched anything in it.  Raises `IntakeError`.
        """
        known = self._known(entry)
        if known and known.document and known.document.kind != entry.kind:
            raise IntakeError(
                f"{entry.path.name}: was read as “{known.document.kind}”, and is now said to be "
                f"“{entry.kind}”. Remove the document first, or correct the manifest."
            )
        if known and known.reader_version != READER_VERSION and not _touched(known):
            return self._read_and_store(entry, progress, replaced=known)
        if known and known.coded_with == self.coded_with:
            return self._outcome(known, "unchanged")
        if known and known.document:
            return self._recode(known, known.document, progress)
        return self._read_and_store(entry, progress)

    def _read_and_store(
        self, entry: Entry, progress: Callable[[int], object], replaced: Intake | None = None
    ) -> Outcome:
        coded = self._read(entry, progress)
        self._check_counts(entry, coded.reading)
        try:
            with transaction.atomic():
                if replaced and replaced.document and not _touched(replaced):
                    replaced.document.delete()
                return self._store(entry, coded)
        except IntegrityError as error:
            if known := self._known(entry):  # another process was faster with the same file
                return self._outcome(known, "unchanged")
            raise IntakeError(f"{entry.path.name}: was not stored ({error}).") from error

    @cached_property
    def _coder(self) -> Coder:
        return Coder(self._codebook, self._calibration)

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
                entry.path,
                entry.kind,
                entry.language,
                names,
                self._coder,
                progress,
                self._speaker(entry),
            )
        except (ExtractionError, ParsingError) as error:
            raise IntakeError(str(error)) from error

    def _speaker(self, entry: Entry) -> Speaker:
        if not entry.delegation:
            return NOBODY
        try:
            named = self._delegations.by_code(entry.delegation)
        except KeyError:
            raise IntakeError(
                f"{entry.path.name}: no delegation has the code {entry.delegation}. "
                "Use a code of corpus/data/delegations.toml."
            ) from None
        return named.names[entry.language].short, (named.code,)

    def _check_counts(self, entry: Entry, reading: Reading) -> None:
        """What the manifest says of the document must be what was read."""
        numbered = sum(
            unit.kind == "passage" and unit.marker[:1].isdigit() for unit in reading.units
        )
        found = {
            "delegations": len(reading.sections),
            "questions": len(reading.numbered),
            "recommendations": len(reading.numbered),
            "paragraphs": numbered,
        }
        for what, expected in entry.counts.items():
            if expected != found[what]:
                raise IntakeError(
                    f"{entry.path.name}: {found[what]} {what} were recognised, the manifest says "
                    f"{expected}. Correct the manifest or the text."
                )

    def _recode(
        self, intake: Intake, document: Document, progress: Callable[[int], object]
    ) -> Outcome:
        coded = code_document(document, self._coder, progress)
        try:
            with transaction.atomic():
                _store_codings(document, coded, self._book)
                Intake.objects.filter(pk=intake.pk).update(coded_with=self.coded_with)
        except IntegrityError as error:
            raise IntakeError(
                f"{document.reference}: was changed by somebody else meanwhile. Try again."
            ) from error
        return self._outcome(intake, "recoded")

    def _store(self, entry: Entry, coded: CodedReading) -> Outcome:
        intake, passages = _store_reading(entry, coded, self.coded_with)
        spoken = [
            CodedPassage(passage, coding)
            for passage, coding in zip(passages, coded.codings, strict=True)
            if coding is not None
        ]
        assert intake.document is not None
        _store_codings(intake.document, spoken, self._book)
        return self._outcome(intake, "read")

    def _outcome(self, intake: Intake, change: Change) -> Outcome:
        document = intake.document
        assert document is not None
        counted: Any = Document.objects.with_counts().get(pk=document.pk)
        return Outcome(
            reference=document.reference,
            change=change,
            delegations=counted.delegation_count,
            passages=counted.passage_count,
            positions=Position.objects.filter(passage__document=document).count(),
        )


def _touched(intake: Intake) -> bool:
    """Whether a person has done anything to the positions of the document."""
    positions = Position.objects.filter(passage__document=intake.document)
    tags = PassageTopic.objects.filter(passage__document=intake.document, origin=Origin.PERSON)
    return positions.count() != positions.untouched().count() or tags.exists()


def _store_reading(
    entry: Entry, coded: CodedReading, coded_with: str
) -> tuple[Intake, list[Passage]]:
    reading = coded.reading
    same = Document.objects.filter(symbol=entry.symbol, language=entry.language)
    if entry.symbol and same.exclude(sha256=coded.source.sha256).exists():
        raise IntakeError(
            f"{entry.path.name}: {entry.symbol} is here already, from a file with other bytes. "
            "Remove the earlier document first, or give this one another symbol."
        )
    taken = Document.objects.filter(slug=entry.slug).exists()
    document = Document.objects.create(
        slug=f"{entry.slug}-{entry.language}" if taken else entry.slug,
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
    store_list(document, reading, passages)
    intake = Intake.objects.create(
        document=document,
        file_name=entry.path.name,
        sha256=coded.source.sha256,
        state=Intake.State.ACCEPTED,
        encoding=coded.source.encoding,
        reader_version=READER_VERSION,
        coded_with=coded_with,
        report=_report(coded),
    )
    return intake, passages


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
            marks=[asdict(mark) for mark in unit.marks],
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


def _store_codings(document: Document, coded: Sequence[CodedPassage], book: Codebook) -> None:
    """Make the machine's suggestions anew; what a person has touched stays as it is."""
    machine = Position.objects.filter(passage__document=document, origin=Origin.MACHINE)
    tags = PassageTopic.objects.filter(passage__document=document, origin=Origin.MACHINE)
    machine.untouched().delete()
    tags.filter(status=Status.SUGGESTED).delete()
    touched = set(machine.values_list("passage_id", "issue__key"))
    tagged = set(tags.values_list("passage_id", "topic__key"))
    issues = {row.key: row for row in Issue.objects.all()}
    topics = {row.key: row for row in Topic.objects.all()}
    Position.objects.bulk_create(
        (
            position
            for one in coded
            for position in _positions(one, issues, book)
            if (one.passage.pk, position.issue.key) not in touched
        ),
        batch_size=_BATCH,
    )
    PassageTopic.objects.bulk_create(
        (
            PassageTopic(passage=one.passage, topic=topics[key], origin=Origin.MACHINE)
            for one in coded
            for key in one.coding.topics
            if (one.passage.pk, key) not in tagged
        ),
        batch_size=_BATCH,
    )


def _positions(one: CodedPassage, issues: dict[str, Issue], book: Codebook) -> Iterable[Position]:
    for suggestion in one.coding.suggestions:
        yield Position(
            passage=one.passage,
            issue=issues[suggestion.issue],
            stance=suggestion.stance,
            quote=one.passage.text[suggestion.start : suggestion.end],
            quote_start=suggestion.start,
            quote_end=suggestion.end,
            origin=Origin.MACHINE,
            certainty=round(suggestion.certainty, 4),
            explanation={
                "words": _matched(one.passage.text, suggestion.cue),
                "cue": asdict(suggestion.cue),
                "stance_cue": asdict(suggestion.stance_cue) if suggestion.stance_cue else None,
                "reason": list(suggestion.reason),
            },
            codebook=book,
        )


def _matched(text: str, cue: Cue) -> str:
    """The passage's own words that the cue matched; "" where it fired elsewhere."""
    return text[cue.start : cue.end] if cue.source == "passage" else ""
