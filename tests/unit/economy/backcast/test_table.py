from dataclasses import replace

import polars as pl
import pytest

from gongfu.core import Panel
from gongfu.data import load_china, load_china_national, load_zones
from gongfu.economy.backcast.rules import rulers
from gongfu.economy.backcast.table import backcast
from gongfu.economy.backcast.targets import TARGETS, Sources

RULES = rulers((2010, 2013), 0.85)


@pytest.fixture(scope="module")
def sources():
    return Sources(
        load_china().select("income_pc_all"),
        load_zones(),
        load_china_national().select("income_pc_urban", "income_pc_rural"),
    )


def scrambled(panel: Panel, after: int) -> Panel:
    """The panel with nonsense in every figure after a year."""
    value = pl.when(pl.col("year") > after).then(pl.col("value") * 7 + 1).otherwise("value")
    return replace(panel, frame=panel.frame.with_columns(value=value))


def test_scrambling_all_figures_after_the_origin_changes_no_forecast(sources):
    from gongfu.economy.backcast.table import _forecast

    other = Sources(
        *(scrambled(p, 2017) for p in (sources.provinces, sources.zones, sources.nation))
    )
    for target in TARGETS.values():
        for rule in RULES:
            one, band = _forecast(target(sources.until(2017)), rule, 2017, 2023)
            two, same_band = _forecast(target(other.until(2017)), rule, 2017, 2023)
            if one is None:  # the series starts after the rule's window
                assert two is None
                continue
            assert (one == two).all()
            assert (band == same_band).all()


def test_every_rule_origin_and_horizon_is_printed(sources):
    table = backcast(sources, RULES, [2015, 2019], last=2023, horizons=3)
    national = table.filter(target="national_ratio", origin=2019)
    assert set(national["rule"]) == {rule.name for rule in RULES}
    assert set(table["horizon"]) == {0, 1, 2, 3}
    assert table.filter(target="zones", horizon=1, origin=2019)["cells"].unique().to_list() == [62]
    assert table["rmse"].is_finite().all()
    assert "log drift from 2010" not in set(table.filter(target="zones")["rule"])


def test_the_nation_repeats_the_known_error(sources):
    table = backcast(sources, RULES, [2015], last=2023, horizons=1)
    row = table.filter(target="national_ratio", rule="linear trend from 2010", horizon=0)
    # Computed apart from this code, printed with three decimals.
    assert round(row["rmse"].item(), 3) == 0.107
