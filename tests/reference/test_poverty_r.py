"""Poverty and tail measures against R's convey, ineq and laeken; script and output in ``r``."""

from __future__ import annotations

import math
from functools import partial
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from gongfu.measure.design import SurveyDesign
from gongfu.measure.poverty.fgt import fgt, severity
from gongfu.measure.poverty.line import read_line
from gongfu.measure.poverty.sen import sen, sst
from gongfu.measure.poverty.watts import watts
from gongfu.measure.sample import Sample
from gongfu.measure.top_tail import hill

pytestmark = pytest.mark.reference

R = Path(__file__).parent / "r"
ANSWERS = dict(line.split("\t") for line in (R / "poverty.out").read_text("utf-8").splitlines())
ROWS = pl.read_csv(R / "inequality_sample.csv")
INCOME, WEIGHT = ROWS["income"].to_numpy(), ROWS["weight"].to_numpy()
DESIGN = SurveyDesign(WEIGHT, ROWS["stratum"].to_numpy(), ROWS["psu"].to_numpy())
LINES = ("15000", "60%median", "50%mean")
MEASURES = {
    "fgt0": partial(fgt, alpha=0),
    "fgt1": partial(fgt, alpha=1),
    "fgt2": partial(fgt, alpha=2),
    "watts": watts,
}

SAME = 1e-12
"""Relative: the same formula in double precision on both sides."""
DENSITY = 0.10
"""Relative: both sides estimate a density from 600 clustered rows, each in its own way."""


def r(name: str) -> float:
    return float(ANSWERS[name])


def error(statistic) -> float:
    return math.sqrt(DESIGN.variance(statistic))


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("name", MEASURES)
def test_value_and_error_equal_convey(name, line):
    found = MEASURES[name](INCOME, WEIGHT, line=line)
    assert found.value == pytest.approx(r(f"{name}.{line}.value"), rel=SAME)
    needs_density = line == "60%median" or (name == "fgt0" and line == "50%mean")
    tolerance = DENSITY if needs_density else SAME
    assert error(found) == pytest.approx(r(f"{name}.{line}.error"), rel=tolerance)


def test_estimated_line_equals_convey_and_laeken():
    line = read_line("60%median").of(Sample.of(INCOME, WEIGHT))
    assert line.value == pytest.approx(r("line.60%median.value"), rel=SAME)
    assert line.value == pytest.approx(r("laeken.line"), rel=SAME)
    assert error(line) == pytest.approx(r("line.60%median.error"), rel=DENSITY)


def test_at_risk_of_poverty_rate_equals_laeken():
    found = fgt(INCOME, WEIGHT, line="60%median", alpha=0).value
    assert found == pytest.approx(r("laeken.arpr"), rel=SAME)


@pytest.mark.parametrize(
    ("name", "measure"), [("sen", sen), ("sst", sst), ("watts", watts), ("severity", severity)]
)
def test_unweighted_value_equals_ineq(name, measure):
    assert measure(INCOME, line=15000).value == pytest.approx(r(f"ineq.{name}"), rel=SAME)


def test_tail_index_equals_laeken():
    weighted = hill(INCOME, WEIGHT, threshold=60000.0).value
    assert weighted == pytest.approx(r("laeken.hill.weighted"), rel=SAME)
    thirty_first = float(np.sort(INCOME)[-31])
    assert hill(INCOME, threshold=thirty_first).value == pytest.approx(
        r("laeken.hill.top30"), rel=SAME
    )
