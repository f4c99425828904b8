"""Make a certainty mean what it says: of suggestions marked 0.8, about 80 % are right.  Pure.

The engine's own score only orders suggestions.  A calibration, fitted on hand-coded passages, maps
it to the share that was right, by isotonic regression (pool adjacent violators; Ayer et al. 1955),
each pool pulled towards the overall share by one pseudo-count on either side.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from submissions.coding.evaluation import Judged


class CalibrationError(ValueError):
    """A calibration file that cannot be used; the message names the file and the cure."""


@dataclass(frozen=True, slots=True)
class Step:
    """From the score `score` up (to the next step), `share` of `count` suggestions were right."""

    score: float
    share: float
    count: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """A rising staircase from scores to shares; without steps it leaves a score as it is.

    >>> Calibration((Step(0.5, 0.4, 10), Step(0.8, 0.9, 30))).certainty(0.85)
    0.9
    """

    steps: tuple[Step, ...] = ()

    def certainty(self, score: float) -> float:
        """The share of suggestions with this score that were right, 0 to 1."""
        if not self.steps:
            return score
        place = bisect_right([step.score for step in self.steps], score) - 1
        return self.steps[max(place, 0)].share


@dataclass(frozen=True, slots=True)
class Bin:
    """Suggestions whose certainty lies around `certainty`, and the share of them that is right."""

    certainty: float
    share: float
    count: int


def fit(judged: Iterable[Judged]) -> Calibration:
    """The calibration that fits these suggestions best while never falling."""
    counts: dict[float, list[int]] = {}
    for one in judged:
        count = counts.setdefault(one.certainty, [0, 0])
        count[0] += one.right
        count[1] += 1
    if not counts:
        return Calibration()
    total = sum(right for right, _ in counts.values()) / sum(n for _, n in counts.values())
    pools: list[tuple[float, int, int]] = []  # a pool's lowest score, how many right, how many
    for score in sorted(counts):
        pools.append((score, counts[score][0], counts[score][1]))
        while len(pools) > 1 and _falls(pools[-2][1:], pools[-1][1:], total):
            (lowest, pooled, counted), (_, more, others) = pools[-2:]
            pools[-2:] = [(lowest, pooled + more, counted + others)]
    return Calibration(
        tuple(
            Step(score, round(_pulled((right, count), total), 3), count)
            for score, right, count in pools
        )
    )


def _falls(below: tuple[int, int], above: tuple[int, int], total: float) -> bool:
    """Whether the share does not rise, as counted or as pulled (a small pool is pulled further)."""
    counted = below[0] * above[1] >= above[0] * below[1]
    return counted or _pulled(below, total) >= _pulled(above, total)


def _pulled(pool: tuple[int, int], total: float) -> float:
    right, count = pool
    return (right + 2 * total) / (count + 2)


def reliability(judged: Sequence[Judged], width: float = 0.1) -> tuple[Bin, ...]:
    """The suggestions in bins of certainty, lowest first: what a reliability diagram shows."""
    bins: dict[int, list[Judged]] = {}
    for one in judged:
        bins.setdefault(min(int(one.certainty / width), round(1 / width) - 1), []).append(one)
    return tuple(
        Bin(
            sum(one.certainty for one in found) / len(found),
            sum(one.right for one in found) / len(found),
            len(found),
        )
        for _, found in sorted(bins.items())
    )


def calibration_error(judged: Sequence[Judged], width: float = 0.1) -> float:
    """The expected calibration error, 0 to 1: the mean gap between certainty and share right.

    Naeini, Cooper and Hauskrecht (2015); 0 where there is nothing to judge.
    """
    bins = reliability(judged, width)
    total = sum(found.count for found in bins)
    gaps = sum(abs(found.certainty - found.share) * found.count for found in bins)
    return gaps / total if total else 0.0


def left_out(judged: Sequence[Judged]) -> list[Judged]:
    """Each suggestion with the certainty fitted on the *other* delegations' suggestions."""
    found = []
    for delegation in dict.fromkeys(one.delegation for one in judged):
        others = fit(one for one in judged if one.delegation != delegation)
        found += [
            Judged(one.delegation, others.certainty(one.certainty), one.right)
            for one in judged
            if one.delegation == delegation
        ]
    return found


def load_calibration(path: Path) -> Calibration:
    """The calibration in a TOML file of `[[step]]` tables; raises `CalibrationError`."""
    try:
        steps = tomllib.loads(path.read_text(encoding="utf-8")).get("step", [])
        calibration = Calibration(tuple(_step(step) for step in steps))
    except (OSError, ValueError, KeyError, TypeError, OverflowError) as error:
        raise CalibrationError(
            f"{path}: is no calibration ({error}). Make it anew with `manage.py calibrate`."
        ) from error
    scores = [step.score for step in calibration.steps]
    shares = [step.share for step in calibration.steps]
    rising = scores == sorted(scores) and shares == sorted(shares)
    if not rising or any(not 0 <= share <= 1 for share in shares):
        raise CalibrationError(
            f"{path}: the steps do not rise from 0 to 1. Make it anew with `manage.py calibrate`."
        )
    return calibration


def _step(table: Any) -> Step:
    return Step(float(table["score"]), float(table["share"]), int(table["count"]))


def dump_calibration(calibration: Calibration, source: str) -> str:
    """The calibration as a TOML file that says what it was fitted on."""
    lines = [
        "# What share of the suggestions with a score was right, by score: makes certainties mean",
        f"# what they say. Made by `manage.py calibrate {source}`; do not edit.",
    ]
    for step in calibration.steps:
        lines += ["", "[[step]]", f"score = {step.score}", f"share = {step.share}"]
        lines.append(f"count = {step.count}")
    return "\n".join(lines) + "\n"
