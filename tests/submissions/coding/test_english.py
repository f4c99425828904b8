"""English passages are read like their Chinese counterparts."""

import pytest

from submissions.coding import Coder, Unit

PAIRS = [
    ("The convention should provide for extradition.", "公约应规定引渡。"),
    ("The convention should not provide for extradition.", "公约不应规定引渡。"),
    (
        "Mutual legal assistance must not be refused.",
        "不得拒绝司法协助。",
    ),
    (
        "The convention should not address internet governance.",
        "公约不应处理互联网治理问题。",
    ),
    (
        "Cyber-enabled offences should be covered only if the scale of the crime is changed.",
        "只有在犯罪规模发生变化的情况下，才应涵盖网络使能的犯罪。",
    ),
    (
        "Content-related offences should be kept to a minimum.",
        "与内容有关的罪行应保持在最低限度。",
    ),
    (
        "It is too early to decide on a mechanism to review implementation.",
        "现在确定审查执行情况的机制为时过早。",
    ),
    (
        "Dual criminality should be applied flexibly.",
        "双重犯罪应当灵活适用。",
    ),
    (
        "Assistance should be given whether or not the conduct is punishable in the requested "
        "State.",
        "应提供协助，无论该行为是否应受惩罚。",
    ),
    (
        "The treaty should be technology-neutral.",
        "条约应保持技术中立。",
    ),
    (
        "States must respect human rights, including privacy and freedom of expression.",
        "各国必须尊重人权，包括隐私和表达自由。",
    ),
    (
        "The offences must not undermine freedom of expression.",
        "条约中的罪行不应损害表达自由。",
    ),
    (
        "The instrument should build on the Organized Crime Convention.",
        "文书应借鉴《有组织犯罪公约》。",
    ),
    (
        "The Budapest Convention should be taken into account.",
        "应考虑《布达佩斯网络犯罪公约》。",
    ),
    (
        "Each party should designate a central authority.",
        "各缔约国应指定中央机关。",
    ),
    (
        "A 24/7 network should be set up.",
        "应设立24/7网络。",
    ),
    (
        "Technical assistance to developing countries is essential.",
        "向发展中国家提供技术援助至关重要。",
    ),
    (
        "Training for prosecutors should be offered.",
        "应为检察官提供培训。",
    ),
    (
        "Safe havens must be denied.",
        "必须消除安全庇护所。",
    ),
    (
        "Proceeds should be confiscated and returned.",
        "应没收和返还所得。",
    ),
    (
        "Awareness-raising should be encouraged.",
        "应鼓励提高认识。",
    ),
    (
        "In cases of serious crime content data should be collected in real time.",
        "应在严重犯罪案件中实时收集内容数据。",
    ),
    (
        "A conference of the parties should be established.",
        "应设立缔约国大会。",
    ),
    (
        "Disputes should be covered by rules on dispute settlement.",
        "应规定争端解决。",
    ),
    (
        "We oppose repeating offences already covered by other treaties.",
        "我们反对重复其他条约已涵盖的犯罪。",
    ),
    (
        "Our government welcomes the opportunity to submit its views.",
        "我国政府欢迎有机会提出意见。",
    ),
    (
        "Cybercrime has increased in many countries.",
        "网络犯罪在许多国家有所增加。",
    ),
]

CONTEXTS = [
    (
        Unit(
            "(a) Illegal access;",
            "item",
            "(a)",
            ("Criminalization",),
            ("The convention should cover the following offences:",),
            language="en",
        ),
        Unit("(a) 非法访问；", "item", "(a)", ("定罪",), ("公约应涵盖下列犯罪：",)),
    ),
    (
        Unit(
            "(b) Terrorism;",
            "item",
            "(b)",
            (),
            ("The following offences should be excluded from the convention:",),
            language="en",
        ),
        Unit("(b) 恐怖主义；", "item", "(b)", (), ("公约应避免列入下列犯罪：",)),
    ),
    (
        Unit(
            "• Prevention.",
            "item",
            "•",
            ("Structure",),
            ("The convention should contain the following chapters:",),
            language="en",
        ),
        Unit("• 预防。", "item", "•", ("结构",), ("公约可包括以下章节：",)),
    ),
]


def positions(coder: Coder, unit: Unit) -> dict[str, str]:
    return {one.issue: one.stance for one in coder.code(unit).suggestions}


@pytest.mark.parametrize(("english", "chinese"), PAIRS)
def test_a_sentence_takes_the_same_positions_in_both_languages(
    coder: Coder, english: str, chinese: str
) -> None:
    assert positions(coder, Unit(english, "paragraph", language="en")) == positions(
        coder, Unit(chinese, "paragraph")
    )


@pytest.mark.parametrize(("english", "chinese"), CONTEXTS)
def test_an_item_takes_the_same_positions_in_both_languages(
    coder: Coder, english: Unit, chinese: Unit
) -> None:
    assert positions(coder, english) == positions(coder, chinese) != {}


def test_the_pairs_are_not_silent_for_want_of_cues(coder: Coder) -> None:
    silent = [english for english, chinese in PAIRS if not positions(coder, Unit(chinese, "p"))]

    assert silent == [
        "Our government welcomes the opportunity to submit its views.",
        "Cybercrime has increased in many countries.",
    ]
