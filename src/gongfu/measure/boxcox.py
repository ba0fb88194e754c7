"""The Box-Cox power transform: powers and the logarithm as one family, without a jump between.

References
----------
[Box-Cox 1964] An analysis of transformations. Journal of the Royal Statistical Society B 26(2).
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

__all__ = ["box_cox"]


def box_cox(x: Float[np.ndarray, " row"], power: float) -> Float[np.ndarray, " row"]:
    """Return ``(x**power - 1) / power``, and ``log(x)`` for power 0 [Box-Cox 1964].

    Written with ``expm1`` so that powers next to 0 lose no digits. At ``x = 0`` the value is its
    limit, ``-1 / power`` or minus infinity.
    """
    with np.errstate(divide="ignore"):
        log: Float[np.ndarray, " row"] = np.log(x)
    if power == 0:
        return log
    scaled: Float[np.ndarray, " row"] = np.expm1(power * log) / power
    return scaled
