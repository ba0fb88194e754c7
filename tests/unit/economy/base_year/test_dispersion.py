import numpy as np
import pytest

from gongfu.economy.base_year.dispersion import (
    Dispersion,
    PublishedIncomes,
    fit_dispersion,
    reproduce,
)
from gongfu.economy.base_year.income_shape import ZoneIncomes

PEOPLE = np.array([5.0, 3.0, 4.0, 6.0])
MEAN = np.array([50.0, 20.0, 40.0, 15.0])
SIZE = np.array([2.9, 3.1, 2.9, 3.1])
TRUTH = Dispersion(0.70, 0.50, 0.85, 0.60, 0.15)
BEFORE = Dispersion(0.55, 0.55, 0.65, 0.65, 0.20)
SPREAD = np.full(5, 0.15)


def published(*, with_quintiles):
    figures = reproduce(ZoneIncomes(PEOPLE, MEAN, SIZE, TRUTH.shape(4)))
    quintiles = figures[:5] if with_quintiles else np.full(5, np.nan)
    return PublishedIncomes(figures[5:], quintiles)


def test_figures_made_from_a_dispersion_give_back_the_figures():
    target = published(with_quintiles=True)
    found = fit_dispersion(target, PEOPLE, MEAN, SIZE, before=BEFORE, spread_before=SPREAD)
    again = reproduce(ZoneIncomes(PEOPLE, MEAN, SIZE, found.shape(4)))
    # The weak pull of what was assumed before leaves errors of some tenths of a per cent.
    np.testing.assert_allclose(again, target.as_array(), rtol=5e-3)


def test_without_quintiles_the_medians_bind_and_the_rest_stays_near_what_was_assumed():
    target = published(with_quintiles=False)
    found = fit_dispersion(target, PEOPLE, MEAN, SIZE, before=BEFORE, spread_before=SPREAD)
    again = reproduce(ZoneIncomes(PEOPLE, MEAN, SIZE, found.shape(4)))
    np.testing.assert_allclose(again[5:], target.medians, rtol=2e-3)  # the same weak pull
    assert np.abs(found.as_array() - BEFORE.as_array()).max() < 0.2


def test_the_dispersion_that_already_fits_stays():
    found = fit_dispersion(
        published(with_quintiles=True), PEOPLE, MEAN, SIZE, before=TRUTH, spread_before=SPREAD
    )
    # The search ends at steps of 1e-6.
    np.testing.assert_allclose(found.as_array(), TRUTH.as_array(), atol=1e-5)


def test_urban_and_rural_zones_alternate_in_the_shape():
    shape = TRUTH.shape(4)
    assert shape.below.tolist() == [0.70, 0.85, 0.70, 0.85]
    assert shape.above.tolist() == [0.50, 0.60, 0.50, 0.60]
    assert shape.slope.tolist() == pytest.approx([0.15])
