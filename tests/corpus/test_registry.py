"""Data files into rows: twice is once, and nothing that is referred to goes away."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from corpus.codebook import CodebookError
from corpus.delegations import Delegations, load_delegations
from corpus.models import Codebook, Delegation, DelegationName, Issue, Membership, Topic
from corpus.registry import Changes, sync_codebook, sync_delegations

pytestmark = pytest.mark.django_db
CORPUS = Path(settings.CORPUS_DIR)


@pytest.fixture
def shipped() -> Delegations:
    return load_delegations(CORPUS / "data" / "delegations.toml")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "codebook.toml"
    path.write_text((CORPUS / "codebook.toml").read_text(encoding="utf-8"), encoding="utf-8")
    return path


def test_the_shipped_delegations_are_there_and_again_change_nothing(shipped: Delegations) -> None:
    assert sync_delegations(shipped) == Changes(0, 0)
    assert Delegation.objects.count() == len(shipped.entries)
    assert Membership.objects.count() == len(shipped.memberships)


def test_delegations_are_made_where_there_are_none(empty_db: None, shipped: Delegations) -> None:
    changes = sync_delegations(shipped)

    rows = (Delegation, DelegationName, Membership)
    assert changes == Changes(created=sum(row.objects.count() for row in rows), changed=0)
    china = Delegation.objects.get(code="CHN")
    assert (china.kind, china.region, china.name_zh, china.sort_zh) == (
        *("state", "asia_pacific", "中国"),
        "zhong guo",
    )


def test_what_differs_from_the_file_is_changed_back(shipped: Delegations) -> None:
    norway = Delegation.objects.get(code="NOR")
    Delegation.objects.filter(pk=norway.pk).update(name_zh="诺威", sort_zh="nuo wei", region="")
    DelegationName.objects.create(delegation=norway, language="en", name="Norge")
    Membership.objects.filter(group__code="EU", member__code="FRA").delete()

    assert sync_delegations(shipped) == Changes(created=1, changed=2)
    restored = Delegation.objects.get(code="NOR")
    assert (restored.pk, restored.name_zh, restored.sort_zh, restored.region) == (
        *(norway.pk, "挪威", "nuo wei"),
        "weog",
    )
    assert not DelegationName.objects.filter(name="Norge").exists()
    assert Membership.objects.filter(group__code="EU", member__code="FRA").exists()


def test_a_delegation_that_left_the_file_stays(shipped: Delegations) -> None:
    without = replace(
        shipped,
        entries=tuple(entry for entry in shipped.entries if entry.code != "NOR"),
        memberships=tuple(one for one in shipped.memberships if one.member != "NOR"),
    )
    sync_delegations(without)

    assert Delegation.objects.filter(code="NOR").exists()


def test_the_shipped_codebook_is_current_and_again_changes_nothing() -> None:
    before = list(Codebook.objects.values())

    row, parsed = sync_codebook(CORPUS / "codebook.toml")

    assert (row.current, row.version) == (True, parsed.version)
    assert list(Codebook.objects.values()) == before
    assert list(Issue.objects.filter(retired=False).values_list("key", flat=True)) == [
        issue.key for issue in parsed.issues
    ]
    assert list(Topic.objects.values_list("key", flat=True)) == [
        topic.key for topic in parsed.topics
    ]


def test_a_changed_codebook_becomes_current_and_the_old_one_is_kept(book: Path) -> None:
    old = Codebook.objects.get(current=True)
    source = book.read_text(encoding="utf-8")
    label = Issue.objects.get(key="scope.core_only").label_zh
    book.write_text(source.replace(f'zh = "{label}"', 'zh = "另一个标签"', 1), encoding="utf-8")

    row, _ = sync_codebook(book)

    assert (row.pk != old.pk, row.source) == (True, book.read_text(encoding="utf-8"))
    assert list(Codebook.objects.filter(current=True)) == [row]
    assert Codebook.objects.get(pk=old.pk).source == source
    assert Issue.objects.get(key="scope.core_only").label_zh == "另一个标签"
    assert sync_codebook(CORPUS / "codebook.toml")[0].pk == old.pk
    assert list(Codebook.objects.filter(current=True)) == [old]


def test_an_issue_that_left_the_codebook_is_retired_and_comes_back(book: Path) -> None:
    issue = Issue.objects.get(key="scope.core_only")
    book.write_text(
        book.read_text(encoding="utf-8").replace(
            'key = "scope.core_only"', 'key = "scope.core_renamed"', 1
        ),
        encoding="utf-8",
    )
    sync_codebook(book)

    assert Issue.objects.get(key="scope.core_renamed").retired is False
    assert Issue.objects.get(pk=issue.pk).retired is True
    sync_codebook(CORPUS / "codebook.toml")
    assert Issue.objects.get(pk=issue.pk).retired is False
    assert Issue.objects.get(key="scope.core_renamed").retired is True


def test_a_codebook_that_cannot_be_used_changes_nothing(book: Path) -> None:
    before = (list(Codebook.objects.values()), list(Issue.objects.values()))
    book.write_text("version = 1", encoding="utf-8")

    with pytest.raises(CodebookError):
        sync_codebook(book)
    assert (list(Codebook.objects.values()), list(Issue.objects.values())) == before
