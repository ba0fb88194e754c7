"""Income of each household by source: its own total, its zone's structure (step 5)."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float, Int

from gongfu.core import ConvergenceError
from gongfu.economy.base_year.zone_sums import zone_sum

__all__ = ["household_sources", "source_tilts"]

_STEPS = 500
_CLOSE = 1e-12


def source_tilts(
    log_human_capital: Float[np.ndarray, " household"],
    worker_share: Float[np.ndarray, " household"],
    elderly_share: Float[np.ndarray, " household"],
    *,
    property_slope: float,
    transfer_slope: float,
    elderly_tilt: float,
) -> Float[np.ndarray, "household source"]:
    """(E16) Return how much a household gets of each source, up to a factor by zone and household.

    Parameters
    ----------
    log_human_capital : h; wages and business income rise with ``e^h``.
    worker_share : workers per member, 0-1; wages rise with it.
    elderly_share : members of 60 and over, 0-1.
    property_slope, transfer_slope : elasticities to ``e^h``.
    elderly_tilt : extra transfers of a household of elderly people only, as a share.
    """
    return np.stack(
        [
            worker_share * np.exp(log_human_capital),
            np.exp(log_human_capital),
            np.exp(property_slope * log_human_capital),
            (1.0 + elderly_tilt * elderly_share) * np.exp(transfer_slope * log_human_capital),
        ],
        axis=1,
    )


def household_sources(
    tilt: Float[np.ndarray, "household source"],
    income: Float[np.ndarray, " household"],
    people: Float[np.ndarray, " household"],
    start: Int[np.ndarray, " zone_edge"],
    sources: Float[np.ndarray, "zone source"],
) -> Float[np.ndarray, "household source"]:
    """(E16) Return income per person by source; rows add up to income, zones to their sources.

    Parameters
    ----------
    tilt : see :func:`source_tilts`, above zero.
    income : per person, yuan.
    people : people a record stands for.
    sources : mean income per person by zone and source, yuan; adds up to the zone's mean income.

    Raises
    ------
    ConvergenceError
        If rows and zones cannot both be met.

    Notes
    -----
    Iterative proportional fitting: rows and zones are scaled in turn.
    """
    zone = np.repeat(np.arange(len(sources)), np.diff(start))
    share = (people / zone_sum(people, start)[zone])[:, None]
    cells = tilt * (sources / zone_sum(share * tilt, start))[zone]
    for _ in range(_STEPS):
        cells *= (income / cells.sum(axis=1))[:, None]
        factor = sources / zone_sum(share * cells, start)
        if np.abs(factor - 1.0).max() < _CLOSE:
            return cells
        cells *= factor[zone]
    raise ConvergenceError(
        f"income by source does not fit households and zones, off by {np.abs(factor - 1).max():.1e}"
    )
