"""Which stance the words around a cue give it."""

import pytest

from submissions.coding import Coder, Unit


def stances(coder: Coder, text: str, **context: object) -> dict[str, str]:
    unit = Unit(text, "paragraph", **context)  # type: ignore[arg-type]
    return {one.issue: one.stance for one in coder.code(unit).suggestions}


@pytest.mark.parametrize(
    ("text", "issue", "stance"),
    [
        ("公约应规定引渡。", "cooperation.extradition", "support"),
        ("公约不应规定引渡。", "cooperation.extradition", "oppose"),
        ("没有必要规定引渡。", "cooperation.extradition", "oppose"),
        ("公约不应涉及洗钱，但应规定引渡。", "cooperation.extradition", "support"),
        ("不应拒绝引渡。", "cooperation.extradition", "support"),
        ("公约应规定引渡，条件是行为人不是本国国民。", "cooperation.extradition", "qualified"),
        ("应讨论引渡问题。", "cooperation.extradition", "open"),
        ("不得限制表达自由。", "safeguards.expression", "support"),
        ("条约中的罪行不应损害表达自由的行使。", "safeguards.expression", "support"),
        ("与内容有关的罪行应保持在最低限度。", "offences.content_related", "oppose"),
        ("此类对洗钱的规定不应纳入公约。", "offences.laundering", "oppose"),
        ("公约不应重复现有文书。", "general.no_conflict", "support"),
        ("双重犯罪应当灵活适用。", "cooperation.dual_criminality", "qualified"),
        ("应提供协助，无论该行为是否应受惩罚。", "cooperation.dual_criminality", "oppose"),
        ("不得以政治罪为由拒绝请求。", "cooperation.political_offence", "support"),
        ("应允许以政治罪为由拒绝请求。", "cooperation.political_offence", "oppose"),
        ("现在确定执行机制为时过早。", "implementation.mechanism", "open"),
        ("应在严重犯罪案件中实时收集内容数据。", "procedure.content_interception", "qualified"),
        ("只有在达成共识时才应涵盖网络使能的犯罪。", "scope.cyber_enabled", "qualified"),
        ("公约不应处理网络安全问题。", "scope.exclude_governance", "support"),
        ("应避免直接对服务提供者施加义务。", "procedure.provider_duties", "oppose"),
    ],
)
def test_negation_condition_and_question_are_read(
    coder: Coder, text: str, issue: str, stance: str
) -> None:
    assert stances(coder, text)[issue] == stance


def test_a_negation_reaches_its_own_clause_only(coder: Coder) -> None:
    found = stances(coder, "公约不应规定引渡；应规定司法协助。")

    assert found == {"cooperation.extradition": "oppose", "cooperation.mla": "support"}


def test_the_words_that_decided_are_named(coder: Coder) -> None:
    text = "公约不应规定引渡。"

    (found,) = coder.code(Unit(text, "paragraph")).suggestions

    assert found.reason == ("demanded", "negated-by:不应")
    assert found.stance_cue is not None
    assert text[found.stance_cue.start : found.stance_cue.end] == "不应"
    assert found.stance_cue.source == "passage"


def test_of_two_stances_on_an_issue_one_is_chosen_and_the_other_named(coder: Coder) -> None:
    (found,) = coder.code(Unit("公约应规定引渡。不应强制引渡。", "paragraph")).suggestions

    assert (found.stance, found.reason) == (
        "support",
        ("demanded", "default-support", "also-oppose"),
    )


@pytest.mark.parametrize(
    ("lead_in", "stance"),
    [
        ("公约应涵盖下列犯罪：", "support"),
        ("公约应避免列入下列犯罪：", "oppose"),
        ("下列犯罪应予排除在公约之外：", "oppose"),
        ("公约应将下列各项排除在范围之外：", "oppose"),
        ("应讨论是否列入下列犯罪：", "open"),
        ("虽然不应列举一切犯罪，但公约应涵盖下列犯罪：", "support"),
    ],
)
def test_a_lead_in_lends_its_items_its_stance(coder: Coder, lead_in: str, stance: str) -> None:
    unit = Unit("(a) 洗钱；", "item", "(a)", ("犯罪行为",), (lead_in,))

    (found,) = coder.code(unit).suggestions

    assert (found.issue, found.stance, found.quote) == ("offences.laundering", stance, "洗钱")
    if stance == "support":
        assert found.stance_cue is None
    else:
        assert found.stance_cue is not None
        assert found.stance_cue.source == "lead-in"
        words = lead_in[found.stance_cue.start : found.stance_cue.end]
        assert found.reason == ("listed", f"lead-in:{words}")


def test_an_item_that_speaks_for_itself_is_not_lent_a_stance(coder: Coder) -> None:
    unit = Unit("(a) 不得以政治罪为由拒绝请求；", "item", "(a)", (), ("应避免下列做法：",))

    (found,) = coder.code(unit).suggestions

    assert (found.issue, found.stance) == ("cooperation.political_offence", "support")
