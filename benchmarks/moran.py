"""Time of Moran's I and of local Moran with permutation tests, against PySAL esda.

Run with ``python -m benchmarks.moran``. The peer compiles its loops with numba when that is
installed; its first run is not counted.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import numpy as np

from benchmarks.markov import COLUMNS, ROWS, grid
from gongfu.measure.space import SpatialWeights, local_moran, moran

DRAWS, RUNS = 999, 5


def main() -> None:
    weights = grid()
    values = np.random.default_rng(2024).lognormal(size=weights.n)
    works = {
        f"moran, {DRAWS} permutations": lambda: moran(values, weights, seed=1, draws=DRAWS),
        f"local moran, {DRAWS} permutations": lambda: local_moran(
            values, weights, seed=1, draws=DRAWS
        ),
        f"{DRAWS} permutations of the values": lambda: shuffles(values),
        **peer(values, weights),
    }
    print(
        f"{ROWS * COLUMNS:,} regions, up to eight neighbours, median processor time of {RUNS} runs"
    )
    times = {name: seconds(work) for name, work in works.items()}
    for name, taken in times.items():
        print(f"  {name:<40} {taken:8.3f} s")


def shuffles(values: np.ndarray) -> None:
    rng = np.random.default_rng(1)
    for _ in range(DRAWS):
        rng.permutation(values)


def seconds(work: Callable[[], object]) -> float:
    work()
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


def peer(values: np.ndarray, weights: SpatialWeights) -> dict[str, Callable[[], object]]:
    try:
        from esda.moran import Moran, Moran_Local  # noqa: PLC0415
        from libpysal.weights import W  # noqa: PLC0415
    except ImportError:
        print("PySAL esda is not installed: pip install esda==2.8.2")
        return {}
    lists = np.split(weights.neighbour, weights.start[1:-1])
    w = W({i: near.tolist() for i, near in enumerate(lists)}, silence_warnings=True)
    w.transform = "r"
    return {
        f"esda Moran, {DRAWS}": lambda: Moran(values, w, permutations=DRAWS),
        f"esda Moran_Local, {DRAWS}, one core": lambda: Moran_Local(
            values, w, permutations=DRAWS, seed=1, n_jobs=1
        ),
    }


if __name__ == "__main__":
    main()
