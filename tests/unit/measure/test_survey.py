from __future__ import annotations

import polars as pl
import pytest

from gongfu.core import Evidence, InputError, Microdata, Uncertainty
from gongfu.measure.mean import mean
from gongfu.measure.survey import read_survey

FRAME = pl.DataFrame(
    {
        "income": [1.0, 2.0, None, 4.0],
        "wage": [1.0, None, 3.0, 4.0],
        "year": [2018, 2018, 2023, 2023],
        "w": [1.0, 2.0, 3.0, 4.0],
        "stratum": ["a", "a", "b", "b"],
    }
)


def test_rows_that_lack_a_value_are_left_out_and_counted():
    survey = read_survey(FRAME, ["income", "wage"], labels=["year"], weight="w")
    assert survey.values["wage"].tolist() == [1.0, 4.0]
    assert survey.weight.tolist() == [1.0, 4.0]
    assert survey.notes == (
        "2 of 4 rows lack one of income, wage and are left out; if they differ from the others, "
        "the estimates are biased.",
    )


def test_a_wave_is_the_rows_of_a_year():
    survey = read_survey(FRAME, ["wage"], labels=["year"], weight="w")
    assert survey.wave("wage", "year", 2023).income.tolist() == [3.0, 4.0]
    with pytest.raises(InputError, match="2018, 2023"):
        survey.wave("wage", "year", 2020)


def test_a_year_written_with_a_point_is_the_same_year():
    survey = read_survey(FRAME.cast({"year": pl.Float64}), ["wage"], labels=["year"])
    assert survey.wave("wage", "year", 2023).income.tolist() == [3.0, 4.0]
    with pytest.raises(InputError, match="2018, 2023"):
        survey.member("year", 1999)


def test_the_design_of_microdata_is_its_own():
    rows = Microdata(FRAME.lazy(), weight="w", evidence=Evidence.SIMULATED)
    survey = read_survey(rows, ["wage"])
    assert survey.weight.tolist() == [1.0, 3.0, 4.0]
    assert survey.evidence is Evidence.SIMULATED


def test_rows_that_are_all_there_are_have_no_error():
    survey = read_survey(FRAME, ["wage"], population=True)
    found = survey.estimate(
        mean(survey.values["wage"]), measure="mean", unit="yuan", convention="mean"
    )
    assert found.standard_error is None
    assert found.uncertainty is Uncertainty.NOT_PUBLISHED


def test_all_missing_columns_are_named_at_once():
    with pytest.raises(InputError) as caught:
        read_survey(FRAME, ["incom", "wage"], labels=["yaer"])
    assert len(caught.value.problems) == 2
