from __future__ import annotations

import math
from functools import partial

import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.measure.gini import gini
from gongfu.measure.poverty.fgt import density_at, fgt, fgt_at, headcount, poverty_gap, severity
from gongfu.measure.poverty.line import read_line
from gongfu.measure.poverty.sen import sen, sen_at, sst, sst_at
from gongfu.measure.poverty.tip import tip
from gongfu.measure.poverty.watts import watts, watts_at
from gongfu.measure.sample import Sample

RNG = np.random.default_rng(4)
INCOME = RNG.lognormal(0, 0.7, 200)
WEIGHT = RNG.uniform(1, 4, 200)
MEASURES = {
    "headcount": headcount,
    "gap": poverty_gap,
    "severity": severity,
    "fgt(3.5)": partial(fgt, alpha=3.5),
    "sen": sen,
    "sst": sst,
    "watts": watts,
}
AT = {
    "gap": partial(fgt_at, alpha=1),
    "severity": partial(fgt_at, alpha=2),
    "sst": sst_at,
    "watts": watts_at,
}


def test_four_incomes_by_hand():
    income, line = [2, 6, 10, 22], 10
    assert headcount(income, line=line).value == 0.5  # who stands on the line is not poor
    assert poverty_gap(income, line=line).value == pytest.approx((0.8 + 0.4) / 4)
    assert severity(income, line=line).value == pytest.approx((0.64 + 0.16) / 4)
    assert watts(income, line=line).value == pytest.approx((math.log(5) + math.log(10 / 6)) / 4)
    # H = 1/2, mean of the poor 4, their Gini 1/4: S = (1 - 0.4 (1 - 1/4)) / 2.
    assert sen(income, line=line).value == pytest.approx(0.35)
    # Pairs of gaps 0.8, 0.4, 0, 0: (7 x 0.8 + 5 x 0.4) / 16.
    assert sst(income, line=line).value == pytest.approx((7 * 0.8 + 5 * 0.4) / 16)


@pytest.mark.parametrize("name", MEASURES)
def test_influence_is_the_derivative_with_respect_to_weights(name):
    measure = partial(MEASURES[name], line=0.8)
    found = measure(INCOME, WEIGHT).influence
    for i in (0, 7, int(INCOME.argmin()), int(INCOME.argmax())):
        step = 1e-4 * WEIGHT[i]
        up, down = WEIGHT.copy(), WEIGHT.copy()
        up[i] += step
        down[i] -= step
        slope = (measure(INCOME, up).value - measure(INCOME, down).value) / (2 * step)
        # Central differences of a smooth function: error of the order of step squared.
        assert found[i] == pytest.approx(slope, rel=1e-5, abs=1e-11)


@pytest.mark.parametrize("line", [0.8, "60%median", "50%mean"])
@pytest.mark.parametrize("name", MEASURES)
def test_influence_adds_up_to_zero_whatever_the_line(name, line):
    found = MEASURES[name](INCOME, WEIGHT, line=line)
    # The sum of 200 terms of size 1 / 500, each rounded to 1e-16.
    assert float(WEIGHT @ found.influence) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("name", AT)
def test_slope_is_the_derivative_with_respect_to_the_line(name):
    rows, step = Sample.of(INCOME, WEIGHT), 1e-6
    line = float(np.sort(INCOME)[59:61].mean())
    slope = (AT[name](rows, line + step).fixed.value - AT[name](rows, line - step).fixed.value) / (
        2 * step
    )
    assert AT[name](rows, line).slope() == pytest.approx(slope, rel=1e-6)  # step squared, rounding


def test_slope_of_sen_is_the_derivative_in_a_large_sample():
    rows, line, step = Sample.of(np.random.default_rng(8).lognormal(0, 0.7, 200_000)), 0.8, 0.02
    slope = (sen_at(rows, line + step).fixed.value - sen_at(rows, line - step).fixed.value) / (
        2 * step
    )
    # The density on both sides is known to about 1 per cent from so many rows.
    assert sen_at(rows, line).slope() == pytest.approx(slope, rel=0.03)


def test_density_at_the_line_is_that_of_the_population():
    rows = Sample.of(np.random.default_rng(8).lognormal(0, 0.7, 200_000))
    truth = math.exp(-0.5 * (math.log(0.8) / 0.7) ** 2) / (0.8 * 0.7 * math.sqrt(2 * math.pi))
    assert density_at(rows, 0.8) == pytest.approx(truth, rel=0.03)  # noise of 200,000 rows


