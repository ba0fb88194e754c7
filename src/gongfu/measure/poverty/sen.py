"""Poverty that minds inequality among the poor: Sen's index and that of Sen, Shorrocks and Thon.

References
----------
[Sen 1976] Poverty: an ordinal approach to measurement. Econometrica 44(2).
[Shorrocks 1995] Revisiting the Sen poverty index. Econometrica 63(5).
[Xu-Osberg 2002] The social welfare implications, decomposability, and geometry of the Sen family of
poverty indices. Canadian Journal of Economics 35(1).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from gongfu.measure.ede import ede_sen
from gongfu.measure.gini import gini
from gongfu.measure.linearised import Linearised
from gongfu.measure.mean import mean
from gongfu.measure.poverty.fgt import density_at, fgt_at, gap_ratios, refuse_below_zero
from gongfu.measure.poverty.line import AtLine, Line, under_line
from gongfu.measure.sample import Incomes, Sample

__all__ = ["sen", "sen_at", "sst", "sst_at"]


def sen(income: Incomes, weight: ArrayLike | None = None, *, line: Line) -> Linearised:
    """Return Sen's index of poverty, from 0 (nobody poor) to 1 (nobody has anything).

    Parameters
    ----------
    income : currency per year, at least 0.
    weight : people each row stands for, above zero; only relative size matters.
    line : an amount in the currency of ``income``, or ``60%median``, ``50%mean``.

    Raises
    ------
    InputError
        If an income is below zero or the line is not above zero.

    Notes
    -----
    With headcount H, mean gap ratio of the poor I and their Gini G [Sen 1976, many poor]::

        S = H (I + (1 - I) G) = H (1 - e / z),    e = (mean of the poor) (1 - G)

    without the factor q / (q + 1) of a few poor. Influence by the product rule from those of H,
    mean and Gini of the poor. The index jumps when somebody crosses the line, so its derivative
    with respect to an estimated line needs the density there, with m the mean of the poor::

        dS/dz = f(z) (1 + (e - 2 m) / z) + H e / z**2
    """
    return under_line(sen_at, Sample.of(income, weight), line)


def sst(income: Incomes, weight: ArrayLike | None = None, *, line: Line) -> Linearised:
    """Return the Sen-Shorrocks-Thon index of poverty, from 0 (nobody poor) to 1.

    Parameters
    ----------
    income, weight, line : as for ``sen``.

    Raises
    ------
    InputError
        If an income is below zero or the line is not above zero.

    Notes
    -----
    With gap ratios g of everybody, 0 for the non-poor [Shorrocks 1995]::

        T = average(g) (1 + G(g)) = average over pairs of max(g, g')

    G(g) is the Gini of the gaps [Xu-Osberg 2002]. Influence by the product rule. T is smooth in
    the line, ``dT/dz = (1 - (1 - H)**2 - T) / z``, so an estimated line needs no density.
    """
    return under_line(sst_at, Sample.of(income, weight), line)


def sen_at(rows: Sample, line: float) -> AtLine:
    """Return ``sen`` at a line in currency, with its slope in the line."""
    refuse_below_zero(rows, "sen")
    poor = rows.income < line
    share = fgt_at(rows, line, 0).fixed
    if not poor.any():
        return AtLine(share, lambda: 0.0)
    few = Sample(rows.income[poor], rows.weight[poor])
    equivalent = ede_sen(few) if few.mean > 0 else mean(few)

    def slope() -> float:
        jump = 1.0 + (equivalent.value - 2.0 * few.mean) / line
        rise = share.value * equivalent.value / line**2
        return density_at(rows, line) * jump + rise

    return AtLine(share * (1.0 - equivalent.in_domain(poor) / line), slope)


def sst_at(rows: Sample, line: float) -> AtLine:
    """Return ``sst`` at a line in currency, with its slope in the line."""
    refuse_below_zero(rows, "sst")
    gaps = Sample(gap_ratios(rows, line), rows.weight)
    average = mean(gaps)
    if average.value == 0:
        return AtLine(average, lambda: 0.0)
    found = average * (1.0 + gini(gaps))

    def slope() -> float:
        nobody_poor_in_pair = rows.average((rows.income >= line).astype(np.float64)) ** 2
        return (1.0 - nobody_poor_in_pair - found.value) / line

    return AtLine(found, slope)
