"""Equally distributed equivalent income: mean income less what its unequal division costs.

References
----------
[Atkinson 1970] On the measurement of inequality. Journal of Economic Theory 2(3).
[Sen 1976] Real national income. Review of Economic Studies 43(1).
"""

from __future__ import annotations

from numpy.typing import ArrayLike

from gongfu.measure.atkinson import atkinson
from gongfu.measure.gini import gini
from gongfu.measure.linearised import Linearised
from gongfu.measure.mean import mean
from gongfu.measure.sample import Incomes, Sample

__all__ = ["ede_atkinson", "ede_sen"]


def ede_sen(income: Incomes, weight: ArrayLike | None = None) -> Linearised:
    """Return ``mean (1 - Gini)`` [Sen 1976], in the currency of ``income`` (at least 0).

    The influence follows by the product rule from those of mean and Gini.
    """
    rows = Sample.of(income, weight)
    return mean(rows) * (1.0 - gini(rows))


def ede_atkinson(income: Incomes, weight: ArrayLike | None = None, *, epsilon: float) -> Linearised:
    """Return ``mean (1 - Atkinson(epsilon))`` [Atkinson 1970], in the currency of ``income``.

    That income, given to everybody, would be as good as the present division to a society with
    aversion ``epsilon`` (above 0) to inequality. Incomes above 0 when ``epsilon`` is 1 or more.
    """
    rows = Sample.of(income, weight)
    return mean(rows) * (1.0 - atkinson(rows, epsilon=epsilon))
