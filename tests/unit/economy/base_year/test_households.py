import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.economy.base_year.even_draws import even_draws
from gongfu.economy.base_year.households import slice_incomes
from gongfu.economy.base_year.income_shape import IncomeShape, ZoneIncomes
from gongfu.economy.base_year.zone_sums import zone_mean, zone_sum

SHAPE = IncomeShape(np.array([0.7, 0.9]), np.array([0.5, 0.6]), np.array([0.15]))
ZONES = ZoneIncomes(np.array([90.0, 30.0]), np.array([50.0, 20.0]), np.array([3.0, 3.0]), SHAPE)


@pytest.mark.parametrize("count", [1_000, 1_001, 25_000])
def test_zones_have_their_people_and_their_mean_for_any_number_of_records(count):
    slices = slice_incomes(ZONES, count)
    people = slices.weight * slices.size
    assert len(slices.income) == count
    # Sums of some thousand slices in double precision.
    np.testing.assert_allclose(zone_sum(people, slices.start), ZONES.people, rtol=1e-12)
    np.testing.assert_allclose(
        zone_mean(slices.income, people, slices.start), ZONES.mean, rtol=1e-12
    )


def test_records_ascend_and_follow_the_quantiles_of_the_zone():
    slices = slice_incomes(ZONES, 4_000)
    first = slices.zone == 0
    assert (np.diff(slices.income[first]) > 0).all()
    middle = slices.income[first][first.sum() // 2]
    # A slice holds a few thousandths of the zone.
    assert np.log(middle) == pytest.approx(float(ZONES.log_median[0]), abs=2e-3)


def test_poorer_households_are_larger():
    slices = slice_incomes(ZONES, 2_000)
    assert (np.diff(slices.size[slices.zone == 1]) < 0).all()


def test_too_few_households_are_refused():
    with pytest.raises(InputError, match="too few households"):
        slice_incomes(ZONES, 999)


def test_even_draws_fill_the_unit_interval_evenly_and_jointly():
    draws = even_draws(10_000, seed=3)
    assert draws.shape == (3, 10_000)
    assert 0 < draws.min() < draws.max() < 1
    counts, *_ = np.histogram2d(draws[0], draws[1], bins=10, range=[[0, 1], [0, 1]])
    # Independent draws would miss 100 a cell by 10 on average, up to about 30.
    assert np.abs(counts - 100).max() < 10


def test_even_draws_depend_on_the_seed_alone():
    assert np.array_equal(even_draws(100, seed=5), even_draws(12_345, seed=5)[:, :100])
    assert not np.array_equal(even_draws(100, seed=5), even_draws(100, seed=6))
