"""Coupling coordination of two or more indices, what choices do to it, and what it cannot say.

References
----------
[Wang 2021] Wang, Kong, Ren, Zhi, Dai: Research on misuses and modification of coupling
coordination degree model in China. Journal of Natural Resources 36(3), 793-810.
[Jiang 2017] Jiang, Bai, Wu: Coupling and coordinating degrees of provincial economy, resources and
environment in China. Journal of Natural Resources 32(5), doi 10.11849/zrzyxb.20160512.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError, Problem
from gongfu.measure.index.finding import Finding, Say
from gongfu.measure.index.index_spread import IndexSpread

__all__ = [
    "Coupling",
    "CouplingInterval",
    "check_coupling",
    "coupling_coordination",
    "coupling_intervals",
]

CITATION = "Wang et al. 2021, Journal of Natural Resources 36(3), doi 10.31497/zrzyxb.20210319"

HIGH = 0.9
"""A coupling degree above it is called high in the literature."""


@dataclass(frozen=True, slots=True, eq=False)
class Coupling:
    """Coupling degree C, level T and coordination D of each row, all 0-1."""

    coupling: Float[np.ndarray, " row"]
    level: Float[np.ndarray, " row"]
    coordination: Float[np.ndarray, " row"]


@dataclass(frozen=True, slots=True)
class CouplingInterval:
    """Coordination of a unit as stated, its median over choices and its range over them."""

    unit: str
    stated: float
    median: float
    low: float
    high: float
    level: float


def coupling_coordination(
    systems: Float[np.ndarray, "row system"],
    shares: Float[np.ndarray, " system"] | None = None,
) -> Coupling:
    """Return coupling, level and coordination; a row with a missing index has none.

    Parameters
    ----------
    systems : indices from 0 to 1, at least two columns.
    shares : weights of the systems in T, adding up to 1; equal by default.

    Raises
    ------
    InputError
        If an index lies outside 0-1, where C can leave 0-1 too [Jiang 2017].

    Notes
    -----
    ``C = [prod U / (mean U)^k]^(1/k)``, ``T = sum a U``, ``D = sqrt(C T)``; C is 0 where an index
    is 0. C is the geometric over the arithmetic mean, so it says how equal two numbers are, not
    whether one system has anything to do with the other: see :func:`check_coupling`.
    """
    _refuse_outside(systems)
    k = systems.shape[1]
    weights = np.full(k, 1.0 / k) if shares is None else shares
    mean = systems.mean(axis=1)
    with np.errstate(divide="ignore"):
        geometric = np.exp(np.log(systems).mean(axis=1))
    coupling = np.divide(geometric, mean, out=mean * 0.0, where=mean > 0)
    level = systems @ weights
    return Coupling(coupling, level, np.sqrt(coupling * level))


def coupling_intervals(
    spreads: Sequence[IndexSpread], *, level: float = 0.9
) -> tuple[CouplingInterval, ...]:
    """Return the coordination of each unit over the combinations of choices of its indices.

    Parameters
    ----------
    spreads : one per index, of the same year; every combination of one meets every combination of
        the others, because nothing ties their choices together. Combinations that leave 0-1
        (z scores) are not used.
    level : share of the combinations between ``low`` and ``high``.
    """
    years = sorted({one.year for one in spreads})
    units = [unit for unit in spreads[0].units if all(unit in one.units for one in spreads)]
    if len(spreads) < 2 or len(years) > 1 or not units:
        raise InputError("coupling needs two or more indices of one year with common units")
    parts = [_inside(one, units) for one in spreads]
    ways = np.meshgrid(*(np.arange(len(part)) for part in parts), indexing="ij")
    crossed = [part[way.ravel()].ravel() for part, way in zip(parts, ways, strict=True)]
    found = coupling_coordination(np.stack(crossed, axis=1)).coordination.reshape(-1, len(units))
    stated = np.stack([one.stated_index[_places(one, units)] for one in spreads], axis=1)
    middle = coupling_coordination(stated).coordination.tolist()
    tail = (1 - level) / 2
    low, median, high = np.quantile(found, [tail, 0.5, 1 - tail], axis=0).tolist()
    return tuple(
        CouplingInterval(unit, middle[i], median[i], low[i], high[i], level)
        for i, unit in enumerate(units)
    )


def check_coupling(systems: Float[np.ndarray, "row system"], *, at_least: float = 0.02) -> Finding:
    """Return whether C says more of the rows than of pairs of strangers.

    Parameters
    ----------
    systems : two indices from 0 to 1.
    at_least : by how much the mean of C should pass that of strangers.

    Notes
    -----
    Each unit's first index is paired with the second of every *other* unit: the exact mean over
    all pairs that are strangers, with nothing drawn. Independent indices spread evenly from .2 to
    .9 give a mean of .96 and C above .9 in 87 % of the pairs.
    """
    rows = systems[~np.isnan(systems).any(axis=1)]
    if rows.shape[1] != 2 or len(rows) < 3:
        need = Say("需要两个指数、至少三个地区。", "Needs two indices and three units or more.")
        return Finding("coupling-near-one", "not possible", need, {}, {}, need, CITATION)
    own = coupling_coordination(rows).coupling
    strangers = _strangers(rows)
    gain = float(own.mean() - strangers.mean())
    high = float(np.mean(strangers > HIGH))
    return Finding(
        "coupling-near-one",
        "found" if gain < at_least else "clean",
        Say(
            f"耦合度平均 {own.mean():.3f}；把一个地区的前一指数与另一个地区的后一指数配对，也有 "
            f"{strangers.mean():.3f}，其中 {high:.0%} 超过 {HIGH}。",
            f"Mean coupling {own.mean():.3f}; the first index of one unit paired with the second "
            f"of another, strangers to each other, reach {strangers.mean():.3f}, and {high:.0%} "
            f"of those pass {HIGH}.",
        ),
        {
            "mean_coupling": float(own.mean()),
            "mean_of_strangers": float(strangers.mean()),
            "strangers_above_high": high,
            "gain": gain,
        },
        {"gain": at_least},
        Say(
            "不要把高耦合度解读为相互作用；报告两个指数本身、它们的相关和滞后关系。",
            "Do not read a high C as interaction; report the two indices, their correlation and "
            "who leads.",
        ),
        CITATION,
    )


def _strangers(rows: Float[np.ndarray, "row 2"]) -> Float[np.ndarray, " pair"]:
    first, second = (grid.ravel() for grid in np.meshgrid(rows[:, 0], rows[:, 1], indexing="ij"))
    same = np.eye(len(rows), dtype=bool).ravel()
    pairs = np.stack([first[~same], second[~same]], axis=1)
    return coupling_coordination(pairs).coupling


def _inside(one: IndexSpread, units: Sequence[str]) -> Float[np.ndarray, "way unit"]:
    ways = one.index.reshape(-1, len(one.units))[:, _places(one, units)]
    kept = ways[((ways >= 0) & (ways <= 1)).all(axis=1)]
    if not len(kept):
        raise InputError("no combination of choices keeps the index within 0-1")
    return kept


def _places(one: IndexSpread, units: Sequence[str]) -> list[int]:
    return [one.units.index(unit) for unit in units]


def _refuse_outside(systems: Float[np.ndarray, "row system"]) -> None:
    if systems.shape[1] < 2:
        raise InputError("coupling needs at least two systems")
    known = systems[~np.isnan(systems)]
    if known.size and (known.min() < 0 or known.max() > 1):
        raise InputError(
            Problem(
                "coupling needs indices between 0 and 1",
                found=f"{known.min():.3g} to {known.max():.3g}",
                fix="Use bounds, min-max or ranks instead of z scores.",
            )
        )
