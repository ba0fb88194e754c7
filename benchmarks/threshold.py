"""Time of a panel threshold with 300 bootstraps, against its bar and a regression per candidate.

Run with ``python benchmarks/threshold.py``. Each run makes 300 block *and* 300 wild draws.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import numpy as np

from gongfu.explain.threshold import ThresholdResult, threshold_regression

SIZES = ((31, 12, 0.05), (300, 20, 0.5), (2_800, 12, 3.0))


def main() -> None:
    print("units x periods, one threshold, unit and time effects, two controls, 300 + 300 draws")
    for units, periods, bar in SIZES:
        data = panel(units, periods)
        took = seconds(lambda data=data: fit(data), 5)
        busy = seconds(lambda data=data: fit(data), 5, clock=time.process_time)
        exact = seconds(lambda data=data: fit(data, replications=0), 5)
        copies = seconds(lambda n=units * periods: np.zeros((600, n)).cumsum(axis=1), 3)
        verdict = "held" if took <= bar else "MISSED"
        print(
            f"  {units:5} x {periods:2}  {took:7.4f} s (processor {busy:7.4f} s)  "
            f"bar {bar:4.2f} s {verdict:6}  "
            f"search alone {exact:7.4f} s  {took / copies:5.1f} x a cumulative sum of the draws"
        )
    units, periods = 31, 12
    data = panel(units, periods)
    ours, theirs = seconds(lambda: fit(data, replications=0), 5), seconds(lambda: loop(data), 3)
    print(f"31 x 12, a dummy regression per candidate {theirs:.3f} s  {theirs / ours:.0f} x ours")
    for thresholds in (2, 3):
        took = seconds(lambda j=thresholds: fit(data, thresholds=j), 5)
        print(f"31 x 12, {thresholds} thresholds with all tests {took:.4f} s")


def panel(units: int, periods: int) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(1999)
    rows = units * periods
    entity = np.repeat(np.arange(units), periods)
    x, q, z = rng.normal(size=(rows, 1)), rng.normal(size=rows), rng.normal(size=(rows, 2))
    y = np.where(q <= 0.3, 0.5, 1.0) * x[:, 0] + rng.normal(size=units)[entity]
    y += rng.normal(size=rows)
    period = np.tile(np.arange(periods), units)
    return {"y": y, "x": x, "q": q, "z": z, "entity": entity, "time": period}


def fit(data: dict[str, np.ndarray], **settings) -> ThresholdResult:
    return threshold_regression(
        data["y"], data["x"], data["q"], entity=data["entity"], time=data["time"],
        controls=data["z"], time_effects=True, **settings,
    )  # fmt: skip


def loop(data: dict[str, np.ndarray]) -> float:
    """The search as most programs write it: one least-squares fit per candidate."""
    dummies = [data[name][:, None] == np.unique(data[name]) for name in ("entity", "time")]
    fixed = np.hstack([*dummies, data["x"], data["z"]]).astype(float)
    left = []
    for g in np.unique(data["q"])[:-1]:
        columns = np.hstack([fixed, data["x"] * (data["q"] <= g)[:, None]])
        fitted = columns @ np.linalg.lstsq(columns, data["y"], rcond=None)[0]
        left.append(((data["y"] - fitted) ** 2).sum())
    return float(min(left))


def seconds(
    work: Callable[[], object], runs: int, *, clock: Callable[[], float] = time.perf_counter
) -> float:
    times = []
    for _ in range(runs):
        start = clock()
        work()
        times.append(clock() - start)
    return statistics.median(times)


if __name__ == "__main__":
    main()
