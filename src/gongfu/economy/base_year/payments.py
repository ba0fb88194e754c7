"""Who is paid for output: government, labour by zone and type, capital, profit (step 2 to 4)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

__all__ = ["FactorPayments", "factor_payments", "labour_payments", "rural_labour_share"]


@dataclass(frozen=True, slots=True)
class FactorPayments:
    """Output by who is paid, 100m yuan of the base year; the four add up to output.

    Parameters
    ----------
    tax : net taxes on production.
    labour, capital, profit : what is left, split by the cost share and the markup.
    """

    tax: Float[np.ndarray, "region sector"]
    labour: Float[np.ndarray, "region sector"]
    capital: Float[np.ndarray, "region sector"]
    profit: Float[np.ndarray, "region sector"]


def factor_payments(
    output: Float[np.ndarray, "region sector"],
    markup: Float[np.ndarray, "region sector"],
    *,
    production_tax: float,
    capital_share: Float[np.ndarray, " sector"],
) -> FactorPayments:
    """(E8) Return output split into production tax, labour, capital and profit.

    Parameters
    ----------
    output : value added, 100m yuan.
    markup : price over marginal cost, 1 or more.
    production_tax : net taxes as a share of output, 0-1.
    capital_share : capital's share of cost, 0-1.

    Notes
    -----
    With t the tax, mu the markup and alpha capital's share of cost: labour ``(1-t)(1-alpha)/mu``,
    capital ``(1-t) alpha/mu``, profit ``(1-t)(1-1/mu)`` of output.
    """
    after_tax = (1.0 - production_tax) * output
    cost = after_tax / markup
    return FactorPayments(
        tax=output - after_tax,
        labour=(1.0 - capital_share) * cost,
        capital=capital_share * cost,
        profit=after_tax - cost,
    )


def rural_labour_share(
    wages: Float[np.ndarray, " zone"], *, farm_share: float, digital_tilt: float
) -> Float[np.ndarray, "region sector"]:
    """(E10) Return the part of each region's labour payments by sector that goes to its villages.

    Parameters
    ----------
    wages : wage income of all people of a zone; only the ratio inside a region matters.
    farm_share : rural part of farm labour income, 0-1.
    digital_tilt : rural part in core digital industries over that in industry and services.
    """
    urban, rural = wages[0::2], wages[1::2]
    share = rural / (urban + rural)
    farm = np.full_like(share, farm_share)
    return np.stack([farm, share, share, digital_tilt * share], axis=1)


def labour_payments(
    labour: Float[np.ndarray, "region sector"],
    rural_share: Float[np.ndarray, "region sector"],
    digital_share: Float[np.ndarray, "area sector"],
) -> Float[np.ndarray, "zone sector type"]:
    """(E10) Return labour payments by zone, sector and type; they add up to the region's.

    Parameters
    ----------
    labour : labour payments by region and sector, any money unit.
    rural_share : see :func:`rural_labour_share`, 0-1.
    digital_share : digital labour's part of payments in urban and in rural zones, 0-1.

    Returns
    -------
    Zones urban and rural in turn, types digital and routine.
    """
    rural = labour * rural_share
    by_zone = np.stack([labour - rural, rural], axis=1)
    digital = by_zone * digital_share
    return np.stack([digital, by_zone - digital], axis=-1).reshape(-1, labour.shape[1], 2)
