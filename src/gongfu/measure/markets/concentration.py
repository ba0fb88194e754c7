"""How concentrated a market is: Herfindahl-Hirschman, CR-k, entropy, Hall-Tideman.

References
----------
[Hall-Tideman 1967] Measures of concentration. Journal of the American Statistical Association 62.
[Hannah-Kay 1977] Concentration in Modern Industry. Macmillan.
[Deville 1999] Variance estimation for complex statistics and estimators: linearization and
residual techniques. Survey Methodology 25(2).
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from gongfu.core import InputError, Problem
from gongfu.measure.linearised import Linearised
from gongfu.measure.sample import Sample

__all__ = [
    "concentration_ratio",
    "effective_number",
    "hall_tideman",
    "herfindahl",
    "market_entropy",
]


def herfindahl(sales: ArrayLike, weight: ArrayLike | None = None) -> Linearised:
    """Return the Herfindahl-Hirschman index from 0 to 1 (times 10,000: the points of guidelines).

    Parameters
    ----------
    sales : of each firm of one market, currency per year, at least 0.
    weight : firms each row stands for, above zero; their number matters. None means one each.

    Raises
    ------
    InputError
        If a value is missing or below zero, or all are zero.

    Notes
    -----
    ``H = sum(w s^2)`` with market shares ``s = x / sum(w x)``; influence ``s^2 - 2 H s``.
    """
    share, weights = _shares(sales, weight, "the Herfindahl-Hirschman index")
    index = float(np.sum(weights * share**2))
    return Linearised(index, share**2 - 2.0 * index * share)


def concentration_ratio(
    sales: ArrayLike, weight: ArrayLike | None = None, *, k: int = 4
) -> Linearised:
    """Return the market share of the k largest firms, from 0 to 1.

    Parameters
    ----------
    sales, weight : as for ``herfindahl``.
    k : firms counted, at least 1. With fewer firms than k the ratio is 1.

    Raises
    ------
    InputError
        As for ``herfindahl``, and for k below 1.

    Notes
    -----
    The largest firms are counted off by weight; the last row may count in part. With c the sales
    of the k-th firm the influence is ``max(x - c, 0) / X - CR x / X``: more of a larger firm
    pushes the k-th one out. In a sample it is only as good as the coverage of the largest firms.
    """
    if k < 1:
        raise InputError(Problem("a concentration ratio counts at least one firm", found=f"{k}"))
    share, weights = _shares(sales, weight, f"CR{k}")
    order = np.argsort(-share, kind="stable")
    room = np.clip(k - (np.cumsum(weights[order]) - weights[order]), 0.0, weights[order])
    ratio = min(float(np.sum(room * share[order])), 1.0)
    inside = order[room > 0]
    is_full = float(weights.sum()) <= k
    last = 0.0 if is_full else float(share[inside].min())
    return Linearised(ratio, np.maximum(share - last, 0.0) - ratio * share)


def market_entropy(sales: ArrayLike, weight: ArrayLike | None = None) -> Linearised:
    """Return the entropy of market shares, 0 (monopoly) to ln(n) (n equal firms).

    Parameters
    ----------
    sales, weight : as for ``herfindahl``.

    Raises
    ------
    InputError
        As for ``herfindahl``.

    Notes
    -----
    ``E = -sum(w s ln s)``, with influence ``s (1 - ln s - E)``; a share of zero counts nothing.
    """
    share, weights = _shares(sales, weight, "entropy")
    logs = np.log(np.where(share > 0, share, 1.0))
    entropy = -float(np.sum(weights * share * logs))
    return Linearised(entropy, share * (1.0 - logs - entropy))


def effective_number(sales: ArrayLike, weight: ArrayLike | None = None) -> Linearised:
    """Return the number of equal firms with the same Herfindahl-Hirschman index, ``1 / H``.

    Parameters
    ----------
    sales, weight : as for ``herfindahl``.

    Raises
    ------
    InputError
        As for ``herfindahl``.

    Notes
    -----
    Numbers equivalent of order 2 of [Hannah-Kay 1977]; that of order 1 is ``exp(entropy)``.
    """
    index = herfindahl(sales, weight)
    return index.changed(1.0 / index.value, -1.0 / index.value**2)


def hall_tideman(sales: ArrayLike, weight: ArrayLike | None = None) -> Linearised:
    """Return the Hall-Tideman index, from 0 to 1, which weighs each share with its rank.

    Parameters
    ----------
    sales, weight : as for ``herfindahl``.

    Raises
    ------
    InputError
        As for ``herfindahl``.

    Notes
    -----
    ``1 / (2 sum(i s_i) - 1)`` with rank 1 for the largest firm [Hall-Tideman 1967]; firms that tie
    share their mean rank, so that equal firms give exactly 1 / n.
    """
    share, weights = _shares(sales, weight, "Hall-Tideman")
    distinct, place = np.unique(-share, return_inverse=True)
    firms = np.bincount(place, weights, minlength=len(distinct))
    held = np.bincount(place, weights * share, minlength=len(distinct))
    rank = (np.cumsum(firms) - 0.5 * firms)[place] + 0.5
    smaller = (held.sum() - np.cumsum(held) + 0.5 * held)[place]
    total = float(np.sum(weights * share * rank))
    influence = share * rank + smaller - total * share
    return Linearised(total, influence).changed(
        1.0 / (2.0 * total - 1.0), -2.0 / (2.0 * total - 1.0) ** 2
    )


def _shares(
    sales: ArrayLike, weight: ArrayLike | None, measure: str
) -> tuple[Float[np.ndarray, " firm"], Float[np.ndarray, " firm"]]:
    """Return market shares, each of one firm, and the firms each row stands for."""
    amounts = np.asarray(sales, dtype=np.float64)
    bad = np.flatnonzero(~(np.isfinite(amounts) & (amounts >= 0)))
    if len(bad) or not amounts.any():
        raise InputError(
            Problem(
                f"{measure} needs sales >= 0, some of them above",
                found=f"{amounts[bad[0]]:g} at position {bad[0]} (counted from 0)"
                if len(bad)
                else "only zeros",
                fix="Leave these firms out and say so.",
            )
        )
    rows = Sample.of(amounts, weight)
    return amounts / float(np.sum(rows.weight * amounts)), rows.weight
