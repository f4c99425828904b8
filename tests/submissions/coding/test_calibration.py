"""Certainties fitted to what was right, on data small enough to pool by hand."""

import tomllib
from dataclasses import astuple
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from hypothesis import given
from hypothesis import strategies as st

from submissions.coding.calibration import (
    Bin,
    Calibration,
    CalibrationError,
    Step,
    calibration_error,
    dump_calibration,
    fit,
    left_out,
    load_calibration,
    reliability,
)
from submissions.coding.evaluation import Judged
from submissions.evaluating import evaluate_corpus

CORPUS = Path(django_settings.CORPUS_DIR)


def judged(score: float, right: int, wrong: int, delegation: str = "AAA") -> list[Judged]:
    """So many right and wrong suggestions with one score."""
    return [Judged(delegation, score, True)] * right + [Judged(delegation, score, False)] * wrong


# --- fitting --------------------------------------------------------------------------------------


def test_scores_that_rise_are_left_apart() -> None:
    """8 of 12 are right over all, so a pool of 6 is (right + 2 · 2/3) / 8."""
    found = fit([*judged(0.5, 3, 3), *judged(0.9, 5, 1)])

    assert found == Calibration((Step(0.5, 0.542, 6), Step(0.9, 0.792, 6)))


def test_a_fall_is_pooled_with_what_it_falls_below() -> None:
    """0.6 is right 3 of 4 and 0.7 is right 1 of 4: together 4 of 8; over all 8 of 15."""
    found = fit([*judged(0.5, 0, 3), *judged(0.6, 3, 1), *judged(0.7, 1, 3), *judged(0.9, 4, 0)])

    assert found == Calibration(
        (
            Step(0.5, round((2 * 8 / 15) / 5, 3), 3),
            Step(0.6, round((4 + 2 * 8 / 15) / 10, 3), 8),
            Step(0.9, round((4 + 2 * 8 / 15) / 6, 3), 4),
        )
    )
    assert [step.share for step in found.steps] == [0.213, 0.507, 0.844]


def test_pooling_goes_back_as_far_as_it_must() -> None:
    """0.4 and 0.5 rise; 0.6 falls below 0.5, and the two together below 0.4: all one pool."""
    found = fit([*judged(0.4, 1, 1), *judged(0.5, 2, 1), *judged(0.6, 0, 3)])

    assert found == Calibration((Step(0.4, 0.375, 8),))


def test_equal_shares_are_one_pool() -> None:
    assert fit([*judged(0.4, 1, 1), *judged(0.5, 2, 2)]) == Calibration((Step(0.4, 0.5, 6),))


def test_a_small_pool_that_is_pulled_above_the_next_is_pooled_with_it() -> None:
    """0 of 1 is pulled to 0.103 and 1 of 11 to 0.101, so the staircase would fall: 1 of 12."""
    found = fit([*judged(0.1, 0, 1), *judged(0.5, 1, 10), *judged(0.9, 1, 0)])

    assert found == Calibration((Step(0.1, 0.093, 12), Step(0.9, 0.436, 1)))


def test_the_order_does_not_matter() -> None:
    data = [*judged(0.9, 4, 1), *judged(0.5, 1, 2), *judged(0.7, 2, 2)]

    assert fit(data) == fit(reversed(data))


def test_nothing_to_fit_leaves_scores_as_they_are() -> None:
    assert fit([]) == Calibration()
    assert Calibration().certainty(0.37) == 0.37


def test_a_score_takes_the_step_it_stands_on() -> None:
    steps = Calibration((Step(0.5, 0.4, 10), Step(0.8, 0.9, 30)))

    assert [steps.certainty(score) for score in (0, 0.4, 0.5, 0.79, 0.8, 1)] == [
        *(0.4, 0.4, 0.4, 0.4, 0.9, 0.9)
    ]


