"""Time of a two-way spatial Durbin panel with exact effects, against limits and against spreg.

Run with ``python -m benchmarks.spatial_panel``. Processor seconds of one thread; eigenvalues are
computed anew each time.
spreg's ``Panel_FE_Lag`` does less: one-way effects only, and no effects of the Durbin terms.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before numpy: waiting threads would count as work

import numpy as np

from gongfu.explain import PanelData, spatial_panel
from gongfu.measure.space import SpatialWeights

LIMITS = {(31, 12): 0.005, (300, 12): 0.1, (2800, 12): 3.0}
RUNS = {31: 41, 300: 11, 2800: 1}


def main() -> None:
    for (units, times), limit in LIMITS.items():
        data, weights, columns = world(units, times)
        seconds = median(lambda d=data, w=weights: spatial_panel(d, w), RUNS[units])
        verdict = "met" if seconds <= limit else "MISSED"
        print(
            f"{units} x {times}: {seconds * 1e3:9.2f} ms, {seconds / limit:5.2f} x limit {verdict}"
        )
        if units < 1000:
            peer(columns, weights, seconds, RUNS[units])


def world(units: int, times: int) -> tuple[PanelData, SpatialWeights, dict[str, np.ndarray]]:
    """A panel with rho .4 on a random planar neighbourhood, row-standardised."""
    rng = np.random.default_rng(2024)
    weights = nearest(rng.uniform(size=(units, 2)))
    inverse = np.linalg.inv(np.eye(units) - 0.4 * weights.matrix())
    x = rng.normal(size=(units, times, 4))
    fixed = rng.normal(size=(units, 1)) + rng.normal(size=times)
    y = inverse @ (x.sum(axis=2) + fixed + rng.normal(size=(units, times)))
    entity, year = np.repeat(np.arange(units), times), np.tile(np.arange(times), units)
    data = PanelData.from_arrays(y.ravel(), x.reshape(-1, 4), entity=entity, time=year)
    return data, weights, {"y": y, "x": x}


def nearest(points: np.ndarray) -> SpatialWeights:
    distance = np.linalg.norm(points[:, None] - points, axis=2)
    np.fill_diagonal(distance, np.inf)
    near = np.argsort(distance, axis=1)[:, :5]
    linked = np.zeros(distance.shape)
    linked[np.arange(len(points))[:, None], near] = 1.0
    return SpatialWeights.from_matrix(np.maximum(linked, linked.T)).standardised()


def peer(columns: dict[str, np.ndarray], weights: SpatialWeights, ours: float, runs: int) -> None:
    try:
        from libpysal.weights import W  # noqa: PLC0415
        from spreg import Panel_FE_Lag  # noqa: PLC0415
    except ImportError:
        print("  spreg is not installed: pip install spreg==1.9.0")
        return
    bounds = zip(weights.start[:-1], weights.start[1:], strict=True)
    lists = {i: weights.neighbour[a:b].tolist() for i, (a, b) in enumerate(bounds)}
    w = W(lists, silence_warnings=True)
    w.transform = "r"
    y = columns["y"].T.reshape(-1, 1)
    x = columns["x"].transpose(1, 0, 2).reshape(-1, 4)
    seconds = median(lambda: Panel_FE_Lag(y, x, w), max(3, runs // 4))
    print(f"  spreg Panel_FE_Lag, one-way: {seconds * 1e3:9.2f} ms, {seconds / ours:.1f} x ours")


def median(work: Callable[[], object], runs: int) -> float:
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


if __name__ == "__main__":
    main()
