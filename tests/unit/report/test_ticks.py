import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongfu.report.figures.ticks import (
    index_ticks,
    log_percent_ticks,
    log_point_ticks,
    year_ticks,
)


def test_percentages_are_round_and_stand_at_their_logarithms():
    ticks = log_percent_ticks(0.0, 0.695, 6)
    assert [label for _, label in ticks] == ["0%", "+20%", "+40%", "+60%", "+80%", "+100%"]
    assert ticks[1][0] == pytest.approx(math.log(1.2))  # float rounding


def test_values_of_an_index_have_the_decimals_of_their_step():
    assert [label for _, label in index_ticks(0.0, 0.2, 5)] == [
        "0.00",
        "0.05",
        "0.10",
        "0.15",
        "0.20",
    ]
    assert [label for _, label in index_ticks(1.7, 3.2, 4)] == ["2.0", "2.5", "3.0"]


def test_log_points_carry_signs_and_years_end_with_the_last():
    assert [label for _, label in log_point_ticks(-0.2, 0.4, 4)] == ["−20", "0", "+20", "+40"]
    assert [label for _, label in year_ticks(2013, 2024, 4)] == ["2015", "2018", "2021", "2024"]


@given(st.floats(-0.5, 0.5), st.floats(0.01, 2), st.integers(3, 9))
def test_ticks_lie_inside_and_are_few(low: float, width: float, most: int):
    for maker in (log_percent_ticks, log_point_ticks, index_ticks):
        ticks = maker(low, low + width, most)
        assert 0 < len(ticks) <= most + 1
        assert all(low - 1e-9 <= place <= low + width + 1e-9 for place, _ in ticks)  # rounding
        assert len({label for _, label in ticks}) == len(ticks)


def test_a_lone_tick_keeps_the_decimals_it_needs():
    assert [label for _, label in index_ticks(0.3, 0.7, 1)] == ["0.5"]
    assert [label for _, label in index_ticks(2.2, 3.1, 1)] == ["3"]
