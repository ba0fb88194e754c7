"""Mean income."""

from __future__ import annotations

from numpy.typing import ArrayLike

from gongfu.measure.linearised import Linearised
from gongfu.measure.sample import Incomes, Sample

__all__ = ["mean"]


def mean(income: Incomes, weight: ArrayLike | None = None) -> Linearised:
    """Return the weighted mean, in the currency of ``income``.

    Parameters
    ----------
    income : currency per year; may be negative.
    weight : people each row stands for, above zero; only relative size matters.

    Raises
    ------
    InputError
        If a value is missing, infinite, or a weight is not above zero.

    Notes
    -----
    ``m = sum(w y) / W`` with influence ``(y - m) / W``.
    """
    rows = Sample.of(income, weight)
    return Linearised(rows.mean, (rows.income - rows.mean) / rows.total_weight)
