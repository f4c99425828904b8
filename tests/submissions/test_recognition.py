"""Which headings name a delegation."""

from corpus.delegations import DelegationEntry, Delegations
from corpus.delegations import Names as Spoken
from submissions.recognition import heading_names


def entry(code: str, *names: str) -> DelegationEntry:
    spoken = {one: Spoken(f"{code} {one}") for one in ("en", "fr", "es", "ru", "ar")}
    chinese = Spoken(names[0], names[1], names[2:])
    return DelegationEntry(code, "state", "", {**spoken, "zh": chinese})


def test_every_name_of_one_language_leads_to_its_delegation() -> None:
    book = Delegations((entry("AAA", "甲", "甲国", "甲地"), entry("BBB", "乙", "")), ())

    assert heading_names(book, "zh") == {
        "甲": ("AAA",),
        "甲国": ("AAA",),
        "甲地": ("AAA",),
        "乙": ("BBB",),
    }
    assert heading_names(book, "fr") == {"AAA fr": ("AAA",), "BBB fr": ("BBB",)}


def test_a_name_of_two_delegations_leads_to_neither() -> None:
    book = Delegations((entry("AAA", "甲", "刚果"), entry("BBB", "乙", "刚果")), ())

    assert heading_names(book, "zh") == {"甲": ("AAA",), "乙": ("BBB",)}


def test_the_shipped_names_cover_short_formal_and_group_names(delegations: Delegations) -> None:
    names = heading_names(delegations, "zh")

    assert [names[name] for name in ("埃及", "阿拉伯埃及共和国", "欧洲联盟及其成员国")] == [
        ("EGY",),
        ("EGY",),
        ("EU",),
    ]
    assert heading_names(delegations, "en")["Republic of Türkiye"] == ("TUR",)
