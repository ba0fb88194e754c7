"""Time of floating catchments at 10,000 places of demand by 1,000 of supply, against PySAL access.

Run with ``python -m benchmarks.access``. Both sides get the same pairs within 50 km and the same
stepped weights; distances are timed beside them, against the sines and roots they are made of.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import numpy as np

from gongfu.measure.access import Reach, decay_weights, floating_catchment, reach_by_distance

DEMANDS, SUPPLIES, CATCHMENT, RUNS = 10_000, 1_000, 50.0, 5
STEPS = ((15.0, 1.0), (30.0, 0.68), (50.0, 0.22))


def main() -> None:
    rng = np.random.default_rng(2024)
    here = rng.uniform(100, 105, DEMANDS), rng.uniform(28, 32, DEMANDS)
    there = rng.uniform(100, 105, SUPPLIES), rng.uniform(28, 32, SUPPLIES)
    people, capacity = rng.uniform(10, 1000, DEMANDS), rng.uniform(10, 1000, SUPPLIES)
    reach = reach_by_distance(here, there, CATCHMENT)
    print(f"{DEMANDS:,} x {SUPPLIES:,} places, {len(reach.travel):,} pairs in reach")
    works = {
        "distances of all pairs": lambda: reach_by_distance(here, there, CATCHMENT),
        "limit: two sines and a root a pair": lambda: limit(here[1], there[1]),
        **{f"{method}, steps": catchment(people, capacity, reach, method)
           for method in ("2sfca", "3sfca", "m2sfca")},
        **peer(people, capacity, reach),
    }  # fmt: skip
    for name, work in works.items():
        print(f"  {name:<40} {seconds(work):8.3f} s")


def catchment(
    people: np.ndarray, capacity: np.ndarray, reach: Reach, method: str
) -> Callable[[], object]:
    def work() -> object:
        weight = decay_weights(reach.travel, CATCHMENT, "steps", steps=STEPS)
        return floating_catchment(people, capacity, reach, weight, method)

    return work


def limit(here: np.ndarray, there: np.ndarray) -> None:
    for start in range(0, len(here), 1000):
        between = here[start : start + 1000, None] - there
        np.sqrt(np.sin(between) ** 2 + np.sin(between) ** 2)


def seconds(work: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


def peer(people: np.ndarray, capacity: np.ndarray, reach: Reach) -> dict[str, Callable[[], object]]:
    try:
        import pandas as pd  # noqa: PLC0415

        from access import fca, weights  # noqa: PLC0415
    except ImportError:
        print("  PySAL access is not installed: no peer")
        return {}
    demand = pd.DataFrame({"demand": people}).rename_axis("geoid")
    supply = pd.DataFrame({"supply": capacity}).rename_axis("geoid")
    cost = pd.DataFrame({"origin": reach.demand, "dest": reach.supply, "cost": reach.travel})
    step = weights.step_fn(dict(STEPS))

    def work(method: Callable[..., object]) -> Callable[[], object]:
        return lambda: method(demand.copy(), supply.copy(), cost.copy(), CATCHMENT, weight_fn=step)

    return {
        "2sfca, steps: PySAL access": work(fca.two_stage_fca),
        "3sfca, steps: PySAL access": work(fca.three_stage_fca),
    }


if __name__ == "__main__":
    main()
