"""Productivity of a firm: its base level, digital technology, data, fixed cost of rules (E2)."""

from __future__ import annotations

from types import ModuleType

import numpy as np
from jaxtyping import Float

from gongfu.economy.enterprises.adoption import adoption_gain

__all__ = ["digital_gain", "log_productivity"]


def digital_gain(
    adoption: Float[np.ndarray, " firm"],
    skill: Float[np.ndarray, " firm"],
    data: Float[np.ndarray, " firm"],
    *,
    digital_productivity: float,
    skill_complementarity: float,
    data_elasticity: float,
    xp: ModuleType = np,
) -> Float[np.ndarray, " firm"]:
    """(E2) Return the log productivity that digital technology and data bring at this adoption.

    Parameters
    ----------
    adoption : 0-1.
    skill : digital skill of the workforce relative to the national mean of the base year.
    data : data the firm can use, relative to the sales-weighted base stock of its market.

    Notes
    -----
    ``gamma g (d_r / d0)^chi + eta g ln(1 + Dhat_f / D0_m)``: adoption times the gain that decided
    it (E1).
    """
    return adoption * adoption_gain(
        skill,
        data,
        digital_productivity=digital_productivity,
        skill_complementarity=skill_complementarity,
        data_elasticity=data_elasticity,
        xp=xp,
    )


def log_productivity(
    base: Float[np.ndarray, " firm"],
    gain: Float[np.ndarray, " firm"],
    gain_base: Float[np.ndarray, " firm"],
    compliance_cost: Float[np.ndarray, " firm"],
    size_base: Float[np.ndarray, " firm"],
    *,
    xp: ModuleType = np,
) -> Float[np.ndarray, " firm"]:
    """(E2) Return log productivity.

    Parameters
    ----------
    base : log productivity in the base year.
    gain, gain_base : digital gain now and in the base year.
    compliance_cost : fixed yearly cost of rules beyond the base year's, in sales of a mean firm.
    size_base : sales in the base year relative to the mean firm of the market.

    Notes
    -----
    ``ln a_f = ln a_f0 + (gain - gain_0) - ln(1 + F / (s_f0 N))``: a fixed cost weighs on small
    firms. To first order this is the specification's ``F / (s_f N)``; with present sizes instead
    of base sizes a small firm that loses sales carries its cost on fewer of them and loses more,
    until nothing is left within a few years. Differences are taken first,
    so that nothing moves while neither gain nor cost does.
    """
    return base + (gain - gain_base) - xp.log1p(compliance_cost / size_base)
