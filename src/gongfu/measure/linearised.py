"""A statistic together with its influence values: the currency of the error engine.

Arithmetic between statistics of the same rows carries the influence along (the delta method), so
a ratio of two shares or a mean times an equality has its error without a new formula.

References
----------
[Deville 1999] Variance estimation for complex statistics and estimators: linearization and
residual techniques. Survey Methodology 25(2).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from jaxtyping import Bool, Float

__all__ = ["Linearised", "Measure"]


@dataclass(frozen=True, slots=True, eq=False)
class Linearised:
    """A statistic ``value`` and its derivative with respect to each row's weight.

    Parameters
    ----------
    value : the statistic.
    influence : ``d value / d weight[i]`` in row order, so that the variance of the statistic is
        the design variance of the weighted total ``sum(weight * influence)`` [Deville 1999].
        For a statistic that ignores the scale of the weights, that total is zero.
    """

    value: float
    influence: Float[np.ndarray, " row"]

    def in_domain(self, member: Bool[np.ndarray, " all_rows"]) -> Linearised:
        """Return the statistic as one of all rows: influence zero for those outside the domain.

        Parameters
        ----------
        member : true for the rows the statistic was computed from, in their order.
        """
        influence = np.zeros(len(member))
        influence[member] = self.influence
        return Linearised(self.value, influence)

    def changed(self, value: float, derivative: float) -> Linearised:
        """Return a function of the statistic from its ``value`` and its ``derivative`` there."""
        return Linearised(value, derivative * self.influence)

    def __add__(self, other: Linearised | float) -> Linearised:
        if isinstance(other, Linearised):
            return Linearised(self.value + other.value, self.influence + other.influence)
        return self.changed(self.value + other, 1.0)

    def __mul__(self, other: Linearised | float) -> Linearised:
        if isinstance(other, Linearised):
            influence = other.value * self.influence + self.value * other.influence
            return Linearised(self.value * other.value, influence)
        return self.changed(self.value * other, other)

    def __truediv__(self, other: Linearised | float) -> Linearised:
        if isinstance(other, Linearised):
            return self * other.changed(1.0 / other.value, -1.0 / other.value**2)
        return self * (1.0 / other)

    def __neg__(self) -> Linearised:
        return self.changed(-self.value, -1.0)

    def __sub__(self, other: Linearised | float) -> Linearised:
        return self + (-other)

    def __rsub__(self, other: float) -> Linearised:
        return -self + other

    __radd__ = __add__
    __rmul__ = __mul__


Measure: TypeAlias = Callable[[Float[np.ndarray, " row"], Float[np.ndarray, " row"]], Linearised]
"""A function of incomes and weights, such as ``gini`` or ``partial(atkinson, epsilon=1)``."""
