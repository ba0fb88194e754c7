from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from gongfu.measure.poverty.tip_curves import tip_curves

RNG = np.random.default_rng(14)
ROWS = pl.DataFrame(
    {
        "income": RNG.lognormal(0, 0.7, 300),
        "village": np.repeat(np.arange(30), 10),
        "area": RNG.choice(["rural", "urban"], 300),
    }
)


def test_curve_levels_off_at_the_headcount_at_the_height_of_the_gap():
    found = tip_curves(ROWS, "income", line=0.8, psu="village")[""]
    level = found.rank > found.headcount
    assert level.any()
    np.testing.assert_allclose(found.errors.value[level], found.gap, rtol=1e-12)
    low, high = found.errors.band()
    assert (low <= found.errors.value).all()
    assert (high[1:] > found.errors.value[1:]).all()


def test_groups_have_their_own_curve_under_the_line_of_all():
    found = tip_curves(ROWS, "income", line="60%median", by="area")
    assert list(found) == ["rural", "urban"]
    line = 0.6 * float(np.median(ROWS["income"]))
    rural = ROWS.filter(pl.col("area") == "rural")["income"].to_numpy()
    assert found["rural"].headcount == pytest.approx((rural < line).mean())


def test_all_rows_there_are_have_no_band():
    found = tip_curves(ROWS, "income", line=0.8, population=True)[""]
    assert not found.errors.standard_error.any()


def test_values_of_the_curve_are_plain_numbers():
    plain = tip_curves(ROWS, "income", line=0.8, points=5)[""].to_dict()
    assert len(plain["rank"]) == len(plain["height"]) == len(plain["low"]) == 5
