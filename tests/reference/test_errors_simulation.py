"""Standard errors against resampling, and intervals against a population that is known."""

from __future__ import annotations

import math
from functools import partial
from statistics import NormalDist

import numpy as np
import pytest

from gongfu.measure.atkinson import atkinson
from gongfu.measure.bootstrap import bootstrap_values, bootstrap_weights
from gongfu.measure.design import SurveyDesign
from gongfu.measure.ede import ede_atkinson, ede_sen
from gongfu.measure.entropy import generalized_entropy, mld, theil
from gongfu.measure.gini import gini
from gongfu.measure.hoover import hoover
from gongfu.measure.jackknife import jackknife_standard_error
from gongfu.measure.lorenz import lorenz, palma, quantile_share, s80_s20
from gongfu.measure.mean import mean
from gongfu.measure.quantiles import quantile, quantile_ratio
from gongfu.measure.replicates import ReplicateWeights, replicate_standard_error
from gongfu.measure.sample import Sample
from gongfu.measure.student import two_sided_t

pytestmark = pytest.mark.reference

SMOOTH = {
    "mean": mean,
    "gini": gini,
    "theil": theil,
    "mld": mld,
    "ge(2)": partial(generalized_entropy, alpha=2),
    "ge(-1)": partial(generalized_entropy, alpha=-1),
    "atkinson(0.5)": partial(atkinson, epsilon=0.5),
    "atkinson(1)": partial(atkinson, epsilon=1),
    "atkinson(2)": partial(atkinson, epsilon=2),
    "hoover": hoover,
    "lorenz(0.4)": partial(lorenz, share=0.4),
    "share(90,100)": partial(quantile_share, lower=0.9, upper=1),
    "s80/s20": s80_s20,
    "palma": palma,
    "ede": ede_sen,
    "ede(1)": partial(ede_atkinson, epsilon=1),
}
QUANTILES = {
    "p50": partial(quantile, probability=0.5),
    "p90/p10": partial(quantile_ratio, upper=0.9, lower=0.1),
}


def single_rows(n: int) -> tuple[np.ndarray, SurveyDesign]:
    rng = np.random.default_rng(11)
    return rng.lognormal(10, 0.6, n), SurveyDesign(rng.uniform(1, 5, n))


