"""Base years are built once for all tests."""

from functools import cache

import pytest

from gongfu.economy.base_year import build_base_year

RECORDS = 20_000


@cache
def _build(year, households=RECORDS):
    return build_base_year(year, households)


@pytest.fixture(scope="session")
def built():
    """Return a function of year and number of households that builds each base year once."""
    return _build
