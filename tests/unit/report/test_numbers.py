import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongfu.report.catalogue.numbers import (
    amount,
    change_percent,
    change_size,
    count,
    decimals,
    direction,
    log_points,
    percent,
    rounded,
    signed,
    span,
)


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        (math.log(1.91), "+91%"),
        (math.log(0.988), "−1.2%"),
        (math.log(3.32), "+232%"),
        (0.0, "0%"),
        (1e-6, "0%"),
        (-1e-6, "0%"),
        (None, "–"),
        (float("nan"), "–"),
    ],
)
def test_a_log_change_reads_as_the_percentage_it_means(change: float | None, shown: str):
    assert change_percent(change) == shown


def test_parts_shown_as_log_points_add_up():
    assert [log_points(x) for x in (0.388, 0.153, 0.106, 0.647)] == [
        "+38.8",
        "+15.3",
        "+10.6",
        "+64.7",
    ]


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.28891, "0.289"), (12345.0, "12,345"), (-0.5, "−0.500"), (0.0, "0"), (999.96, "1,000")],
)
def test_few_significant_digits_but_every_whole_one(value: float, shown: str):
    assert rounded(value) == shown


def test_words_for_size_and_direction_follow_the_shown_digits():
    assert (change_size(-0.1), direction(-0.1)) == ("9.5%", "down")
    assert (change_size(0.1), direction(0.1)) == ("11%", "up")
    assert direction(1e-6) == "flat"


def test_chinese_counts_in_wan_and_yi_and_english_in_millions():
    assert [amount(x, "zh") for x in (9_999.0, 36_640_000.0, 127_000_000.0)] == [
        "9,999",
        "3,664万",
        "1.27亿",
    ]
    assert [amount(x, "en") for x in (9_999.0, 36_640_000.0, 1.27e9)] == [
        "9,999",
        "36.6m",
        "1.27bn",
    ]


def test_shares_counts_and_spans():
    assert (percent(0.94), percent(0.0), percent(None)) == ("94.0%", "0%", "–")
    assert (count(12840), decimals(2.345, 2), decimals(-0.001, 2)) == ("12,840", "2.35", "−0.00")
    assert (span(2013, 2024), span(2013, 2013)) == ("2013–2024", "2013")


@given(st.floats(-1e6, 1e6))
def test_a_signed_number_has_a_true_minus_and_rounds_to_its_value(value: float):
    shown = signed(value)
    assert "-" not in shown
    back = float(shown.replace("−", "-").replace(",", ""))
    # Two significant digits err by at most 5 %; two decimals by at most half a hundredth.
    assert abs(back - value) <= max(0.05 * abs(value), 0.0051)
