"""Dagum rows as printed in a paper: the identity that our parts obey, at the paper's rounding.

Cities 2003-2022, Scientific Reports 2025, doi 10.1038/s41598-024-84112-w, table 6.
"""

import pytest

from gongfu.measure.dagum import dagum

PRINTED = {  # year: G, within, net between, transvariation
    2003: (0.1630, 0.0185, 0.0739, 0.0707),
    2011: (0.1483, 0.0165, 0.0713, 0.0605),
    2018: (0.1368, 0.0152, 0.0610, 0.0606),
    2022: (0.1528, 0.0161, 0.0851, 0.0517),
}
SHARES = {  # percent of G
    2003: (11.32, 45.32, 43.36),
    2022: (10.51, 55.67, 33.82),
}
HALF_UNIT = 0.5e-4  # four printed decimals
OF_FOUR_NUMBERS = 4 * HALF_UNIT  # a total and three parts, each rounded by itself


@pytest.mark.parametrize("year", PRINTED)
def test_printed_parts_add_up_to_their_total(year):
    total, *parts = PRINTED[year]
    assert abs(sum(parts) - total) <= OF_FOUR_NUMBERS


@pytest.mark.parametrize("year", SHARES)
def test_printed_shares_are_those_of_the_printed_parts(year):
    total, *parts = PRINTED[year]
    for part, share in zip(parts, SHARES[year], strict=True):
        # half a unit in the part, half a unit in the total, half a unit in the share
        room = 100 * (HALF_UNIT / total + part * HALF_UNIT / total**2) + 0.005
        assert abs(100 * part / total - share) <= room


def test_our_parts_rounded_as_printed_obey_the_same_identity():
    income = [9, 12, 20, 31, 14, 25, 47, 80, 33, 52, 61, 18]
    parts = dagum(income, ["a"] * 4 + ["b"] * 4 + ["c"] * 4, errors=False)
    three = (parts.within, parts.net_between, parts.transvariation)
    rounded = [round(part.value, 4) for part in three]
    assert min(rounded) > 0
    assert abs(sum(rounded) - round(parts.total.value, 4)) <= OF_FOUR_NUMBERS
