"""The TIP curve: incidence, intensity and inequality of poverty in one picture.

References
----------
[Jenkins-Lambert 1997] Three 'I's of poverty curves, with an analysis of UK poverty trends. Oxford
Economic Papers 49(3).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from gongfu.core import InputError, Problem
from gongfu.measure.linearised import Linearised
from gongfu.measure.poverty.fgt import refuse_below_zero
from gongfu.measure.poverty.line import AtLine, Line, under_line
from gongfu.measure.quantiles import quantile_value
from gongfu.measure.sample import Incomes, Sample

__all__ = ["tip", "tip_at"]


def tip(
    income: Incomes, weight: ArrayLike | None = None, *, line: Line, share: float
) -> Linearised:
    """Return the gaps of the poorest ``share`` of people, as part of the line, per person of all.

    Parameters
    ----------
    income : currency per year, at least 0.
    weight : people each row stands for, above zero; only relative size matters.
    line : an amount in the currency of ``income``, or ``60%median``, ``50%mean``.
    share : share of people, 0 to 1.

    Raises
    ------
    InputError
        If ``share`` or the line is out of range or an income is below zero.

    Notes
    -----
    With gap ratios ``g = (z - y)+ / z`` and q the income at rank ``share = p`` [Jenkins-Lambert
    1997]::

        TIP(p) = average((g - g(q))+) + p g(q)

    The curve rises up to the headcount, where its height is the poverty gap, and is flat beyond;
    its bend is the inequality among the poor. One that is nowhere lower has at least as much
    poverty by every measure that minds the gaps. q drops out of the derivative, so the influence
    ``((g - g(q))+ + p g(q) - TIP) / W`` needs no density; the slope in the line is
    ``(min(p, H) - TIP) / z``.
    """
    if not 0 <= share <= 1:
        raise InputError(Problem("a share of people lies between 0 and 1", found=f"{share:g}"))
    return under_line(lambda rows, z: tip_at(rows, z, share), Sample.of(income, weight), line)


def tip_at(rows: Sample, line: float, share: float) -> AtLine:
    """Return ``tip`` at a line in currency, with its slope in the line."""
    refuse_below_zero(rows, "tip")
    border = min(quantile_value(rows, share), line)
    held = (np.maximum(border - rows.income, 0.0) + share * (line - border)) / line
    value = rows.average(held)

    def slope() -> float:
        poor = rows.average((rows.income < line).astype(np.float64))
        return (min(share, poor) - value) / line

    return AtLine(Linearised(value, (held - value) / rows.total_weight), slope)
