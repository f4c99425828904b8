"""Numbered questions and recommendations, and the issues they are about."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from corpus.codebook import Codebook
from corpus.models import Document, GuidingQuestion, Issue, Passage, Recommendation
from submissions.parsing import Reading

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
