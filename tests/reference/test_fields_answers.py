"""Fields' split against R dineq on 5,000 Mexican households."""

from __future__ import annotations

import polars as pl
import pytest

from gongfu.measure.regression import design_matrix, fields_split
from gongfu.measure.regression.fields import RESIDUAL

pytestmark = pytest.mark.reference

# R dineq 0.1.0 rb_decomp(log(income) ~ four factors, weights = factor), mex_inc_2008.csv.
ANSWERS = {
    "hh_structure": 0.0374097548211974,
    "education": 0.227555421057316,
    "domicile_size": 0.12244835971062,
    "age_cat": 0.0241368737552473,
    RESIDUAL: 0.588449590655617,
}
VARIANCE = 0.755592116058098


@pytest.fixture
def found(reference_folder):
    frame = pl.read_csv(reference_folder / "measure" / "mex_inc_2008.csv")
    frame = frame.filter(pl.col("income") > 0)
    labels = {name: frame[name].to_numpy().astype(str) for name in ANSWERS if name != RESIDUAL}
    matrix = design_matrix({}, labels)
    weight = frame["factor"].cast(pl.Float64).to_numpy()
    return fields_split(frame["income"].to_numpy(), matrix, weight)


@pytest.mark.parametrize("part", ANSWERS)
def test_parts_equal_those_of_dineq(found, part: str):
    # Both are closed forms: what differs is the rounding of two least squares.
    assert found.parts[part].value == pytest.approx(ANSWERS[part], rel=1e-11)


def test_the_variance_of_logs_equals_that_of_dineq(found):
    # dineq divides by the sum of weights less one. Closed forms: rounding.
    people = 4_789_473
    assert found.variance.value * people / (people - 1) == pytest.approx(VARIANCE, rel=1e-11)
