"""Time of splits and curves with their errors, against a sort of the same rows.

Run with ``python benchmarks/splits.py``. Every result holds influence values of all rows.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import numpy as np

from gongfu.measure.curves import density_curve, dominance, growth_incidence
from gongfu.measure.design import SurveyDesign
from gongfu.measure.regression import design_matrix, fields_split
from gongfu.measure.s_gini import s_gini
from gongfu.measure.sources import split_by_source
from gongfu.measure.stratification import stratification
from gongfu.measure.survey import Wave

ROWS = 1_000_000


def main() -> None:
    rng = np.random.default_rng(7)
    wage, rent = rng.lognormal(10, 0.6, ROWS), rng.exponential(3000, ROWS)
    group, weight = rng.integers(0, 31, ROWS), rng.uniform(0.5, 2.0, ROWS)
    psu = rng.integers(0, 5000, ROWS)
    waves = [Wave(rows, SurveyDesign(weight, psu=psu)) for rows in (wage, wage * 1.1 + rent)]
    matrix = design_matrix({"skill": rng.normal(0, 1, ROWS), "age": rng.uniform(20, 60, ROWS)}, {})
    jobs: dict[str, Callable[[], object]] = {
        "sources, 2": lambda: split_by_source({"wage": wage, "rent": rent}, weight),
        "s-gini": lambda: s_gini(wage, weight, aversion=3.0),
        "stratification, 31 groups": lambda: stratification(wage, group, weight),
        "fields, 2 regressors": lambda: fields_split(wage, matrix, weight),
        "growth incidence, 19 ranks": lambda: growth_incidence(*waves),
        "Lorenz dominance, 19 ranks": lambda: dominance(*waves),
        "density, 80 points": lambda: density_curve(waves[0], in_logs=True),
    }
    sort = seconds(lambda: np.argsort(wage), 5)
    print(f"{ROWS:,} weighted rows, median processor time of runs")
    print(f"  {'np.argsort of the incomes':28} {sort:8.3f} s")
    for name, work in jobs.items():
        time_of_job = seconds(work, 3)
        print(f"  {name:28} {time_of_job:8.3f} s  {time_of_job / sort:6.1f} x argsort")


def seconds(work: Callable[[], object], runs: int) -> float:
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


if __name__ == "__main__":
    main()