suggestions = st.lists(
    st.builds(
        Judged,
        delegation=st.sampled_from(["AAA", "BBB", "CCC"]),
        certainty=st.sampled_from([0.5, 0.6, 0.75, 0.8, 1.0]) | st.floats(0, 1),
        right=st.booleans(),
    ),
    max_size=60,
)


@given(suggestions, st.lists(st.floats(0, 1), max_size=10))
def test_certainty_is_a_share_and_never_falls(data: list[Judged], scores: list[float]) -> None:
    found = fit(data)
    certainties = [found.certainty(score) for score in sorted(scores)]

    assert all(0 <= certainty <= 1 for certainty in certainties)
    assert all(low <= high for low, high in pairwise(certainties))
    assert all(low.score < high.score for low, high in pairwise(found.steps))
    assert sum(step.count for step in found.steps) == len(data)


@given(suggestions)
def test_certainties_are_right_on_the_whole(data: list[Judged]) -> None:
    """The pseudo-counts pull towards the overall share, and so does rounding: never far off."""
    found = fit(data)
    if data:
        mean = sum(step.share * step.count for step in found.steps) / len(data)
        overall = sum(one.right for one in data) / len(data)
        assert abs(mean - overall) <= 2 * len(found.steps) / len(data) + 0.001


# --- the file -------------------------------------------------------------------------------------


@given(suggestions)
def test_what_is_dumped_is_loaded(
    tmp_path_factory: pytest.TempPathFactory, data: list[Judged]
) -> None:
    found = fit(data)
    path = tmp_path_factory.getbasetemp() / "dumped.toml"
    path.write_text(dump_calibration(found, "dev.jsonl"), encoding="utf-8")

    assert load_calibration(path) == found


def test_the_file_says_what_it_was_fitted_on() -> None:
    dumped = dump_calibration(Calibration((Step(0.5, 0.4, 10),)), "dev.jsonl")

    assert dumped.splitlines()[1] == (
        "# what they say. Made by `manage.py calibrate dev.jsonl`; do not edit."
    )
    assert tomllib.loads(dumped) == {"step": [{"score": 0.5, "share": 0.4, "count": 10}]}


def test_a_file_without_steps_leaves_scores_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "calibration.toml"
    path.write_text("# nothing\n", encoding="utf-8")

    assert load_calibration(path) == Calibration()


@pytest.mark.parametrize(
    "text",
    [
        "[[step]",
        "[[step]]\nscore = 0.5\n",
        "[[step]]\nscore = 'x'\nshare = 0.5\ncount = 1\n",
        "[[step]]\nscore = [1]\nshare = 0.5\ncount = 1\n",
        "[[step]]\nscore = 0.5\nshare = 0.5\ncount = inf\n",
        "step = 3\n",
        "step = [1]\n",
    ],
    ids=["no TOML", "lacking", "no number", "a list", "no count", "no tables", "numbers"],
)
def test_a_broken_file_is_named_with_the_cure(tmp_path: Path, text: str) -> None:
    path = tmp_path / "calibration.toml"
    path.write_text(text, encoding="utf-8")

    is_refused(path, "is no calibration (")


def test_a_missing_file_or_one_that_is_no_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "calibration.toml"
    is_refused(path, "is no calibration (")
    path.write_bytes(b"\xff\xfe")
    is_refused(path, "is no calibration (")
    is_refused(tmp_path, "is no calibration (")


@pytest.mark.parametrize(
    "steps",
    [
        [(0.5, 0.8), (0.7, 0.6)],
        [(0.7, 0.5), (0.5, 0.6)],
        [(0.5, -0.1)],
        [(0.5, 1.1)],
        [(0.5, float("nan"))],
    ],
    ids=["shares fall", "scores fall", "below 0", "above 1", "no number"],
)
def test_a_file_that_falls_or_leaves_the_range_is_refused(
    tmp_path: Path, steps: list[tuple[float, float]]
) -> None:
    path = tmp_path / "calibration.toml"
    calibration = Calibration(tuple(Step(score, share, 1) for score, share in steps))
    path.write_text(dump_calibration(calibration, "x"), encoding="utf-8")

    is_refused(path, "the steps do not rise from 0 to 1.")


