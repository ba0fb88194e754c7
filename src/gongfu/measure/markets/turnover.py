"""Entry and exit: which firms came between two years, which went, and how large they were.

References
----------
[Dunne-Roberts-Samuelson 1988] Patterns of firm entry and exit in U.S. manufacturing industries.
RAND Journal of Economics 19(4).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Shaped
from numpy.typing import ArrayLike

from gongfu.core import InputError, Problem

__all__ = ["Turnover", "turnover"]


@dataclass(frozen=True, slots=True)
class Turnover:
    """Entry and exit of one market between an earlier and a later year.

    Parameters
    ----------
    earlier, later, stayed, entered, left : firms.
    entry_rate : entrants over firms of the earlier year.
    exit_rate : leavers over firms of the earlier year.
    entrant_share : sales of entrants over all sales of the later year.
    leaver_share : sales that leavers had over all sales of the earlier year.
    share_moved : half the sum of absolute changes of market shares, 0-1.
    """

    earlier: int
    later: int
    stayed: int
    entered: int
    left: int
    entry_rate: float
    exit_rate: float
    entrant_share: float
    leaver_share: float
    share_moved: float


def turnover(
    earlier_firms: Shaped[np.ndarray, " earlier"],
    earlier_sales: ArrayLike,
    later_firms: Shaped[np.ndarray, " later"],
    later_sales: ArrayLike,
) -> Turnover:
    """Return entry and exit between two years in which every firm was recorded.

    Parameters
    ----------
    earlier_firms, later_firms : identity of each firm, once a year.
    earlier_sales, later_sales : currency per year, at least 0, above zero in total.

    Raises
    ------
    InputError
        If a firm stands twice in a year, a year has no sales, or sales are missing or below zero.

    Notes
    -----
    Rates over the firms of the earlier year and shares of sales as in [Dunne-Roberts-Samuelson
    1988]. They need all firms: in a sample, a firm that is not drawn again has not left.
    """
    before, after = _year(earlier_firms, earlier_sales), _year(later_firms, later_sales)
    came, went = ~_found(after[0], before[0]), ~_found(before[0], after[0])
    return Turnover(
        earlier=len(before[0]),
        later=len(after[0]),
        stayed=int(np.count_nonzero(~came)),
        entered=int(np.count_nonzero(came)),
        left=int(np.count_nonzero(went)),
        entry_rate=float(np.count_nonzero(came) / len(before[0])),
        exit_rate=float(np.count_nonzero(went) / len(before[0])),
        entrant_share=float(after[1][came].sum()),
        leaver_share=float(before[1][went].sum()),
        share_moved=_share_moved(before, after),
    )


_Year = tuple[Shaped[np.ndarray, " firm"], Float[np.ndarray, " firm"]]
"""Firms and their market shares."""


def _year(firms: Shaped[np.ndarray, " firm"], sales: ArrayLike) -> _Year:
    names, amounts = np.asarray(firms), np.asarray(sales, dtype=np.float64)
    distinct, count = np.unique(names, return_counts=True)
    if len(distinct) < len(names):
        twice = distinct[count > 1]
        raise InputError(
            Problem(
                f"{len(twice)} firms stand more than once in a year",
                found=str(twice[0]),
                fix="Add up the rows of a firm first.",
            )
        )
    if not (np.isfinite(amounts).all() and (amounts >= 0).all() and amounts.sum() > 0):
        raise InputError(
            Problem("sales are missing, below zero or all zero", expected="0 or more, some above")
        )
    return names, amounts / amounts.sum()


def _found(
    firms: Shaped[np.ndarray, " firm"], among: Shaped[np.ndarray, " other"]
) -> Bool[np.ndarray, " firm"]:
    return np.isin(firms, among)


def _share_moved(before: _Year, after: _Year) -> float:
    names, place = np.unique(np.concatenate([before[0], after[0]]), return_inverse=True)
    change = np.concatenate([-before[1], after[1]])
    return float(0.5 * np.abs(np.bincount(place, change, minlength=len(names))).sum())
