"""What must hold for any text whatever."""

from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.codebook import Codebook
from corpus.notation import STANCES
from submissions.coding import Coder, Unit
from submissions.coding.stance import RESERVE

WORDS = (
    "公约 应 不应 避免 应讨论 条件是 引渡 非法访问 诈骗 网络使能的犯罪 双重犯罪 人权 隐私 结构 "
    "以下章节： 国际合作 下列犯罪： (a) ㈠ • 1. 。 ， ； ： 、 “ ” （ ） \u00a0 \u3000 \n 24/7 "
    "recommend should not extradition human rights, ⼈權 攔截 ABC 𠀀 \u0301 \x00 \ud7ff"
).split(" ")

texts = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from(WORDS), max_size=25).map("".join),
    st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join),
)
units = st.builds(
    Unit,
    text=texts,
    kind=st.sampled_from(["heading", "paragraph", "item"]),
    marker=st.sampled_from(["", "(a)", "㈠", "•", "1."]),
    heading_path=st.lists(texts, max_size=3).map(tuple),
    lead_ins=st.lists(texts, max_size=3).map(tuple),
    language=st.sampled_from(["zh", "en", "fr"]),
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(unit=units)
def test_quotes_are_verbatim_and_issues_occur_once(
    coder: Coder, codebook: Codebook, unit: Unit
) -> None:
    coding = coder.code(unit)

    for one in coding.suggestions:
        assert one.quote
        assert 0 <= one.start < one.end <= len(unit.text)
        assert unit.text[one.start : one.end] == one.quote
        assert one.stance in RESERVE
        assert 0 <= one.certainty <= 1
        sources = {
            "passage": (unit.text,),
            "heading": unit.heading_path,
            "lead-in": unit.lead_ins,
        }
        for cue in (one.cue, one.stance_cue):
            if cue is not None:
                assert any(0 <= cue.start < cue.end <= len(text) for text in sources[cue.source])
    found = [one.issue for one in coding.suggestions]
    assert len(found) == len(set(found))
    assert set(coding.topics) <= {topic.key for topic in codebook.topics}
    assert bool(coding.suggestions) != bool(coding.no_position)
    assert unit.kind != "heading" or not coding.suggestions


@settings(deadline=None)
@given(unit=units)
def test_a_passage_is_read_the_same_way_twice(coder: Coder, unit: Unit) -> None:
    assert coder.code(unit) == coder.code(unit)


@pytest.mark.parametrize(
    "piece", ["引渡", "不应引渡，", "非法访问、", "应包括：", "机制监测执行", "should extradition "]
)
def test_time_grows_with_the_length_of_the_text_and_no_faster(coder: Coder, piece: str) -> None:
    def seconds(times: int) -> float:
        unit = Unit("应" + piece * times, "paragraph", language="en" if "should" in piece else "zh")
        coder.code(unit)
        start = process_time()
        coder.code(unit)
        return process_time() - start

    small, large = seconds(1000), seconds(8000)

    assert large < 8 * max(small, 0.005) * 4


def test_the_stances_are_those_of_the_codebook() -> None:
    assert sorted(RESERVE) == sorted(STANCES)