def test_sst_is_the_mean_of_the_larger_gap_of_all_pairs():
    gaps = np.maximum(1 - INCOME / 0.8, 0)
    share = WEIGHT / WEIGHT.sum()
    pairs = share @ np.maximum(gaps[:, None], gaps) @ share
    assert sst(INCOME, WEIGHT, line=0.8).value == pytest.approx(pairs, rel=1e-12)


def test_sen_is_its_published_form():
    poor = INCOME < 0.8
    share = WEIGHT[poor].sum() / WEIGHT.sum()
    gap = np.average(1 - INCOME[poor] / 0.8, weights=WEIGHT[poor])
    unequal = gini(INCOME[poor], WEIGHT[poor]).value
    expected = share * (gap + (1 - gap) * unequal)
    assert sen(INCOME, WEIGHT, line=0.8).value == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("name", MEASURES)
def test_nobody_below_the_line_is_no_poverty(name):
    found = MEASURES[name](INCOME, WEIGHT, line=float(INCOME.min()))
    assert found.value == 0
    assert not found.influence.any()


@pytest.mark.parametrize("name", [name for name in MEASURES if name != "watts"])
def test_everybody_without_anything_is_full_poverty(name):
    assert MEASURES[name]([0, 0, 0], line=5).value == 1


def test_error_of_the_line_is_in_the_error_of_the_measure():
    fixed = read_line("60%median").of(Sample.of(INCOME, WEIGHT)).value
    relative = poverty_gap(INCOME, WEIGHT, line="60%median")
    absolute = poverty_gap(INCOME, WEIGHT, line=fixed)
    assert relative.value == absolute.value
    assert not np.allclose(relative.influence, absolute.influence)


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("60%median", "60%median", 3.0),
        (" 50 % of Mean ", "50%mean", 5.0),
        ("12000", "12000", 12000.0),
        (7, "7", 7.0),
    ],
)
def test_lines_are_read_as_people_type_them(line, name, value):
    found = read_line(line)
    assert found.name == name
    assert found.of(Sample.of([1.0, 5.0, 24.0])).value == pytest.approx(value)


@pytest.mark.parametrize("line", ["60%medan", "", "0", -3, "nan", math.inf, "60%"])
def test_a_line_that_is_none_is_refused_with_an_example(line):
    with pytest.raises(InputError, match="60%median"):
        read_line(line)


def test_a_relative_line_needs_a_centre_above_zero():
    with pytest.raises(InputError, match="median above zero"):
        headcount([-1, 0, 0, 5], line="60%median")


def test_incomes_outside_a_measure_are_refused():
    with pytest.raises(InputError, match="incomes >= 0"):
        poverty_gap([-1, 5], line=3)
    with pytest.raises(InputError, match="incomes > 0"):
        watts([0, 5], line=3)
    assert headcount([-1, 5], line=3).value == 0.5


@pytest.mark.parametrize("alpha", [0.5, -1])
def test_an_aversion_that_has_no_error_is_refused(alpha):
    with pytest.raises(InputError, match="0, or of 1 and above"):
        fgt(INCOME, line=1, alpha=alpha)


def test_tip_curve_rises_to_the_poverty_gap_at_the_headcount_and_stays():
    income, line = [2, 6, 10, 22], 10
    heights = [tip(income, line=line, share=share).value for share in (0, 0.25, 0.5, 0.75, 1)]
    assert heights == pytest.approx([0, 0.2, 0.3, 0.3, 0.3])
    assert tip(income, line=line, share=0.125).value == pytest.approx(0.1)


@pytest.mark.parametrize("share", [0.1, 0.3, 0.9])
def test_tip_influence_is_the_derivative_with_a_line_at_half_of_the_mean(share):
    measure = partial(tip, line="50%mean", share=share)
    found = measure(INCOME, WEIGHT).influence
    for i in (0, 7, int(INCOME.argmin()), int(INCOME.argmax())):
        step = np.zeros(200)
        step[i] = 1e-5
        slope = (measure(INCOME, WEIGHT + step).value - measure(INCOME, WEIGHT - step).value) / 2e-5
        # The border may sit between two rows: the curve is a polygon, exact but for rounding.
        assert found[i] == pytest.approx(slope, rel=1e-4, abs=1e-9)


def test_tip_refuses_a_share_that_is_none():
    with pytest.raises(InputError, match="between 0 and 1"):
        tip(INCOME, line=1, share=1.2)
