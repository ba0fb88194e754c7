from types import SimpleNamespace

import polars as pl
import pytest

from gongfu.core import Evidence, Uncertainty
from gongfu.data.embedded import read_embedded
from gongfu.report.regions import regions
from gongfu.study.findings.divide import divide_tables, embedded_divide


@pytest.fixture(scope="module")
def tables():
    return embedded_divide()


def one(table, **where):
    return table.rows.filter(**where).row(0, named=True)


def totals(variable, file, year, area):
    """Provinces of a region but Xizang, straight from the embedded files."""
    codes = [code for code, place in regions().items() if place.area == area and code != "54"]
    rows = read_embedded(f"provinces/{file}.csv").filter(
        pl.col("province").is_in(codes), pl.col("year") == year, pl.col("variable") == variable
    )
    return rows["value"].sum()


@pytest.mark.parametrize("year", [2013, 2024])
def test_east_over_west_is_that_of_the_published_totals(tables, year):
    per_head = {
        area: totals("broadband_subscribers", "digital", year, area)
        / totals("population", "population", year, area)
        for area in ("east", "west")
    }
    found = one(tables["divide"], indicator="broadband_subscribers", year=year)
    assert found["provinces"] == 30
    assert found["ratio"] == pytest.approx(per_head["east"] / per_head["west"], rel=1e-12)


def test_figures_are_published_ones_without_an_error(tables):
    for table in tables.values():
        assert table.evidence is Evidence.OBSERVED
        assert table.uncertainty is Uncertainty.NOT_PUBLISHED


def test_a_jump_that_nobody_explains_is_left_out_and_named(tables):
    mobile = tables["divide"].rows.filter(indicator="mobile_internet_users")
    assert 2017 not in mobile["year"].to_list()
    assert mobile["provinces"].unique().to_list() == [31]
    assert "2017" in tables["divide"].note["en"]
    assert "北京" in tables["divide"].note["zh"]


def test_every_indicator_has_the_same_provinces_in_all_its_years(tables):
    counted = tables["divide"].rows.group_by("indicator").agg(pl.col("provinces").n_unique())
    assert counted["provinces"].to_list() == [1] * 7


def test_money_has_no_years_behind(tables):
    assert not set(tables["divide_lags"].rows["indicator"]) & {
        "ecommerce_sales",
        "software_revenue",
    }


def test_years_behind_lead_back_to_the_easts_own_history(tables):
    east = dict(
        tables["divide"].rows.filter(indicator="broadband_ports").select("year", "east").iter_rows()
    )
    lag = one(tables["divide_lags"], indicator="broadband_ports", area="west")
    when = lag["year"] - lag["lag"]
    start = int(when)
    level = east[start] + (when - start) * (east[start + 1] - east[start])
    assert level == pytest.approx(lag["value"], rel=1e-12)


def test_published_gap_between_town_and_country(tables):
    found = one(tables["divide_groups"], year=2020)
    assert (found["value"], found["reference"]) == (52.3, 76.4)
    assert found["difference"] == pytest.approx(24.1)
    assert found["ratio"] == pytest.approx(76.4 / 52.3)


def test_a_study_of_other_figures_has_no_divide():
    own = SimpleNamespace(units={"mine": SimpleNamespace(embedded="")})
    assert list(divide_tables(own)) == []
