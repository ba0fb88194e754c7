"""Donations of households and enterprises, and who receives them (E22)."""

from __future__ import annotations

from types import ModuleType

import numpy as np
from jaxtyping import Float

__all__ = ["donations", "receive_donations"]


def donations(
    income: Float[np.ndarray, " household"], *, rate: float, xp: ModuleType = np
) -> Float[np.ndarray, " household"]:
    """(E22) Return what each person gives, yuan a year: a share of income, nothing from debt.

    Parameters
    ----------
    rate : share of income, 0-1.
    """
    return rate * xp.maximum(income, 0.0)


def receive_donations(
    pool: float | Float[np.ndarray, ""],
    income: Float[np.ndarray, " household"],
    people: Float[np.ndarray, " household"],
    *,
    line: float | Float[np.ndarray, ""],
    xp: ModuleType = np,
) -> Float[np.ndarray, " household"]:
    """(E22) Return donations received per person, yuan a year: equal shares below a line.

    Parameters
    ----------
    pool : all that households and enterprises gave, yuan a year; none of it is lost.
    line : yuan per person and year; where nobody is below it, everybody gets the same.
    """
    poor = xp.where(income < line, 1.0, 0.0)
    claims = xp.where((people * poor).sum() > 0, poor, 1.0)
    return claims * (pool / (people * claims).sum())
