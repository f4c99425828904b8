"""Numbered questions and recommendations, and the issues they are about."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

from django.db import transaction

from corpus.codebook import Codebook
from corpus.models import (
    Document,
    GuidingQuestion,
    Issue,
    Passage,
    Recommendation,
    Submission,
)
from submissions.models import Echo
from submissions.parsing import Reading
from submissions.wording import Text, echoes

_MODELS: Final[Mapping[str, Any]] = {
    Document.Kind.QUESTIONS: GuidingQuestion,
    Document.Kind.RECOMMENDATIONS: Recommendation,
}


def store_list(document: Document, reading: Reading, passages: Sequence[Passage]) -> None:
    """Store the numbered paragraphs of a document that lists questions or recommendations."""
    model = _MODELS.get(document.kind)
    if model is None:
        return
    model._default_manager.bulk_create(
        model(document=document, number=number, passage=passages[index])
        for number, index in reading.numbered
    )


def link_wording() -> int:
    """Link the items of all lists to the passages of submissions that use their wording; how many.

    Made anew each time, in one transaction, and only if something changed.
    """
    listed = [
        row.passage
        for model in _MODELS.values()
        for row in model._default_manager.select_related("passage")
    ]
    parts = Passage.objects.filter(parent__in=listed, kind=Passage.Kind.PASSAGE)
    spoken = Passage.objects.filter(
        kind=Passage.Kind.PASSAGE, submission__kind=Submission.Kind.OWN
    ).prefetch_related("submission__delegations")
    found = echoes(
        [Text(row.pk, "", row.text, len(row.marker)) for row in (*listed, *parts)],
        [Text(row.pk, _speaker(row), row.text, len(row.marker)) for row in spoken],
    )
    wanted = [
        Echo(
            item_id=echo.item,
            passage_id=echo.passage,
            score=echo.score,
            runs=[asdict(run) for run in echo.runs],
        )
        for echo in found
    ]
    there = {(row.item_id, row.passage_id): row.runs for row in Echo.objects.all()}
    if there != {(row.item_id, row.passage_id): row.runs for row in wanted}:
        with transaction.atomic():
            Echo.objects.all().delete()
            Echo.objects.bulk_create(wanted)
    return len(wanted)


def _speaker(passage: Passage) -> str:
    return passage.submission.anchor if passage.submission else ""


def link_issues(codebook: Codebook) -> None:
    """Link every question and recommendation to the issues that name its number."""
    issues = {row.key: row for row in Issue.objects.all()}
    lists: tuple[tuple[Any, str], ...] = (
        (GuidingQuestion, "questions"),
        (Recommendation, "recommendations"),
    )
    for model, field in lists:
        about: dict[int, set[int]] = {}
        for issue in codebook.issues:
            for number in getattr(issue, field):
                about.setdefault(number, set()).add(issues[issue.key].pk)
        through: Any = model.issues.through
        column = f"{model._meta.model_name}_id"
        wanted = {
            (row.pk, issue)
            for row in model._default_manager.all()
            for issue in about.get(row.number, ())
        }
        there = {
            (row[0], row[1]): row[2]
            for row in through._default_manager.values_list(column, "issue_id", "pk")
        }
        gone = [key for pair, key in there.items() if pair not in wanted]
        through._default_manager.filter(pk__in=gone).delete()
        through._default_manager.bulk_create(
            through(**{column: item, "issue_id": issue}) for item, issue in wanted - there.keys()
        )
