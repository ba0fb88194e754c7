"""Time of two-way fixed effects with clustered errors on 970 thousand rows, against pyfixest.

Run with ``python -m benchmarks.fixed_effects``. Wall seconds, both warm. Ours includes coding the
labels and looking for duplicated rows, which pyfixest does not do.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import numpy as np

from gongfu.explain import PanelData, fixed_effects

ENTITIES, TIMES, KEPT = 97_000, 12, 970_000
RUNS = 5


def main() -> None:
    columns = world()
    works: dict[str, Callable[[], float]] = {"gongfu": lambda: ours(columns), **peer(columns)}
    answers = {name: work() for name, work in works.items()}  # also the warm-up
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(RUNS):
        for name, work in works.items():
            start = time.perf_counter()
            work()
            times[name].append(time.perf_counter() - start)
    base = statistics.median(times["gongfu"])
    print(f"{KEPT:,} rows with holes, {ENTITIES:,} x {TIMES}, three regressors, median of {RUNS}")
    for name, seconds in times.items():
        middle = statistics.median(seconds)
        print(f"  {name:<10} {middle:7.3f} s  {middle / base:5.2f} x  first {answers[name]:.10f}")


def world() -> dict[str, np.ndarray]:
    rng = np.random.default_rng(2024)
    cell = np.sort(rng.choice(ENTITIES * TIMES, KEPT, replace=False))
    entity, year = cell // TIMES, cell % TIMES
    effect = rng.normal(size=ENTITIES)[entity] + rng.normal(size=TIMES)[year]
    x = rng.normal(size=(KEPT, 3)) + effect[:, None]
    y = x.sum(axis=1) + effect + rng.normal(size=KEPT)
    return {"y": y, "x": x, "entity": entity, "year": year}


def ours(c: dict[str, np.ndarray]) -> float:
    data = PanelData.from_arrays(c["y"], c["x"], entity=c["entity"], time=c["year"])
    return float(fixed_effects(data, errors="cluster").coefficients[0])


def peer(c: dict[str, np.ndarray]) -> dict[str, Callable[[], float]]:
    try:
        import pandas as pd  # noqa: PLC0415
        import pyfixest as pf  # noqa: PLC0415
    except ImportError:
        print("pyfixest is not installed: pip install pyfixest")
        return {}
    frame = pd.DataFrame({"y": c["y"], "entity": c["entity"], "year": c["year"]})
    for j in range(3):
        frame[f"x{j + 1}"] = c["x"][:, j]
    formula = "y ~ x1 + x2 + x3 | entity + year"
    return {
        "pyfixest": lambda: float(pf.feols(formula, frame, vcov={"CRV1": "entity"}).coef().iloc[0])
    }


if __name__ == "__main__":
    main()
