"""Rows made by hand: delegations, a codebook, documents and positions, whole and consistent."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from corpus.models import Delegation, Document, Footnote, Issue, Passage, Submission, Topic
from submissions.models import Position


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a section; `under` is the place of its parent among the section's lines."""

    text: str
    kind: str = "passage"
    marker: str = ""
    under: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """What the delegations say in a document; the lines of no delegation are the front."""

    delegations: Sequence[Delegation]
    lines: Sequence[Line]
    kind: str = "own"
    heading: str = ""
    reference: str = ""


def make_delegation(code: str, name: str = "", zh: str = "", sort_zh: str = "") -> Delegation:
    name = name or f"Delegation {code}"
    names = {f"name_{language}": name for language in ("en", "fr", "es", "ru", "ar")}
    return Delegation.objects.create(
        code=code, kind="state", name_zh=zh or name, sort_zh=sort_zh or name, **names
    )


def make_topic(key: str = "crimes", order: int = 900, label: str = "") -> Topic:
    label = label or f"Topic {key}"
    return Topic.objects.create(key=key, order=order, label_en=label, label_zh=f"{label} 题")


def make_issue(topic: Topic, name: str, label: str = "", **fields: Any) -> Issue:
    label = label or f"Issue {name}"
    return Issue.objects.create(
        key=f"{topic.key}.{name}",
        topic=topic,
        order=900 + Issue.objects.count(),
        label_en=label,
        label_zh=f"{label} 题",
        **fields,
    )


def make_document(slug: str, *sections: Section, **fields: Any) -> Document:
    """A document whose text is the sections' lines; passages are called `CODE-001` and so on."""
    text = "\n".join(line.text for section in sections for line in section.lines)
    stored = {"kind": "compilation", "language": "zh", "title": f"Title of {slug}", **fields}
    document = Document.objects.create(
        slug=slug,
        file_name=f"{slug}.txt",
        sha256=f"{slug:x<64}"[:64],
        text=text,
        length=len(text),
        **stored,
    )
    start = order = 0
    numbers: Counter[str] = Counter()
    for place, section in enumerate(sections):
        end = start + sum(len(line.text) + 1 for line in section.lines) - 1
        submission = None
        if section.delegations:
            submission = Submission.objects.create(
                document=document,
                order=place,
                heading=section.heading or "与会者",
                kind=section.kind,
                reference=section.reference,
                start=start,
                end=end,
            )
            submission.delegations.set(section.delegations)
        codes = "+".join(row.code for row in section.delegations) or "front"
        made: list[Passage] = []
        for line in section.lines:
            numbers[codes] += 1
            parent = None if line.under is None else made[line.under]
            heading = parent
            while heading is not None and heading.kind != "heading":
                heading = heading.parent
            passage = Passage.objects.create(
                document=document,
                submission=submission,
                reference=f"{codes}-{numbers[codes]:03}",
                order=order,
                kind=line.kind,
                marker=line.marker,
                depth=0 if parent is None or parent.kind == "heading" else parent.depth + 1,
                parent=parent,
                heading=heading,
                text=line.text,
                start=start,
                end=start + len(line.text),
                page=line.page,
            )
            made.append(passage)
            start += len(line.text) + 1
            order += 1
    return document


def passage_of(document: Document, reference: str) -> Passage:
    return Passage.objects.get(document=document, reference=reference)


def take(passage: Passage, issue: Issue, stance: str, quote: str = "", **fields: Any) -> Position:
    """A position on `passage` whose words are `quote`, or all of it."""
    quote = quote or passage.text
    start = passage.text.index(quote)
    return Position.objects.create(
        passage=passage,
        issue=issue,
        stance=stance,
        quote=quote,
        quote_start=start,
        quote_end=start + len(quote),
        **{"origin": "machine", "status": "suggested", **fields},
    )


def call_footnote(passage: Passage, mark: str, order: int, text: str = "见附件。") -> Footnote:
    """A footnote called where `mark` stands in `passage`; its own words stand at the beginning."""
    start = passage.text.rindex(mark)
    return Footnote.objects.create(
        document=passage.document,
        order=order,
        label=mark,
        text=text,
        start=0,
        end=len(text),
        anchor=passage,
        anchor_start=start,
        anchor_end=start + len(mark),
    )
