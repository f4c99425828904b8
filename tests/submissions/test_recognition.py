"""Which headings name a delegation."""

from datetime import date

from corpus.delegations import DelegationEntry, Delegations
from corpus.delegations import Names as Spoken
from submissions.recognition import heading_names


def test_the_shipped_names_cover_short_formal_and_other_forms(delegations: Delegations) -> None:
    names = heading_names(delegations, "zh")

    assert [names[name] for name in ("埃及", "阿拉伯埃及共和国", "欧洲联盟及其成员国", "英国")] == [
        ("EGY",),
        ("EGY",),
        ("EU",),
        ("GBR",),
    ]
    assert heading_names(delegations, "en")["Republic of Türkiye"] == ("TUR",)
