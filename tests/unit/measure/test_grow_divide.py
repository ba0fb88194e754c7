import math

import numpy as np
import polars as pl
import pytest

from gongfu.core import InputError
from gongfu.measure.design import SurveyDesign
from gongfu.measure.ede import ede_atkinson, ede_sen
from gongfu.measure.grow_divide import INDICES, Snapshot, grow_divide
from gongfu.measure.grow_divide_frame import grow_divide_frame

EXACT = 1e-12  # sums of a few logarithms in double precision


def snapshot(year, seed, n=60, design=False):
    rng = np.random.default_rng(seed)
    region = np.repeat(["East", "West"], n // 2)
    area = np.tile(["urban", "rural"], n // 2)
    income = rng.lognormal(9 + 0.3 * (area == "urban") + 0.2 * (region == "East"), 0.5)
    weight = rng.uniform(1, 5, n)
    sampled = SurveyDesign(weight) if design else None
    return Snapshot(year, income, weight, {"region": region, "area": area}, sampled)


@pytest.mark.parametrize("index", INDICES)
def test_prosperity_is_the_log_change_of_ede(index):
    start, end = snapshot(2013, 1), snapshot(2022, 2)
    ede = ede_sen if index == "gini" else lambda y, w: ede_atkinson(y, w, epsilon=1.0)
    before, after = (ede(s.income, s.weight).value for s in (start, end))
    account = grow_divide(start, end, index)
    assert account.prosperity == pytest.approx(math.log(after / before), abs=EXACT)


@pytest.mark.parametrize("index", INDICES)
@pytest.mark.parametrize("by", ["region", "area"])
def test_parts_add_up_to_their_term(index, by):
    account = grow_divide(snapshot(2013, 1), snapshot(2022, 2), index, by)
    for term in ("cake", "division"):
        parts = [part.value for part in account.parts if part.term == term]
        assert len(parts) >= 3
        assert sum(parts) == pytest.approx(getattr(account, term), abs=EXACT)


def test_growth_of_every_income_by_a_tenth_is_all_cake_and_no_division():
    start = snapshot(2013, 1)
    end = Snapshot(2022, 1.1 * start.income, start.weight, start.levels)
    for index in INDICES:
        account = grow_divide(start, end, index, "area")
        assert account.cake == pytest.approx(math.log(1.1), abs=EXACT)
        assert account.division == pytest.approx(0, abs=EXACT)
        shift = next(part.value for part in account.parts if part.kind == "shift")
        assert shift == pytest.approx(0, abs=EXACT)


def test_a_move_to_the_rich_group_is_shift_not_growth():
    levels = {"area": np.array(["urban", "rural"])}
    income = np.array([20.0, 10.0])
    start = Snapshot(2013, income, np.array([1.0, 1.0]), levels)
    end = Snapshot(2022, income, np.array([3.0, 1.0]), levels)
    parts = {p.of or p.kind: p.value for p in grow_divide(start, end, "gini").parts[:3]}
    assert parts["urban"] == 0
    assert parts["rural"] == 0
    assert parts["shift"] == pytest.approx(math.log(17.5 / 15), abs=EXACT)


def test_a_transfer_from_rich_to_poor_is_all_division_and_no_cake():
    weight = np.ones(2)
    start = Snapshot(2013, np.array([10.0, 30.0]), weight)
    end = Snapshot(2022, np.array([15.0, 25.0]), weight)
    account = grow_divide(start, end, "gini")
    assert account.cake == pytest.approx(0, abs=EXACT)
    # Two people with incomes a < b have a Gini of (b - a) / (2 (a + b)).
    assert account.division == pytest.approx(math.log((1 - 0.125) / (1 - 0.25)), abs=EXACT)


def test_published_aggregates_have_no_standard_error():
    assert not grow_divide(snapshot(2013, 1), snapshot(2022, 2), "gini").estimates


@pytest.mark.parametrize("index", INDICES)
def test_error_of_independent_samples_is_that_of_a_bootstrap(index):
    start, end = snapshot(2013, 1, 400, design=True), snapshot(2022, 2, 400, design=True)
    rng = np.random.default_rng(3)
    draws = [_resampled(start, end, index, rng) for _ in range(600)]
    account = grow_divide(start, end, index)
    for term, spread in zip(("cake", "division", "prosperity"), np.std(draws, 0), strict=True):
        # 600 draws know a standard deviation to 3 %; three of those.
        assert account.estimates[term].standard_error == pytest.approx(spread, rel=0.1)


def _resampled(start, end, index, rng):
    waves = []
    for wave in (start, end):
        rows = rng.integers(0, len(wave.income), len(wave.income))
        waves.append(Snapshot(wave.year, wave.income[rows], wave.weight[rows]))
    account = grow_divide(*waves, index)
    return account.cake, account.division, account.prosperity


def test_a_panel_of_the_same_people_has_a_smaller_error_than_two_samples():
    start = snapshot(2013, 1, 400)
    people = SurveyDesign(start.weight, psu=np.arange(400))
    first = Snapshot(2013, start.income, start.weight, {}, people)
    last = Snapshot(2022, 1.5 * start.income, start.weight, {}, people)
    panel = grow_divide(first, last, "gini", same_units=True).estimates["cake"]
    samples = grow_divide(first, last, "gini").estimates["cake"]
    assert panel.standard_error < 1e-9  # everybody grew by the same rate
    assert samples.standard_error > 0.01


def test_different_groups_in_the_two_years_are_refused_by_name():
    start, end = snapshot(2013, 1), snapshot(2022, 2)
    levels = {**end.levels, "area": np.where(end.levels["area"] == "urban", "city", "rural")}
    with pytest.raises(InputError) as caught:
        grow_divide(start, Snapshot(2022, end.income, end.weight, levels), "gini")
    assert len(caught.value.problems) == 4


def test_frame_gives_the_account_of_its_arrays():
    start, end = snapshot(2013, 1), snapshot(2022, 2)
    frame = pl.concat(
        pl.DataFrame({"year": s.year, "y": s.income, "w": s.weight, **s.levels})
        for s in (start, end)
    )
    options = {"year": "year", "start": 2013, "end": 2022, "weight": "w"}
    by_frame = grow_divide_frame(
        frame.to_pandas(), "y", levels=["region", "area"], population=True, **options
    )
    assert by_frame == grow_divide(start, end, "gini")
    assert grow_divide_frame(frame, "y", **options).estimates["prosperity"].n == 120


def test_frame_without_the_year_says_which_years_there_are():
    frame = pl.DataFrame({"year": [2013, 2013], "y": [1.0, 2.0]})
    with pytest.raises(InputError, match="one of 2013"):
        grow_divide_frame(frame, "y", year="year", start=2013, end=2022)
