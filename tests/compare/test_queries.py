"""The number of queries is written out, and is the same for one row and for three."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

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

MANY = pytest.mark.parametrize("many", [1, 3])


def fill(many: int) -> None:
    """`many` of everything: documents, delegations, passages, issues, positions, footnotes."""
    topics = [make_topic(f"topic{n}", 900 + n) for n in range(many)]
    issues = [make_issue(topics[0], f"issue{n}") for n in range(many)]
    who = [make_delegation(f"D{n}") for n in range(many)]
    noted = [make_delegation(f"N{n}") for n in range(many)]
    for n in range(many):
        lines = [Line("范围", kind="heading")]
        for place in range(many):
            lines.append(Line("引言：", under=2 * place))
            lines.append(Line("惩治1", under=2 * place + 1))
        text = make_document(
            f"views-{n}",
            *(Section([row], lines) for row in who),
            *(Section([row], [Line("说明")], kind="note", reference="A/1") for row in noted),
        )
        for row in who:
            for number in range(2, 2 * many + 2):
                passage = passage_of(text, f"{row.code}-{number:03}")
                for issue in issues:
                    take(passage, issue, "support")
        for order in range(many):
            call_footnote(passage_of(text, f"D{order}-003"), "1", order)


@MANY
@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/matrix/", 9),
        ("/matrix/?topic=topic0&delegation=D0&stance=support", 9),
        ("/matrix/?cell=D0.topic0.issue0", 14),
        ("/matrix.csv", 9),
        ("/documents/", 3),
        ("/documents/views-0/", 8),
        ("/documents/views-0/?issue=topic0.issue0", 8),
    ],
)
def test_a_page_asks_as_often_for_three_as_for_one(
    client: Client,
    empty_db: None,
    django_assert_num_queries: DjangoAssertNumQueries,
    many: int,
    address: str,
    queries: int,
) -> None:
    fill(many)

    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200


@MANY
def test_a_swap_of_the_cell_does_not_build_the_table(
    client: Client,
    empty_db: None,
    django_assert_num_queries: DjangoAssertNumQueries,
    many: int,
) -> None:
    fill(many)

    with django_assert_num_queries(7):
        client.get(
            "/matrix/?cell=D0.topic0.issue0", headers={"HX-Request": "true", "HX-Target": "cell"}
        )


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/matrix/?topic=offences", 9),
        ("/matrix/?topic=offences&cell=EGY.offences.illegal_access", 14),
        ("/documents/A-AC-291-4/", 8),
        ("/", 0),
    ],
)
def test_the_shipped_pages_ask_no_more_often(
    client: Client,
    db: None,
    django_assert_num_queries: DjangoAssertNumQueries,
    address: str,
    queries: int,
) -> None:
    with django_assert_num_queries(queries):
        client.get(address)