def clustered_rows(n: int) -> tuple[np.ndarray, SurveyDesign]:
    """10 strata with 20 clusters each that share part of their income."""
    rng = np.random.default_rng(12)
    psu = np.sort(rng.integers(200, size=n))
    level = rng.normal(10, 0.2, 200)[psu] + 0.03 * (psu // 20)
    income = np.exp(level + rng.normal(0, 0.5, n))
    return income, SurveyDesign(rng.uniform(1, 5, n), psu // 20, psu)


DESIGNS = {"single rows": single_rows, "clusters": clustered_rows}


def linearised(measure, income, design):
    return math.sqrt(design.variance(measure(income, design.weight)))


@pytest.mark.parametrize("kind", DESIGNS)
@pytest.mark.parametrize("name", SMOOTH)
def test_error_equals_the_jackknife(name, kind):
    income, design = DESIGNS[kind](600)
    check = jackknife_standard_error(SMOOTH[name], income, design)
    # Both are consistent; with 600 rows, or 200 clusters, they differ in the second order.
    assert linearised(SMOOTH[name], income, design) == pytest.approx(check, rel=0.05)


@pytest.mark.parametrize("kind", DESIGNS)
def test_error_equals_a_bootstrap_of_1000_replications(kind):
    income, design = DESIGNS[kind](3000)
    measures = {**SMOOTH, **QUANTILES}
    values = np.array(
        [
            [measure(rows).value for measure in measures.values()]
            for rows in resampled(income, design, replications=1000)
        ]
    )
    for name, check in zip(measures, values.std(axis=0, ddof=1), strict=True):
        # 1,000 replications know an error to 2.2 % (one standard deviation), the sparsity of a
        # quantile is known to about 5 % from 3,000 rows.
        ours = linearised(measures[name], income, design)
        assert ours == pytest.approx(check, rel=0.10), name


@pytest.mark.slow
def test_errors_from_replicate_weights_equal_a_bootstrap_of_1000_replications():
    """The stratified jackknife of 200 PSUs, as an office would publish it."""
    income, design = clustered_rows(3000)
    published = stratified_jackknife(design)
    values = np.array(
        [
            [measure(rows).value for measure in SMOOTH.values()]
            for rows in resampled(income, design, replications=1000)
        ]
    )
    for name, check in zip(SMOOTH, values.std(axis=0, ddof=1), strict=True):
        ours = replicate_standard_error(SMOOTH[name], income, published)
        # 1,000 replications know an error to 2.2 % (one standard deviation).
        assert ours == pytest.approx(check, rel=0.10), name


def stratified_jackknife(design: SurveyDesign) -> ReplicateWeights:
    units = design.units
    count = units.psus_in_stratum[units.stratum]
    columns = []
    for left_out in range(len(units.stratum)):
        here = units.stratum == units.stratum[left_out]
        factor = np.where(here, count / (count - 1), 1.0)
        factor[left_out] = 0.0
        columns.append(design.weight * factor[units.unit])
    replicates = np.stack(columns, axis=1)
    return ReplicateWeights(design.weight, replicates, "JKn", factors=(count - 1) / count)


def test_bootstrap_of_one_measure_is_that_of_many():
    income, design = clustered_rows(600)
    values = bootstrap_values(gini, income, design, seed=5, replications=20)
    shared = [gini(rows).value for rows in resampled(income, design, replications=20)]
    np.testing.assert_array_equal(values, shared)


def resampled(income, design, *, replications):
    for weight in bootstrap_weights(design, seed=5, replications=replications):
        kept = weight > 0
        yield Sample.of(income[kept], weight[kept])


@pytest.mark.slow
def test_intervals_cover_the_lognormal_population_as_often_as_they_say():
    """1,000 samples of 1,000 incomes from a lognormal population with known measures."""
    sigma, n, samples = 0.6, 1000, 1000
    truth = lognormal_measures(sigma)
    measures = {name: {**SMOOTH, **QUANTILES}[name] for name in truth}
    design, hits = SurveyDesign.simple(n), dict.fromkeys(truth, 0)
    reach = two_sided_t(0.95, n - 1)
    for number in range(samples):
        draws = np.random.default_rng([7, number]).standard_normal(n)
        rows = Sample.of(np.exp(10 + sigma * draws))
        for name, measure in measures.items():
            found = measure(rows)
            error = math.sqrt(design.variance(found))
            hits[name] += abs(found.value - truth[name]) <= reach * error
    for name, count in hits.items():
        # 1,000 samples know a coverage of 0.95 to 0.007; skewed incomes cost up to 0.015 at this n.
        assert 0.92 <= count / samples <= 0.97, f"{name}: {count / samples}"


def lognormal_measures(sigma: float) -> dict[str, float]:
    normal = NormalDist()
    average, equality = math.exp(10 + sigma**2 / 2), 1 - math.erf(sigma / 2)

    def held_by_poorest(share: float) -> float:
        return normal.cdf(normal.inv_cdf(share) - sigma)

    return {
        "mean": average,
        "gini": 1 - equality,
        "theil": sigma**2 / 2,
        "mld": sigma**2 / 2,
        "atkinson(1)": 1 - math.exp(-(sigma**2) / 2),
        "p50": math.exp(10),
        "p90/p10": math.exp(2 * sigma * normal.inv_cdf(0.9)),
        "s80/s20": (1 - held_by_poorest(0.8)) / held_by_poorest(0.2),
        "palma": (1 - held_by_poorest(0.9)) / held_by_poorest(0.4),
        "ede": average * equality,
    }
