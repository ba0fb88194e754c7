"""Hoover's index: the share of all income that would have to move for all to have the same.

References
----------
[Hoover 1936] The measurement of industrial localization. Review of Economics and Statistics 18(4).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from gongfu.measure.linearised import Linearised
from gongfu.measure.sample import Incomes, Sample, require_not_negative

__all__ = ["hoover"]


def hoover(income: Incomes, weight: ArrayLike | None = None) -> Linearised:
    """Return Hoover's index (Robin Hood, Pietra, Schutz), from 0 (equal) to 1.

    Parameters
    ----------
    income : currency per year, at least 0.
    weight : people each row stands for, above zero; only relative size matters.

    Raises
    ------
    InputError
        If an income is below zero, missing or infinite.

    Notes
    -----
    ``H = average(abs(y - m)) / (2 m)`` [Hoover 1936]. Influence, with ``s`` the average sign of
    ``y - m``: ``((abs(y - m) - s (y - m)) / (2 m) - H y / m) / W``.
    """
    rows = Sample.of(income, weight)
    require_not_negative(rows, "hoover")
    gap = rows.relative - 1.0
    value = rows.average(np.abs(gap)) / 2
    balance = rows.average(np.sign(gap))
    influence = (np.abs(gap) - balance * gap) / 2 - value * rows.relative
    return Linearised(value, influence / rows.total_weight)
