"""Base-year adoption by region and sector (E1)."""

import numpy as np
import pytest

from gongfu.economy.enterprises import base_adoption, national_adoption

SECTORS = np.array([0.24, 0.541, 0.42, 0.8])
ROUNDING = 1e-14  # exp and log back and forth


def adoption(ecommerce, *, level=0.47, tilt=0.5):
    return base_adoption(
        np.array(ecommerce), SECTORS, national_level=level, census_level=0.47, regional_tilt=tilt
    )


def test_equal_regions_in_the_census_year_have_the_sector_levels():
    assert adoption([10.0, 10.0]) == pytest.approx(np.tile(SECTORS, (2, 1)), abs=ROUNDING)


def test_an_earlier_year_shifts_the_log_odds_of_every_sector_alike():
    early = adoption([10.0], level=0.30)[0]
    odds = np.log(early / (1 - early)) - np.log(SECTORS / (1 - SECTORS))
    expected = np.log(0.30 / 0.70) - np.log(0.47 / 0.53)
    assert odds == pytest.approx(np.full(4, expected), abs=ROUNDING)


def test_regions_with_more_e_commerce_adopt_more_and_only_their_ratio_counts():
    table = adoption([8.0, 24.0])
    assert (table[1] > table[0]).all()
    assert table == pytest.approx(adoption([0.08, 0.24]), abs=ROUNDING)
    assert adoption([8.0, 24.0], tilt=0.0)[0] == pytest.approx(SECTORS, abs=ROUNDING)


def test_the_national_path_passes_through_its_two_years():
    for year, level in ((2020, 0.30), (2023, 0.47)):
        found = national_adoption(year, level_2020=0.30, level_2023=0.47)
        assert found == pytest.approx(level, abs=ROUNDING)
    assert 0 < national_adoption(2013, level_2020=0.30, level_2023=0.47) < 0.1
