"""Which provinces touch, and how far their capitals are from each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from jaxtyping import Bool, Float

from gongfu.core import InputError, Problem
from gongfu.data.embedded import read_embedded
from gongfu.data.sphere import EARTH_RADIUS_KM, great_circle_km

__all__ = ["EARTH_RADIUS_KM", "Capital", "borders", "capitals", "distances", "neighbours"]


@dataclass(frozen=True, slots=True)
class Capital:
    """Seat of a province's government; longitude and latitude in degrees east and north."""

    province: str
    zh: str
    en: str
    longitude: float
    latitude: float


@cache
def borders(*, sea: bool = True) -> tuple[tuple[str, str], ...]:
    """Return the pairs of provinces that touch, smaller code first.

    Parameters
    ----------
    sea : also count Guangdong and Hainan, which face each other across a strait; without that pair
        Hainan has no neighbour.
    """
    table = read_embedded("borders.csv")
    rows = table.select("province_a", "province_b", "kind").iter_rows()
    return tuple((a, b) for a, b, kind in rows if sea or kind == "land")


def neighbours(units: Sequence[str], *, sea: bool = True) -> Bool[np.ndarray, "unit unit"]:
    """Return which of the given provinces touch, as a symmetric matrix with a false diagonal.

    Parameters
    ----------
    units : two-digit codes, in the order wanted.
    sea : see :func:`borders`.
    """
    _require_known(units)
    place = {unit: i for i, unit in enumerate(units)}
    touch = np.zeros((len(units), len(units)), dtype=bool)
    for a, b in borders(sea=sea):
        if a in place and b in place:
            touch[place[a], place[b]] = touch[place[b], place[a]] = True
    return touch


@cache
def capitals() -> dict[str, Capital]:
    """Return the capital of each province by its two-digit code."""
    rows = read_embedded("capitals.csv").iter_rows(named=True)
    return {row["province"]: Capital(**row) for row in rows}


def distances(units: Sequence[str]) -> Float[np.ndarray, "unit unit"]:
    """Return great-circle distances between the capitals of the given provinces, in km."""
    _require_known(units)
    seats = [capitals()[unit] for unit in units]
    longitude = np.array([seat.longitude for seat in seats])
    latitude = np.array([seat.latitude for seat in seats])
    return great_circle_km(longitude, latitude, longitude, latitude)


def _require_known(units: Iterable[str]) -> None:
    unknown = [unit for unit in units if unit not in capitals()]
    if unknown:
        raise InputError(
            Problem(f"no province {unit!r}", expected="a two-digit code such as 51")
            for unit in unknown
        )
