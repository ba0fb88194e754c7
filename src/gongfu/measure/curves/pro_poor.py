"""The rate of pro-poor growth: mean growth of the incomes of those who were poor.

References
----------
[Ravallion-Chen 2003] Measuring pro-poor growth. Economics Letters 78(1).
"""

from __future__ import annotations

import numpy as np

from gongfu.core import InputError, Problem
from gongfu.measure.linearised import Linearised
from gongfu.measure.quantiles import quantile_value
from gongfu.measure.sample import Sample, require_positive

__all__ = ["log_mass", "pro_poor_growth"]


def pro_poor_growth(start: Sample, end: Sample, *, line: float) -> tuple[Linearised, Linearised]:
    """Return the rate of pro-poor growth as statistics of the later and the earlier rows.

    Parameters
    ----------
    start, end : incomes above zero of two dates, in the same prices.
    line : poverty line in the same currency; some but not all of the first date lie below it.

    Returns
    -------
    tuple
        Two parts whose sum is the rate (log change over the whole period): the first depends on
        the rows of ``end``, the second on those of ``start``. They count the same ranks, so
        that the variance of the sum is that of the stacked rows.

    Raises
    ------
    InputError
        If an income is not above zero, or nobody or everybody is poor at the start.

    Notes
    -----
    With H the share below the line at the start and Q the quantile functions
    [Ravallion-Chen 2003]::

        rate = 1/H integral from 0 to H of (ln Q1(p) - ln Q0(p)) dp

    The integral of ``ln Q`` up to p is the mean of ``min(ln y, ln q) - (1 - p) ln q`` with q the
    quantile at p, whose influence needs no density. H is estimated too: by the chain rule it adds
    ``(ln Q1(H) - ln Q0(H) - rate) / H`` times the influence of H.
    """
    for rows in (start, end):
        require_positive(rows, "a rate of pro-poor growth")
    poor = (start.income < line).astype(np.float64)
    share = start.average(poor)
    _refuse_empty(share, line)
    after, before = log_mass(end, share), log_mass(start, share)
    rate = (after.value - before.value) / share
    gap = np.log(quantile_value(end, share)) - np.log(quantile_value(start, share))
    of_share = (gap - rate) / share * (poor - share) / start.total_weight
    return (
        after / share,
        Linearised(-before.value / share, -before.influence / share + of_share),
    )


def log_mass(rows: Sample, share: float) -> Linearised:
    """Return the sum of logs of income of the poorest ``share`` of people, per person of all."""
    logs = np.log(rows.income)
    border = float(np.log(quantile_value(rows, share)))
    held = np.minimum(logs, border) - (1 - share) * border
    value = rows.average(held)
    return Linearised(value, (held - value) / rows.total_weight)


def _refuse_empty(share: float, line: float) -> None:
    if not 0 < share < 1:
        who = "nobody" if share == 0 else "everybody"
        raise InputError(
            Problem(
                f"{who} is poor at the start",
                found=f"line {line:g}",
                fix="Choose a line that splits the people of the first date.",
            )
        )
