"""Time of the Dagum decomposition, against a sort, a pairwise program and PySAL.

Run with ``python benchmarks/dagum.py``. Ratios say more than seconds: the sort of the same rows is
the physical limit of any exact method.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import numpy as np

from gongfu.measure.dagum import dagum

GROUPS = 31
BAR = 0.15


def main() -> None:
    income, group, weight = people(1_000_000)
    sort = seconds(lambda: np.argsort(income), 9)
    point = seconds(lambda: dagum(income, group, weight, errors=False), 9)
    full = seconds(lambda: dagum(income, group, weight), 5)
    print(f"1,000,000 weighted rows, {GROUPS} groups, median processor time of runs")
    print(f"  np.argsort of the incomes        {sort:8.4f} s")
    print(f"  dagum, parts only                {point:8.4f} s  {point / sort:6.1f} x argsort")
    print(f"  bar {BAR} s for the parts: {'met' if point <= BAR else 'MISSED'}")
    print(f"  dagum with influence values      {full:8.4f} s  {full / sort:6.1f} x argsort")

    income, group, weight = people(10_000)
    point = seconds(lambda: dagum(income, group, weight, errors=False), 15)
    pairs = seconds(lambda: pairwise(income, group, weight), 3)
    gap = np.abs(parts(dagum(income, group, weight)) - pairwise(income, group, weight)).max()
    print(f"10,000 weighted rows, {GROUPS} groups")
    print(f"  dagum, parts only                {point:8.4f} s")
    print(f"  all pairs, group by group        {pairs:8.4f} s  {pairs / point:6.0f} x dagum")
    print(f"  largest difference of a part     {gap:8.1e}")
    peer(income, group)


def people(rows: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(2024)
    group = rng.integers(0, GROUPS, rows)
    income = rng.lognormal(10 + group / GROUPS, 0.7)
    return income, group, rng.uniform(0.5, 2.0, rows)


def seconds(work: Callable[[], object], runs: int) -> float:
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


def parts(decomposition) -> np.ndarray:
    names = ("within", "net_between", "transvariation")
    return np.array([getattr(decomposition, name).value for name in names])


def pairwise(income: np.ndarray, group: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """The decomposition as its definition reads, one matrix of differences per pair of groups."""
    scale = weight.sum() * (weight @ income)
    rows = [np.flatnonzero(group == g) for g in range(GROUPS)]
    out = np.zeros(3)
    for j, a in enumerate(rows):
        for h, b in enumerate(rows[: j + 1]):
            gap = income[a][:, None] - income[b]
            gross = weight[a] @ np.abs(gap) @ weight[b] / scale
            net = abs(weight[a] @ gap @ weight[b]) / scale
            out += [gross / 2, 0, 0] if h == j else [0, net, gross - net]
    return out


def peer(income: np.ndarray, group: np.ndarray) -> None:
    """PySAL splits the unweighted Gini into pairs inside and across groups, and no further."""
    try:
        from inequality.gini import Gini_Spatial  # noqa: PLC0415
        from libpysal.weights import block_weights  # noqa: PLC0415
    except ImportError:
        print("  PySAL inequality is not installed: no peer measured")
        return
    neighbours = block_weights(group, silence_warnings=True)
    ours = seconds(lambda: dagum(income, group, errors=False), 15)
    theirs = seconds(lambda: Gini_Spatial(income, neighbours, permutations=0), 3)
    gap = Gini_Spatial(income, neighbours, permutations=0).wcg_share
    gap -= dagum(income, group).gross_between.value
    print("  PySAL Gini_Spatial, unweighted, gross between only (no net, no transvariation;")
    print(f"    building its neighbour lists not counted) {theirs:8.4f} s", end="")
    print(f"  {theirs / ours:6.0f} x dagum, difference {abs(gap):.0e}")


if __name__ == "__main__":
    main()
