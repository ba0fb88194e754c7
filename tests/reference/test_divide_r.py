"""Gaps and concentration indices against R's survey package (script and raw output in ``r``)."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from gongfu.measure.divide import divide

pytestmark = pytest.mark.reference

R = Path(__file__).parent / "r"
ANSWERS = {
    name: (float(value), float(error))
    for name, value, error in (
        line.split("\t") for line in (R / "divide.out").read_text("utf-8").splitlines()
    )
}
ROWS = pl.read_csv(R / "inequality_sample.csv").with_columns(
    online=(
        (pl.col("income") * 7919) % 100 < 40 + 25 * (pl.col("area") == "urban").cast(pl.Int64)
    ).cast(pl.Int64)
)
DESIGN = {"weight": "weight", "strata": "stratum", "psu": "psu"}
CLOSED = 1e-9  # both sides are closed forms; R printed 12 digits
NUMERIC = 1e-6  # R's influence is a numerical derivative with a relative step of 1e-4


def test_both_sides_have_the_same_rows():
    assert (ROWS["online"].sum(), ROWS.height) == ANSWERS["online"]


@pytest.mark.parametrize("gap", ["difference", "ratio", "log-odds"])
def test_gap_and_its_error_are_those_of_svycontrast(gap):
    found = divide(ROWS, "online", by="area", bounds=(0, 1), **DESIGN)
    estimate = found.find(f"{gap} by area", "rural")
    assert (estimate.value, estimate.standard_error) == pytest.approx(ANSWERS[gap], rel=CLOSED)


@pytest.mark.parametrize("correction", ["none", "generalised", "wagstaff", "erreygers"])
def test_concentration_index_and_its_error_are_those_of_r(correction):
    found = divide(ROWS, "online", rank="income", bounds=(0, 1), correction=correction, **DESIGN)
    estimate = found.estimates[-1]
    value, error = ANSWERS[correction]
    assert estimate.value == pytest.approx(value, rel=CLOSED)
    assert estimate.standard_error == pytest.approx(error, rel=NUMERIC)
