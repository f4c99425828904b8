from dataclasses import dataclass

import pytest
from django.utils import translation

from compare.matrix import (
    Cell,
    CellKey,
    Matrix,
    Row,
    Selection,
    build_matrix,
    noted_submissions,
    speaking_delegations,
)
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

ENGLISH_ORDER = (
    "AUS BRA CAN CHL CHN COL DOM EGY EU IDN JAM JPN JOR KWT LIE MEX NZL NGA NOR OMN PAN CHE TUR "
    "GBR USA"
).split()
PINYIN_ORDER = (
    "OMN EGY AUS PAN BRA DOM COL CAN KWT GBR LIE USA MEX NGA NOR EU JPN CHE TUR NZL JAM IDN JOR "
    "CHL CHN"
).split()


@dataclass(frozen=True)
class Room:
    """Two delegations, a topic with two issues, and a document in which the first one speaks."""

    first: Delegation
    second: Delegation
    topic: Topic
    access: Issue
    fraud: Issue

    @property
    def columns(self) -> list[Delegation]:
        return [self.first, self.second]


@pytest.fixture
def room(empty_db: None) -> Room:
    topic = make_topic()
    return Room(
        first=make_delegation("AAA", "Aland"),
        second=make_delegation("BBB", "Borduria"),
        topic=topic,
        access=make_issue(topic, "access"),
        fraud=make_issue(topic, "fraud"),
    )


def silent(delegation: Delegation, issue: Issue) -> Cell:
    return taken(delegation, issue, "", positions=0)


def taken(
    delegation: Delegation,
    issue: Issue,
    stance: str,
    positions: int = 1,
    confirmed: bool = False,
    mixed: bool = False,
    aside: bool = False,
) -> Cell:
    return Cell(
        delegation=delegation,
        key=CellKey(delegation.code, issue.key),
        stance=stance,
        confirmed=confirmed,
        mixed=mixed,
        aside=aside,
        positions=positions,
    )


def stances(table: Matrix) -> dict[str, dict[str, str]]:
    """The stances of the cells that are not silent, by issue and delegation."""
    return {
        row.issue.key: {c.delegation.code: c.stance for c in row.cells if c.stance}
        for row in table.rows
    }


def test_rows_are_issues_and_cells_add_up_positions(room: Room) -> None:
    text = make_document(
        "views", Section([room.first], [Line("惩治非法访问"), Line("不惩治"), Line("惩治诈骗")])
    )
    take(passage_of(text, "AAA-001"), room.access, "support", status="confirmed")
    take(passage_of(text, "AAA-002"), room.access, "oppose")
    take(passage_of(text, "AAA-003"), room.fraud, "open", status="confirmed")

    assert build_matrix(Selection("crimes"), room.columns) == Matrix(
        topic=room.topic,
        columns=(room.first, room.second),
        rows=(
            Row(
                room.access,
                (
                    taken(room.first, room.access, "oppose", positions=2, mixed=True),
                    silent(room.second, room.access),
                ),
            ),
            Row(
                room.fraud,
                (
                    taken(room.first, room.fraud, "open", confirmed=True),
                    silent(room.second, room.fraud),
                ),
            ),
        ),
        noted=(),
        positions=3,
        confirmed=2,
    )


def test_a_row_counts_who_speaks_and_a_table_what_is_confirmed(room: Room) -> None:
    text = make_document("views", Section([room.first], [Line("一"), Line("二")]))
    take(passage_of(text, "AAA-001"), room.access, "support")
    take(passage_of(text, "AAA-002"), room.access, "support", status="confirmed")

    table = build_matrix(Selection("crimes"), room.columns)

    assert [row.speaking for row in table.rows] == [1, 0]
    assert (table.positions, table.confirmed) == (2, 1)


def test_positions_on_another_topic_stay_out(room: Room) -> None:
    other = make_issue(make_topic("other", 901), "access")
    text = make_document("views", Section([room.first], [Line("一")]))
    take(passage_of(text, "AAA-001"), other, "support")

    table = build_matrix(Selection("crimes"), room.columns)

    assert stances(table) == {"crimes.access": {}, "crimes.fraud": {}}
    assert table.positions == 0


def test_a_delegation_that_is_not_asked_for_has_no_column_and_is_not_counted(room: Room) -> None:
    text = make_document(
        "views", Section([room.first], [Line("一")]), Section([room.second], [Line("二")])
    )
    take(passage_of(text, "AAA-001"), room.access, "support")
    take(passage_of(text, "BBB-001"), room.access, "oppose")

    table = build_matrix(Selection("crimes", delegations=("BBB",)), room.columns)

    assert table.columns == (room.second,)
    assert stances(table) == {"crimes.access": {"BBB": "oppose"}, "crimes.fraud": {}}
    assert table.positions == 1


