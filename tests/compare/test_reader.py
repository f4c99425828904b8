import pytest

from compare.marks import Segment
from compare.matrix import CellKey
from compare.reader import Line as ReadLine
from compare.reader import Margin, Part, read_parts
from corpus.models import Delegation, Document, Issue, Passage
from tests.compare.rows import (
    Line,
    Section,
    call_footnote,
    make_delegation,
    make_document,
    make_issue,
    make_topic,
    passage_of,
    take,
)


@pytest.fixture
def who(empty_db: None) -> Delegation:
    return make_delegation("AAA", "Aland")


@pytest.fixture
def access(empty_db: None) -> Issue:
    return make_issue(make_topic(), "access")


def plain(passage: Passage) -> ReadLine:
    return ReadLine(passage, (Segment(passage.text),), (), ())


def lines_of(parts: list[Part]) -> dict[str, ReadLine]:
    return {line.passage.reference: line for part in parts for line in part.lines}


def test_each_submission_is_a_part_and_what_stands_before_is_the_front(who: Delegation) -> None:
    other = make_delegation("BBB")
    text = make_document(
        "views",
        Section([], [Line("秘书处的说明", kind="heading")]),
        Section([who], [Line("范围", kind="heading"), Line("一", under=0)]),
        Section([other], [Line("二")]),
    )
    first, second = text.submissions.all()

    parts = read_parts(text)

    assert parts == [
        Part(None, "front", [plain(passage_of(text, "front-001"))]),
        Part(
            first, "AAA", [plain(passage_of(text, "AAA-001")), plain(passage_of(text, "AAA-002"))]
        ),
        Part(second, "BBB", [plain(passage_of(text, "BBB-001"))]),
    ]
    assert [[row.reference for row in part.headings] for part in parts] == [
        ["front-001"],
        ["AAA-001"],
        [],
    ]


def test_the_anchor_of_a_joint_part_joins_the_codes_in_their_order(who: Delegation) -> None:
    text = make_document("views", Section([make_delegation("BBB"), who], [Line("一")]))

    assert [part.anchor for part in read_parts(text)] == ["AAA+BBB"]


def test_two_submissions_of_one_delegation_are_two_parts_with_anchors_of_their_own(
    who: Delegation,
) -> None:
    text = make_document("views", Section([who], [Line("一")]), Section([who], [Line("二")]))
    make_document("other", Section([who], [Line("三")]))
    first, second = text.submissions.all()

    assert read_parts(text) == [
        Part(first, "AAA", [plain(passage_of(text, "AAA-001"))]),
        Part(second, "AAA-2", [plain(passage_of(text, "AAA-002"))]),
    ]


def test_footnotes_that_are_called_nowhere_stand_with_the_last_part(who: Delegation) -> None:
    text = make_document("views", Section([], [Line("说明")]), Section([who], [Line("一1")]))
    footnote = call_footnote(passage_of(text, "AAA-001"), "1", order=0)
    footnote.anchor = None
    footnote.save()

    assert [part.footnotes for part in read_parts(text)] == [[], [footnote]]


def test_footnotes_are_called_where_their_mark_stands(who: Delegation) -> None:
    text = make_document("views", Section([who], [Line("成员国1对此表示欢迎2"), Line("无")]))
    passage = passage_of(text, "AAA-001")
    second = call_footnote(passage, "2", order=7)
    first = call_footnote(passage, "1", order=6)

    (part,) = read_parts(text)

    assert part.lines[0] == ReadLine(
        passage,
        (
            Segment("成员国"),
            Segment("1", note=6),
            Segment("对此表示欢迎"),
            Segment("2", note=7),
        ),
        (),
        (first, second),
    )
    assert part.footnotes == [first, second]


def test_only_the_quotes_on_the_marked_issue_are_marked(who: Delegation, access: Issue) -> None:
    fraud = make_issue(access.topic, "fraud")
    text = make_document("views", Section([who], [Line("惩治非法访问和诈骗")]))
    passage = passage_of(text, "AAA-001")
    take(passage, access, "support", "非法访问")
    take(passage, fraud, "support", "诈骗")

    marked = {
        issue: lines_of(read_parts(text, issue))["AAA-001"].segments
        for issue in ("crimes.access", "crimes.fraud", "crimes.nothing", "")
    }

    assert marked == {
        "crimes.access": (Segment("惩治"), Segment("非法访问", quoted=True), Segment("和诈骗")),
        "crimes.fraud": (Segment("惩治非法访问和"), Segment("诈骗", quoted=True)),
        "crimes.nothing": (Segment("惩治非法访问和诈骗"),),
        "": (Segment("惩治非法访问和诈骗"),),
    }


def test_positions_stand_in_the_margin_in_the_order_of_issues_with_their_cells(
    who: Delegation, access: Issue
) -> None:
    other = make_delegation("BBB")
    fraud = make_issue(access.topic, "fraud")
    text = make_document("views", Section([who, other], [Line("一"), Line("二")]))
    passage = passage_of(text, "AAA+BBB-001")
    on_fraud = take(passage, fraud, "oppose", status="confirmed")
    on_access = take(passage, access, "support")

    lines = lines_of(read_parts(text))

    margin = lines["AAA+BBB-001"].margin
    assert [row.position for row in margin] == [on_access, on_fraud]
    assert [{str(key) for key in row.cells} for row in margin] == [
        {"AAA.crimes.access", "BBB.crimes.access"},
        {"AAA.crimes.fraud", "BBB.crimes.fraud"},
    ]
    assert [(row.stance_label, row.confirmed) for row in margin] == [
        ("support", False),
        ("oppose", True),
    ]
    assert lines["AAA+BBB-002"].margin == ()


def test_rejected_and_noted_positions_and_those_of_other_documents_have_no_margin(
    who: Delegation, access: Issue
) -> None:
    note = Section([make_delegation("BBB")], [Line("二")], kind="note")
    text = make_document("views", Section([who], [Line("一")]), note)
    other = make_document("other", Section([who], [Line("一")]))
    take(passage_of(text, "AAA-001"), access, "support", status="rejected")
    take(passage_of(text, "BBB-001"), access, "support")
    take(passage_of(other, "AAA-001"), access, "support")

    lines = lines_of(read_parts(text, "crimes.access"))

    assert lines == {
        "AAA-001": plain(passage_of(text, "AAA-001")),
        "BBB-001": plain(passage_of(text, "BBB-001")),
    }
    assert lines_of(read_parts(other))["AAA-001"].margin == (
        Margin(access.positions.get(passage__document=other), (CellKey("AAA", "crimes.access"),)),
    )


def test_the_shipped_compilation_is_shown_whole_and_in_order(db: None) -> None:
    text = Document.objects.get(symbol="A/AC.291/4")
    parts = read_parts(text)
    lines = [line for part in parts for line in part.lines]

    assert [line.passage for line in lines] == list(text.passages.order_by("order"))
    assert [
        (line.passage.reference, "".join(segment.text for segment in line.segments))
        for line in lines
    ] == list(text.passages.order_by("order").values_list("reference", "text"))
    assert [part.submission for part in parts if part.submission] == list(text.submissions.all())


def test_every_shipped_footnote_is_called_where_the_document_prints_its_mark(db: None) -> None:
    text = Document.objects.get(symbol="A/AC.291/4")
    called = [
        (segment.note, segment.text)
        for part in read_parts(text)
        for line in part.lines
        for segment in line.segments
        if segment.note is not None
    ]

    assert called == [(number - 1, str(number)) for number in range(1, 11)]
    assert called == list(text.footnotes.values_list("order", "label"))
