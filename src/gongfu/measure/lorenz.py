"""Shares of income: Lorenz ordinates, quantile shares, S80/S20 and the Palma ratio.

References
----------
[Langel-Tillé 2011] Statistical inference for the quintile share ratio. Journal of Statistical
Planning and Inference 141(8).
[Palma 2011] Homogeneous middles vs. heterogeneous tails, and the end of the 'inverted-U'.
Development and Change 42(1).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from gongfu.core import InputError, Problem
from gongfu.measure.linearised import Linearised
from gongfu.measure.quantiles import quantile_value
from gongfu.measure.sample import Incomes, Sample, require_not_negative

__all__ = [
    "lorenz",
    "palma",
    "quantile_share",
    "require_income_at_bottom",
    "s80_s20",
    "share_ratio",
]


def lorenz(income: Incomes, weight: ArrayLike | None = None, *, share: float) -> Linearised:
    """Return the part of all income (0-1) held by the poorest ``share`` of people.

    Parameters
    ----------
    income : currency per year, at least 0.
    weight : people each row stands for, above zero; only relative size matters.
    share : share of people, 0 to 1.

    Raises
    ------
    InputError
        If ``share`` is out of range, an income is below zero, missing or infinite.

    Notes
    -----
    With q the quantile at ``share = p`` and T the total income,
    ``L = sum(w (min(y, q) - (1 - p) q)) / T``: the row on the border counts with the part that
    belongs below, so the curve is the polygon through the sorted rows. q itself drops out of the
    derivative, so the influence ``(min(y, q) - (1 - p) q - L y) / T`` needs no density
    [Langel-Tillé 2011].
    """
    rows = Sample.of(income, weight)
    require_not_negative(rows, "a share of income")
    if not 0 <= share <= 1:
        raise InputError(Problem("a share of people lies between 0 and 1", found=f"{share:g}"))
    border = quantile_value(rows, share) / rows.mean
    held = np.minimum(rows.relative, border) - (1 - share) * border
    value = rows.average(held)
    return Linearised(value, (held - value * rows.relative) / rows.total_weight)


def quantile_share(
    income: Incomes, weight: ArrayLike | None = None, *, lower: float, upper: float
) -> Linearised:
    """Return the part of all income (0-1) held by people between two ranks.

    Parameters
    ----------
    income, weight : as for ``lorenz``.
    lower, upper : ranks from poor to rich, 0 <= lower < upper <= 1; (0.9, 1) is the top tenth.
    """
    if not lower < upper:
        raise InputError(
            Problem("a quantile share needs lower < upper", found=f"{lower:g} and {upper:g}")
        )
    rows = Sample.of(income, weight)
    return lorenz(rows, share=upper) - lorenz(rows, share=lower)


def share_ratio(
    income: Incomes, weight: ArrayLike | None = None, *, top: float, bottom: float
) -> Linearised:
    """Return income of the richest ``top`` of people over that of the poorest ``bottom``.

    Parameters
    ----------
    income, weight : as for ``lorenz``.
    top, bottom : shares of people, above 0 and below 1.

    Raises
    ------
    InputError
        As for ``lorenz``, and if the poorest have no income at all.
    """
    rows = Sample.of(income, weight)
    poorest = lorenz(rows, share=bottom)
    require_income_at_bottom(poorest.value, bottom)
    return (1.0 - lorenz(rows, share=1 - top)) / poorest


def require_income_at_bottom(held: float, bottom: float) -> None:
    """Refuse a bottom group without income: nothing is a multiple of it."""
    if not held > 0:
        raise InputError(
            Problem(
                f"the poorest {100 * bottom:g} % have no income to compare with",
                fix="Choose a larger bottom share.",
            )
        )


def s80_s20(income: Incomes, weight: ArrayLike | None = None) -> Linearised:
    """Return income of the richest fifth over that of the poorest fifth (total over total)."""
    return share_ratio(income, weight, top=0.2, bottom=0.2)


def palma(income: Incomes, weight: ArrayLike | None = None) -> Linearised:
    """Return income of the richest tenth over that of the poorest two fifths [Palma 2011]."""
    return share_ratio(income, weight, top=0.1, bottom=0.4)
