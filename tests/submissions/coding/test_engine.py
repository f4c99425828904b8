"""What the coder says of a passage in its context."""

import pytest

from submissions.coding import Coder, Coding, Cue, Suggestion, Unit


def issues(coding: Coding) -> set[str]:
    return {one.issue for one in coding.suggestions}


def test_a_suggestion_carries_quote_cue_reason_and_certainty(coder: Coder) -> None:
    unit = Unit("公约必须规定引渡。", "paragraph", heading_path=("国际合作",))

    assert coder.code(unit) == Coding(
        topics=("cooperation",),
        suggestions=(
            Suggestion(
                issue="cooperation.extradition",
                stance="support",
                start=0,
                end=8,
                quote="公约必须规定引渡",
                cue=Cue("引渡 - 双边条约|知识产权|囚犯和", 6, 8, "passage"),
                stance_cue=None,
                reason=("demanded", "default-support"),
                certainty=0.95,
            ),
        ),
        no_position="",
    )


def test_an_enumeration_gives_each_element_its_issue(coder: Coder) -> None:
    unit = Unit("公约应包括关于未遂、洗钱和法人责任的规定。", "paragraph")

    assert issues(coder.code(unit)) == {
        "offences.attempt_participation",
        "offences.laundering",
        "offences.legal_persons",
    }


def test_items_take_their_meaning_from_what_introduces_them(coder: Coder) -> None:
    offences = Unit("(c) 诈骗；", "item", "(c)", (), ("公约应涵盖下列犯罪：",))
    chapters = Unit("• 国际合作。", "item", "•", ("结构",), ("公约可包括以下章节：",))

    assert issues(coder.code(offences)) == {"offences.fraud"}
    assert issues(coder.code(chapters)) == {"structure.cooperation_chapter"}


def test_a_paragraph_that_lists_chapters_proposes_them(coder: Coder) -> None:
    unit = Unit(
        "公约可分为以下章节：总则、定罪、程序措施、国际合作和最后条款。",
        "paragraph",
        heading_path=("结构",),
    )

    coding = coder.code(unit)

    assert coding.topics == ("structure",)
    assert issues(coding) == {
        "structure.general_chapter",
        "structure.offences_chapter",
        "structure.procedure_chapter",
        "structure.cooperation_chapter",
        "structure.final_chapter",
    }


def test_a_chapter_given_as_a_heading_speaks_through_its_passage(coder: Coder) -> None:
    unit = Unit("应鼓励能力建设；", "paragraph", heading_path=("结构", "(g) 技术援助和能力建设"))

    found = {one.issue: one for one in coder.code(unit).suggestions}

    assert set(found) == {"structure.assistance_chapter", "assistance.capacity"}
    assert found["structure.assistance_chapter"].cue.source == "heading"
    assert found["structure.assistance_chapter"].quote == "应鼓励能力建设"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("网络犯罪在过去十年中迅速增长。", "no-cue"),
        ("许多国家已经实行引渡。", "no-demand"),
        ("我国欢迎有机会就新公约提出意见，并感谢主席。", "courtesy"),
        ("   ", "empty"),
    ],
)
def test_facts_and_courtesies_take_no_position(coder: Coder, text: str, why: str) -> None:
    coding = coder.code(Unit(text, "paragraph"))

    assert (coding.suggestions, coding.no_position) == ((), why)


def test_somebody_elses_view_takes_no_position(coder: Coder) -> None:
    unit = Unit("一些会员国指出，公约应规定引渡。", "paragraph")

    assert coder.code(unit) == Coding((), (), "no-demand")


def test_a_heading_has_topics_and_takes_no_position(coder: Coder) -> None:
    assert coder.code(Unit("㈣ 国际合作", "heading", "㈣")) == Coding(
        ("cooperation",), (), "heading"
    )


def test_a_language_without_cues_is_said_to_have_none(coder: Coder) -> None:
    unit = Unit("La convention devrait…", "paragraph", language="fr")

    assert coder.code(unit) == Coding((), (), "no-cues:fr")


def test_traditional_characters_are_read_and_quoted_as_written(coder: Coder) -> None:
    (found,) = coder.code(Unit("公約應規定引渡。", "paragraph")).suggestions

    assert (found.issue, found.quote) == ("cooperation.extradition", "公約應規定引渡")


def test_a_quote_leaves_out_the_marker_and_the_punctuation(coder: Coder) -> None:
    unit = Unit("(a) 非法访问，即未经授权访问计算机；", "item", "(a)", (), ("应定为犯罪：",))

    (found,) = coder.code(unit).suggestions

    assert (found.start, found.end, found.quote) == (4, 8, "非法访问")


def test_words_in_a_name_are_not_cues(coder: Coder) -> None:
    unit = Unit("应邀请毒品和犯罪问题办公室介绍情况。", "paragraph", heading_path=("犯罪行为",))

    assert "offences.trafficking" not in issues(coder.code(unit))
