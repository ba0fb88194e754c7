import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from gongfu.core import Evidence, InputError, Panel


def wide():
    return pl.DataFrame(
        {"place": ["a", "a", "b"], "when": [2020, 2021, 2020], "income": [1.0, 2.0, 3.0]}
    )


@pytest.mark.parametrize("convert", [lambda f: f, pl.DataFrame.to_pandas, pl.DataFrame.to_arrow])
def test_any_dataframe_gives_the_same_panel(convert):
    panel = Panel.from_wide(convert(wide()), unit="place", year="when")
    assert panel.at("income", 2020) == {"a": 1.0, "b": 3.0}
    assert panel.units == ["a", "b"]


def test_missing_stays_missing():
    panel = Panel.from_wide(wide(), unit="place", year="when")
    values = panel.array("income", ["a", "b"], [2020, 2021])
    np.testing.assert_array_equal(values, [[1.0, 2.0], [3.0, np.nan]])


def test_until_hides_everything_after_the_cut():
    panel = Panel.from_wide(wide(), unit="place", year="when").until(2020)
    assert panel.years("income") == [2020]


def test_a_cell_may_stand_once_only_and_all_repeats_are_named():
    twice = pl.concat([wide(), wide()])
    with pytest.raises(InputError) as caught:
        Panel.from_wide(twice, unit="place", year="when")
    assert len(caught.value.problems) == 3


def test_infinite_and_nan_values_are_refused():
    bad = wide().with_columns(income=pl.Series([1.0, float("inf"), float("nan")]))
    with pytest.raises(InputError) as caught:
        Panel.from_wide(bad, unit="place", year="when")
    assert len(caught.value.problems) == 2


def test_unknown_variable_offers_the_nearest_name():
    panel = Panel.from_wide(wide(), unit="place", year="when")
    with pytest.raises(InputError, match="Did you mean 'income'"):
        panel.at("incom", 2020)


def test_join_refuses_the_same_cell_from_two_tables():
    panel = Panel.from_wide(wide(), unit="place", year="when")
    with pytest.raises(InputError, match="stands 2 times"):
        panel.join(panel)


def test_evidence_travels_with_each_cell():
    panel = Panel.from_wide(wide(), unit="place", year="when", evidence=Evidence.SIMULATED)
    assert set(panel.frame["evidence"]) == {"simulated"}


def test_pandas_and_arrow_are_really_tested():
    assert isinstance(wide().to_pandas(), pd.DataFrame)
    assert isinstance(wide().to_arrow(), pa.Table)
