from __future__ import annotations

import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.measure.index.build import build_index
from gongfu.measure.index.effective import correlation_ratio, effective_weights
from gongfu.measure.index.screen import screen


def test_a_straight_line_explains_its_r_squared(rng):
    x = rng.normal(size=400)
    y = x + rng.normal(size=400)
    # a flexible fit of 400 noisy rows leans on the noise by a few per cent
    assert correlation_ratio(x, y) == pytest.approx(np.corrcoef(x, y)[0, 1] ** 2, abs=0.04)


def test_a_curve_is_seen_that_correlation_misses(rng):
    x = rng.uniform(-1, 1, 400)
    y = x**2 + 0.05 * rng.normal(size=400)
    assert abs(np.corrcoef(x, y)[0, 1]) < 0.2
    assert correlation_ratio(x, y) > 0.9


def test_a_stranger_explains_next_to_nothing(rng):
    assert correlation_ratio(rng.normal(size=400), rng.normal(size=400)) < 0.05


def test_what_does_not_vary_explains_nothing():
    assert correlation_ratio(np.ones(5), np.arange(5.0)) == 0
    assert correlation_ratio(np.arange(5.0), np.ones(5)) == 0


def test_far_away_rows_do_not_break_the_fit():
    x = np.array([0.0, 0.1, 0.2, 0.3, 0.4, 1000.0])
    assert 0 <= correlation_ratio(x, np.array([0.0, 1.0, 2.0, 3.0, 4.0, 9.0])) <= 1


def test_the_indicator_that_varies_most_has_the_most_say(make_tree, make_panel, rng):
    values = 0.5 + rng.normal(size=(30, 5, 3)) * np.array([0.12, 0.03, 0.03])
    built = build_index(
        make_panel(values, ["wide", "b", "c"]),
        make_tree(["wide", "b", "c"], aggregation="arithmetic"),
    )
    found = {one.name: one for one in effective_weights(built)}
    assert found["wide"].effective > 0.7
    assert found["wide"].nominal == pytest.approx(1 / 3)
    assert sum(one.effective for one in found.values()) == pytest.approx(1)


def test_a_common_trend_explains_nothing(make_tree, make_panel, rng):
    """Both rise with the years; within a year the second has nothing to do with the index."""
    trend = np.linspace(0, 0.6, 10)[None, :, None]
    noise = rng.uniform(0, 1, (30, 10, 2)) * np.array([0.3, 0.001])
    built = build_index(
        make_panel(trend + noise, ["a", "b"]), make_tree(["a", "b"], aggregation="arithmetic")
    )
    assert effective_weights(built)[1].first_order < 0.05


def test_too_few_rows_are_refused(make_tree, make_panel):
    built = build_index(make_panel([[[0.1]], [[0.2]]], ["a"]), make_tree(["a"]))
    with pytest.raises(InputError, match="ten units"):
        effective_weights(built)


def test_screening_sees_gaps_ends_trend_and_twins(make_tree, make_panel):
    years = np.arange(4) * 0.1
    first = np.array([[0.0], [0.2], [0.5]]) + years
    twin = 0.5 * first
    trend = np.tile(years, (3, 1)) * 2
    values = np.stack([first, twin, trend], axis=-1)
    values[2, 3, 2] = np.nan
    built = build_index(make_panel(values, ["a", "b", "c"]), make_tree(["a", "b", "c"]))
    a, b, c = screen(built)
    assert (a.twin, a.twin_correlation) == ("b", pytest.approx(1))
    assert b.low == 0.0
    assert b.high == pytest.approx(0.4)
    assert a.at_ends == pytest.approx(1 / 12)
    assert c.coverage == pytest.approx(11 / 12)
    assert c.gaps == ("13",)
    assert c.year_share == pytest.approx(1)
