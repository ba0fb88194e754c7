import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongfu.report.palette import FILL, MUTED, PAPER, TEXT, contrast, ink_on, scale_colour


@pytest.mark.parametrize("colour", [*TEXT.values(), MUTED])
def test_text_colours_reach_the_contrast_of_wcag_on_white(colour: str):
    assert contrast(colour, PAPER) >= 4.5  # WCAG 2.2, 1.4.3


def test_contrast_has_its_known_ends():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)  # exact by definition
    assert contrast("#777777", "#777777") == 1


@given(st.floats(-1, 1), st.floats(-1, 0.99), st.floats(0.01, 1))
def test_text_on_any_colour_of_the_scale_is_readable(value: float, low: float, width: float):
    colour = scale_colour(value, low, low + width)
    assert contrast(ink_on(colour), colour) >= 4.5  # WCAG 2.2, 1.4.3


def test_a_range_with_both_signs_is_centred_on_zero():
    assert scale_colour(0.0, -0.1, 0.5) == scale_colour(0.0, -0.5, 0.1) == "#f3f2f0"
    assert scale_colour(0.1, -0.2, 0.2) != scale_colour(-0.1, -0.2, 0.2)


def test_a_range_of_one_sign_runs_from_light_to_dark():
    assert scale_colour(0.1, 0.1, 0.3) == "#e6f0f8"
    assert scale_colour(0.3, 0.1, 0.3) == "#0b4a84"
    assert scale_colour(-0.1, -0.3, -0.1) != scale_colour(-0.3, -0.3, -0.1)


def test_gain_and_loss_are_blue_and_orange():
    assert FILL["gain"] == "#0072b2"
    assert FILL["loss"] == "#d55e00"
