import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.data import (
    borders,
    capitals,
    distances,
    estimate_missing,
    load_china,
    load_zones,
    neighbours,
    provinces,
)


def test_62_zones_have_income_and_population_for_12_years():
    zones = load_zones()
    assert len(zones.units) == 62
    assert zones.years("income_pc", "population") == list(range(2013, 2025))
    assert zones.frame.height == 62 * 12 * 2


def test_zones_have_names_in_both_languages():
    zones = load_zones()
    assert zones.label("51-urban", "zh") == "四川城镇"
    assert zones.label("51-rural", "en") == "Sichuan rural"


def test_people_of_the_zones_are_the_people_of_the_provinces():
    zones, china = load_zones(), load_china()
    for year in range(2013, 2025):
        people, everyone = zones.at("population", year), china.at("population", year)
        for code, total in everyone.items():
            # one decimal of rounding noise in a difference of printed figures
            assert people[f"{code}-urban"] + people[f"{code}-rural"] == pytest.approx(total)


def test_zone_income_is_the_published_income_of_its_area():
    urban = load_china().at("income_pc_urban", 2024)
    assert load_zones().at("income_pc", 2024)["44-urban"] == urban["44"]


def test_68_pairs_touch_on_land_and_one_across_the_sea():
    assert len(borders(sea=False)) == 68
    assert set(borders()) - set(borders(sea=False)) == {("44", "46")}


def test_neighbours_are_symmetric_and_never_oneself():
    codes = [place.code for place in provinces()]
    touch = neighbours(codes)
    assert (touch == touch.T).all()
    assert not touch.diagonal().any()
    assert touch.sum() == 2 * 69
    assert touch.any(axis=1).all()


def test_hainan_has_no_neighbour_on_land():
    assert not neighbours(["44", "46"], sea=False).any()
    assert neighbours(["44", "46"]).any()


def test_distances_agree_with_the_atlas():
    km = distances(["11", "31", "54"])
    # Beijing-Shanghai 1,067 km and Beijing-Lhasa 2,560 km on the great circle; 5 km for the
    # choice of the point inside a city
    assert km[0, 1] == pytest.approx(1067, abs=5)
    assert km[0, 2] == pytest.approx(2562, abs=5)
    assert (km == km.T).all()
    assert np.diag(km).tolist() == [0, 0, 0]


def test_every_province_has_a_capital():
    assert set(capitals()) == {place.code for place in provinces()}
    assert capitals()["54"].zh == "拉萨"


def test_unknown_codes_are_refused_all_at_once():
    with pytest.raises(InputError) as refused:
        distances(["51", "99", "00"])
    assert len(refused.value.problems) == 2


def test_estimates_fill_only_gaps_and_say_so():
    china = load_china()
    estimates = estimate_missing(china, "hightech_revenue")
    assert set(estimates.frame["evidence"]) == {"estimated"}
    assert "51" in estimates.at("hightech_revenue", 2017)
    whole = china.select("hightech_revenue").join(estimates)
    before, after = (whole.at("hightech_revenue", year)["51"] for year in (2016, 2018))
    assert whole.at("hightech_revenue", 2017)["51"] == pytest.approx((before + after) / 2)


def test_growth_estimates_are_a_geometric_mean():
    china = load_china()
    filled = estimate_missing(china, "hightech_revenue", "geometric").at("hightech_revenue", 2017)
    ends = [china.at("hightech_revenue", year)["51"] for year in (2016, 2018)]
    assert filled["51"] == pytest.approx(np.sqrt(ends[0] * ends[1]))


def test_carried_estimates_repeat_the_last_figure():
    carried = estimate_missing(load_china(), "gdp_index", "carry", until=2024)
    last = load_china().at("gdp_index", 2022)
    assert carried.at("gdp_index", 2024) == last
    assert carried.years("gdp_index") == [2023, 2024]


def test_estimates_stop_at_the_ends_of_a_series():
    ends = estimate_missing(load_china(), "gdp_index")
    assert ends.frame.is_empty()


def test_unknown_or_impossible_methods_are_refused():
    with pytest.raises(InputError, match="no method 'spline'"):
        estimate_missing(load_china(), "gdp", "spline")
    with pytest.raises(InputError, match="positive values"):
        estimate_missing(load_china(), "natural_growth_rate", "geometric")