def is_refused(path: Path, problem: str) -> None:
    with pytest.raises(CalibrationError) as caught:
        load_calibration(path)
    assert str(caught.value).startswith(f"{path}: {problem}")
    assert str(caught.value).endswith("Make it anew with `manage.py calibrate`.")


# --- reliability ----------------------------------------------------------------------------------


def test_bins_hold_suggestions_of_like_certainty() -> None:
    data = [*judged(0.81, 1, 1), *judged(0.55, 1, 3), *judged(0.89, 2, 0), *judged(1.0, 1, 0)]

    assert [astuple(found) for found in reliability(data)] == [
        pytest.approx((0.55, 0.25, 4)),
        pytest.approx((0.85, 0.75, 4)),
        pytest.approx((1.0, 1.0, 1)),
    ]


def test_full_certainty_is_in_the_last_bin() -> None:
    assert reliability([*judged(0.95, 1, 0), *judged(1.0, 0, 1)]) == (Bin(0.975, 0.5, 2),)


def test_bins_can_be_wider() -> None:
    [low, high] = reliability([*judged(0.1, 1, 1), *judged(0.3, 0, 2), *judged(0.5, 1, 0)], 0.5)

    assert astuple(low) == pytest.approx((0.2, 0.25, 4))
    assert astuple(high) == pytest.approx((0.5, 1.0, 1))


def test_the_error_is_the_mean_gap() -> None:
    """Four at 0.55 of which a quarter is right, and one at 1 that is: (4 · 0.3 + 1 · 0) / 5."""
    data = [*judged(0.55, 1, 3), *judged(1.0, 1, 0)]

    assert calibration_error(data) == pytest.approx(0.24)


def test_there_is_no_error_in_nothing() -> None:
    assert reliability([]) == ()
    assert calibration_error([]) == 0.0


@given(suggestions)
def test_the_error_is_a_share_and_bins_lose_nobody(data: list[Judged]) -> None:
    bins = reliability(data)

    assert 0 <= calibration_error(data) <= 1
    assert sum(found.count for found in bins) == len(data)
    assert all(0 <= found.share <= 1 for found in bins)


# --- leaving out ----------------------------------------------------------------------------------


def test_a_delegation_is_judged_by_the_others_only() -> None:
    own, others = judged(0.8, 0, 9, "AAA"), judged(0.8, 3, 1, "BBB")

    found = left_out([*own, *others])

    assert found == [
        *judged(fit(others).certainty(0.8), 0, 9, "AAA"),
        *judged(fit(own).certainty(0.8), 3, 1, "BBB"),
    ]
    assert {one.certainty for one in found} == {0.75, 0.0}


def test_a_delegation_alone_keeps_its_scores() -> None:
    assert left_out(judged(0.8, 1, 1)) == judged(0.8, 1, 1)


@given(suggestions)
def test_leaving_out_changes_certainties_and_nothing_else(data: list[Judged]) -> None:
    found = left_out(data)

    assert sorted((one.delegation, one.right) for one in found) == sorted(
        (one.delegation, one.right) for one in data
    )


# --- as shipped -----------------------------------------------------------------------------------


def test_the_shipped_calibration_is_fitted_on_the_development_passages() -> None:
    gold = CORPUS / "gold" / "dev.jsonl"
    scored = evaluate_corpus(CORPUS, gold, "A/AC.291/4", calibrated=False).engine.coding.judged
    shipped = load_calibration(CORPUS / "calibration.toml")

    assert shipped == fit(scored)
    assert calibration_error(left_out(scored)) < 0.05
    assert calibration_error(left_out(scored)) < calibration_error(scored)
