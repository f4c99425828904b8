"""The delegations data and its loader. Pure: needs no Django and no database."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from corpus.delegations import (
    LANGUAGES,
    REGIONAL_GROUPS,
    Delegations,
    DelegationsError,
    fold_name,
    load_delegations,
)

DATA = Path(__file__).resolve().parents[2] / "corpus" / "data" / "delegations.toml"

# How the names of a letter's Unicode character begin, by language. Digits and marks are free.
SCRIPTS = {
    "en": ("LATIN",),
    "fr": ("LATIN",),
    "es": ("LATIN",),
    "ru": ("CYRILLIC",),
    "zh": ("CJK UNIFIED IDEOGRAPH",),
    "ar": ("ARABIC",),
}

# The headings of A/AC.291/4 (Chinese), in its order.
HEADINGS = {
    "澳大利亚": "AUS",
    "巴西": "BRA",
    "加拿大": "CAN",
    "智利": "CHL",
    "中国": "CHN",
    "哥伦比亚": "COL",
    "多米尼加共和国": "DOM",
    "埃及": "EGY",
    "欧洲联盟及其成员国": "EU",
    "印度尼西亚": "IDN",
    "牙买加": "JAM",
    "日本": "JPN",
    "约旦": "JOR",
    "科威特": "KWT",
    "列支敦士登": "LIE",
    "墨西哥": "MEX",
    "新西兰": "NZL",
    "尼日利亚": "NGA",
    "挪威": "NOR",
    "阿曼": "OMN",
    "巴拿马": "PAN",
    "俄罗斯联邦": "RUS",
    "瑞士": "CHE",
    "土耳其": "TUR",
    "大不列颠及北爱尔兰联合王国": "GBR",
    "美利坚合众国": "USA",
}

# UNODC/CCPCJ/EG.4/2021/2 (Chinese), paragraph 14: who took the floor, in its order.
SPEAKERS = {
    "澳大利亚": "AUS",
    "智利": "CHL",
    "哥伦比亚": "COL",
    "欧洲联盟": "EU",
    "也门": "YEM",
    "多米尼加共和国": "DOM",
    "巴西": "BRA",
    "荷兰": "NLD",
    "委内瑞拉玻利瓦尔共和国": "VEN",
    "新西兰": "NZL",
    "危地马拉": "GTM",
    "尼日利亚": "NGA",
    "美利坚合众国": "USA",
    "中国": "CHN",
    "俄罗斯联邦": "RUS",
    "法国": "FRA",
    "古巴": "CUB",
    "日本": "JPN",
    "南非": "ZAF",
    "波兰": "POL",
    "加拿大": "CAN",
    "比利时": "BEL",
    "奥地利": "AUT",
    "阿根廷": "ARG",
    "挪威": "NOR",
    "伊朗伊斯兰共和国": "IRN",
    "葡萄牙": "PRT",
    "吉尔吉斯斯坦": "KGZ",
    "洪都拉斯": "HND",
    "大不列颠及北爱尔兰联合王国": "GBR",
    "印度": "IND",
    "墨西哥": "MEX",
    "尼加拉瓜": "NIC",
    "阿拉伯叙利亚共和国": "SYR",
}


# The footnote of A/AC.291/4 (Chinese) that says who the member States of the EU are.
EU_FOOTNOTE = (
    "奥地利、比利时、保加利亚、克罗地亚、塞浦路斯、捷克、丹麦、爱沙尼亚、芬兰、法国、德国、希腊、匈牙利、"
    "爱尔兰、意大利、拉脱维亚、立陶宛、卢森堡、马耳他、荷兰、波兰、葡萄牙、罗马尼亚、斯洛伐克、斯洛文尼亚、"
    "西班牙和瑞典"
)


@cache
def shipped() -> Delegations:
    return load_delegations(DATA)


@cache
def owners(language: str) -> dict[str, list[str]]:
    """The codes of the delegations that each folded name could mean."""
    found: dict[str, list[str]] = {}
    for entry in shipped().entries:
        for name in entry.names[language].all():
            found.setdefault(fold_name(name), []).append(entry.code)
    return found


def meaning(language: str, name: str) -> list[str]:
    return owners(language).get(fold_name(name), [])


# --- the data ---------------------------------------------------------------------------------


def test_there_are_193_member_states_and_2_observer_states() -> None:
    kinds = Counter(entry.kind for entry in shipped().entries)
    assert kinds["state"] == 193
    assert kinds["observer"] == 2
    assert {e.code for e in shipped().entries if e.kind == "observer"} == {"VAT", "PSE"}


def test_the_regional_groups_have_the_sizes_the_un_publishes() -> None:
    # The UN lists African States 54, Asia-Pacific States 53, Eastern European States 23, Latin
    # American and Caribbean States 33, Western European and other States 28: 191. The two that are
    # missing from 193 are Kiribati, which has joined no group and stands here with its neighbours
    # (Asia-Pacific 54), and the United States, an observer in WEOG that is counted there for
    # elections. Türkiye is among the 28. So WEOG has 29, not 30, and 54 + 54 + 23 + 33 + 29 = 193.
    sizes = Counter(entry.region for entry in shipped().entries if entry.kind == "state")
    assert sizes == {
        "africa": 54,
        "asia_pacific": 54,
        "eastern_europe": 23,
        "grulac": 33,
        "weog": 29,
    }


@pytest.mark.parametrize(
    ("code", "region"),
    [
        ("KIR", "asia_pacific"),
        ("TUR", "weog"),
        ("ISR", "weog"),
        ("USA", "weog"),
        ("CYP", "asia_pacific"),
        ("VAT", ""),
        ("PSE", ""),
        ("EU", ""),
    ],
)
def test_special_cases_stand_in_the_region_they_are_counted_in(code: str, region: str) -> None:
    assert shipped().by_code(code).region == region


def test_only_member_states_have_a_region() -> None:
    for entry in shipped().entries:
        assert bool(entry.region) == (entry.kind == "state"), entry.code


def test_every_regional_group_is_an_entry_with_its_states_as_members() -> None:
    on = date(2021, 10, 29)
    members = {code: shipped().members(code, on) for code in REGIONAL_GROUPS}
    assert {code: len(found) for code, found in members.items()} == {
        "AFRICAN_GROUP": 54,
        "ASIA_PACIFIC_GROUP": 54,
        "EEG": 23,
        "GRULAC": 33,
        "WEOG": 29,
    }
    assert len({state for found in members.values() for state in found}) == 193


def test_every_entry_has_a_short_name_in_six_languages() -> None:
    for entry in shipped().entries:
        assert tuple(entry.names) == LANGUAGES, entry.code
        assert all(names.short for names in entry.names.values()), entry.code


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_is_in_the_script_of_its_language(language: str) -> None:
    for entry in shipped().entries:
        for name in entry.names[language].all():
            letters = [character for character in name if character.isalpha()]
            assert letters, (entry.code, name)
            for letter in letters:
                assert unicodedata.name(letter).startswith(SCRIPTS[language]), (entry.code, name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_name_could_mean_two_delegations(language: str) -> None:
    assert {name: codes for name, codes in owners(language).items() if len(codes) > 1} == {}


@pytest.mark.parametrize(
    ("language", "name", "code"),
    [
        ("en", "Congo", "COG"),
        ("en", "Democratic Republic of the Congo", "COD"),
        ("en", "Guinea", "GIN"),
        ("en", "Guinea-Bissau", "GNB"),
        ("en", "Niger", "NER"),
        ("en", "Dominica", "DMA"),
        ("en", "Dominican Republic", "DOM"),
        ("zh", "刚果", "COG"),
        ("zh", "刚果民主共和国", "COD"),
        ("zh", "几内亚", "GIN"),
        ("zh", "赤道几内亚", "GNQ"),
        ("zh", "巴布亚新几内亚", "PNG"),
        ("zh", "多米尼克", "DMA"),
        ("zh", "多米尼加", "DOM"),
        ("zh", "欧洲委员会", "COE"),
        ("ar", "الكونغو", "COG"),
        ("ru", "Конго", "COG"),
    ],
)
def test_a_name_inside_another_name_still_means_one_delegation(
    language: str, name: str, code: str
) -> None:
    assert meaning(language, name) == [code]


@pytest.mark.parametrize("name", ["Korea", "Macedonia", "Yugoslavia", "the Group", "Group"])
def test_an_ambiguous_name_means_nobody(name: str) -> None:
    assert meaning("en", name) == []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("AUSTRALIA", "AUS"),
        ("Republic of Türkiye", "TUR"),
        ("Turkey", "TUR"),
        ("Islamic Republic of Iran", "IRN"),
        ("Iran (Islamic Republic of)", "IRN"),
        ("Bolivarian Republic of Venezuela", "VEN"),
        ("Bolivia", "BOL"),
        ("Kingdom of the Netherlands", "NLD"),
        ("Netherlands", "NLD"),
        ("United Kingdom", "GBR"),
        ("United States", "USA"),
        ("Czech Republic", "CZE"),
        ("Swaziland", "SWZ"),
        ("Cape Verde", "CPV"),
        ("The former Yugoslav Republic of Macedonia", "MKD"),
        ("Burma", "MMR"),
        ("Zaire", "COD"),
        ("Côte d\u2019Ivoire", "CIV"),
        ("Lao People\u2019s Democratic Republic", "LAO"),
        ("Viet Nam", "VNM"),
        ("European Union and its Member States", "EU"),
        ("EUROPEAN UNION AND ITS MEMBER STATES", "EU"),
        ("Caribbean Community", "CARICOM"),
        ("GROUP OF 77 AND CHINA", "G77"),
        ("Non\u2011Aligned Movement", "NON_ALIGNED"),
        ("State of Palestine", "PSE"),
        ("INTERPOL", "INTERPOL"),
        ("UNODC", "UNODC"),
        ("Council of Europe", "COE"),
    ],
)
def test_headings_common_in_english_compilations_are_names(name: str, code: str) -> None:
    assert meaning("en", name) == [code]


@pytest.mark.parametrize(("name", "code"), HEADINGS.items())
def test_every_heading_of_the_compilation_is_a_name(name: str, code: str) -> None:
    assert meaning("zh", name) == [code]


def test_the_compilation_has_26_delegations() -> None:
    assert len(set(HEADINGS.values())) == len(HEADINGS) == 26


def test_the_footnote_of_the_compilation_names_the_members_of_the_european_union() -> None:
    named = [meaning("zh", name) for name in EU_FOOTNOTE.replace("和", "、").split("、")]
    assert all(len(codes) == 1 for codes in named)
    assert tuple(sorted(codes[0] for codes in named)) == shipped().members("EU", date(2021, 10, 29))


@pytest.mark.parametrize(("name", "code"), SPEAKERS.items())
def test_every_speaker_of_the_2021_report_is_a_name(name: str, code: str) -> None:
    assert meaning("zh", name) == [code]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("联合王国", "GBR"),
        ("英国", "GBR"),
        ("美国", "USA"),
        ("俄罗斯", "RUS"),
        ("欧盟", "EU"),
        ("荷兰王国", "NLD"),
        ("玻利维亚（多民族国）", "BOL"),
        ("玻利维亚(多民族国)", "BOL"),
        ("教廷", "VAT"),
    ],
)
def test_chinese_alternatives_are_names_whatever_the_width_of_brackets(
    name: str, code: str
) -> None:
    assert meaning("zh", name) == [code]


def test_the_non_aligned_do_not_take_namibias_code() -> None:
    assert shipped().by_code("NAM").names["en"].short == "Namibia"


# --- who belongs to what, when ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("group", "on", "count"),
    [
        ("EU", date(2013, 6, 30), 27),
        ("EU", date(2013, 7, 1), 28),
        ("EU", date(2019, 1, 1), 28),
        ("EU", date(2020, 1, 31), 28),
        ("EU", date(2020, 2, 1), 27),
        ("EU", date(2021, 10, 29), 27),
        ("ASEAN", date(2025, 10, 25), 10),
        ("ASEAN", date(2025, 10, 26), 11),
        ("AU", date(2017, 1, 30), 53),
        ("AU", date(2021, 10, 29), 54),
        ("LAS", date(2021, 10, 29), 22),
        ("ARAB_GROUP", date(2021, 10, 29), 22),
        ("OIC", date(2021, 10, 29), 57),
        ("NON_ALIGNED", date(2021, 10, 29), 120),
        ("NON_ALIGNED", date(2024, 2, 1), 121),
        ("COE", date(2022, 3, 15), 47),
        ("COE", date(2022, 3, 16), 46),
        ("ECOWAS", date(2025, 1, 28), 15),
        ("ECOWAS", date(2025, 1, 29), 12),
        ("SCO", date(2021, 10, 29), 8),
        ("SCO", date(2024, 7, 4), 10),
        ("LDC", date(2021, 10, 29), 46),
        ("LDC", date(2025, 1, 1), 44),
        ("LLDC", date(2021, 10, 29), 32),
        ("SADC", date(2021, 10, 29), 16),
        ("MERCOSUR", date(2024, 8, 7), 6),
        ("GCC", date(2021, 10, 29), 6),
        ("CANZ", date(2021, 10, 29), 3),
    ],
)
def test_a_group_has_the_members_of_the_day(group: str, on: date, count: int) -> None:
    assert len(shipped().members(group, on)) == count


def test_the_united_kingdom_left_the_european_union_at_the_end_of_january_2020() -> None:
    assert "GBR" in shipped().members("EU", date(2020, 1, 31))
    assert "GBR" not in shipped().members("EU", date(2020, 2, 1))


def test_a_group_said_to_be_complete_lists_members() -> None:
    on = date(2021, 10, 29)
    for entry in shipped().entries:
        if entry.kind == "group" and entry.members_complete:
            assert shipped().members(entry.code, on), entry.code


def test_the_arab_group_has_the_members_of_the_league() -> None:
    on = date(2021, 10, 29)
    assert shipped().members("ARAB_GROUP", on) == shipped().members("LAS", on)


def test_members_come_sorted_and_a_state_has_none() -> None:
    on = date(2021, 10, 29)
    assert shipped().members("GCC", on) == ("ARE", "BHR", "KWT", "OMN", "QAT", "SAU")
    assert shipped().members("FRA", on) == ()


def test_an_unknown_code_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        shipped().by_code("XXX")
    with pytest.raises(KeyError):
        shipped().members("XXX", date(2021, 10, 29))


# --- what is refused --------------------------------------------------------------------------

NAMES = {"en": "A", "fr": "A", "es": "A", "ru": "А", "zh": "甲", "ar": "ا"}


def table(code: str, suffix: str, kind: str = "state", region: str = "weog") -> str:
    names = "\n".join(f'{lang} = {{ short = "{name}{suffix}" }}' for lang, name in NAMES.items())
    return (
        f'[[delegation]]\ncode = "{code}"\nkind = "{kind}"\nregion = "{region}"\n'
        f"[delegation.names]\n{names}\n"
    )


def membership(rest: str, group: str = "CLUB", member: str = "FRA") -> str:
    return f'[[membership]]\ngroup = "{group}"\nmember = "{member}"\n{rest}\n'


GOOD = table("FRA", "1") + table("DEU", "2") + table("CLUB", "3", "group", "")


def spoil(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, 1)


def add(more: str) -> Callable[[str], str]:
    return lambda text: text + more


@pytest.mark.parametrize(
    ("change", "entry", "cure"),
    [
        (spoil('kind = "state"', 'kind = "country"'), "delegation FRA", '"state"'),
        (spoil('kind = "state"\n', ""), "delegation FRA", '"state"'),
        (spoil('"weog"', '"europe"'), "delegation FRA", '"eastern_europe"'),
        (spoil('region = ""', 'region = "weog"'), "delegation CLUB", 'region = ""'),
        (spoil('code = "FRA"\n', ""), "delegation no. 1", "code ="),
        (spoil('code = "FRA"', 'code = "FR"'), "delegation FR", "alpha-3"),
        (spoil('code = "CLUB"', 'code = "Club"'), "delegation Club", "upper-case"),
        (spoil('code = "DEU"', 'code = "FRA"'), "delegation FRA", "own code"),
        (spoil('code = "FRA"', 'code = "FRA"\nflag = "x"'), "delegation FRA", "take it out"),
        (
            spoil('code = "FRA"', 'code = "FRA"\nmembers_complete = true'),
            "delegation FRA",
            "take members_complete out",
        ),
        (
            spoil('code = "CLUB"', 'code = "CLUB"\nmembers_complete = "no"'),
            "delegation CLUB",
            "true or false",
        ),
        (spoil('zh = { short = "甲1" }\n', ""), "delegation FRA, names.zh", "add zh"),
        (spoil("zh = {", "de = {"), "delegation FRA, names", "one of en"),
        (spoil('{ short = "甲1"', '{ name = "甲1"'), "delegation FRA, names.zh", "short"),
        (spoil('"甲1"', '" 甲1"'), "delegation FRA, names.zh", "single spaces"),
        (spoil('"甲1"', '"甲1", other = "乙"'), "delegation FRA, names.zh", "other = ["),
        (spoil('"甲1"', '"甲1", other = ["甲1"]'), "delegation FRA, names.zh", "leave one"),
        (spoil('"甲2"', '"甲1"'), "delegation DEU, names.zh", "one of them"),
        (spoil('"甲2"', '"甲2", other = ["甲1"]'), "delegation DEU, names.zh", "one of them"),
        (spoil('"A2"', '"a1"'), "delegation DEU, names.en", "one of them"),
        (add(membership("", group="NOBODY")), "membership no. 1 (FRA in NOBODY)", "add the entry"),
        (add(membership("", member="ESP")), "membership no. 1 (ESP in CLUB)", "add the entry"),
        (add(membership("", group="DEU")), "membership no. 1 (FRA in DEU)", "name a group"),
        (add(membership("", member="CLUB")), "membership no. 1 (CLUB in CLUB)", "one by one"),
        (add(membership("since = 2020-01-01")), "membership no. 1 (FRA in CLUB)", "from, until"),
        (add(membership('from = "2020-01-01"')), "membership no. 1 (FRA in CLUB)", "unquoted"),
        (add(membership("from = 2020-01-01T00:00:00")), "membership no. 1 (FRA in CLUB)", "unquot"),
        (
            add(membership("from = 2020-02-01\nuntil = 2020-02-01")),
            "membership no. 1 (FRA in CLUB)",
            "first day no longer",
        ),
        (
            add(membership("until = 2020-01-01") + membership("from = 2019-01-01")),
            "membership of FRA in CLUB",
            "take one out",
        ),
        (
            add(table("WEOG", "4", "group", "") + membership("", group="WEOG")),
            "membership no. 1 (FRA in WEOG)",
            "take the membership out",
        ),
        (add('[[delegations]]\ncode = "X"\n'), "the file", "use one of delegation"),
        (lambda _: "", "the file", "add a table"),
        (lambda _: "[[delegation]\n", "is not TOML", "correct that place"),
    ],
)
def test_a_malformed_file_is_refused_with_the_entry_and_the_cure(
    tmp_path: Path, change: Callable[[str], str], entry: str, cure: str
) -> None:
    changed = change(GOOD)
    assert changed != GOOD
    path = tmp_path / "delegations.toml"
    path.write_text(changed, encoding="utf-8")
    with pytest.raises(DelegationsError) as caught:
        load_delegations(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert f"{path}: {entry}" in message
    assert cure in message


def test_a_missing_or_binary_file_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "delegations.toml"
    with pytest.raises(DelegationsError, match=r"delegations\.toml: cannot be read"):
        load_delegations(path)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(DelegationsError, match=r"delegations\.toml: is not UTF-8"):
        load_delegations(path)


def test_a_member_may_leave_and_come_back(tmp_path: Path) -> None:
    path = tmp_path / "delegations.toml"
    back = membership("from = 2021-01-01") + membership("until = 2020-01-01")
    path.write_text(GOOD + back, encoding="utf-8")
    found = load_delegations(path)
    assert found.members("CLUB", date(2019, 12, 31)) == ("FRA",)
    assert found.members("CLUB", date(2020, 1, 1)) == ()
    assert found.members("CLUB", date(2021, 1, 1)) == ("FRA",)


def test_spellings_of_one_name_fold_together_and_accents_stay() -> None:
    assert fold_name("Côte d\u2019Ivoire") == fold_name("CÔTE D'IVOIRE")
    assert fold_name("刚果（布）") == fold_name("刚果(布)")
    assert fold_name("Папуа — Новая Гвинея") == fold_name("Папуа-Новая Гвинея")
    assert fold_name("غينيا - بيساو") == fold_name("غينيا-بيساو")
    assert fold_name("عُمان") == fold_name("عمان")
    assert fold_name("Соединённые Штаты") == fold_name("Соединенные Штаты")
    assert fold_name("Níger") != fold_name("Niger")
