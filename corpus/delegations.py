"""Who can speak: States, groups and organisations, their names, and who belongs to which group.

`load_delegations` reads `data/delegations.toml`, whose header says what each key means, and refuses
a file that could attribute words to the wrong delegation. Pure: no Django, no database.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Final

LANGUAGES: Final = ("en", "fr", "es", "ru", "zh", "ar")
"""The official languages of the UN: every delegation has a name in each."""

KINDS: Final = ("state", "observer", "group", "organisation")

REGIONS: Final = ("africa", "asia_pacific", "eastern_europe", "grulac", "weog", "")
"""The UN regional groups, as `DelegationEntry.region` names them; "" is none."""

REGIONAL_GROUPS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "AFRICAN_GROUP": "africa",
        "ASIA_PACIFIC_GROUP": "asia_pacific",
        "EEG": "eastern_europe",
        "GRULAC": "grulac",
        "WEOG": "weog",
    }
)
"""The delegations that speak for a region, by code: the States of that region are their members."""

_TOP_KEYS: Final = ("delegation", "membership")
_DELEGATION_KEYS: Final = ("code", "kind", "region", "members_complete", "names")
_NAMES_KEYS: Final = ("short", "formal", "other")
_MEMBERSHIP_KEYS: Final = ("group", "member", "from", "until")

_STATE_KINDS: Final = ("state", "observer")
_STATE_CODE: Final = re.compile(r"[A-Z]{3}")
_GROUP_CODE: Final = re.compile(r"[A-Z][A-Z0-9_]*")

_SAME: Final[dict[int, str | None]] = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u02bc\u02b9\u2032`", "'"),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys(map(chr, range(0x064B, 0x0653)), None),  # Arabic vowel signs
        "\u0640": None,  # tatweel only stretches an Arabic word
        "\u00ad": None,  # soft hyphen
        "\u0401": "\u0415",  # Russian print drops the dots of yo
        "\u0451": "\u0435",
    }
)
_AROUND_HYPHEN: Final = re.compile(r"\s*-\s*")


class DelegationsError(ValueError):
    """The file cannot be used. The message names the file, the entry and the cure."""


@dataclass(frozen=True, slots=True)
class Names:
    """What one delegation is called in one language.

    `short` is what the UN prints in lists of States. `formal` is the full name, "" where it is the
    same. `other` are names that a text may use instead, former ones included. None has an article.
    """

    short: str
    formal: str = ""
    other: tuple[str, ...] = ()

    def all(self) -> tuple[str, ...]:
        """Every name, `short` first; none twice."""
        return (self.short, *((self.formal,) if self.formal else ()), *self.other)


@dataclass(frozen=True, slots=True)
class DelegationEntry:
    """One delegation. `names` has every language of `LANGUAGES`, in that order.

    `region` is "" for observers, groups and organisations. `members_complete` says whether the
    memberships of a group or organisation name all its members that are themselves entries; where
    it is false, conclude nothing from an absence. It is true for States.
    """

    code: str
    kind: str
    region: str
    names: Mapping[str, Names] = field(hash=False)
    members_complete: bool = True


@dataclass(frozen=True, slots=True)
class MembershipEntry:
    """One stretch of one member's time in one group.

    `joined` is the first day as a member, None where the file records no beginning. `left` is the
    first day no longer a member, None where there is no end.
    """

    group: str
    member: str
    joined: date | None = None
    left: date | None = None

    def holds(self, on: date) -> bool:
        """Whether the member belongs to the group on that day."""
        return (self.joined is None or self.joined <= on) and (self.left is None or on < self.left)


@dataclass(frozen=True, slots=True)
class Delegations:
    """All delegations and memberships, in the order of the file.

    Codes are unique and every membership names two entries: `load_delegations` sees to it.
    """

    entries: tuple[DelegationEntry, ...]
    memberships: tuple[MembershipEntry, ...]
    _by_code: Mapping[str, DelegationEntry] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        index = MappingProxyType({entry.code: entry for entry in self.entries})
        object.__setattr__(self, "_by_code", index)

    def by_code(self, code: str) -> DelegationEntry:
        """The delegation with exactly this code; KeyError if there is none."""
        return self._by_code[code]

    def members(self, group: str, on: date) -> tuple[str, ...]:
        """The codes, sorted, of the members of `group` on that day; KeyError for an unknown code.

        The five regional groups have the Member States of their region, whatever the day. A State,
        or a group without a list, has none: ask `members_complete` before reading much into that.
        """
        entry = self.by_code(group)
        region = REGIONAL_GROUPS.get(entry.code)
        if region is not None:
            return tuple(
                sorted(e.code for e in self.entries if e.kind == "state" and e.region == region)
            )
        return tuple(sorted(m.member for m in self.memberships if m.group == group and m.holds(on)))


def fold_name(name: str) -> str:
    """The form in which two spellings of one name are equal.

    Case, the width of characters, kinds of apostrophe and hyphen, spaces around a hyphen or in a
    row, Arabic vowel signs and tatweel, and the dots of a Russian yo do not count; accents do.
    `load_delegations` keeps names apart by this form, so look a name up by it.
    """
    text = unicodedata.normalize("NFKC", name).translate(_SAME)
    return _AROUND_HYPHEN.sub("-", " ".join(text.split())).casefold()


def load_delegations(path: Path) -> Delegations:
    """Read and check the file at `path`.

    Raises `DelegationsError` for a file that is unreadable, is not TOML or has no delegation; for
    an unknown or missing key, a value of the wrong type, an unknown kind or region; for a code or
    a membership given twice, a membership of an unknown code or one that ends before it begins;
    and for a name that two delegations have in one language (compared by `fold_name`).
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DelegationsError(
            f"{path}: cannot be read ({error.strerror}); check the path"
        ) from error
    except UnicodeDecodeError as error:
        raise DelegationsError(f"{path}: is not UTF-8 ({error}); save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise DelegationsError(f"{path}: is not TOML ({error}); correct that place") from error
    return _Reader(path).read(data)


class _Reader:
    """Turns the parsed TOML of one file into `Delegations`, or raises naming file and entry."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self, data: Mapping[str, object]) -> Delegations:
        self._known_keys("the file", data, _TOP_KEYS)
        entries = tuple(
            self._delegation(number, table)
            for number, table in enumerate(self._tables(data, "delegation"), start=1)
        )
        if not entries:
            raise self._error("the file", "has no delegation", "add a table [[delegation]]")
        kinds: dict[str, str] = {}
        for entry in entries:
            if entry.code in kinds:
                raise self._error(
                    f"delegation {entry.code}", "the code stands twice", "give each its own code"
                )
            kinds[entry.code] = entry.kind
        self._one_meaning_per_name(entries)
        memberships = tuple(
            self._membership(number, table, kinds)
            for number, table in enumerate(self._tables(data, "membership"), start=1)
        )
        self._no_overlap(memberships)
        return Delegations(entries, memberships)

    # --- delegations

    def _delegation(self, number: int, table: Mapping[str, object]) -> DelegationEntry:
        where = f"delegation no. {number}"
        code = self._string(where, table, "code")
        where = f"delegation {code}"
        self._known_keys(where, table, _DELEGATION_KEYS)
        kind = self._one_of(where, table, "kind", KINDS)
        is_state = kind in _STATE_KINDS
        if not (_STATE_CODE if is_state else _GROUP_CODE).fullmatch(code):
            cure = (
                "use the ISO 3166-1 alpha-3 code"
                if is_state
                else "use upper-case letters, digits and _, beginning with a letter"
            )
            raise self._error(where, f"{code!r} is no code for a delegation of kind {kind!r}", cure)
        region = self._one_of(where, table, "region", REGIONS)
        if region and kind != "state":
            raise self._error(
                where, f"a delegation of kind {kind!r} has a region", 'write region = ""'
            )
        complete = table.get("members_complete", True)
        if not isinstance(complete, bool):
            raise self._error(where, "members_complete is no truth value", "write true or false")
        if is_state and "members_complete" in table:
            raise self._error(where, "a State has no members", "take members_complete out")
        return DelegationEntry(code, kind, region, self._names(where, table), complete)

    def _names(self, where: str, table: Mapping[str, object]) -> Mapping[str, Names]:
        value = table.get("names")
        if not isinstance(value, dict):
            raise self._error(where, "has no names", "add a table [delegation.names]")
        self._known_keys(f"{where}, names", value, LANGUAGES)
        names: dict[str, Names] = {}
        for language in LANGUAGES:
            inner = f"{where}, names.{language}"
            given = value.get(language)
            if not isinstance(given, dict):
                raise self._error(
                    inner, "is missing or no table", f'add {language} = {{ short = "..." }}'
                )
            names[language] = self._names_in(inner, given)
        return MappingProxyType(names)

    def _names_in(self, where: str, table: Mapping[str, object]) -> Names:
        self._known_keys(where, table, _NAMES_KEYS)
        other = table.get("other", [])
        if not isinstance(other, list) or not all(isinstance(name, str) for name in other):
            raise self._error(where, "other is no list of strings", 'write other = ["...", "..."]')
        names = Names(
            short=self._string(where, table, "short"),
            formal=self._string(where, table, "formal") if "formal" in table else "",
            other=tuple(other),
        )
        seen: set[str] = set()
        for name in names.all():
            if not name or name != unicodedata.normalize("NFC", " ".join(name.split())):
                raise self._error(
                    where,
                    f"{name!r} is empty, not in NFC, or has needless spaces",
                    "write it in NFC with single spaces, or leave it out",
                )
            if fold_name(name) in seen:
                raise self._error(where, f"{name!r} stands twice", "leave one of them out")
            seen.add(fold_name(name))
        return names

    def _one_meaning_per_name(self, entries: tuple[DelegationEntry, ...]) -> None:
        for language in LANGUAGES:
            owners: dict[str, str] = {}
            for entry in entries:
                for name in entry.names[language].all():
                    owner = owners.setdefault(fold_name(name), entry.code)
                    if owner != entry.code:
                        raise self._error(
                            f"delegation {entry.code}, names.{language}",
                            f"{name!r} is already a name of {owner}",
                            "leave the name to one of them, or to neither if it could mean both",
                        )

    # --- memberships

    def _membership(
        self, number: int, table: Mapping[str, object], kinds: Mapping[str, str]
    ) -> MembershipEntry:
        where = f"membership no. {number}"
        group = self._string(where, table, "group")
        member = self._string(where, table, "member")
        where = f"membership no. {number} ({member} in {group})"
        self._known_keys(where, table, _MEMBERSHIP_KEYS)
        for code in (group, member):
            if code not in kinds:
                raise self._error(
                    where, f"no delegation has the code {code!r}", "correct it, or add the entry"
                )
        if kinds[group] in _STATE_KINDS:
            raise self._error(where, f"{group} is a State", "name a group or an organisation")
        if group in REGIONAL_GROUPS:
            raise self._error(
                where, "its members follow from their region", "take the membership out"
            )
        if kinds[member] not in _STATE_KINDS:
            raise self._error(where, f"{member} is no State", "list the States one by one")
        joined = self._day(where, table, "from")
        left = self._day(where, table, "until")
        if joined is not None and left is not None and joined >= left:
            raise self._error(
                where,
                f"from {joined} is not before until {left}",
                "until is the first day no longer a member: correct one of the two",
            )
        return MembershipEntry(group, member, joined, left)

    def _no_overlap(self, memberships: tuple[MembershipEntry, ...]) -> None:
        stretches: dict[tuple[str, str], list[MembershipEntry]] = {}
        for membership in memberships:
            stretches.setdefault((membership.group, membership.member), []).append(membership)
        for (group, member), several in stretches.items():
            several.sort(key=lambda m: m.joined or date.min)
            for earlier, later in pairwise(several):
                if earlier.left is None or later.joined is None or later.joined < earlier.left:
                    raise self._error(
                        f"membership of {member} in {group}",
                        "stands twice for the same days",
                        "take one out, or let the later one begin when the earlier one has ended",
                    )

    # --- values

    def _tables(self, data: Mapping[str, object], key: str) -> list[dict[str, object]]:
        value = data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self._error("the file", f"{key} is no array of tables", f"write [[{key}]]")
        return value

    def _known_keys(self, where: str, table: Mapping[str, object], known: tuple[str, ...]) -> None:
        unknown = [key for key in table if key not in known]
        if unknown:
            raise self._error(
                where,
                f"unknown key {', '.join(map(repr, unknown))}",
                f"take it out, or use one of {', '.join(known)}",
            )

    def _string(self, where: str, table: Mapping[str, object], key: str) -> str:
        value = table.get(key)
        if not isinstance(value, str) or not value:
            raise self._error(where, f"{key} is missing, empty or no string", f'add {key} = "..."')
        return value

    def _one_of(
        self, where: str, table: Mapping[str, object], key: str, known: tuple[str, ...]
    ) -> str:
        value = table.get(key)
        if not isinstance(value, str) or value not in known:
            problem = f"unknown {key} {value!r}" if key in table else f"{key} is missing"
            choices = ", ".join(f'"{choice}"' for choice in known)
            raise self._error(where, problem, f"use one of {choices}")
        return value

    def _day(self, where: str, table: Mapping[str, object], key: str) -> date | None:
        value = table.get(key)
        if value is None:
            return None
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self._error(where, f"{key} is no date", f"write {key} = 2020-02-01, unquoted")
        return value

    def _error(self, where: str, problem: str, cure: str) -> DelegationsError:
        return DelegationsError(f"{self._path}: {where}: {problem}; {cure}")
