"""Which rows beat which, item by item.

References
----------
[Brans-Vincke 1985] A preference ranking organisation method: the PROMETHEE method for multiple
criteria decision-making. Management Science 31(6), 647-656.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

__all__ = ["promethee"]


def promethee(
    scores: Float[np.ndarray, "row item"], weights: Float[np.ndarray, " item"]
) -> Float[np.ndarray, " row"]:
    """Return the net flow of PROMETHEE II with the usual criterion, from -1 to 1.

    Parameters
    ----------
    scores : more is better; at least two rows.

    Notes
    -----
    ``sum_j w_j (rows below - rows above) / (n - 1)``; ties count for neither [Brans-Vincke 1985].
    Two binary searches per column replace the n x n comparisons.
    """
    flow = np.zeros(len(scores))
    for column, weight in zip(scores.T, weights, strict=True):
        order = np.sort(column)
        below = np.searchsorted(order, column, side="left")
        above = len(column) - np.searchsorted(order, column, side="right")
        flow += weight * (below - above)
    return flow / max(len(scores) - 1, 1)
