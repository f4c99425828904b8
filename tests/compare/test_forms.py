import pytest
from django.http import QueryDict

from compare.forms import MatrixForm
from compare.matrix import CellKey, Selection
from corpus.models import Delegation, Topic

TOPICS = [
    Topic(key="scope", label_en="Scope", label_zh="范围"),
    Topic(key="offences", label_en="Offences", label_zh="定罪"),
]
DELEGATIONS = [
    Delegation(code="CHN", name_en="China", name_zh="中国"),
    Delegation(code="NOR", name_en="Norway", name_zh="挪威"),
]


def asked(query: str) -> MatrixForm:
    return MatrixForm(QueryDict(query), TOPICS, DELEGATIONS)


@pytest.mark.parametrize(
    ("query", "selection"),
    [
        ("", Selection("scope")),
        ("topic=&show=&cell=", Selection("scope")),
        ("topic=offences", Selection("offences")),
        ("delegation=NOR&delegation=CHN", Selection("scope", delegations=("NOR", "CHN"))),
        ("stance=oppose&stance=open", Selection("scope", stances=("oppose", "open"))),
        ("show=confirmed", Selection("scope", show="confirmed")),
        (
            "cell=NOR.offences.illegal_access",
            Selection("scope", cell=CellKey("NOR", "offences.illegal_access")),
        ),
        ("cell=ZZZ.no.such", Selection("scope", cell=CellKey("ZZZ", "no.such"))),
        ("utm_source=mail", Selection("scope")),
    ],
)
def test_an_address_asks_for_a_selection(query: str, selection: Selection) -> None:
    form = asked(query)

    assert form.is_valid(), form.errors
    assert form.selection() == selection


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("topic=no-such-topic", "topic"),
        ("topic=%00", "topic"),
        ("topic=" + "x" * 100_000, "topic"),
        ("delegation=ZZZ", "delegation"),
        ("delegation=NOR&delegation=RUS", "delegation"),
        ("delegation=", "delegation"),
        ("stance=maybe", "stance"),
        ("stance=SUPPORT", "stance"),
        ("show=everything", "show"),
        ("show=all", "show"),
        ("cell=NOR", "cell"),
        ("cell=NOR.Offences", "cell"),
        ("cell=.offences.fraud", "cell"),
        ("cell=NOR.offences.fraud%00", "cell"),
        ("cell=NOR.%3Cscript%3E", "cell"),
        ("cell=NOR." + "x" * 81, "cell"),
        ("cell=" + "N" * 25 + ".x", "cell"),
    ],
)
def test_what_makes_no_sense_is_refused_field_by_field(query: str, field: str) -> None:
    assert list(asked(query).errors) == [field]


def test_a_round_trip_through_the_address_changes_nothing() -> None:
    selection = Selection("offences", ("NOR", "CHN"), ("oppose",), "confirmed", CellKey("NOR", "x"))

    form = asked(selection.query(selection.cell))

    assert form.is_valid()
    assert form.selection() == selection


def test_without_topics_there_is_none_to_ask_for() -> None:
    form = MatrixForm(QueryDict(""), [], [])

    assert form.is_valid()
    assert form.selection() == Selection("")


def test_what_is_not_there_is_named_field_by_field_and_long_values_are_cut() -> None:
    form = asked("topic=%3Cb%3E&delegation=ZZZ&delegation=NOR&show=" + "x" * 500)

    assert form.complaints() == [
        "Topic: there is no “<b>”.",
        "Delegations: there is no “ZZZ, NOR”.",
        f"Show: there is no “{'x' * 59}…”.",
    ]
