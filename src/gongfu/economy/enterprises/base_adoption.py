"""Use of digital technology in the base year by region and sector (E1).

The census counted it once, for the nation and for secondary industry; regions and other years are
filled in from the share of firms with e-commerce and a logistic path, which is an assumption.
"""

from __future__ import annotations

import math

import numpy as np
from jaxtyping import Float

__all__ = ["base_adoption", "national_adoption"]


def base_adoption(
    ecommerce_share: Float[np.ndarray, " region"],
    sector_level: Float[np.ndarray, " sector"],
    *,
    national_level: float,
    census_level: float,
    regional_tilt: float,
) -> Float[np.ndarray, "region sector"]:
    """(E1) Return adoption by region and sector, 0-1.

    Parameters
    ----------
    ecommerce_share : firms with e-commerce, by region, in any unit; above zero.
    sector_level : adoption by sector in the year of the census, 0-1.
    national_level, census_level : national adoption in the base year and in that of the census.
    regional_tilt : change of the log odds of adoption with the log of the e-commerce share.

    Notes
    -----
    ``logit g0_rs = logit g_s + (logit g(year) - logit g(census)) + tilt ln(e_r / mean e)``.
    """
    shift = _logit(national_level) - _logit(census_level)
    tilt = regional_tilt * np.log(ecommerce_share / ecommerce_share.mean())
    odds = np.log(sector_level / (1 - sector_level)) + shift
    return 1 / (1 + np.exp(-(tilt[:, None] + odds)))


def national_adoption(year: int, *, level_2020: float, level_2023: float) -> float:
    """(E1) Return national adoption in a year: the logistic path through two years, 0-1."""
    early, late = _logit(level_2020), _logit(level_2023)
    return 1 / (1 + math.exp(-(early + (late - early) / 3 * (year - 2020))))


def _logit(share: float) -> float:
    return math.log(share / (1 - share))
