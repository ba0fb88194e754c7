"""A statistic together with its influence values: the currency of the error engine.

References
----------
[Deville 1999] Variance estimation for complex statistics and estimators: linearization and
residual techniques. Survey Methodology 25(2).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

__all__ = ["Linearised"]


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
