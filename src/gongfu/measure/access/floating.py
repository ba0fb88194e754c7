"""The two-step floating catchment family: supply shared among the demand around it.

References
----------
[Luo-Wang 2003] Measures of spatial accessibility to health care in a GIS environment. Environment
and Planning B 30(6).
[Luo-Qi 2009] An enhanced two-step floating catchment area (E2SFCA) method. Health and Place 15(4).
[Wan-Zou-Sternberg 2012] A three-step floating catchment area method for analyzing spatial access to
health services. International Journal of Geographical Information Science 26(6).
[Delamater 2013] Spatial accessibility in suboptimally configured health care systems: a modified
two-step floating catchment area (M2SFCA) metric. Health and Place 24.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from jaxtyping import Bool, Float

from gongfu.core import InputError, Problem
from gongfu.core.errors import nearest_name
from gongfu.measure.access.reach import Reach

__all__ = ["METHODS", "CatchmentAccess", "Method", "floating_catchment", "opportunities"]

Method = Literal["2sfca", "3sfca", "m2sfca"]
"""``2sfca`` (with a decay: the enhanced method), ``3sfca`` (people choose among what is near) and
``m2sfca`` (far supply is partly lost to everybody)."""

METHODS: tuple[Method, ...] = get_args(Method)


@dataclass(frozen=True, slots=True, eq=False)
class CatchmentAccess:
    """Access of each place.

    Parameters
    ----------
    access : supply per person at each place of demand; 0 where nothing is in reach.
    ratio : supply per person (weighted by the decay) of each place of supply; 0 where nobody is in
        reach.
    is_served : places of demand with supply in reach.
    is_used : places of supply with people in reach.
    supply_in_reach : supply of the places that people reach.
    supply_used : people times access, added up.
    """

    access: Float[np.ndarray, " demand"]
    ratio: Float[np.ndarray, " supply"]
    is_served: Bool[np.ndarray, " demand"]
    is_used: Bool[np.ndarray, " supply"]
    supply_in_reach: float
    supply_used: float

    @property
    def conservation_gap(self) -> float:
        """Share of the supply in reach that no one's access holds: 0 but for ``m2sfca``."""
        return 1.0 - self.supply_used / self.supply_in_reach if self.supply_in_reach else 0.0


def floating_catchment(
    people: Float[np.ndarray, " demand"],
    capacity: Float[np.ndarray, " supply"],
    reach: Reach,
    weight: Float[np.ndarray, " pair"],
    method: Method = "2sfca",
) -> CatchmentAccess:
    """Return access to supply by a floating catchment method.

    Parameters
    ----------
    people : demand of each place, at least 0.
    capacity : supply of each place, such as beds, at least 0.
    reach : which pairs lie in the catchment.
    weight : what each pair counts, 0-1, from ``decay_weights``.
    method : see ``Method``.

    Raises
    ------
    InputError
        If lengths differ, people or capacity are missing or below zero, or ``method`` is unknown.

    Notes
    -----
    With decay w, people P, capacity S::

        2sfca   R_j = S_j / sum_k P_k w_kj            A_i = sum_j w_ij R_j
        3sfca   G_ij = w_ij / sum_j w_ij, and G w in place of w
        m2sfca  R_j as in 2sfca                       A_i = sum_j w_ij^2 R_j

    In the first two, ``sum_i P_i A_i`` is the supply that people reach: nothing is lost and
    nothing counted twice. In the third the difference is what distance costs.
    """
    problems = [*_problems(people, capacity, reach, weight, method)]
    if problems:
        raise InputError(problems)
    if method == "3sfca":
        total = reach.by_demand(weight)[reach.demand]
        weight = np.where(total > 0, weight / np.where(total > 0, total, 1.0), 0.0) * weight
    pressure = reach.by_supply(people[reach.demand] * weight)
    is_used = pressure > 0
    ratio = np.where(is_used, capacity / np.where(is_used, pressure, 1.0), 0.0)
    last = weight**2 if method == "m2sfca" else weight
    access = reach.by_demand(ratio[reach.supply] * last)
    return CatchmentAccess(
        access=access,
        ratio=ratio,
        is_served=reach.by_demand(weight * (capacity[reach.supply] > 0)) > 0,
        is_used=is_used,
        supply_in_reach=float(capacity[is_used].sum()),
        supply_used=float(np.sum(people * access)),
    )


def opportunities(
    capacity: Float[np.ndarray, " supply"], reach: Reach, weight: Float[np.ndarray, " pair"]
) -> Float[np.ndarray, " demand"]:
    """Return the supply in reach of each place: cumulative opportunities.

    Parameters
    ----------
    capacity : supply of each place, at least 0.
    reach, weight : as for ``floating_catchment``. Other people who use the supply do not count.
    """
    return reach.by_demand(capacity[reach.supply] * weight)


def _problems(
    people: np.ndarray, capacity: np.ndarray, reach: Reach, weight: np.ndarray, method: str
) -> Iterator[Problem]:
    if method not in METHODS:
        fix = nearest_name(method, METHODS)
        yield Problem(f"no method {method!r}", expected=f"one of {', '.join(METHODS)}", fix=fix)
    sizes = (
        ("people", len(people), reach.demands),
        ("capacity", len(capacity), reach.supplies),
        ("weight", len(weight), len(reach.travel)),
    )
    for name, found, expected in sizes:
        if found != expected:
            words = f"{name} has another length than the pairs say"
            yield Problem(words, expected=f"{expected} values", found=f"{found}")
    for name, values in (("people", people), ("capacity", capacity)):
        bad = np.flatnonzero(~(np.isfinite(values) & (values >= 0)))
        if len(bad):
            yield Problem(
                f"{len(bad)} values of {name} are missing or below zero",
                found=f"{values[bad[0]]:g} at position {bad[0]} (counted from 0)",
            )
