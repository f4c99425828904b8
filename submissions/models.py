"""How texts came in, and what was read in them: by the machine, and by people."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from corpus.languages import interface_language
from corpus.models import Codebook, Document, Issue, Passage, Topic


class Stance(models.TextChoices):
    """What a delegation wants on an issue.  Silence is none of these."""

    SUPPORT = "support", _("support")
    QUALIFIED = "qualified", _("qualified")
    OPPOSE = "oppose", _("oppose")
    OPEN = "open", _("open")


class Origin(models.TextChoices):
    MACHINE = "machine", _("suggested by the machine")
    PERSON = "person", _("set by a person")


class Status(models.TextChoices):
    SUGGESTED = "suggested", _("suggested")
    CONFIRMED = "confirmed", _("confirmed")
    REJECTED = "rejected", _("rejected")


class Intake(models.Model):
    """How one file came in: its bytes' hash, what became of it, and the report.

    `report` holds the coverage (characters by where they went), the dropped spans with reasons, the
    notices, and counts.
    """

    class State(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        NEEDS_REVIEW = "needs-review", _("needs review")
        REFUSED = "refused", _("refused")

    document = models.OneToOneField(
        Document, models.CASCADE, null=True, blank=True, related_name="intake"
    )
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=16, choices=State)
    reason = models.TextField(blank=True)
    encoding = models.CharField(max_length=40, blank=True)
    reader_version = models.CharField(max_length=40)
    coded_with = models.CharField(max_length=120, help_text="Version of the coder and codebook.")
    report = models.JSONField(default=dict)
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["received_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="intake_state_known",
                condition=Q(state__in=["accepted", "needs-review", "refused"]),
            ),
            models.CheckConstraint(
                name="intake_accepted_has_document",
                condition=~Q(state="accepted") | Q(document__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class PassageTopic(models.Model):
    """A topic that a passage is about; it may be about one and take no position on it."""

    passage = models.ForeignKey(Passage, models.CASCADE, related_name="topic_tags")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="passage_tags")
    origin = models.CharField(max_length=8, choices=Origin)
    status = models.CharField(max_length=10, choices=Status, default=Status.SUGGESTED)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["passage", "topic", "origin"], name="passage_topic_unique"
            ),
            models.CheckConstraint(
                name="passage_topic_origin_known", condition=Q(origin__in=["machine", "person"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.passage}: {self.topic}"


class PositionQuerySet(models.QuerySet["Position"]):
    def standing(self) -> "PositionQuerySet":
        """Those that count: suggested and not rejected, or confirmed; of delegations' own words."""
        return self.exclude(status=Status.REJECTED).filter(passage__submission__kind="own")

    def confirmed(self) -> "PositionQuerySet":
        return self.filter(status=Status.CONFIRMED)

    def untouched(self) -> "PositionQuerySet":
        """Suggestions of the machine that no person has looked at."""
        return self.filter(origin=Origin.MACHINE, status=Status.SUGGESTED, reviews__isnull=True)


class Position(models.Model):
    """On one passage, a stance on one issue, with the words that say so.

    `passage.text[quote_start:quote_end] == quote` (a trigger sees to it).  `certainty`, 0 to 1, and
    `explanation` (the cue that fired, where, and why this stance) are the machine's; `codebook` is
    the version that suggested it.  `version` counts changes, for saving without lost updates.
    """

    passage = models.ForeignKey(Passage, models.CASCADE, related_name="positions")
    issue = models.ForeignKey(Issue, models.PROTECT, related_name="positions")
    stance = models.CharField(max_length=10, choices=Stance)
    quote = models.TextField()
    quote_start = models.PositiveIntegerField()
    quote_end = models.PositiveIntegerField()
    origin = models.CharField(max_length=8, choices=Origin)
    status = models.CharField(max_length=10, choices=Status, default=Status.SUGGESTED)
    certainty = models.FloatField(null=True, blank=True)
    explanation = models.JSONField(default=dict, blank=True)
    codebook = models.ForeignKey(Codebook, models.PROTECT, null=True, blank=True)
    coder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = PositionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="position_stance_known",
                condition=Q(stance__in=["support", "qualified", "oppose", "open"]),
            ),
            models.CheckConstraint(
                name="position_origin_known", condition=Q(origin__in=["machine", "person"])
            ),
            models.CheckConstraint(
                name="position_status_known",
                condition=Q(status__in=["suggested", "confirmed", "rejected"]),
            ),
            models.CheckConstraint(
                name="position_quote_span_true",
                condition=Q(
                    quote_start__lt=F("quote_end"),
                    quote_end=F("quote_start") + Length("quote"),
                ),
            ),
            models.CheckConstraint(
                name="position_certainty_in_range",
                condition=Q(certainty__isnull=True) | Q(certainty__gte=0, certainty__lte=1),
            ),
            models.CheckConstraint(
                name="position_machine_has_no_coder",
                condition=~Q(origin="machine") | Q(coder__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["passage", "issue"],
                condition=Q(origin="machine"),
                name="position_one_suggestion_an_issue",
            ),
            models.UniqueConstraint(
                fields=["passage", "issue", "coder"],
                condition=Q(origin="person"),
                name="position_one_a_coder_an_issue",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.passage}: {self.issue} {self.stance}"


class Review(models.Model):
    """A person's decision on a position, with the reason where one was given."""

    class Decision(models.TextChoices):
        CONFIRM = "confirm", _("confirmed")
        REJECT = "reject", _("rejected")
        CHANGE = "change", _("changed")

    position = models.ForeignKey(Position, models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    decision = models.CharField(max_length=8, choices=Decision)
    stance_before = models.CharField(max_length=10, choices=Stance)
    stance_after = models.CharField(max_length=10, choices=Stance)
    reason = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="review_decision_known",
                condition=Q(decision__in=["confirm", "reject", "change"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.decision}"


class Evaluation(models.Model):
    """How well the machine read hand-coded passages, with one codebook and coder.

    `figures` are as `submissions.evaluating.figures` gives them.
    """

    codebook = models.ForeignKey(Codebook, models.CASCADE, related_name="evaluations")
    coded_with = models.CharField(max_length=120)
    gold_name = models.CharField(max_length=255)
    gold_sha256 = models.CharField(max_length=64)
    order = models.PositiveSmallIntegerField(default=0)
    document = models.CharField(max_length=80)
    about_en = models.TextField(blank=True)
    about_zh = models.TextField(blank=True)
    figures = models.JSONField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["coded_with", "gold_sha256"], name="evaluation_once_a_coder_and_gold"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gold_name}: {self.coded_with}"

    @property
    def about(self) -> str:
        """How the passages were coded, in the language of the interface."""
        return self.about_zh if interface_language() == "zh" else self.about_en


class Echo(models.Model):
    """A passage that uses the wording of an item: a question, a recommendation or a part of one.

    `runs` are the matching clauses: `start` and `end` in the item's text, `passage_start` and
    `passage_end` in the passage's, and `score`, 0 to 100; the echo's score weighs them by length.
    """

    item = models.ForeignKey(Passage, models.CASCADE, related_name="echoed_by")
    passage = models.ForeignKey(Passage, models.CASCADE, related_name="echoes")
    score = models.FloatField()
    runs = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "passage"], name="echo_once"),
            models.CheckConstraint(
                name="echo_score_in_range", condition=Q(score__gte=0, score__lte=100)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.passage} echoes {self.item}"
