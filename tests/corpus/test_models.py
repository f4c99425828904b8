"""What the database itself refuses, constraint by constraint, of texts and of readings."""

from datetime import date
from typing import Any, TypeVar

import pytest
from django.apps import apps as registry
from django.contrib.auth.models import User
from django.db import IntegrityError, models, transaction

from corpus.models import (
    Codebook,
    Delegation,
    DelegationName,
    Document,
    Footnote,
    GuidingQuestion,
    Issue,
    Membership,
    Passage,
    Recommendation,
    Submission,
    Topic,
)
from submissions import guards
from submissions.models import Echo, Evaluation, Intake, PassageTopic, Position, Review

pytestmark = pytest.mark.django_db
Row = TypeVar("Row", bound=models.Model)


def delegation(code: str = "XXA", **changes: Any) -> Delegation:
    names = {f"name_{one}": f"{code} {one}" for one in ("en", "fr", "es", "ru", "zh", "ar")}
    return Delegation(**{"code": code, "kind": "state", "sort_zh": code, **names, **changes})


def document(slug: str = "x", **changes: Any) -> Document:
    fields = {
        "slug": slug,
        "kind": "compilation",
        "language": "zh",
        "title": "标题",
        "file_name": "x.txt",
        "sha256": slug * 8,
        "text": "一甲乙丙",
        "length": 4,
    }
    return Document(**{**fields, **changes})


class Room:
    """A document with a heading, a passage and a position, to add rows beside."""

    def __init__(self) -> None:
        self.group = saved(delegation("XXG", kind="group"))
        self.member = saved(delegation("XXM"))
        self.document = saved(document("room", symbol="A/XX/1"))
        self.submission = saved(self.make_submission(order=0))
        self.passage = saved(self.make_passage(order=0, reference="XXM-001"))
        self.codebook = Codebook.objects.get(current=True)
        self.topic = Topic.objects.order_by("pk")[0]
        self.issue, self.other_issue = Issue.objects.order_by("pk")[:2]
        self.person = User.objects.create(username="coder")
        self.position = saved(self.make_position())

    def make_name(self, **changes: Any) -> models.Model:
        fields = {"delegation": self.member, "language": "en", "name": "Xanadu"}
        return DelegationName(**{**fields, **changes})

    def make_membership(self, **changes: Any) -> models.Model:
        return Membership(**{"group": self.group, "member": self.member, **changes})

    def make_submission(self, **changes: Any) -> Submission:
        fields = {"document": self.document, "order": 1, "heading": "甲", "start": 0, "end": 4}
        return Submission(**{**fields, **changes})

    def make_passage(self, **changes: Any) -> Passage:
        fields = {
            "document": self.document,
            "submission": self.submission,
            "reference": "XXM-002",
            "order": 1,
            "kind": "passage",
            "text": "一甲乙丙",
            "start": 0,
            "end": 4,
        }
        return Passage(**{**fields, **changes})

    def make_footnote(self, **changes: Any) -> models.Model:
        fields = {"document": self.document, "order": 0, "text": "注", "start": 3, "end": 4}
        return Footnote(**{**fields, **changes})

    def make_codebook(self, **changes: Any) -> models.Model:
        return Codebook(**{"version": "9", "sha256": "9" * 64, "source": "", **changes})

    def make_question(self, **changes: Any) -> models.Model:
        fields = {"document": self.document, "number": 1, "passage": self.passage}
        return GuidingQuestion(**{**fields, **changes})

    def make_recommendation(self, **changes: Any) -> models.Model:
        fields = {"document": self.document, "number": 1, "passage": self.passage}
        return Recommendation(**{**fields, **changes})

    def make_intake(self, **changes: Any) -> models.Model:
        fields = {
            "document": self.document,
            "file_name": "x.txt",
            "sha256": "7" * 64,
            "state": "accepted",
            "reader_version": "1",
            "coded_with": "1",
        }
        return Intake(**{**fields, **changes})

    def make_tag(self, **changes: Any) -> models.Model:
        fields = {"passage": self.passage, "topic": self.topic, "origin": "machine"}
        return PassageTopic(**{**fields, **changes})

    def make_position(self, **changes: Any) -> Position:
        fields = {
            "passage": self.passage,
            "issue": self.issue,
            "stance": "support",
            "quote": "甲乙",
            "quote_start": 1,
            "quote_end": 3,
            "origin": "machine",
        }
        return Position(**{**fields, **changes})

    def make_review(self, **changes: Any) -> models.Model:
        fields = {
            "position": self.position,
            "reviewer": self.person,
            "decision": "confirm",
            "stance_before": "support",
            "stance_after": "support",
        }
        return Review(**{**fields, **changes})

    def make_evaluation(self, **changes: Any) -> models.Model:
        fields = {
            "codebook": self.codebook,
            "coded_with": "x",
            "gold_name": "x.jsonl",
            "gold_sha256": "6" * 64,
            "document": "A/XX/1",
            "figures": {},
        }
        return Evaluation(**{**fields, **changes})

    def make_echo(self, **changes: Any) -> models.Model:
        fields = {"item": self.passage, "passage": self.passage, "score": 90.0, "runs": []}
        return Echo(**{**fields, **changes})


