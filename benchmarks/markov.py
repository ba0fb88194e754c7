"""Time of the spatial Markov chain with its permutation test, against PySAL giddy.

Run with ``python -m benchmarks.markov``. 3,000 regions on a grid with up to eight neighbours each,
20 yearly moves, 999 permutations of the histories over the map: each time neighbours are found,
averaged, classified and their moves counted again.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import numpy as np

from gongfu.measure.dynamics import relative_classes, spatial_markov
from gongfu.measure.space import SpatialWeights, listed_weights

ROWS, COLUMNS, YEARS, DRAWS, RUNS = 50, 60, 21, 999, 3
BAR = 6.0
PEER_DRAWS = 5


def main() -> None:
    weights, values = grid(), histories()
    classes = relative_classes(values)
    ours = seconds(lambda: spatial_markov(classes, weights, seed=1, draws=DRAWS), RUNS)
    point = seconds(lambda: spatial_markov(classes, weights), 5)
    copy = seconds(values.copy, 99) * DRAWS
    print(f"{ROWS * COLUMNS:,} regions, {YEARS} years, median processor time of {RUNS} runs")
    print(f"  chain, score intervals, chi-square         {point:8.3f} s")
    print(f"  the same with {DRAWS} permutations and draws  {ours:8.3f} s")
    print(f"  a copy of the values for each permutation  {copy:8.3f} s  {ours / copy:6.0f} x")
    print(f"  bar {BAR:g} s: {'met' if ours <= BAR else 'MISSED'}")
    peer(values, ours, point)


def grid() -> SpatialWeights:
    def around(place: int) -> list[int]:
        row, column = divmod(place, COLUMNS)
        near = [(row + i, column + j) for i in (-1, 0, 1) for j in (-1, 0, 1) if i or j]
        return [r * COLUMNS + c for r, c in near if 0 <= r < ROWS and 0 <= c < COLUMNS]

    return listed_weights([around(place) for place in range(ROWS * COLUMNS)])


def histories() -> np.ndarray:
    rng = np.random.default_rng(2024)
    steps = 0.1 * rng.normal(size=(ROWS * COLUMNS, YEARS))
    return np.exp(np.cumsum(steps, axis=1) + 0.5 * rng.normal(size=(ROWS * COLUMNS, 1)))


def seconds(work: Callable[[], object], runs: int) -> float:
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


def peer(values: np.ndarray, ours: float, point: float) -> None:
    """The peer deals histories out over the map too; it is timed on a few permutations."""
    try:
        from giddy.markov import Spatial_Markov  # noqa: PLC0415
        from libpysal.weights import W  # noqa: PLC0415
    except ImportError:
        print("  PySAL giddy is not installed: pip install giddy==2.3.8")
        return
    weights = grid()
    lists = np.split(weights.neighbour, weights.start[1:-1])
    w = W({i: near.tolist() for i, near in enumerate(lists)}, silence_warnings=True)
    w.transform = "r"
    relative = values / values.mean(axis=0)

    def run(permutations: int) -> object:
        return Spatial_Markov(relative, w, k=5, m=5, fixed=True, permutations=permutations)

    plain = seconds(lambda: run(0), 1)
    each = (seconds(lambda: run(PEER_DRAWS), 1) - plain) / PEER_DRAWS
    total = plain + each * DRAWS
    print(
        f"  giddy Spatial_Markov, no permutations      {plain:8.3f} s  {plain / point:6.0f} x ours"
    )
    print(f"  giddy with {DRAWS}, from {PEER_DRAWS}                   {total:8.1f} s", end="")
    print(f"  {total / ours:6.0f} x ours")


if __name__ == "__main__":
    main()
