import polars as pl
import pytest

from gongfu.core import InputError, Panel
from gongfu.data import (
    consumer_deflator,
    deflate,
    load_china,
    load_dictionary,
    load_zones,
    national_deflator,
    regional_deflator,
)


def panel_of(rows):
    frame = pl.DataFrame(rows, schema=["unit", "year", "variable", "value"], orient="row")
    cells = frame.with_columns(evidence=pl.lit("observed"), note=pl.lit(""))
    return Panel(cells, {name: load_dictionary()[name] for name in set(frame["variable"])})


@pytest.fixture
def two_regions():
    # region A: prices double, volume constant; region B: prices constant, volume +50 %
    return panel_of(
        [
            ("A", 2019, "gdp", 100.0),
            ("A", 2020, "gdp", 200.0),
            ("B", 2019, "gdp", 100.0),
            ("B", 2020, "gdp", 150.0),
            ("A", 2019, "gdp_index", 103.0),
            ("B", 2019, "gdp_index", 104.0),
            ("A", 2020, "gdp_index", 100.0),
            ("B", 2020, "gdp_index", 150.0),
        ]
    )


def test_national_price_level_is_a_ratio_of_sums(two_regions):
    # base 2019: real 2020 = 100 + 150, nominal 2020 = 350, worked by hand
    assert national_deflator(two_regions, base_year=2019).at("A", 2020) == pytest.approx(1.4)
    # base 2020: real 2019 = 200 + 100, nominal 2019 = 200, worked by hand
    assert national_deflator(two_regions, base_year=2020).at("A", 2019) == pytest.approx(2 / 3)


def test_regional_price_levels_are_those_of_each_region(two_regions):
    levels = regional_deflator(two_regions, base_year=2019)
    assert levels.at("A", 2020) == pytest.approx(2.0)
    assert levels.at("B", 2020) == pytest.approx(1.0)


def test_price_level_is_one_in_the_base_year():
    for base_year in (2011, 2015, 2020, 2022):
        deflator = national_deflator(load_china(), base_year=base_year)
        assert deflator.at("51", base_year) == pytest.approx(1.0, abs=1e-12)


def test_growth_of_prices_does_not_depend_on_the_base_in_each_region():
    one, other = (regional_deflator(load_china(), base_year=year) for year in (2011, 2022))
    ratios = [d.at("51", 2018) / d.at("51", 2014) for d in (one, other)]
    assert ratios[0] == pytest.approx(ratios[1], rel=1e-12)


def test_national_deflator_says_which_years_are_real():
    assert national_deflator(load_china()).years == list(range(2011, 2023))


def test_a_real_value_without_a_price_level_is_refused_with_the_years():
    deflator = national_deflator(load_china())
    with pytest.raises(InputError, match="expected a year from 2011 to 2022; found 2023"):
        deflator.at("51", 2023)
    with pytest.raises(InputError) as refused:
        deflate(load_china(), "gdp", deflator)
    assert [problem.found for problem in refused.value.problems] == ["2023", "2024"]


def test_deflated_values_say_their_prices():
    china, deflator = load_china().until(2022), national_deflator(load_china())
    real = deflate(china, "income_pc_all", deflator)
    assert real.variables["income_pc_all"].price_base == "prices of 2020"
    nominal = china.at("income_pc_all", 2011)["51"]
    assert real.at("income_pc_all", 2011)["51"] == pytest.approx(nominal / deflator.at("51", 2011))
    assert real.frame["note"].str.contains("prices of 2020").all()


def test_zones_are_deflated_by_the_prices_of_their_province():
    zones, levels = load_zones().until(2022), regional_deflator(load_china())
    real = deflate(zones, "income_pc", levels).at("income_pc", 2013)
    nominal = zones.at("income_pc", 2013)
    assert nominal["51-rural"] / real["51-rural"] == pytest.approx(levels.at("51", 2013))


def test_what_is_no_money_at_current_prices_is_not_deflated():
    with pytest.raises(InputError, match="population is not counted in current prices"):
        deflate(load_china(), "population", national_deflator(load_china()))


def test_a_base_year_without_an_index_is_refused():
    with pytest.raises(InputError, match="expected a year from 2011 to 2022; found 2024"):
        national_deflator(load_china(), base_year=2024)


def test_a_gap_in_the_index_ends_the_chain_of_the_nation():
    index = load_china().frame.filter(
        ~((pl.col("variable") == "gdp_index") & (pl.col("year") == 2013) & (pl.col("unit") == "51"))
    )
    deflator = national_deflator(Panel(index, load_china().variables), base_year=2020)
    assert min(deflator.years) == 2013


def test_consumer_prices_are_chained_to_their_last_year():
    deflator = consumer_deflator(load_china())
    assert (deflator.base_year, deflator.years) == (2019, list(range(2011, 2020)))
    # Guangdong: 100 / 103.4 from 2018 to 2019
    assert deflator.at("44", 2018) == pytest.approx(1 / 1.034)


def test_a_year_missing_everywhere_is_a_gap_and_not_a_longer_step():
    frame = load_china().frame.filter(pl.col("year") != 2015)
    deflator = national_deflator(Panel(frame, load_china().variables), base_year=2020)
    assert deflator.years == list(range(2016, 2023))
