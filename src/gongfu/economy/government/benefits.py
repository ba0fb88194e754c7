"""Benefits: minimum living allowance with take-up, rural pension, equalisation (E18, E19)."""

from __future__ import annotations

from types import ModuleType

import numpy as np
from jaxtyping import Bool, Float, Int

__all__ = ["living_allowance", "pension_rise", "zone_transfer"]


def living_allowance(
    income: Float[np.ndarray, " household"],
    line: Float[np.ndarray, " household"],
    takes_up: Bool[np.ndarray, " household"],
    *,
    xp: ModuleType = np,
) -> Float[np.ndarray, " household"]:
    """(E18) Return the allowance per person: the gap to the line for those who take it up.

    Parameters
    ----------
    income : yuan per person and year before the allowance.
    line : yuan per person and year, of the household's zone.
    takes_up : who applies and gets it; the same people in every year and scenario.
    """
    return xp.where(takes_up, xp.maximum(line - income, 0.0), 0.0)


def pension_rise(
    elderly_share: Float[np.ndarray, " household"],
    rise: Float[np.ndarray, " household"],
) -> Float[np.ndarray, " household"]:
    """(E18) Return the rise per person of a household, yuan a year.

    Parameters
    ----------
    elderly_share : members of 60 and over as a share of the household, 0-1.
    rise : yuan per person of 60 and over a year, of the household's zone.
    """
    return elderly_share * rise


def zone_transfer(
    amount: Float[np.ndarray, " zone"], zone: Int[np.ndarray, " household"]
) -> Float[np.ndarray, " household"]:
    """(E19) Return the transfer per person, equal for everybody in a zone, yuan a year.

    The stated route is a service or benefit that each resident gets alike.
    """
    return amount[zone]
