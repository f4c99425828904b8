"""Agreement with hand-coded passages, on examples small enough to count by hand."""

from typing import Any

import pytest

from corpus.codebook import Codebook
from submissions.coding import Coding, Cue, Suggestion, Unit
from submissions.coding.evaluation import (
    Evaluation,
    Judged,
    Score,
    baseline,
    cell_stance,
    evaluate,
)


def code(issue: str, stance: str = "support", quote: str = "甲", **more: bool) -> dict[str, Any]:
    return {"issue": issue, "stance": stance, "quote": quote, **more}


def line(
    unit: str, codes: list[dict[str, Any]], topics: tuple[str, ...] = (), **more: Any
) -> dict[str, Any]:
    return {
        "unit": unit,
        "delegation": unit[:3],
        "kind": "passage",
        "text": "甲乙丙",
        "topics": list(topics),
        "codes": codes,
        **more,
    }


def said(*positions: tuple[str, str], topics: tuple[str, ...] = (), start: int = 0) -> Coding:
    cue = Cue("x", 0, 1, "passage")
    return Coding(
        topics,
        tuple(
            Suggestion(issue, stance, start, start + 1, "甲乙丙"[start], cue, None, (), 0.5)
            for issue, stance in positions
        ),
        "" if positions else "no-cue",
    )


def test_a_score_has_precision_recall_and_f1() -> None:
    score = Score(found=6, invented=2, missed=4)

    assert (score.precision, score.recall, score.f1) == (0.75, 0.6, 12 / 18)


def test_a_score_of_nothing_is_zero() -> None:
    assert (Score(0, 0, 0).precision, Score(0, 0, 0).recall, Score(0, 0, 0).f1) == (0, 0, 0)


def test_everything_is_counted_as_by_hand() -> None:
    gold = [
        {"unit": "AAA-001", "delegation": "AAA", "kind": "heading", "text": "范围"},
        line("AAA-002", [code("s.a"), code("s.b", "qualified", "丙")], ("s", "t")),
        line("AAA-003", [code("s.a", "oppose")], ("s",)),
        line("AAA-004", []),
        line("BBB-001", [code("s.a")], ("s",)),
        line("BBB-002", [], ("t",)),
    ]
    codings = {
        "AAA-002": said(("s.a", "support"), ("s.b", "support"), topics=("s",)),
        "AAA-003": said(("s.a", "oppose"), topics=("s",)),
        "AAA-004": said(("s.c", "open"), topics=("u",)),
        "BBB-002": said(("s.b", "support"), topics=("t",)),
    }

    assert evaluate(gold, codings) == Evaluation(
        passages=5,
        topics=Score(3, 1, 2),
        topics_macro_f1=(0.8 + 2 / 3 + 0) / 3,
        codes=Score(3, 2, 1),
        cells=Score(2, 2, 1),
        cell_stances=1 / 2,
        rare=Score(1, 1, 1),
        quotes=2 / 3,
        coverage=2 / 3,
        silence=0.0,
        issues={"s.a": Score(2, 0, 1), "s.b": Score(1, 1, 0), "s.c": Score(0, 1, 0)},
        delegations={"AAA": Score(2, 1, 0), "BBB": Score(0, 1, 1)},
        topics_by={"s": Score(2, 0, 1), "t": Score(1, 0, 1), "u": Score(0, 1, 0)},
        rare_by={"open": Score(0, 1, 0), "oppose": Score(1, 0, 0), "qualified": Score(0, 0, 1)},
        judged=(
            Judged("AAA", 0.5, True),
            Judged("AAA", 0.5, False),
            Judged("AAA", 0.5, True),
            Judged("AAA", 0.5, False),
            Judged("BBB", 0.5, False),
        ),
    )


def test_a_disputed_code_is_neither_found_nor_missed() -> None:
    gold = [line("AAA-001", [code("s.a", disputed=True), code("s.b")])]

    silent = evaluate(gold, {})
    spoken = evaluate(gold, {"AAA-001": said(("s.a", "oppose"), ("s.b", "support"))})

    assert (silent.codes, silent.cells) == (Score(0, 0, 1), Score(0, 0, 1))
    assert (spoken.codes, spoken.cells) == (Score(1, 0, 0), Score(1, 0, 0))
    assert (spoken.cell_stances, spoken.rare) == (1.0, Score(0, 0, 0))


def test_a_cell_with_one_sure_code_is_scored() -> None:
    gold = [line("AAA-001", [code("s.a", disputed=True)]), line("AAA-002", [code("s.a")])]

    found = evaluate(gold, {"AAA-001": said(("s.a", "support"))})

    assert (found.codes, found.cells) == (Score(0, 0, 1), Score(1, 0, 0))


def test_a_disputed_stance_counts_for_the_issue_only() -> None:
    gold = [line("AAA-001", [code("s.a", "qualified", stance_disputed=True)])]

    found = evaluate(gold, {"AAA-001": said(("s.a", "oppose"))})

    assert (found.cells, found.cell_stances, found.rare) == (Score(1, 0, 0), 0.0, Score(0, 0, 0))


def test_a_disputed_topic_is_neither_found_nor_missed() -> None:
    gold = [line("AAA-001", [], ("s",), topics_disputed=["t"])]

    assert evaluate(gold, {"AAA-001": said(topics=("s", "t"))}).topics == Score(1, 0, 0)
    assert evaluate(gold, {"AAA-001": said(topics=("s",))}).topics == Score(1, 0, 0)


@pytest.mark.parametrize(
    ("stances", "cell"),
    [
        (["support"], "support"),
        (["support", "support", "oppose"], "support"),
        (["support", "oppose"], "oppose"),
        (["open", "qualified"], "qualified"),
        (["support", "open"], "open"),
    ],
)
def test_a_cell_takes_the_majority_and_in_a_tie_the_more_reserved(
    stances: list[str], cell: str
) -> None:
    assert cell_stance(stances) == cell


def test_a_cell_of_nothing_has_no_stance() -> None:
    with pytest.raises(ValueError, match="empty"):
        cell_stance([])


def test_nothing_compared_with_nothing_is_zero() -> None:
    assert evaluate([], {}).cells == Score(0, 0, 0)


def test_the_baseline_supports_each_issue_whose_label_it_finds(codebook: Codebook) -> None:
    coding = baseline(codebook, Unit("公约不应规定引渡和争端解决。", "paragraph"))

    assert [(one.issue, one.stance, one.quote) for one in coding.suggestions] == [
        ("cooperation.extradition", "support", "引渡"),
        ("final.dispute_settlement", "support", "争端解决"),
    ]
    assert coding.topics == ("cooperation", "final")
