"""Laws that poverty, deprivation and polarisation keep."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gongfu.measure.polarisation import esteban_ray, wolfson
from gongfu.measure.poverty.alkire_foster import alkire_foster
from gongfu.measure.poverty.fgt import fgt, headcount, poverty_gap, severity
from gongfu.measure.poverty.sen import sen, sst
from gongfu.measure.poverty.tip import tip
from gongfu.measure.poverty.watts import watts

LINE = 40.0
MEASURES = {
    "headcount": headcount,
    "gap": poverty_gap,
    "severity": severity,
    "fgt(3)": partial(fgt, alpha=3),
    "watts": watts,
    "sen": sen,
    "sst": sst,
}
TRANSFER = ("severity", "fgt(3)", "watts", "sst")
"""Measures that fall whenever a poorer person gains what a richer one loses."""

incomes = st.lists(st.integers(1, 100), min_size=3, max_size=30).map(
    lambda values: np.array(values, dtype=float)
)
laws = settings(deadline=None, max_examples=25)
CLOSE = 1e-9
"""Relative: a few dozen additions in double precision, in another order."""


def value(name, income, weight=None, line=LINE):
    return MEASURES[name](income, weight, line=line).value


@pytest.mark.parametrize("name", MEASURES)
@laws
@given(income=incomes, factor=st.sampled_from([0.5, 2.0, 1024.0]))
def test_currency_does_not_matter(name, income, factor):
    scaled = value(name, factor * income, line=factor * LINE)
    assert scaled == pytest.approx(value(name, income), rel=CLOSE)


@pytest.mark.parametrize("line", [LINE, "60%median", "50%mean"])
@pytest.mark.parametrize("name", MEASURES)
@laws
@given(income=incomes, data=st.data())
def test_a_weight_is_repeated_rows(name, line, income, data):
    weight = np.array(
        data.draw(st.lists(st.integers(1, 4), min_size=len(income), max_size=len(income)))
    )
    repeated = value(name, np.repeat(income, weight), line=line)
    assert value(name, income, weight, line) == pytest.approx(repeated, rel=CLOSE, abs=1e-12)


@pytest.mark.parametrize("name", MEASURES)
@laws
@given(income=incomes)
def test_incomes_of_the_non_poor_do_not_matter(name, income):
    richer = np.where(income >= LINE, 3 * income, income)
    assert value(name, richer) == value(name, income)


@pytest.mark.parametrize("name", [name for name in MEASURES if name != "headcount"])
@laws
@given(income=incomes)
def test_more_for_the_poorest_is_less_poverty(name, income):
    poorest = int(income.argmin())
    assume(income[poorest] < LINE)
    better = income.copy()
    better[poorest] += (LINE - income[poorest]) / 2
    assert value(name, better) < value(name, income)


@pytest.mark.parametrize("name", TRANSFER)
@laws
@given(income=incomes, part=st.floats(0.01, 0.5))
def test_a_transfer_to_a_poorer_person_is_less_poverty(name, income, part):
    order = np.argsort(income)
    low, high = order[0], order[-1]
    assume(income[low] < LINE and income[high] > income[low])
    after = income.copy()
    amount = part * (income[high] - income[low])
    after[low] += amount
    after[high] -= amount
    assert value(name, after) <= value(name, income) * (1 + CLOSE)


@pytest.mark.parametrize("name", ["headcount", "gap", "severity", "watts"])
@laws
@given(income=incomes, cut=st.integers(1, 2))
def test_additive_measures_are_the_average_of_groups(name, income, cut):
    first, second = income[:cut], income[cut:]
    parts = len(first) * value(name, first) + len(second) * value(name, second)
    assert value(name, income) == pytest.approx(parts / len(income), rel=CLOSE, abs=1e-12)


@laws
@given(income=incomes)
def test_known_bounds_between_measures(income):
    count, gap, depth = (value(name, income) for name in ("headcount", "gap", "severity"))
    assert 0 <= depth <= gap * (1 + CLOSE) <= count * (1 + CLOSE) ** 2
    assert gap * (1 - CLOSE) <= value("sst", income) <= 2 * gap * (1 + CLOSE)
    assert gap * (1 - CLOSE) <= value("sen", income) <= count * (1 + CLOSE)


@laws
@given(income=incomes)
def test_tip_curve_rises_and_bends_down_to_the_gap(income):
    heights = np.array([tip(income, line=LINE, share=p).value for p in np.linspace(0, 1, 21)])
    assert (np.diff(heights) >= -1e-12).all()
    assert (np.diff(heights, 2) <= 1e-12).all()
    assert heights[-1] == pytest.approx(value("gap", income), rel=CLOSE, abs=1e-12)


@laws
@given(data=st.data(), rows=st.integers(1, 20))
def test_higher_cutoffs_leave_fewer_but_more_deprived_poor(data, rows):
    cells = data.draw(st.lists(st.booleans(), min_size=4 * rows, max_size=4 * rows))
    deprived, shares = np.array(cells).reshape(rows, 4), np.array([1, 2, 3, 4]) / 10
    found = [alkire_foster(deprived, shares=shares, k=k) for k in (0.1, 0.3, 0.5, 0.8, 1.0)]
    for looser, stricter in pairwise(found):
        assert stricter.headcount.value <= looser.headcount.value
        assert stricter.adjusted.value <= looser.adjusted.value + 1e-12
        if stricter.intensity is not None:
            assert stricter.intensity.value >= looser.intensity.value - 1e-12


@laws
@given(income=incomes, factor=st.sampled_from([0.5, 2.0]))
def test_polarisation_does_not_depend_on_currency(income, factor):
    groups = np.arange(len(income)) % 3
    assert wolfson(factor * income).value == pytest.approx(wolfson(income).value, abs=1e-12)
    same = esteban_ray(factor * income, groups=groups, alpha=1).value
    assert same == pytest.approx(esteban_ray(income, groups=groups, alpha=1).value, abs=1e-12)
