import pytest

from compare.marks import Segment
from compare.matrix import CellKey, Selection, build_matrix, speaking_delegations
from compare.words import Above, Quoted, Words, words_behind
from corpus.models import Delegation, Issue, Topic
from submissions.models import Position
from tests.compare.rows import (
    Line,
    Section,
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


def test_a_passage_stands_under_its_headings_and_lead_ins_with_its_quote_marked(
    who: Delegation, access: Issue
) -> None:
    section = Section(
        [who],
        [
            Line("范围", kind="heading"),
            Line("定罪", kind="heading", under=0),
            Line("建议考虑以下犯罪：", under=1),
            Line("(a) 非法访问，即未经授权；", marker="(a)", under=2),
        ],
    )
    text = make_document("views", section)
    passage = passage_of(text, "AAA-004")
    position = take(passage, access, "support", "非法访问")

    assert words_behind(CellKey("AAA", "crimes.access")) == Words(
        key=CellKey("AAA", "crimes.access"),
        delegation=who,
        issue=access,
        stance="support",
        confirmed=False,
        passages=(
            Quoted(
                position=position,
                passage=passage,
                document=text,
                path=(
                    Above("范围", "AAA-001"),
                    Above("定罪", "AAA-002"),
                    Above("建议考虑以下犯罪：", "AAA-003"),
                ),
                segments=(
                    Segment("(a) "),
                    Segment("非法访问", quoted=True),
                    Segment("，即未经授权；"),
                ),
            ),
        ),
    )


def test_its_address_is_its_place_in_the_reader_with_the_issue_marked(
    who: Delegation, access: Issue
) -> None:
    text = make_document("views", Section([who], [Line("一")]))
    take(passage_of(text, "AAA-001"), access, "support")

    found = words_behind(CellKey("AAA", "crimes.access"))

    assert found is not None
    assert [quoted.address for quoted in found.passages] == [
        "/documents/views/?issue=crimes.access#AAA-001"
    ]


def test_several_passages_stand_in_reading_order_document_by_document(
    who: Delegation, access: Issue
) -> None:
    later = make_document("b-later", Section([who], [Line("四"), Line("五")]))
    earlier = make_document("a-earlier", Section([who], [Line("一"), Line("二"), Line("三")]))
    for text, reference in [(later, "002"), (earlier, "003"), (later, "001"), (earlier, "001")]:
        take(passage_of(text, f"AAA-{reference}"), access, "support")

    found = words_behind(CellKey("AAA", "crimes.access"))

    assert found is not None
    assert [(q.document.slug, q.passage.reference) for q in found.passages] == [
        ("a-earlier", "AAA-001"),
        ("a-earlier", "AAA-003"),
        ("b-later", "AAA-001"),
        ("b-later", "AAA-002"),
    ]


def test_the_stance_is_confirmed_only_if_every_position_is(who: Delegation, access: Issue) -> None:
    text = make_document("views", Section([who], [Line("一"), Line("二")]))
    take(passage_of(text, "AAA-001"), access, "oppose", status="confirmed")
    second = take(passage_of(text, "AAA-002"), access, "oppose")

    before = words_behind(CellKey("AAA", "crimes.access"))
    Position.objects.filter(pk=second.pk).update(status="confirmed")
    after = words_behind(CellKey("AAA", "crimes.access"))

    assert before is not None
    assert after is not None
    assert (before.stance, before.confirmed) == ("oppose", False)
    assert (after.stance, after.confirmed) == ("oppose", True)


def test_only_confirmed_words_are_shown_when_asked(who: Delegation, access: Issue) -> None:
    text = make_document("views", Section([who], [Line("一"), Line("二"), Line("三")]))
    take(passage_of(text, "AAA-001"), access, "support")
    take(passage_of(text, "AAA-002"), access, "oppose", status="confirmed")
    take(passage_of(text, "AAA-003"), access, "open", status="rejected")

    found = words_behind(CellKey("AAA", "crimes.access"), "confirmed")

    assert found is not None
    assert (found.stance, found.confirmed) == ("oppose", True)
    assert [quoted.passage.reference for quoted in found.passages] == ["AAA-002"]


def test_words_of_others_of_other_issues_rejected_or_noted_stay_out(
    who: Delegation, access: Issue
) -> None:
    other = make_delegation("BBB")
    fraud = make_issue(access.topic, "fraud")
    text = make_document(
        "views", Section([who], [Line("一"), Line("二")]), Section([other], [Line("三")])
    )
    noted = make_document("noted", Section([who], [Line("四")], kind="note"))
    take(passage_of(text, "AAA-001"), fraud, "support")
    take(passage_of(text, "AAA-002"), access, "support", status="rejected")
    take(passage_of(text, "BBB-001"), access, "support")
    take(passage_of(noted, "AAA-001"), access, "support")

    assert words_behind(CellKey("AAA", "crimes.access")) == Words(
        CellKey("AAA", "crimes.access"), who, access, "", False, ()
    )


def test_the_words_of_a_joint_submission_are_each_delegations(
    who: Delegation, access: Issue
) -> None:
    other = make_delegation("BBB")
    text = make_document("views", Section([who, other], [Line("一")]))
    take(passage_of(text, "AAA+BBB-001"), access, "qualified")

    found = [words_behind(CellKey(code, "crimes.access")) for code in ("AAA", "BBB")]

    assert [words and [q.passage.reference for q in words.passages] for words in found] == [
        ["AAA+BBB-001"],
        ["AAA+BBB-001"],
    ]


def test_a_silent_cell_has_no_words(who: Delegation, access: Issue) -> None:
    assert words_behind(CellKey("AAA", "crimes.access")) == Words(
        CellKey("AAA", "crimes.access"), who, access, "", False, ()
    )


@pytest.mark.parametrize(
    "key",
    [
        CellKey("ZZZ", "crimes.access"),
        CellKey("AAA", "crimes.nothing"),
        CellKey("AAA", ""),
        CellKey("", ""),
        CellKey("aaa", "crimes.access"),
    ],
)
def test_an_unknown_cell_is_none(who: Delegation, access: Issue, key: CellKey) -> None:
    assert words_behind(key) is None


def test_norway_on_illegal_access_says_what_the_compilation_prints(db: None) -> None:
    found = words_behind(CellKey("NOR", "offences.illegal_access"))

    assert found is not None
    (quoted,) = found.passages
    assert [above.reference for above in quoted.path] == ["NOR-002", "NOR-006"]
    assert (quoted.passage.reference, quoted.passage.page) == ("NOR-007", 52)
    assert "".join(segment.text for segment in quoted.segments) == (
        "(a) 非法访问，即未经授权访问计算机或计算机系统；"
    )
    assert quoted.address == ("/documents/A-AC-291-4/?issue=offences.illegal_access#NOR-007")


def test_every_shipped_cell_agrees_with_its_words(db: None) -> None:
    delegations = speaking_delegations()
    cells = [
        cell
        for topic in Topic.objects.all()
        for row in build_matrix(Selection(topic.key), delegations).rows
        for cell in row.cells
        if cell.delegation.code in ("CHN", "EU", "NOR", "USA")
    ]
    found = {cell.key: words_behind(cell.key) for cell in cells}

    assert {key: words and (words.stance, len(words.passages)) for key, words in found.items()} == {
        cell.key: (cell.stance, cell.positions) for cell in cells
    }
    for words in found.values():
        for quoted in words.passages if words else ():
            marked = "".join(segment.text for segment in quoted.segments if segment.quoted)
            assert marked == quoted.position.quote
