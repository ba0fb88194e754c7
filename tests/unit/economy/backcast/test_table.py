from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from gongfu.core import Panel
from gongfu.data import load_china, load_china_national, load_secondary, load_zones
from gongfu.economy.backcast.rules import rulers
from gongfu.economy.backcast.structural import damp, structural_forecast, structural_path
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
    horizons = np.arange(1, 7)

    other = Sources(
        *(scrambled(p, 2017) for p in (sources.provinces, sources.zones, sources.nation))
    )
    for target in TARGETS.values():
        for rule in RULES:
            seen, same = target(sources.until(2017)), target(other.until(2017))
            one = rule.ahead(seen.years, seen.values, horizons)
            two = rule.ahead(same.years, same.values, horizons)
            if one is None:  # the series starts after the rule's window
                assert two is None
                continue
            assert (one == two).all()


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


def test_scrambling_figures_after_the_origin_leaves_the_model_bit_by_bit():
    full = Sources(load_china(), load_zones(), load_china_national())
    other = Sources(*(scrambled(p, 2016) for p in (full.provinces, full.zones, full.nation)))
    secondary = load_secondary()
    options = {"origin": 2016, "last": 2018, "households": 4_000}
    one = structural_path(full, secondary, **options)
    two = structural_path(other, scrambled(secondary, 2016), **options)
    for target in TARGETS:
        forecasts = [
            structural_forecast(path, target, panels.until(2016), phi=0.85)
            for path, panels in ((one, full), (two, other))
        ]
        assert np.array_equal(*forecasts)


def test_damping_fades_changes_and_leaves_the_start():
    path = np.array([1.0, np.exp(0.1), np.exp(0.2)])
    np.testing.assert_allclose(np.log(damp(path, 0.5)), [0, 0.05, 0.075])
    np.testing.assert_allclose(damp(path, 1.0), path)
