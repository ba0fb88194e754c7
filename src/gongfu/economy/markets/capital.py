"""Capital (E11): one national rental, and next year's stock out of this year's saving."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

__all__ = ["accumulate_capital", "capital_income", "investment"]


def capital_income(base_income: float, capital_hat: float, rental_hat: float) -> float:
    """(E11) Return what the national capital stock earns, in the money of ``base_income``.

    Parameters
    ----------
    base_income : capital income of the base year.
    capital_hat, rental_hat : stock and rental relative to the base year, above 0.
    """
    return base_income * capital_hat * rental_hat


def investment(
    profit: Float[np.ndarray, "region sector"],
    capital_payments: Float[np.ndarray, "region sector"],
    retained_share: float,
    household_saving: Float[np.ndarray, " household_group"],
    government_borrowing: float,
) -> float:
    """(E11) Return national investment: saving of enterprises and households, less borrowing.

    Parameters
    ----------
    profit, capital_payments : income of enterprises and of owners of capital, in money.
    retained_share : share of both that is saved inside enterprises, 0-1.
    household_saving, government_borrowing : in the same money; a deficit crowds out one for one.
    """
    retained = retained_share * (profit.sum() + capital_payments.sum())
    return float(retained + household_saving.sum() - government_borrowing)


def accumulate_capital(capital: float, invested: float, depreciation: float) -> float:
    """(E11) Return next year's capital stock, ``K' = (1 - depreciation) K + investment``.

    Parameters
    ----------
    capital, invested : stock at the start of the year and investment in it, base-year prices.
    depreciation : share of the stock that wears out in a year, 0-1.
    """
    return (1.0 - depreciation) * capital + invested
