"""Time of the Gini with its error, exact and from bins, against a sort with two gathers and PySAL.

Run with ``python -m benchmarks.gini``. Processor seconds of runs that alternate, so that other work
on the machine weighs on both sides alike.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import numpy as np

from gongfu.measure.gini import gini, gini_with_error
from gongfu.measure.large import gini_sketch

ROWS = 10_000_000
RUNS = 7
BAR = 1.3
SKETCH_BAR = 0.3


def main() -> None:
    rng = np.random.default_rng(2024)
    income, weight = rng.lognormal(10, 0.8, ROWS), rng.uniform(0.5, 2.0, ROWS)
    works = {
        "np.argsort and two gathers": lambda: sort_and_gather(income, weight),
        "gini_with_error, weighted": lambda: gini_with_error(income, weight),
        "gini with influence by row": lambda: gini(income, weight),
        "gini_with_error, equal weights": lambda: gini_with_error(income),
        "gini_sketch, weighted, with error": lambda: gini_sketch(income, weight),
        **peer(income),
    }
    times = medians(works)
    limit = times["np.argsort and two gathers"]
    print(f"{ROWS:,} rows, median processor time of {RUNS} alternating runs")
    for name, seconds in times.items():
        print(f"  {name:<34} {seconds:7.3f} s  {seconds / limit:5.2f} x argsort and gathers")
    sketch = times["gini_sketch, weighted, with error"]
    ratio = times["gini_with_error, weighted"] / limit
    print(f"  bar {BAR} x: {'met' if ratio <= BAR else 'MISSED'}")
    print(f"  bar {SKETCH_BAR} s from bins: {'met' if sketch <= SKETCH_BAR else 'MISSED'}", end="")
    found, exact = gini_sketch(income, weight), gini_with_error(income, weight)[0]
    print(f", {abs(found.value - exact):.0e} from the exact one, bound {found.bound:.0e}")
    print(
        f"  gini {gini_with_error(income, weight)[0]:.12f}, error {gini_with_error(income)[1]:.3e}"
    )


def sort_and_gather(income: np.ndarray, weight: np.ndarray) -> None:
    order = np.argsort(income)
    income[order], weight[order]


def peer(income: np.ndarray) -> dict[str, Callable[[], object]]:
    """PySAL knows neither weights nor errors: it does less on the same rows."""
    try:
        from inequality.gini import Gini  # noqa: PLC0415
    except ImportError:
        print("PySAL inequality is not installed: pip install inequality==1.1.2")
        return {}
    return {"PySAL inequality, value only": lambda: Gini(income).g}


def medians(works: dict[str, Callable[[], object]]) -> dict[str, float]:
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(RUNS):
        for name, work in works.items():
            start = time.process_time()
            work()
            times[name].append(time.process_time() - start)
    return {name: statistics.median(runs) for name, runs in times.items()}


if __name__ == "__main__":
    main()
