"""Bring the data files of delegations and of the codebook into the database.

Each function is one transaction, and doing it twice is doing it once: rows are matched by their
keys, changed where the file differs, and never deleted where something may refer to them.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import models, transaction
from pypinyin import lazy_pinyin

from corpus import codebook as codebook_file
from corpus.delegations import DelegationEntry, Delegations, Names
from corpus.models import Codebook, Delegation, DelegationName, Issue, Membership, Topic


@dataclass(frozen=True, slots=True)
class Changes:
    """How many rows a synchronisation wrote."""

    created: int = 0
    changed: int = 0

    def __add__(self, other: "Changes") -> "Changes":
        return Changes(self.created + other.created, self.changed + other.changed)


def sync_delegations(data: Delegations) -> Changes:
    """Make the delegations, their other names and their memberships what `data` says."""
    with transaction.atomic():
        return _sync_delegations(data)


def _sync_delegations(data: Delegations) -> Changes:
    changes = Changes()
    known = {row.code: row for row in Delegation.objects.all()}
    for entry in data.entries:
        changes += _sync(Delegation, known.get(entry.code), {"code": entry.code}, _fields(entry))
    rows = {row.code: row for row in Delegation.objects.all()}
    names = [
        DelegationName(delegation=rows[entry.code], language=language, name=name)
        for entry in data.entries
        for language, spoken in entry.names.items()
        for name in dict.fromkeys(filter(None, (spoken.formal, *spoken.other)))
    ]
    memberships = [
        Membership(
            group=rows[entry.group], member=rows[entry.member], joined=entry.joined, left=entry.left
        )
        for entry in data.memberships
    ]
    changes += _replace(DelegationName, names, ("delegation_id", "language", "name"))
    return changes + _replace(Membership, memberships, ("group_id", "member_id", "joined", "left"))


def _fields(entry: DelegationEntry) -> dict[str, Any]:
    fields = {f"name_{language}": names.short for language, names in entry.names.items()}
    return fields | {
        "kind": entry.kind,
        "region": entry.region,
        "brief_en": _brief(entry.names["en"], 20),
        "brief_zh": _brief(entry.names["zh"], 9),
        "sort_zh": " ".join(lazy_pinyin(_brief(entry.names["zh"], 9))),
        "members_complete": entry.members_complete,
    }


def _brief(names: Names, limit: int) -> str:
    """The short name, or where it is longer than `limit`, the first other name that is not."""
    if len(names.short) <= limit:
        return names.short
    return next((name for name in names.other if len(name) <= limit), names.short)[:60]


def sync_codebook(path: Path) -> tuple[Codebook, codebook_file.Codebook]:
    """Make the topics and issues what the codebook at `path` says, and keep that version whole.

    An issue that is no longer there is retired, not deleted.  Raises `CodebookError`.
    """
    parsed = codebook_file.load_codebook(path)
    source = path.read_text(encoding="utf-8")
    sha256 = hashlib.sha256(source.encode()).hexdigest()
    kept = Codebook.objects.filter(sha256=sha256).first()
    if kept and kept.current:
        return kept, parsed
    with transaction.atomic():
        return _take_codebook(parsed, source, sha256), parsed


def _take_codebook(parsed: codebook_file.Codebook, source: str, sha256: str) -> Codebook:
    Codebook.objects.filter(current=True).update(current=False)
    kept, _ = Codebook.objects.update_or_create(
        sha256=sha256, defaults={"version": parsed.version, "source": source, "current": True}
    )
    topics = {row.key: row for row in Topic.objects.all()}
    for topic in parsed.topics:
        fields = {"order": topic.order, "label_en": topic.en, "label_zh": topic.zh}
        _sync(Topic, topics.get(topic.key), {"key": topic.key}, fields)
    topics = {row.key: row for row in Topic.objects.all()}
    issues = {row.key: row for row in Issue.objects.all()}
    for issue in parsed.issues:
        fields = {
            "topic": topics[issue.topic],
            "order": issue.order,
            "label_en": issue.en,
            "label_zh": issue.zh,
            "notes": dict(issue.stances),
            "retired": False,
        }
        _sync(Issue, issues.get(issue.key), {"key": issue.key}, fields)
    Issue.objects.exclude(key__in=[issue.key for issue in parsed.issues]).update(retired=True)
    return kept


def _sync(
    model: type[models.Model],
    row: models.Model | None,
    key: Mapping[str, Any],
    fields: Mapping[str, Any],
) -> Changes:
    if row is None:
        model._default_manager.create(**key, **fields)
        return Changes(created=1)
    changed = [name for name, value in fields.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, fields[name])
    if changed:
        row.save(update_fields=changed)
    return Changes(changed=1 if changed else 0)


def _replace(model: type[models.Model], wanted: list[Any], identity: tuple[str, ...]) -> Changes:
    """Make the rows of `model` exactly `wanted`, which nothing else refers to."""

    def of(row: models.Model) -> tuple[Any, ...]:
        return tuple(getattr(row, name) for name in identity)

    there = {of(row): row for row in model._default_manager.all()}
    missing = [row for row in wanted if of(row) not in there]
    gone = [row.pk for key, row in there.items() if key not in {of(row) for row in wanted}]
    model._default_manager.filter(pk__in=gone).delete()
    model._default_manager.bulk_create(missing)
    return Changes(created=len(missing), changed=len(gone))
