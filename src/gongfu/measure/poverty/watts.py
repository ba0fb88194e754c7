"""Watts' index: the mean shortfall of log income.

References
----------
[Watts 1968] An economic definition of poverty. In: Moynihan (ed.), On Understanding Poverty. Basic
Books.
[Zheng 1993] An axiomatic characterization of the Watts poverty index. Economics Letters 42(1).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from gongfu.core import InputError, Problem
from gongfu.measure.linearised import Linearised
from gongfu.measure.poverty.line import AtLine, Line, under_line
from gongfu.measure.sample import Incomes, Sample

__all__ = ["no_watts", "watts", "watts_at"]


def watts(income: Incomes, weight: ArrayLike | None = None, *, line: Line) -> Linearised:
    """Return Watts' index of poverty, 0 when nobody is poor and without an upper bound.

    Parameters
    ----------
    income : currency per year, above 0 for everybody below the line.
    weight : people each row stands for, above zero; only relative size matters.
    line : an amount in the currency of ``income``, or ``60%median``, ``50%mean``.

    Raises
    ------
    InputError
        If somebody has nothing or less, whose logarithm does not exist, or the line is not above
        zero.

    Notes
    -----
    ``average(log(z / y) 1(y < z))`` [Watts 1968]: divided by the growth rate of the incomes of the
    poor, the average number of years until everybody has left poverty. Influence at a given line
    ``(log(z / y)+ - value) / W``; the slope in the line is the headcount over z.
    """
    return under_line(watts_at, Sample.of(income, weight), line)


def watts_at(rows: Sample, line: float) -> AtLine:
    """Return ``watts`` at a line in currency, with its slope in the line."""
    poor = rows.income < line
    without = int(np.count_nonzero(rows.income <= 0))
    if without:
        raise no_watts(without)
    shortfall = np.where(poor, np.log(line / rows.income), 0.0)
    value = rows.average(shortfall)
    fixed = Linearised(value, (shortfall - value) / rows.total_weight)
    return AtLine(fixed, lambda: rows.average(poor.astype(np.float64)) / line)


def no_watts(without: int) -> InputError:
    """Return the refusal of ``without`` incomes that have no logarithm."""
    return InputError(
        Problem(
            "watts needs incomes > 0",
            found=f"{without} incomes of zero or less",
            fix="Leave these rows out and say so, or take severity or sst.",
        )
    )
