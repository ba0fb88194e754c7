"""The extended (single-parameter) Gini: how much weight the poor get is a choice.

References
----------
[Donaldson-Weymark 1980] A single-parameter generalization of the Gini indices of inequality.
Journal of Economic Theory 22(1).
[Yitzhaki 1983] On an extension of the Gini inequality index. International Economic Review 24(3).
[Deville 1999] Variance estimation for complex statistics and estimators: linearization and
residual techniques. Survey Methodology 25(2).
"""

from __future__ import annotations

import math

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from gongfu.core import InputError, Problem
from gongfu.measure.linearised import Linearised
from gongfu.measure.mean import mean
from gongfu.measure.sample import Incomes, Sample, require_not_negative

__all__ = ["s_gini"]


def s_gini(income: Incomes, weight: ArrayLike | None = None, *, aversion: float) -> Linearised:
    """Return the extended Gini, from 0 (equal) to 1; with ``aversion`` 2 it is the Gini.

    Parameters
    ----------
    income : currency per year, at least 0.
    weight : people each row stands for, above zero; only relative size matters.
    aversion : above 1; the higher, the more the poorest count. Just above 1 nobody minds.

    Raises
    ------
    InputError
        If the aversion is out of range, an income is below zero, missing or infinite.

    Notes
    -----
    With S(y) the share of people above y [Donaldson-Weymark 1980; Yitzhaki 1983]::

        1 - G(v) = integral of S(y)**v dy / mean

    exactly for the step function of the rows, so that a weight counts as repeated rows. Influence
    of the integral E: ``v (integral from 0 to y_i of S**(v - 1) - E) / W`` [Deville 1999].
    """
    rows = Sample.of(income, weight)
    require_not_negative(rows, "s-gini")
    if not (aversion > 1 and math.isfinite(aversion)):
        raise InputError(Problem("the aversion of an s-gini lies above 1", found=f"{aversion:g}"))
    equivalent = _equally_distributed(rows, aversion)
    return 1.0 - equivalent / mean(rows)


def _equally_distributed(rows: Sample, aversion: float) -> Linearised:
    order = rows.order
    above = _share_above(rows, order)
    steps = np.diff(rows.income[order], prepend=0.0)
    value = float(np.sum(steps * above**aversion))
    reached = np.empty(len(order))
    reached[order] = np.cumsum(steps * above ** (aversion - 1))
    return Linearised(value, aversion * (reached - value) / rows.total_weight)


def _share_above(rows: Sample, order: np.ndarray) -> Float[np.ndarray, " row"]:
    """Return the share of people at or above each sorted row."""
    backwards = np.cumsum(rows.weight[order][::-1])[::-1]
    share: Float[np.ndarray, " row"] = backwards / backwards[0]
    return share
