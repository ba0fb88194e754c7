"""Which places of supply people can reach, and what the way costs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from jaxtyping import Float, Int

from gongfu.core import InputError, Problem
from gongfu.data.sphere import great_circle_km

__all__ = ["Reach", "reach_by_distance", "reach_from_table"]

_CHUNK = 1 << 20
"""Pairs of places whose distance is held at a time."""


@dataclass(frozen=True, eq=False)
class Reach:
    """Pairs of a place of demand and a place of supply within the catchment.

    Parameters
    ----------
    demand, supply : positions of both ends of each pair, ordered by demand.
    travel : cost of the way, in ``unit``, at least 0 and at most ``catchment``.
    demands, supplies : how many places there are, those in no pair included.
    catchment : largest cost that counts.
    unit : ``km`` or ``minutes``.
    """

    demand: Int[np.ndarray, " pair"]
    supply: Int[np.ndarray, " pair"]
    travel: Float[np.ndarray, " pair"]
    demands: int
    supplies: int
    catchment: float
    unit: str

    def by_demand(self, values: Float[np.ndarray, " pair"]) -> Float[np.ndarray, " demand"]:
        """Return the sum of values over the pairs of each place of demand."""
        return np.bincount(self.demand, values, minlength=self.demands)

    def by_supply(self, values: Float[np.ndarray, " pair"]) -> Float[np.ndarray, " supply"]:
        """Return the sum of values over the pairs of each place of supply."""
        return np.bincount(self.supply, values, minlength=self.supplies)

    @cached_property
    def nearest(self) -> Float[np.ndarray, " demand"]:
        """Cost of the way to the nearest supply; infinite where none is in the catchment."""
        out = np.full(self.demands, np.inf)
        np.minimum.at(out, self.demand, self.travel)
        return out


def reach_by_distance(
    demand: tuple[Float[np.ndarray, " demand"], Float[np.ndarray, " demand"]],
    supply: tuple[Float[np.ndarray, " supply"], Float[np.ndarray, " supply"]],
    catchment: float,
) -> Reach:
    """Return the pairs within a great-circle distance.

    Parameters
    ----------
    demand, supply : longitudes and latitudes, degrees east and north.
    catchment : km, above 0.

    Raises
    ------
    InputError
        If a coordinate lies outside the earth or the catchment is not above zero.

    Notes
    -----
    Distances are made in blocks of about a million pairs and dropped beyond the catchment, so
    that memory grows with the pairs in reach, not with all pairs.
    """
    problems = [*_coordinate_problems("demand", demand), *_coordinate_problems("supply", supply)]
    problems += _catchment_problems(catchment)
    if problems:
        raise InputError(problems)
    step = max(1, _CHUNK // max(1, len(supply[0])))
    found = [
        _block(demand, supply, start, step, catchment) for start in range(0, len(demand[0]), step)
    ]
    left, right, travel = (np.concatenate(part) for part in zip(*found, strict=True))
    return Reach(left, right, travel, len(demand[0]), len(supply[0]), catchment, "km")


def reach_from_table(
    demand: Int[np.ndarray, " pair"],
    supply: Int[np.ndarray, " pair"],
    travel: Float[np.ndarray, " pair"],
    *,
    demands: int,
    supplies: int,
    catchment: float,
    unit: str = "minutes",
) -> Reach:
    """Return the pairs of a travel-time table within the catchment; pairs not listed are too far.

    Parameters
    ----------
    demand, supply : positions of both ends of each listed pair.
    travel : cost of the way, at least 0.
    demands, supplies : how many places there are.
    catchment : largest cost that counts, in ``unit``, above 0.

    Raises
    ------
    InputError
        If a pair stands twice, a cost is missing or below zero, or the catchment is not above
        zero.
    """
    problems = [*_catchment_problems(catchment), *_pair_problems(demand, supply, travel, supplies)]
    if problems:
        raise InputError(problems)
    order = np.lexsort((supply, demand))
    kept = order[travel[order] <= catchment]
    return Reach(demand[kept], supply[kept], travel[kept], demands, supplies, catchment, unit)


_Places = tuple[Float[np.ndarray, " place"], Float[np.ndarray, " place"]]
_Pairs = tuple[Int[np.ndarray, " pair"], Int[np.ndarray, " pair"], Float[np.ndarray, " pair"]]


def _block(demand: _Places, supply: _Places, start: int, step: int, catchment: float) -> _Pairs:
    rows = slice(start, start + step)
    distance = great_circle_km(demand[0][rows], demand[1][rows], *supply)
    left, right = np.nonzero(distance <= catchment)
    return left + start, right, distance[left, right]


def _catchment_problems(catchment: float) -> list[Problem]:
    if np.isfinite(catchment) and catchment > 0:
        return []
    return [Problem("a catchment lies above zero", found=f"{catchment:g}")]


def _coordinate_problems(kind: str, places: _Places) -> Iterator[Problem]:
    for name, values, most in (("longitude", places[0], 180.0), ("latitude", places[1], 90.0)):
        bad = np.flatnonzero(~(np.abs(values) <= most))
        if len(bad):
            yield Problem(
                f"{len(bad)} {name}s of {kind} are missing or not on the earth",
                expected=f"degrees from -{most:g} to {most:g}",
                found=f"{values[bad[0]]:g} at position {bad[0]} (counted from 0)",
                fix="Are longitude and latitude swapped, or metres given for degrees?",
            )


def _pair_problems(
    demand: np.ndarray, supply: np.ndarray, travel: np.ndarray, supplies: int
) -> Iterator[Problem]:
    bad = np.flatnonzero(~(np.isfinite(travel) & (travel >= 0)))
    if len(bad):
        yield Problem(
            f"{len(bad)} travel costs are missing or below zero",
            found=f"{travel[bad[0]]:g} at position {bad[0]} (counted from 0)",
            fix="Leave a pair out that cannot be travelled.",
        )
    key = demand.astype(np.int64) * max(1, supplies) + supply
    repeated = len(key) - len(np.unique(key))
    if repeated:
        yield Problem(f"{repeated} pairs stand more than once", fix="Keep one row a pair.")
