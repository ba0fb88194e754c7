"""Errors of curves and decompositions against resampling, and bands against known truths."""

from __future__ import annotations

import math

import numpy as np
import pytest

from gongfu.measure.bootstrap import bootstrap_weights
from gongfu.measure.curves import density_curve, dominance, growth_incidence, pro_poor_growth
from gongfu.measure.design import SurveyDesign
from gongfu.measure.difference import stacked_design
from gongfu.measure.gini import gini
from gongfu.measure.lorenz import lorenz
from gongfu.measure.quantiles import quantile_value
from gongfu.measure.regression import design_matrix, fields_split, rif_regression
from gongfu.measure.regression.rif_regression import rif_fit
from gongfu.measure.sample import Sample
from gongfu.measure.sources import split_by_source
from gongfu.measure.survey import Wave

pytestmark = [pytest.mark.reference, pytest.mark.slow]

N, REPLICATIONS = 2000, 1000


def clustered(seed: int, shift: float = 0.0) -> tuple[np.ndarray, SurveyDesign]:
    """10 strata with 20 clusters each that share part of their income."""
    rng = np.random.default_rng(seed)
    psu = np.sort(rng.integers(200, size=N))
    level = rng.normal(10 + shift, 0.2, 200)[psu] + 0.03 * (psu // 20)
    income = np.exp(level + rng.normal(0, 0.5, N))
    return income, SurveyDesign(rng.uniform(1, 5, N), psu // 20, psu)


def spread(values_of, design) -> np.ndarray:
    weights = bootstrap_weights(design, seed=5, replications=REPLICATIONS)
    return np.std([values_of(weight) for weight in weights], axis=0, ddof=1)


def drawn(weight, *arrays):
    return [array[weight > 0] for array in (*arrays, weight)]


def test_errors_of_sources_equal_the_bootstrap():
    wage, design = clustered(1)
    rent = np.random.default_rng(2).exponential(0.3, N) * wage
    names = ("share", "gini", "correlation", "contribution", "part", "marginal", "natural")

    def values(weight):
        one, two, kept = drawn(weight, wage, rent)
        source = split_by_source({"wage": one, "rent": two}, kept).sources[1]
        return [getattr(source, name).value for name in names]

    source = split_by_source({"wage": wage, "rent": rent}, design.weight).sources[1]
    errors = [math.sqrt(design.variance(getattr(source, name))) for name in names]
    # 1,000 replications know a standard deviation to 2.2 %; four of these are 9 %.
    assert errors == pytest.approx(spread(values, design), rel=0.10)


def test_errors_of_fields_parts_equal_the_bootstrap():
    income, design = clustered(3)
    rng = np.random.default_rng(4)
    skill = np.log(income) + rng.normal(0, 0.7, N)
    matrix = design_matrix({"skill": skill, "age": rng.uniform(20, 60, N)}, {})

    def values(weight):
        one, kept = drawn(weight, income)
        columns = {"skill": matrix.values[weight > 0, 1], "age": matrix.values[weight > 0, 2]}
        parts = fields_split(one, design_matrix(columns, {}), kept).parts
        return [parts[name].value for name in ("skill", "(residual)")]

    parts = fields_split(income, matrix, design.weight).parts
    errors = [math.sqrt(design.variance(parts[name])) for name in ("skill", "(residual)")]
    assert errors == pytest.approx(spread(values, design), rel=0.10)  # as above


def test_errors_of_growth_incidence_equal_the_bootstrap():
    (old, first), (new, second) = clustered(5), clustered(6, 0.2)
    line, ranks = float(np.quantile(old, 0.3)), (0.1, 0.3, 0.5, 0.7, 0.9)
    design = stacked_design(second, first)

    def curve(weight):
        later, earlier = np.split(weight, [N])
        one, two = (Sample.of(*drawn(w, y)) for w, y in ((earlier, old), (later, new)))
        pair = [[quantile_value(rows, p) for p in ranks] for rows in (one, two)]
        growth = np.log(pair[1]) - np.log(pair[0])
        totals = (
            np.log(two.mean / one.mean),
            two.average(np.log(two.income)) - one.average(np.log(one.income)),
        )
        poor = sum(part.value for part in pro_poor_growth(one, two, line=line))
        return [*growth, *totals, poor]

    found = growth_incidence(Wave(old, first), Wave(new, second), ranks=ranks, line=line)
    check = spread(curve, design)
    assert found.errors.standard_error == pytest.approx(check[:5], rel=0.10)  # as above
    errors = [total.standard_error for total in found.totals]
    assert errors == pytest.approx(check[5:], rel=0.10)  # as above


def test_errors_of_lorenz_differences_equal_the_bootstrap():
    (one, first), (two, second) = clustered(7), clustered(8)
    design, ranks = stacked_design(first, second), (0.2, 0.5, 0.8)

    def differences(weight):
        left, right = (
            Sample.of(*drawn(w, y)) for w, y in zip(np.split(weight, [N]), (one, two), strict=True)
        )
        return [lorenz(left, share=p).value - lorenz(right, share=p).value for p in ranks]

    found = dominance(Wave(one, first), Wave(two, second), ranks=ranks)
    assert found.errors.standard_error == pytest.approx(spread(differences, design), rel=0.10)


def test_verdicts_of_equal_distributions_are_wrong_as_often_as_they_say():
    wrong = 0
    for seed in range(400):
        rng = np.random.default_rng(seed)
        waves = (Wave(rng.lognormal(3, 0.5, 500), SurveyDesign.simple(500)) for _ in range(2))
        wrong += dominance(*waves).verdict != "cannot tell"
    # 5 % of 400 with a standard error of 1.1 %; the normal limit of 500 rows adds a little.
    assert 0.02 <= wrong / 400 <= 0.085


def test_the_uniform_band_of_a_density_covers_the_smoothed_truth():
    truth_rows = np.random.default_rng(0).normal(50, 10, 400_000)
    covered = 0
    for seed in range(200):
        rows = np.random.default_rng(1000 + seed).normal(50, 10, 800)
        found = density_curve(
            Wave(rows, SurveyDesign.simple(800)), bandwidth=3.0, points=30, seed=seed
        )
        # A normal smoothed by a normal kernel is a normal of both variances.
        wide = math.hypot(truth_rows.std(), 3.0)
        truth = np.exp(-0.5 * ((found.at - 50) / wide) ** 2) / (wide * math.sqrt(2 * math.pi))
        low, high = found.errors.band(uniform=True)
        covered += bool(((low <= truth) & (truth <= high)).all())
    # 95 % of 200 with a standard error of 1.5 %; far tails of a density are skew.
    assert 0.88 <= covered / 200 <= 1.0


def test_bootstrap_errors_of_a_rif_regression_are_those_of_fresh_samples():
    def sample(seed: int):
        rng = np.random.default_rng(seed)
        skill = rng.uniform(0, 1, 400)
        income = np.exp(9 + skill + rng.normal(0, 0.3 + 0.3 * skill))
        return income, design_matrix({"skill": skill}, {})

    def slope(seed: int) -> float:
        income, matrix = sample(seed)
        return float(rif_fit(gini, income, matrix.values, np.ones(400))[1])

    truth = np.std([slope(seed) for seed in range(400)], ddof=1)
    errors = []
    for seed in range(1000, 1030):
        income, matrix = sample(seed)
        found = rif_regression(
            gini, "gini", income, matrix, SurveyDesign.simple(400), replications=100, seed=seed
        )
        errors.append(found.coefficients[1].standard_error)
    # 400 samples know the spread to 3.5 %, 30 bootstraps their mean to about 3 %.
    assert np.mean(errors) == pytest.approx(truth, rel=0.12)
