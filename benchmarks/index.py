"""Time of an index under many choices, against the budget of its issue and against pymcdm.

Run with ``python -m benchmarks.index``. The bar: 1,000 ways of building an index of 40 indicators,
31 units and 10 years within 5 seconds. The peer, pymcdm, computes weights and methods of one table
at a time; it is measured on the same table where it is installed.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import numpy as np
import polars as pl

from gongfu.core import Panel
from gongfu.core.index_tree import IndexNode, IndexTree, Indicator
from gongfu.measure.index.audit import audit
from gongfu.measure.index.build import build_index
from gongfu.measure.index.distance_methods import topsis, vikor
from gongfu.measure.index.outranking import promethee
from gongfu.measure.index.uncertainty import spread
from gongfu.measure.index.weight import critic, entropy

UNITS, YEARS, INDICATORS, NODES = 31, 10, 40, 8
BAR = 5.0


def main() -> None:
    panel, tree = made_up()
    built = seconds(lambda: build_index(panel, tree), 9)
    print(f"{INDICATORS} indicators in {NODES} nodes, {UNITS} units, {YEARS} years", end="")
    print("; median processor time of runs")
    print(f"  build_index                              {built:8.4f} s")

    ways = spread(panel, tree, 2020, leave_one_out=True).combinations
    whole = seconds(lambda: spread(panel, tree, 2020, leave_one_out=True), 3)
    thousand = whole / ways * 1000
    print(f"  spread, {ways} ways (4 x 4 x 4 x 41)      {whole:8.4f} s")
    print(f"  the same per 1,000 ways                  {thousand:8.4f} s", end="")
    print(f"  {thousand / BAR:6.2f} x the bar of {BAR:g} s")

    found = build_index(panel, tree)
    checks = seconds(lambda: audit(found, panel), 3)
    print(f"  audit, all checks                        {checks:8.4f} s")
    peer()


def made_up() -> tuple[Panel, IndexTree]:
    rng = np.random.default_rng(40)
    level = rng.uniform(0.2, 0.7, (UNITS, 1, INDICATORS))
    values = np.clip(
        level
        + 0.02 * np.arange(YEARS)[:, None]
        + 0.02 * rng.normal(size=(UNITS, YEARS, INDICATORS)),
        0,
        1,
    )
    names = [f"x{j:02d}" for j in range(INDICATORS)]
    unit, year, name = np.meshgrid(np.arange(UNITS), np.arange(YEARS), names, indexing="ij")
    frame = pl.DataFrame(
        {
            "unit": [f"{one + 11}" for one in unit.ravel()],
            "year": year.ravel() + 2011,
            "variable": name.ravel().tolist(),
            "value": values.ravel(),
        }
    ).with_columns(evidence=pl.lit("simulated"), note=pl.lit(""))
    nodes = tuple(IndexNode(f"n{k}", "维度", "node", "index") for k in range(NODES))
    indicators = tuple(
        Indicator(one, one, one, f"n{j % NODES}", one, "1", "+", "试", "test", "x", (0.0, 1.0))
        for j, one in enumerate(names)
    )
    return Panel(frame), IndexTree("index", "指数", "Index", nodes, indicators)


def seconds(work: Callable[[], object], runs: int) -> float:
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


def peer() -> None:
    """One table of all units and years: pymcdm has no panel, tree, uncertainty or audit."""
    try:
        from pymcdm import methods, weights  # noqa: PLC0415
    except ImportError:
        print("  pymcdm is not installed: no peer measured")
        return
    table = np.random.default_rng(7).uniform(0.05, 1, (UNITS * YEARS, INDICATORS))
    table = (table - table.min(axis=0)) / np.ptp(table, axis=0)
    positive, types = np.maximum(table, 1e-3), np.ones(INDICATORS)
    shares = entropy(positive)
    pairs: dict[str, tuple[Callable[[], np.ndarray], Callable[[], np.ndarray]]] = {
        "entropy weights": (lambda: entropy(positive), lambda: weights.entropy_weights(positive)),
        "CRITIC weights": (lambda: critic(table), lambda: weights.critic_weights(table)),
        "TOPSIS": (lambda: topsis(table, shares), lambda: methods.TOPSIS()(table, shares, types)),
        "VIKOR": (lambda: vikor(table, shares), lambda: methods.VIKOR()(table, shares, types)),
        "PROMETHEE II": (
            lambda: promethee(table, shares),
            lambda: methods.PROMETHEE_II("usual")(table, shares, types),
        ),
    }
    print(f"pymcdm on one table of {UNITS * YEARS} rows and {INDICATORS} columns")
    for name, (ours, theirs) in pairs.items():
        gap = np.abs(ours() - theirs()).max()
        mine, other = seconds(ours, 15), seconds(theirs, 3)
        print(f"  {name:16} {mine * 1e3:9.3f} ms, pymcdm {other * 1e3:9.3f} ms", end="")
        print(f"  {other / mine:7.1f} x, difference {gap:.0e}")


if __name__ == "__main__":
    main()