def test_a_stance_that_is_not_asked_for_is_put_aside_in_rows_that_have_one_that_is(
    room: Room,
) -> None:
    text = make_document(
        "views",
        Section([room.first], [Line("一"), Line("二")]),
        Section([room.second], [Line("三")]),
    )
    take(passage_of(text, "AAA-001"), room.access, "support")
    take(passage_of(text, "BBB-001"), room.access, "oppose")
    take(passage_of(text, "AAA-002"), room.fraud, "support")

    table = build_matrix(Selection("crimes", stances=("oppose",)), room.columns)

    assert table.rows == (
        Row(
            room.access,
            (
                taken(room.first, room.access, "support", aside=True),
                taken(room.second, room.access, "oppose"),
            ),
        ),
    )


def test_nothing_is_aside_when_every_stance_is_asked_for(room: Room) -> None:
    text = make_document("views", Section([room.first], [Line("一")]))
    take(passage_of(text, "AAA-001"), room.access, "support")
    everything = Selection("crimes", stances=("support", "oppose", "qualified", "open"))

    table = build_matrix(everything, room.columns)

    assert [[cell.aside for cell in row.cells] for row in table.rows] == [[False, False]]


def test_only_confirmed_positions_make_the_stance_when_asked(room: Room) -> None:
    text = make_document("views", Section([room.first], [Line("一"), Line("二"), Line("三")]))
    take(passage_of(text, "AAA-001"), room.access, "support", status="confirmed")
    take(passage_of(text, "AAA-002"), room.access, "oppose")
    take(passage_of(text, "AAA-003"), room.fraud, "oppose")

    table = build_matrix(Selection("crimes", show="confirmed"), room.columns)

    assert [row.cells[0] for row in table.rows] == [
        taken(room.first, room.access, "support", confirmed=True),
        taken(room.first, room.fraud, "oppose", aside=True),
    ]
    assert (table.positions, table.confirmed) == (1, 1)


@pytest.mark.parametrize("show", ["all", "confirmed"])
def test_rejected_positions_are_never_counted(room: Room, show: str) -> None:
    text = make_document("views", Section([room.first], [Line("一"), Line("二")]))
    take(passage_of(text, "AAA-001"), room.access, "support", status="confirmed")
    take(passage_of(text, "AAA-002"), room.access, "oppose", status="rejected")
    take(passage_of(text, "AAA-002"), room.fraud, "oppose", status="rejected", origin="person")

    table = build_matrix(
        Selection("crimes", show="confirmed" if show == "confirmed" else "all"), room.columns
    )

    assert stances(table) == {"crimes.access": {"AAA": "support"}, "crimes.fraud": {}}
    assert table.positions == 1


@pytest.mark.parametrize("status", ["suggested", "confirmed"])
def test_what_the_secretariat_notes_is_nobodys_position(room: Room, status: str) -> None:
    note = Section([room.second], [Line("俄罗斯联邦提交了公约草案")], kind="note")
    text = make_document("views", Section([room.first], [Line("一")]), note)
    take(passage_of(text, "BBB-001"), room.access, "support", status=status)

    table = build_matrix(Selection("crimes"), room.columns)

    assert stances(table) == {"crimes.access": {}, "crimes.fraud": {}}
    assert table.positions == 0
    assert speaking_delegations() == [room.first]
    assert [row.delegations.get() for row in table.noted] == [room.second]


def test_a_joint_submission_counts_for_each_of_its_delegations(room: Room) -> None:
    third = make_delegation("CCC", "Costaguana")
    joint = Section([room.first, room.second], [Line("一")])
    text = make_document("views", joint, Section([third], [Line("二")]))
    take(passage_of(text, "AAA+BBB-001"), room.access, "qualified")

    table = build_matrix(Selection("crimes"), [*room.columns, third])

    assert stances(table) == {
        "crimes.access": {"AAA": "qualified", "BBB": "qualified"},
        "crimes.fraud": {},
    }


def test_a_retired_issue_is_shown_only_where_someone_took_a_position(room: Room) -> None:
    spoken = make_issue(room.topic, "spoken", retired=True)
    make_issue(room.topic, "unspoken", retired=True)
    refused = make_issue(room.topic, "refused", retired=True)
    text = make_document("views", Section([room.first], [Line("一")]))
    take(passage_of(text, "AAA-001"), spoken, "support")
    take(passage_of(text, "AAA-001"), refused, "support", status="rejected")

    table = build_matrix(Selection("crimes"), room.columns)

    assert [row.issue.key for row in table.rows] == [
        "crimes.access",
        "crimes.fraud",
        "crimes.spoken",
    ]


