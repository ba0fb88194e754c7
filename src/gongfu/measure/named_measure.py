"""A measure with its name and how it is to be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gongfu.measure.linearised import Linearised
from gongfu.measure.sample import Sample

__all__ = [
    "FROM_ZERO",
    "INDEX",
    "INDEX_POINTS",
    "MONEY",
    "PLAIN_UNITS",
    "RATIO",
    "SHARE",
    "NamedMeasure",
]

MONEY = "money"
"""Unit of measures in the currency of the income column."""

INDEX_POINTS = "index points"
"""Unit of the parts of a decomposition."""

INDEX = "index 0-1"
RATIO = "ratio"
FROM_ZERO = "index from 0"
SHARE = "share 0-1"
PLAIN_UNITS = (INDEX, FROM_ZERO, SHARE, RATIO, INDEX_POINTS)
"""Units without money: they need no price base."""


@dataclass(frozen=True, slots=True)
class NamedMeasure:
    """A measure with its name and how it is to be read.

    Parameters
    ----------
    name : as typed, such as ``atkinson(0.5)``.
    en, zh : label shown to people.
    unit : ``MONEY``, or what the value is counted in.
    convention : the choices behind the number.
    of : the measure as a function of checked rows.
    """

    name: str
    en: str
    zh: str
    unit: str
    convention: str
    of: Callable[[Sample], Linearised]
