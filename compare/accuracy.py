"""What the page *How well does it read?* shows, and an issue's own figures in the matrix."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from corpus.models import Delegation, Issue, Topic
from submissions.accuracy import current_evaluations
from submissions.models import Evaluation, Stance

_ALL: Final = {
    "segmentation": _("Passages and headings, cut as people cut them"),
    "topics": _("Topics of passages"),
    "codes": _("Issues of passages"),
    "cells": _("Cells (a delegation on an issue)"),
    "rare_stances": _("Cells with a stance other than support"),
}


@dataclass(frozen=True, slots=True)
class Figures:
    """Precision, recall and F1, 0 to 1, with the counts behind them and what they are about."""

    label: str
    key: str
    precision: float
    recall: float
    f1: float
    found: int
    invented: int
    missed: int

    @property
    def suggested(self) -> int:
        """How many the machine suggested."""
        return self.found + self.invented

    @property
    def wanted(self) -> int:
        """How many people found."""
        return self.found + self.missed


@dataclass(frozen=True, slots=True)
class Accuracy:
    """The figures of one evaluation, labelled in the language of the interface.

    `stance_accuracy` and `quote_overlap` are percentages.
    """

    evaluation: Evaluation
    all: tuple[Figures, ...]
    cells: Figures
    rare: Figures
    stance_accuracy: float
    quote_overlap: float
    coverage: Mapping[str, Any]
    calibration: Mapping[str, Any]
    baseline_cells: Figures
    by_topic: tuple[Figures, ...]
    by_stance: tuple[Figures, ...]
    by_delegation: tuple[Figures, ...]
    by_issue: tuple[Figures, ...]


def accuracies() -> list[Accuracy]:
    """The figures of the coder in use, one for each gold file; four queries."""
    evaluations = current_evaluations()
    codes = {code for row in evaluations for code in row.figures["delegations"]}
    labels = _Labels(
        issues={row.key: row.label for row in Issue.objects.all()},
        topics={row.key: row.label for row in Topic.objects.all()},
        delegations={row.code: row.name for row in Delegation.objects.filter(code__in=codes)},
    )
    return [_accuracy(evaluation, labels) for evaluation in evaluations]


@dataclass(frozen=True, slots=True)
class _Labels:
    issues: Mapping[str, str]
    topics: Mapping[str, str]
    delegations: Mapping[str, str]


def _accuracy(evaluation: Evaluation, labels: _Labels) -> Accuracy:
    found = evaluation.figures
    return Accuracy(
        evaluation=evaluation,
        all=tuple(_figures(found[key], str(label), key) for key, label in _ALL.items()),
        cells=_figures(found["cells"]),
        rare=_figures(found["rare_stances"]),
        stance_accuracy=100 * found["stances"]["accuracy"],
        quote_overlap=100 * found["quotes"]["overlap"],
        coverage=found["coverage"],
        calibration=found["calibration"],
        baseline_cells=_figures(found["baseline"]["cells"]),
        by_topic=_group(found["topics_by"], labels.topics),
        by_stance=_group(
            found["rare_stances_by"], {stance.value: str(stance.label) for stance in Stance}
        ),
        by_delegation=_group(found["delegations"], labels.delegations),
        by_issue=_group(found["issues"], labels.issues),
    )


def issue_figures(issue: Issue) -> list[Figures]:
    """How well the machine reads one issue, by gold file; those that do not tell are left out."""
    rows = [
        (evaluation.about, evaluation.figures["issues"].get(issue.key))
        for evaluation in current_evaluations()
    ]
    return [_figures(row, about, issue.key) for about, row in rows if row]


def _group(rows: Mapping[str, Mapping[str, Any]], labels: Mapping[str, str]) -> tuple[Figures, ...]:
    """The rows in the order of `labels`, then those without one."""
    keys = [key for key in labels if key in rows] + sorted(rows.keys() - labels.keys())
    return tuple(_figures(rows[key], labels.get(key, key), key) for key in keys)


def _figures(row: Mapping[str, Any], label: str = "", key: str = "") -> Figures:
    return Figures(
        label=label,
        key=key,
        precision=row["precision"],
        recall=row["recall"],
        f1=row["f1"],
        found=row["found"],
        invented=row["invented"],
        missed=row["missed"],
    )
