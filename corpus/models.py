"""Delegations, documents as published, and the codebook they are read with."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Length
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from corpus.languages import UN_LANGUAGES, interface_language

CODE_LENGTH = 24
LANGUAGE_CHOICES = [(code, code) for code in UN_LANGUAGES]


class Delegation(models.Model):
    """Who speaks: a State, an observer, a group of States or an organisation.

    `code` is ISO 3166-1 alpha-3 for a State, the group's own otherwise.  The names are the short
    names that the United Nations prints; other names are `DelegationName`s.
    """

    class Kind(models.TextChoices):
        STATE = "state", _("State")
        OBSERVER = "observer", _("Observer State")
        GROUP = "group", _("Group of States")
        ORGANISATION = "organisation", _("Organisation")

    class Region(models.TextChoices):
        AFRICA = "africa", _("African States")
        ASIA_PACIFIC = "asia_pacific", _("Asia-Pacific States")
        EASTERN_EUROPE = "eastern_europe", _("Eastern European States")
        GRULAC = "grulac", _("Latin American and Caribbean States")
        WEOG = "weog", _("Western European and other States")

    code = models.CharField(max_length=CODE_LENGTH, unique=True)
    kind = models.CharField(max_length=16, choices=Kind)
    region = models.CharField(max_length=16, choices=Region, blank=True)
    name_en = models.CharField(max_length=160, unique=True)
    name_fr = models.CharField(max_length=160, unique=True)
    name_es = models.CharField(max_length=160, unique=True)
    name_ru = models.CharField(max_length=160, unique=True)
    name_zh = models.CharField(max_length=160, unique=True)
    name_ar = models.CharField(max_length=160, unique=True)
    brief_en = models.CharField(max_length=60, help_text="The name for the head of a column.")
    brief_zh = models.CharField(max_length=60)
    sort_zh = models.CharField(max_length=320, help_text="The brief Chinese name in pinyin.")
    members_complete = models.BooleanField(default=True)
    members: models.ManyToManyField[Delegation, Membership] = models.ManyToManyField(
        "self", through="Membership", symmetrical=False, related_name="groups"
    )

    class Meta:
        ordering: ClassVar = ["name_en"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="delegation_kind_known",
                condition=Q(kind__in=["state", "observer", "group", "organisation"]),
            ),
            models.CheckConstraint(
                name="delegation_region_known",
                condition=Q(
                    region__in=["", "africa", "asia_pacific", "eastern_europe", "grulac", "weog"]
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> str:
        """The name in the language of the interface."""
        name: str = getattr(self, f"name_{interface_language()}")
        return name

    @property
    def brief_name(self) -> str:
        """The name for the head of a column, in the language of the interface."""
        return self.brief_zh if interface_language() == "zh" else self.brief_en

    @property
    def sort_key(self) -> str:
        """What the name sorts by in the language of the interface: pinyin in Chinese."""
        return self.sort_zh if interface_language() == "zh" else self.brief_en.casefold()


class DelegationName(models.Model):
    """Another name that a delegation is filed under: formal, former or alternative."""

    delegation = models.ForeignKey(Delegation, models.CASCADE, related_name="other_names")
    language = models.CharField(max_length=2, choices=LANGUAGE_CHOICES)
    name = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["language", "name"], name="delegation_name_unique"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A delegation's membership of a group; `left` is the first day it is no longer a member."""

    group = models.ForeignKey(Delegation, models.CASCADE, related_name="memberships_as_group")
    member = models.ForeignKey(Delegation, models.CASCADE, related_name="memberships")
    joined = models.DateField(null=True, blank=True)
    left = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "member", "joined"], name="membership_unique"),
            models.UniqueConstraint(
                fields=["group", "member"],
                condition=Q(joined__isnull=True),
                name="membership_from_the_start_unique",
            ),
            models.CheckConstraint(name="membership_of_another", condition=~Q(group=F("member"))),
            models.CheckConstraint(
                name="membership_in_order",
                condition=Q(joined__isnull=True) | Q(left__isnull=True) | Q(joined__lt=F("left")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} in {self.group}"


class DocumentQuerySet(models.QuerySet["Document"]):
    def with_counts(self) -> DocumentQuerySet:
        """Each with `delegation_count`, and `passage_count` (headings too).

        Where there are submissions, what stands before and between them is not counted.
        """
        passages = Passage.objects.filter(document=models.OuterRef("pk")).order_by()
        spoken, every = (
            models.Subquery(rows.values("document").annotate(n=models.Count("pk")).values("n"))
            for rows in (passages.filter(submission__isnull=False), passages)
        )
        return self.annotate(
            delegation_count=models.Count("submissions__delegations", distinct=True),
            passage_count=Coalesce(spoken, every, 0),
        )


class Document(models.Model):
    """One published text.  `text` is clean and normalised once, at intake; offsets are into it."""

    class Kind(models.TextChoices):
        COMPILATION = "compilation", _("Compilation of views")
        SUBMISSION = "submission", _("Submission")
        QUESTIONS = "questions", _("Guiding questions")
        REPORT = "report", _("Report")
        RECOMMENDATIONS = "recommendations", _("Recommendations")

    slug = models.SlugField(max_length=120, unique=True)
    symbol = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=20, choices=Kind)
    language = models.CharField(max_length=2, choices=LANGUAGE_CHOICES)
    title = models.TextField()
    title_en = models.TextField(blank=True)
    published_on = models.DateField(null=True, blank=True)
    job_number = models.CharField(max_length=40, blank=True)
    page_count = models.PositiveIntegerField(null=True, blank=True)
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64, unique=True)
    text = models.TextField()
    length = models.PositiveIntegerField(help_text="Characters in the text.")

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["slug"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["symbol", "language"],
                condition=~Q(symbol=""),
                name="document_symbol_unique_per_language",
            ),
            models.CheckConstraint(
                name="document_length_true", condition=Q(length=Length("text"), length__gt=0)
            ),
            models.CheckConstraint(
                name="document_kind_known",
                condition=Q(
                    kind__in=["compilation", "submission", "questions", "report", "recommendations"]
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("document", args=[self.slug])

    @property
    def reference(self) -> str:
        """What the document is cited by: its symbol, or its name in this corpus."""
        return self.symbol or self.slug

    @property
    def shown_title(self) -> str:
        """The title in the language of the interface, where it is known in it."""
        return self.title_en if interface_language() == "en" and self.title_en else self.title


class Submission(models.Model):
    """What one delegation, or several jointly, say in one document.

    `text[start:end]` of the document is all of it, its heading lines included.  The words of a
    `note` are the Secretariat's, about a text that stands in the document named by `reference`.
    """

    class Kind(models.TextChoices):
        OWN = "own", _("Own text")
        NOTE = "note", _("Note by the Secretariat")

    document = models.ForeignKey(Document, models.CASCADE, related_name="submissions")
    order = models.PositiveIntegerField()
    delegations = models.ManyToManyField(Delegation, related_name="submissions")
    heading = models.CharField(max_length=200, help_text="The name as the document prints it.")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.OWN)
    original_language = models.CharField(max_length=2, choices=LANGUAGE_CHOICES, blank=True)
    submitted_on = models.DateField(null=True, blank=True)
    reference = models.CharField(max_length=80, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["document", "order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "order"], name="submission_order_unique"),
            models.CheckConstraint(name="submission_span_true", condition=Q(start__lt=F("end"))),
            models.CheckConstraint(
                name="submission_kind_known", condition=Q(kind__in=["own", "note"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.heading} ({self.document})"

    @property
    def anchor(self) -> str:
        """The id of its place in the reader: the codes of its delegations."""
        return "+".join(sorted(row.code for row in self.delegations.all()))


class PassageQuerySet(models.QuerySet["Passage"]):
    def in_reading_order(self) -> PassageQuerySet:
        return self.order_by("document", "order")

    def of(self, delegation: Delegation) -> PassageQuerySet:
        return self.filter(submission__delegations=delegation)


class Passage(models.Model):
    """The smallest cited piece: a heading, or a passage (a paragraph or a list item).

    `document.text[start:end] == text`, which begins with `marker`.  `reference` names it within
    its document (`NOR-007`).  `parent` is the heading or passage directly above it in the outline,
    `heading` the nearest heading above; `depth` counts those of its own kind above it.
    """

    class Kind(models.TextChoices):
        HEADING = "heading", _("Heading")
        PASSAGE = "passage", _("Passage")

    document = models.ForeignKey(Document, models.CASCADE, related_name="passages")
    submission = models.ForeignKey(
        Submission, models.CASCADE, null=True, blank=True, related_name="passages"
    )
    reference = models.CharField(max_length=40)
    order = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=Kind)
    marker = models.CharField(max_length=24, blank=True)
    depth = models.PositiveSmallIntegerField(default=0)
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children"
    )
    heading = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="section"
    )
    text = models.TextField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    page = models.PositiveIntegerField(null=True, blank=True)
    marks = models.JSONField(
        default=list,
        blank=True,
        help_text="Runs of the text: kind (deleted, inserted …), start, end.",
    )

    objects = PassageQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["document", "order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "order"], name="passage_order_unique"),
            models.UniqueConstraint(
                fields=["document", "reference"], name="passage_reference_unique"
            ),
            models.CheckConstraint(
                name="passage_span_true",
                condition=Q(start__lt=F("end"), end=F("start") + Length("text")),
            ),
            models.CheckConstraint(
                name="passage_kind_known", condition=Q(kind__in=["heading", "passage"])
            ),
            models.CheckConstraint(
                name="passage_page_counts_from_one",
                condition=Q(page__isnull=True) | Q(page__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return f"{self.document.get_absolute_url()}#{self.reference}"


class Footnote(models.Model):
    """A footnote, and where it is called: `anchor.text[anchor_start:anchor_end]` is its mark."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="footnotes")
    order = models.PositiveIntegerField()
    label = models.CharField(max_length=8, blank=True)
    text = models.TextField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    anchor = models.ForeignKey(
        Passage, models.SET_NULL, null=True, blank=True, related_name="footnotes"
    )
    anchor_start = models.PositiveIntegerField(default=0)
    anchor_end = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["document", "order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "order"], name="footnote_order_unique"),
            models.CheckConstraint(
                name="footnote_span_true",
                condition=Q(start__lt=F("end"), end=F("start") + Length("text")),
            ),
            models.CheckConstraint(
                name="footnote_anchor_in_order", condition=Q(anchor_start__lte=F("anchor_end"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document}, footnote {self.label}"


class Codebook(models.Model):
    """A version of the codebook, kept whole, so that a position can name what suggested it."""

    version = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64, unique=True)
    source = models.TextField(help_text="The file, as it was loaded.")
    current = models.BooleanField(default=False)
    loaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["current"], condition=Q(current=True), name="codebook_one_current"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} ({self.sha256[:8]})"


class Topic(models.Model):
    """A group of issues that is browsed together."""

    key = models.CharField(max_length=60, unique=True)
    order = models.PositiveIntegerField()
    label_en = models.CharField(max_length=200)
    label_zh = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["order"]

    def __str__(self) -> str:
        return self.key

    @property
    def label(self) -> str:
        """The label in the language of the interface."""
        return self.label_zh if interface_language() == "zh" else self.label_en


class Issue(models.Model):
    """One proposition under a topic.  A retired issue is no longer suggested but stays readable.

    `notes` says for a stance (`support`, `oppose`, …) what it means on this issue.
    """

    key = models.CharField(max_length=80, unique=True)
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="issues")
    order = models.PositiveIntegerField()
    label_en = models.CharField(max_length=300)
    label_zh = models.CharField(max_length=300)
    notes = models.JSONField(default=dict)
    retired = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["order"]

    def __str__(self) -> str:
        return self.key

    @property
    def label(self) -> str:
        """The label in the language of the interface."""
        return self.label_zh if interface_language() == "zh" else self.label_en


class GuidingQuestion(models.Model):
    """A numbered question of a Chair's note, and the issues it is about."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="questions")
    number = models.PositiveIntegerField()
    passage = models.OneToOneField(Passage, models.CASCADE)
    issues = models.ManyToManyField(Issue, related_name="questions")

    class Meta:
        ordering: ClassVar = ["document", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "number"], name="question_number_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.document}, question {self.number}"


class Recommendation(models.Model):
    """A numbered recommendation of an expert group, and the issues it is about."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="recommendations")
    number = models.PositiveIntegerField()
    passage = models.OneToOneField(Passage, models.CASCADE)
    issues = models.ManyToManyField(Issue, related_name="recommendations")

    class Meta:
        ordering: ClassVar = ["document", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["document", "number"], name="recommendation_number_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document}, recommendation {self.number}"
