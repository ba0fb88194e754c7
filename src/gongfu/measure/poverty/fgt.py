"""Foster-Greer-Thorbecke poverty: headcount, poverty gap, severity and their family.

References
----------
[Foster-Greer-Thorbecke 1984] A class of decomposable poverty measures. Econometrica 52(3).
[Preston 1995] Sampling distributions of relative poverty statistics. Applied Statistics 44(1).
[Berger-Skinner 2003] Variance estimation for a low income proportion. Applied Statistics 52(4).
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from gongfu.core import InputError, Problem
from gongfu.measure.linearised import Linearised
from gongfu.measure.poverty.line import AtLine, Line, under_line
from gongfu.measure.quantiles import sparsity
from gongfu.measure.sample import Incomes, Sample, below_zero

__all__ = [
    "density_at",
    "fgt",
    "fgt_at",
    "gap_ratios",
    "headcount",
    "poverty_gap",
    "refuse_below_zero",
    "severity",
]


def fgt(
    income: Incomes, weight: ArrayLike | None = None, *, line: Line, alpha: float
) -> Linearised:
    """Return Foster-Greer-Thorbecke poverty, from 0 (nobody poor) to 1.

    Parameters
    ----------
    income : currency per year; at least 0 unless ``alpha`` is 0.
    weight : people each row stands for, above zero; only relative size matters.
    line : an amount in the currency of ``income``, or ``60%median``, ``50%mean``.
    alpha : aversion to poverty: 0 headcount, 1 poverty gap, 2 severity; 0, or 1 and above.

    Raises
    ------
    InputError
        If ``alpha`` or the line is out of range, or an income is below zero for ``alpha`` above 0.

    Notes
    -----
    Poor is who has less than the line z, not who stands on it. With gaps ``g = (z - y)+ / z``,
    ``P = average(g**alpha)`` over everybody, the non-poor with 0 [Foster-Greer-Thorbecke 1984].
    Influence at a given line ``(g**alpha - P) / W``. An estimated line adds its own influence times
    ``dP/dz``: ``alpha (P(alpha - 1) - P(alpha)) / z``, and the density of income at the line for
    the headcount [Preston 1995; Berger-Skinner 2003].
    """
    if not (alpha == 0 or alpha >= 1):
        raise InputError(
            Problem(
                "fgt needs an aversion of 0, or of 1 and above",
                found=f"{alpha:g}",
                fix="Between 0 and 1 the gaps of those just below the line decide everything.",
            )
        )
    rows = Sample.of(income, weight)
    return under_line(lambda sample, z: fgt_at(sample, z, alpha), rows, line)


def headcount(income: Incomes, weight: ArrayLike | None = None, *, line: Line) -> Linearised:
    """Return the share of people below the line (0-1), ``fgt`` with alpha 0."""
    return fgt(income, weight, line=line, alpha=0)


def poverty_gap(income: Incomes, weight: ArrayLike | None = None, *, line: Line) -> Linearised:
    """Return the mean gap to the line as a share of it (0-1), ``fgt`` with alpha 1."""
    return fgt(income, weight, line=line, alpha=1)


def severity(income: Incomes, weight: ArrayLike | None = None, *, line: Line) -> Linearised:
    """Return the mean squared gap (0-1), ``fgt`` with alpha 2."""
    return fgt(income, weight, line=line, alpha=2)


def fgt_at(rows: Sample, line: float, alpha: float) -> AtLine:
    """Return ``fgt`` at a line in currency, with its slope in the line."""
    if alpha > 0:
        refuse_below_zero(rows, f"fgt with aversion {alpha:g}")
    value = rows.average(_powers(rows, line, alpha))
    fixed = Linearised(value, (_powers(rows, line, alpha) - value) / rows.total_weight)

    def slope() -> float:
        if alpha == 0:
            return density_at(rows, line)
        return alpha / line * (rows.average(_powers(rows, line, alpha - 1)) - value)

    return AtLine(fixed, slope)


def gap_ratios(rows: Sample, line: float) -> Float[np.ndarray, " row"]:
    """Return what each person lacks to the line, as a share of it; 0 for the non-poor."""
    return np.maximum(1.0 - rows.income / line, 0.0)


def refuse_below_zero(rows: Sample, measure: str) -> None:
    """Refuse incomes below zero: a gap would be larger than the line."""
    count = int(np.count_nonzero(rows.income < 0))
    if count:
        raise below_zero(measure, count, float(rows.income.min()))


def density_at(rows: Sample, line: float) -> float:
    """Return the density of income at the line, per unit of currency.

    Zero when nobody or everybody is poor.

    Notes
    -----
    The inverse of the sparsity that ``quantile`` uses, at the share of people below the line.
    """
    share = rows.average((rows.income < line).astype(np.float64))
    return 1.0 / sparsity(rows, share) if 0 < share < 1 else 0.0


def _powers(rows: Sample, line: float, alpha: float) -> Float[np.ndarray, " row"]:
    if alpha == 0:
        return (rows.income < line).astype(np.float64)
    powers: Float[np.ndarray, " row"] = gap_ratios(rows, line) ** alpha
    return powers