def saved(row: Row) -> Row:
    row.save()
    return row


@pytest.fixture
def room(db: None) -> Room:
    return Room()


PERSON = {"origin": "person", "stance": "open"}
#: constraint -> what stands there already, rows it accepts beside that, and a row it refuses.
CASES: dict[str, tuple[str, list[dict[str, Any]], dict[str, Any]]] = {
    "delegation_kind_known": ("delegation", [{}], {"kind": "planet"}),
    "delegation_region_known": ("delegation", [{"region": "weog"}], {"region": "moon"}),
    "delegation_name_unique": (
        "name",
        [{}, {"language": "fr"}, {"name": "Other"}],
        {},
    ),
    "membership_unique": (
        "membership",
        [{"joined": date(2000, 1, 1)}, {"joined": date(2001, 1, 1)}],
        {"joined": date(2000, 1, 1)},
    ),
    "membership_from_the_start_unique": ("membership", [{}], {}),
    "membership_of_another": ("membership", [{}], {"member": "group"}),
    "membership_in_order": (
        "membership",
        [{"joined": date(2000, 1, 1), "left": date(2000, 1, 2)}, {"left": date(1999, 1, 1)}],
        {"joined": date(2001, 1, 2), "left": date(2001, 1, 2)},
    ),
    "document_symbol_unique_per_language": (
        "document",
        [
            {"slug": "a", "sha256": "a", "symbol": "A/XX/1", "language": "en"},
            {"slug": "b", "sha256": "b", "symbol": ""},
            {"slug": "c", "sha256": "c", "symbol": ""},
        ],
        {"symbol": "A/XX/1"},
    ),
    "document_length_true": ("document", [{"slug": "a", "sha256": "a"}], {"length": 3}),
    "document_length_true (empty)": ("document", [], {"text": "", "length": 0}),
    "document_kind_known": ("document", [{"slug": "a", "sha256": "a"}], {"kind": "poem"}),
    "submission_order_unique": ("submission", [{}, {"order": 2}], {}),
    "submission_span_true": ("submission", [{}], {"order": 2, "start": 4}),
    "submission_kind_known": ("submission", [{"kind": "note"}], {"order": 2, "kind": "poem"}),
    "passage_order_unique": ("passage", [{}], {"reference": "XXM-003"}),
    "passage_reference_unique": ("passage", [{}], {"order": 2}),
    "passage_span_true": ("passage", [{}], {"order": 2, "reference": "c", "end": 3}),
    "passage_span_true (empty)": (
        "passage",
        [],
        {"text": "", "start": 2, "end": 2},
    ),
    "passage_kind_known": (
        "passage",
        [{"kind": "heading"}],
        {"order": 2, "reference": "c", "kind": "poem"},
    ),
    "passage_page_counts_from_one": (
        "passage",
        [{"page": 1}],
        {"order": 2, "reference": "c", "page": 0},
    ),
    "footnote_order_unique": ("footnote", [{}, {"order": 1}], {}),
    "footnote_span_true": ("footnote", [{}], {"order": 1, "start": 2}),
    "footnote_anchor_in_order": (
        "footnote",
        [{"anchor_start": 1, "anchor_end": 2}],
        {"order": 1, "anchor_start": 2, "anchor_end": 1},
    ),
    "codebook_one_current": ("codebook", [{}, {"sha256": "8"}], {"sha256": "7", "current": True}),
    "question_number_unique": ("question", [{}], {"passage": "another"}),
    "recommendation_number_unique": ("recommendation", [{}], {"passage": "another"}),
    "intake_state_known": ("intake", [{"state": "needs-review"}], {"state": "lost"}),
    "intake_accepted_has_document": (
        "intake",
        [{}, {"document": None, "state": "refused", "sha256": "5"}],
        {"document": None},
    ),
    "passage_topic_unique": ("tag", [{}, {"origin": "person"}], {}),
    "passage_topic_origin_known": ("tag", [{}], {"origin": "oracle"}),
    "position_stance_known": ("position", [{"issue": "another"}], {"stance": "maybe"}),
    "position_origin_known": ("position", [{"issue": "another"}], {"origin": "oracle"}),
    "position_status_known": ("position", [{"issue": "another"}], {"status": "lost"}),
    "position_quote_span_true": ("position", [{"issue": "another"}], {"quote_end": 4}),
    "position_quote_span_true (empty)": (
        "position",
        [],
        {"issue": "another", "quote": "", "quote_end": 1},
    ),
    "position_certainty_in_range": (
        "position",
        [{"issue": "another", "certainty": 1.0}],
        {"certainty": 1.01},
    ),
    "position_machine_has_no_coder": (
        "position",
        [{"coder": "person", **PERSON}],
        {"coder": "person"},
    ),
    "position_one_suggestion_an_issue": ("position", [{"issue": "another"}, PERSON], {}),
    "position_one_a_coder_an_issue": (
        "position",
        [{"coder": "person", **PERSON}, {"coder": "person", "issue": "another", **PERSON}],
        {"coder": "person", **PERSON},
    ),
    "review_decision_known": ("review", [{}, {}], {"decision": "shrug"}),
    "echo_once": ("echo", [{}], {}),
    "echo_score_in_range": ("echo", [{"score": 100.0}], {"score": 100.5}),
    "evaluation_once_a_coder_and_gold": ("evaluation", [{}, {"coded_with": "y"}], {}),
}


