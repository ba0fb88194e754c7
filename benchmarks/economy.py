"""Seconds and memory of a paired simulation, milliseconds to set a reform up.

Bars: 100 thousand households and 12 thousand enterprises over 15 years, baseline and reform, at
most 6 s and 1 GB on two cores; files to arrays of a reform below 10 ms. The physical limit beside
it: copying the household arrays once a year.
"""

from __future__ import annotations

import resource
import statistics
import time
from dataclasses import replace

import numpy as np

from gongfu.data.scenario_files import preset
from gongfu.economy.decisions import decide
from gongfu.economy.simulate import simulate
from gongfu.economy.world import build_world

HOUSEHOLDS, ENTERPRISES, YEARS = 100_000, 12_000, 15
ARRAYS = 16  # per household, kept from year to year


def main() -> None:
    scenario = replace(preset("combined"), to=2023 + YEARS)
    begun = time.perf_counter()
    world = build_world(2023, households=HOUSEHOLDS, enterprises=ENTERPRISES, seed=1)
    set_up = time.perf_counter() - begun
    times = []
    for _ in range(3):
        begun = time.perf_counter()
        simulate(scenario, world=world)
        times.append(time.perf_counter() - begun)
    paired = statistics.median(times)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(f"world of {HOUSEHOLDS:,} households, {ENTERPRISES:,} enterprises: {set_up:.2f} s")
    print(f"baseline and reform, {YEARS} years: {paired:.2f} s (bar 6), {memory:.2f} GB (bar 1)")
    print(f"  {paired / _copies():.0f} x copying the household arrays once a year")
    print(f"reform set-up, file to arrays: {1000 * _reform_set_up():.1f} ms (bar 10)")


def _copies() -> float:
    state = np.zeros((ARRAYS, HOUSEHOLDS))
    begun = time.perf_counter()
    for _ in range(2 * YEARS):
        state.copy()
    return time.perf_counter() - begun


def _reform_set_up() -> float:
    times = []
    for _ in range(20):
        begun = time.perf_counter()
        scenario = preset("combined")
        decide(scenario.policy, scenario.years[1:])
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


if __name__ == "__main__":
    main()
