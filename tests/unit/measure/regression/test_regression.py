from __future__ import annotations

import json
from functools import partial

import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.measure.design import SurveyDesign
from gongfu.measure.entropy import mld
from gongfu.measure.gini import gini
from gongfu.measure.quantiles import quantile
from gongfu.measure.regression import (
    design_matrix,
    fields_split,
    rif_measure,
    rif_oaxaca,
    rif_regression,
    rif_values,
)
from gongfu.measure.regression.fields import RESIDUAL

RNG = np.random.default_rng(29)
N = 120
AGE, SKILL = RNG.uniform(20, 70, N), RNG.normal(0, 1, N)
AREA = RNG.choice(["rural", "urban"], N)
INCOME = np.exp(3 + 0.01 * AGE + 0.3 * SKILL + 0.5 * (AREA == "urban") + RNG.normal(0, 0.3, N))
WEIGHT = RNG.uniform(1, 3, N)
MATRIX = design_matrix({"age": AGE, "skill": SKILL}, {"area": AREA})
DESIGN = SurveyDesign(WEIGHT)


@pytest.mark.parametrize("name", ["gini", "mld", "theil", "p50", "p90", "variance", "log variance"])
def test_the_mean_of_the_recentred_values_is_the_statistic(name: str):
    measure = rif_measure(name)
    values = rif_values(measure, INCOME, WEIGHT)
    expected = measure(INCOME, WEIGHT).value
    assert np.average(values, weights=WEIGHT) == pytest.approx(expected, rel=1e-10)  # rounding


def test_recentred_values_of_the_mean_log_deviation_are_those_of_its_formula():
    values = rif_values(mld, INCOME)
    ratio, value = INCOME / INCOME.mean(), mld(INCOME).value
    # ln m - ln y + (y - m) / m: the recentred influence function of ln m - mean(ln y).
    assert values == pytest.approx(-np.log(ratio) + ratio - 1, rel=1e-9)
    assert value == pytest.approx(values.mean(), rel=1e-12)


def test_recentred_values_of_a_quantile_take_two_values():
    values = rif_values(partial(quantile, probability=0.3), np.arange(1.0, 12.0))
    assert len(np.unique(values.round(9))) == 3  # below, above, and the row on it


def test_coefficients_of_labels_are_against_the_first():
    assert [term.name for term in MATRIX.terms] == ["(intercept)", "age", "skill", "area=urban"]
    assert MATRIX.base == {"area": "rural"}
    assert MATRIX.regressors == ("age", "skill", "area")


def test_fields_parts_add_up_and_those_of_one_regressor_are_its_r_squared():
    found = fields_split(INCOME, MATRIX, WEIGHT)
    assert sum(part.value for part in found.parts.values()) == pytest.approx(1, rel=1e-12)
    alone = fields_split(INCOME, design_matrix({"skill": SKILL}, {}))
    r = np.corrcoef(SKILL, np.log(INCOME))[0, 1]
    assert alone.parts["skill"].value == pytest.approx(r**2, rel=1e-10)  # rounding
    assert alone.parts[RESIDUAL].value == pytest.approx(1 - r**2, rel=1e-10)


@pytest.mark.parametrize("part", ["age", "skill", "area", RESIDUAL])
def test_influence_of_a_fields_part_is_its_derivative(part: str):
    def value(weight):
        return fields_split(INCOME, MATRIX, weight).parts[part]

    found, step = value(WEIGHT), 1e-5
    for row in range(0, N, 25):
        up, down = WEIGHT.copy(), WEIGHT.copy()
        up[row] += step
        down[row] -= step
        slope = (value(up).value - value(down).value) / (2 * step)
        # Central difference: error of step squared and of rounding over the step.
        assert found.influence[row] == pytest.approx(slope, rel=1e-4, abs=1e-9)


def test_rif_coefficients_times_means_are_the_statistic():
    found = rif_regression(gini, "gini", INCOME, MATRIX, DESIGN, replications=3)
    assert found.statistic.value == pytest.approx(gini(INCOME, WEIGHT).value, rel=1e-10)
    means = np.average(MATRIX.values, axis=0, weights=WEIGHT)
    fitted = sum(m * c.value for m, c in zip(means, found.coefficients, strict=True))
    assert fitted == pytest.approx(found.statistic.value, rel=1e-10)  # rounding


def test_a_rif_regression_on_one_label_compares_the_means_of_its_groups():
    matrix = design_matrix({}, {"area": AREA})
    found = rif_regression(gini, "gini", INCOME, matrix, DESIGN, replications=2)
    values, urban = rif_values(gini, INCOME, WEIGHT), AREA == "urban"
    gap = np.average(values[urban], weights=WEIGHT[urban]) - np.average(
        values[~urban], weights=WEIGHT[~urban]
    )
    assert found.coefficients[1].value == pytest.approx(gap, rel=1e-9)  # rounding


def test_errors_are_the_same_for_the_same_seed():
    one, two = (
        rif_regression(mld, "mld", INCOME, MATRIX, DESIGN, replications=20, seed=4)
        for _ in range(2)
    )
    assert [c.standard_error for c in one.coefficients] == [
        c.standard_error for c in two.coefficients
    ]


def test_composition_and_structure_add_up_in_total_and_by_regressor():
    matrix = design_matrix({"age": AGE, "skill": SKILL}, {})
    urban = AREA == "urban"
    found = rif_oaxaca(mld, "mld", INCOME, matrix, DESIGN, is_second=urban, replications=3)
    first, second = (mld(INCOME[m], WEIGHT[m]).value for m in (~urban, urban))
    assert found.difference.value == pytest.approx(second - first, rel=1e-9)  # rounding
    total = found.composition.value + found.structure.value
    assert total == pytest.approx(found.difference.value, rel=1e-9)
    for kind in ("composition", "structure"):
        parts = sum(getattr(part, kind).value for part in found.parts)
        assert parts == pytest.approx(getattr(found, kind).value, abs=1e-12)
    assert json.dumps(found.to_dict(), allow_nan=False)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: design_matrix({}, {}), "at least one regressor"),
        (lambda: design_matrix({"a": AGE, "b": 2 * AGE}, {}), "linearly dependent"),
        (lambda: design_matrix({"a": np.ones(N)}, {}), "no variation in a"),
        (lambda: fields_split(INCOME[:5], MATRIX), "differ in length"),
        (lambda: fields_split(np.zeros(N) + 1, MATRIX), "same income"),
        (lambda: rif_measure("ginni"), "gini"),
        (
            lambda: rif_regression(gini, "gini", INCOME, MATRIX, DESIGN, replications=1),
            "two replications",
        ),
        (
            lambda: rif_oaxaca(
                gini, "gini", INCOME, MATRIX, DESIGN, is_second=np.arange(N) < 2, replications=2
            ),
            "too few rows",
        ),
    ],
)
def test_what_has_no_answer_is_refused(call, words: str):
    with pytest.raises(InputError, match=words):
        call()