def made(room: Room, what: str, changes: dict[str, Any]) -> models.Model:
    """A row of the kind `what` that is not saved; names of rows stand for them."""
    named: dict[tuple[str, str], Any] = {
        ("member", "group"): room.group,
        ("coder", "person"): room.person,
        ("issue", "another"): room.other_issue,
    }
    if changes.get("passage") == "another":
        named["passage", "another"] = saved(room.make_passage(order=7, reference="XXM-007"))
    fields = {
        key: named.get((key, value), value) if isinstance(value, str) else value
        for key, value in changes.items()
    }
    if what in ("delegation", "document"):
        return {"delegation": delegation, "document": document}[what](**fields)
    row: models.Model = getattr(room, f"make_{what}")(**fields)
    return row


@pytest.mark.parametrize("case", CASES)
def test_the_database_refuses_a_row_that_breaks(room: Room, case: str) -> None:
    what, accepted, refused = CASES[case]
    guards.lift(registry.get_app_config("submissions"), using="default")
    for changes in accepted:
        saved(made(room, what, changes))
    row = made(room, what, refused)

    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        row.save()

    named(str(caught.value), case.partition(" ")[0], row)


def named(message: str, constraint: str, row: models.Model) -> None:
    """The refusal is this constraint's: by name, or on SQLite by the columns of a unique one."""
    [found] = [one for one in row._meta.constraints if one.name == constraint]
    if isinstance(found, models.UniqueConstraint) and message.startswith("UNIQUE"):
        table = row._meta.db_table
        columns = [row._meta.get_field(name).column for name in found.fields]  # type: ignore[union-attr]
        assert message == "UNIQUE constraint failed: " + ", ".join(
            f"{table}.{column}" for column in columns
        )
    else:
        assert constraint in message


def test_every_constraint_is_tried() -> None:
    known = {
        constraint.name
        for label in ("corpus", "submissions")
        for model in registry.get_app_config(label).get_models()
        for constraint in model._meta.constraints
    }
    assert known == {case.partition(" ")[0] for case in CASES}


@pytest.mark.parametrize("kind", ["state", "observer", "group", "organisation"])
def test_every_kind_of_delegation_is_accepted(kind: str) -> None:
    saved(delegation(kind=kind))

    assert Delegation.objects.get(code="XXA").kind == kind


def test_passages_come_in_reading_order_and_by_delegation() -> None:
    norway = Delegation.objects.get(code="NOR")
    passages = Passage.objects.of(norway).in_reading_order()

    references = [one.reference for one in passages if str(one.document) == "A/AC.291/4"]
    assert references == [f"NOR-{number:03d}" for number in range(1, 31)]


def test_documents_are_counted_by_delegations_and_passages() -> None:
    counted = Document.objects.with_counts().get(symbol="A/AC.291/4")

    assert (counted.delegation_count, counted.passage_count) == (26, 908)  # type: ignore[attr-defined]
    assert (counted.reference, counted.slug) == ("A/AC.291/4", "A-AC-291-4")


def test_standing_positions_are_those_of_delegations_that_nobody_rejected(room: Room) -> None:
    note = saved(room.make_submission(order=5, kind="note"))
    words = saved(room.make_passage(order=5, reference="XXM-005", submission=note))
    saved(room.make_position(passage=words))
    rejected = saved(room.make_position(issue=room.other_issue, status="rejected"))
    here = Position.objects.filter(passage__document=room.document)

    assert list(here.standing()) == [room.position]
    assert rejected not in here.untouched()
    assert list(here.confirmed()) == []