def test_issues_come_in_the_order_of_the_codebook(room: Room) -> None:
    Issue.objects.filter(pk=room.access.pk).update(order=2000)

    table = build_matrix(Selection("crimes"), room.columns)

    assert [row.issue.key for row in table.rows] == ["crimes.fraud", "crimes.access"]


def test_an_unknown_topic_does_not_exist(room: Room) -> None:
    with pytest.raises(Topic.DoesNotExist):
        build_matrix(Selection("no-such-topic"), room.columns)


def test_columns_are_in_the_order_of_names_in_english_and_of_pinyin_in_chinese(
    empty_db: None,
) -> None:
    rows = [
        make_delegation("CHN", "China", "中国", "zhong guo"),
        make_delegation("AUT", "Austria", "奥地利", "ao di li"),
        make_delegation("BRA", "Brazil", "巴西", "ba xi"),
        make_delegation("EGY", "egypt", "埃及", "ai ji"),
    ]
    make_document("views", *(Section([row], [Line("一")]) for row in rows))

    with translation.override("en"):
        english = [row.code for row in speaking_delegations()]
    with translation.override("zh-hans"):
        chinese = [row.code for row in speaking_delegations()]

    assert english == ["AUT", "BRA", "CHN", "EGY"]
    assert chinese == ["EGY", "AUT", "BRA", "CHN"]


def test_a_delegation_that_speaks_twice_has_one_column(empty_db: None) -> None:
    row = make_delegation("AAA")
    make_document("one", Section([row], [Line("一")]))
    make_document("two", Section([row], [Line("二")]), Section([row], [Line("三")]))

    assert speaking_delegations() == [row]


def test_the_shipped_offences_have_25_columns_and_note_the_russian_federation(db: None) -> None:
    table = build_matrix(Selection("offences"), speaking_delegations())

    assert [column.code for column in table.columns] == ENGLISH_ORDER
    assert [[d.code for d in row.delegations.all()] for row in table.noted] == [["RUS"]]
    assert [row.reference for row in table.noted] == ["A/75/980"]
    assert [row.issue.key for row in table.rows] == list(
        Issue.objects.filter(topic__key="offences").values_list("key", flat=True)
    )


def test_the_shipped_columns_are_in_pinyin_order_in_chinese(db: None) -> None:
    with translation.override("zh-hans"):
        assert [row.code for row in speaking_delegations()] == PINYIN_ORDER


def test_the_shipped_tables_agree_with_a_count_position_by_position(db: None) -> None:
    """A plain reference: one look at each position, no table."""
    counted: dict[tuple[str, str], int] = {}
    for position in Position.objects.exclude(status="rejected").select_related(
        "passage__submission", "issue"
    ):
        submission = position.passage.submission
        assert submission is not None
        if submission.kind == "own":
            for delegation in submission.delegations.all():
                key = (delegation.code, position.issue.key)
                counted[key] = counted.get(key, 0) + 1

    shown = {
        (cell.delegation.code, row.issue.key): cell.positions
        for topic in Topic.objects.all()
        for row in build_matrix(Selection(topic.key), speaking_delegations()).rows
        for cell in row.cells
        if cell.positions
    }

    assert counted
    assert shown == counted


def test_noted_submissions_are_only_notes(db: None) -> None:
    assert [(row.kind, row.reference) for row in noted_submissions()] == [("note", "A/75/980")]


def test_a_selection_is_written_as_the_query_that_asks_for_it() -> None:
    selection = Selection(
        "offences", ("NOR", "CHN"), ("oppose",), "confirmed", CellKey("NOR", "offences.fraud")
    )

    assert Selection("offences").query() == "topic=offences"
    assert selection.query() == (
        "topic=offences&delegation=NOR&delegation=CHN&stance=oppose&show=confirmed"
    )
    assert selection.query(selection.cell) == f"{selection.query()}&cell=NOR.offences.fraud"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("NOR.offences.illegal_access", CellKey("NOR", "offences.illegal_access")),
        ("EU.general", CellKey("EU", "general")),
        ("NOR", CellKey("NOR", "")),
        ("", CellKey("", "")),
    ],
)
def test_a_cell_key_is_parsed(text: str, key: CellKey) -> None:
    assert CellKey.parse(text) == key


def test_a_cell_key_is_written_as_it_is_parsed() -> None:
    assert str(CellKey.parse("NOR.offences.illegal_access")) == "NOR.offences.illegal_access"
