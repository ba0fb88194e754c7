"""Errors of poverty, deprivation, polarisation and top tails against a rescaled bootstrap."""

from __future__ import annotations

import math
from functools import partial

import numpy as np
import pytest

from gongfu.measure.bootstrap import bootstrap_weights
from gongfu.measure.design import SurveyDesign
from gongfu.measure.linearised import Linearised
from gongfu.measure.polarisation import esteban_ray, wolfson
from gongfu.measure.polarisation_density import density_bandwidth, duclos_esteban_ray
from gongfu.measure.poverty.alkire_foster import alkire_foster
from gongfu.measure.poverty.fgt import fgt, fgt_at
from gongfu.measure.poverty.line import read_line
from gongfu.measure.poverty.sen import sen, sst
from gongfu.measure.poverty.tip import tip
from gongfu.measure.poverty.watts import watts
from gongfu.measure.sample import Sample
from gongfu.measure.top_tail import hill, inverted_pareto, mean_excess

pytestmark = [pytest.mark.reference, pytest.mark.slow]

N, REPLICATIONS = 10_000, 1000
RNG = np.random.default_rng(21)
PSU = np.sort(RNG.integers(240, size=N))
LEVEL = RNG.normal(10, 0.2, 240)[PSU] + 0.02 * (PSU // 20)
INCOME = np.exp(LEVEL + RNG.normal(0, 0.6, N))
GROUP = np.digitize(np.log(INCOME) + RNG.normal(0, 0.6, N), [9.8, 10.6])
DEPRIVED = RNG.normal(0, 1, (N, 5)) - (LEVEL - 10)[:, None] > np.array([0.2, 0.5, 0.8, 1.0, 1.3])
SHARES = np.array([1, 1, 2, 2, 2]) / 8
DESIGN = SurveyDesign(RNG.uniform(1, 5, N), PSU // 20, PSU)
"""12 strata with 20 PSUs each that share part of their income."""
LINES = (15000, "60%median", "50%mean")
WIDTH = density_bandwidth(INCOME, DESIGN.weight, alpha=0.5)


def deprivation(rows, weight, of):
    return of(alkire_foster(DEPRIVED[rows], weight, shares=SHARES, k=0.375))


def poverty_of_a_group(rows, weight):
    """Poverty of a third of the rows under a line that all rows estimate."""
    line = read_line("60%median").of(Sample.of(INCOME[rows], weight))
    member = GROUP[rows] == 2
    own = fgt_at(Sample.of(INCOME[rows][member], weight[member]), line.value, 1)
    return own.under(line, member)


def of_income(measure, **fixed):
    return lambda rows, weight: measure(INCOME[rows], weight, **fixed)


STATISTICS = {
    **{
        f"fgt({alpha}), {line}": of_income(fgt, line=line, alpha=alpha)
        for alpha in (0, 1, 2)
        for line in LINES
    },
    **{
        f"{measure.__name__}, {line}": of_income(measure, line=line)
        for measure in (sen, sst, watts)
        for line in LINES
    },
    "gap of a group, line of all": poverty_of_a_group,
    "tip(0.1), 60%median": of_income(tip, line="60%median", share=0.1),
    "H": partial(deprivation, of=lambda found: found.headcount),
    "A": partial(deprivation, of=lambda found: found.intensity),
    "M0": partial(deprivation, of=lambda found: found.adjusted),
    "censored": partial(deprivation, of=lambda found: found.censored[2]),
    "contribution": partial(deprivation, of=lambda found: found.contributions[2]),
    "wolfson": of_income(wolfson),
    "esteban-ray": lambda rows, weight: esteban_ray(
        INCOME[rows], weight, groups=GROUP[rows], alpha=1.0
    ),
    "der(0.5)": of_income(duclos_esteban_ray, alpha=0.5, bandwidth=WIDTH),
    "der(1)": of_income(duclos_esteban_ray, alpha=1.0, bandwidth=WIDTH),
    "hill, top 10 %": of_income(hill, top=0.1),
    "hill, fixed": of_income(hill, threshold=50000.0),
    "mean excess, top 10 %": of_income(mean_excess, top=0.1),
    "mean excess, fixed": of_income(mean_excess, threshold=50000.0),
    "inverted pareto, top 10 %": of_income(inverted_pareto, top=0.1),
}


def test_errors_equal_a_bootstrap_of_1000_replications():
    values = np.array(
        [
            [statistic(np.flatnonzero(w > 0), w[w > 0]).value for statistic in STATISTICS.values()]
            for w in bootstrap_weights(DESIGN, seed=3, replications=REPLICATIONS)
        ]
    )
    everybody = np.arange(N)
    ratios = {}
    for name, check in zip(STATISTICS, values.std(axis=0, ddof=1), strict=True):
        found: Linearised = STATISTICS[name](everybody, DESIGN.weight)
        ratios[name] = math.sqrt(DESIGN.variance(found)) / check
    # 1,000 replications know an error to 2.2 % (one standard deviation); a density at a line or
    # quantile is known to about 4 % from 10,000 rows.
    far = {name: ratio for name, ratio in ratios.items() if not 0.9 <= ratio <= 1.1}
    assert not far
