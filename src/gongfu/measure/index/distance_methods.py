"""How near a row lies to the best there is.

References
----------
[Hwang-Yoon 1981] Multiple Attribute Decision Making. Springer.
[Opricovic-Tzeng 2004] Compromise solution by MCDM methods. European Journal of Operational
Research 156(2), 445-455.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError

__all__ = ["topsis", "vikor"]


def topsis(
    scores: Float[np.ndarray, "row item"],
    weights: Float[np.ndarray, "*each item"],
    *,
    ideal: tuple[float, float] | None = None,
) -> Float[np.ndarray, " row"]:
    """Return closeness to the ideal, 0 (worst in everything) to 1 (best in everything).

    Parameters
    ----------
    scores : more is better, on one scale.
    ideal : worst and best possible score; none takes the extremes of each column.

    Notes
    -----
    ``d- / (d- + d+)`` with Euclidean distances of the weighted scores to the worst and the best
    [Hwang-Yoon 1981].
    """
    worst, best = _ends(scores) if ideal is None else ideal
    to_worst = np.linalg.norm(weights * (scores - worst), axis=1)
    to_best = np.linalg.norm(weights * (best - scores), axis=1)
    whole = to_worst + to_best
    if not (whole > 0).all():
        raise InputError("TOPSIS needs a column that varies")
    return np.asarray(to_worst / whole)


def vikor(
    scores: Float[np.ndarray, "row item"],
    weights: Float[np.ndarray, " item"],
    *,
    majority: float = 0.5,
) -> Float[np.ndarray, " row"]:
    """Return Q of VIKOR, 0 (best compromise) to 1: here *less* is better.

    Parameters
    ----------
    scores : more is better.
    majority : weight (0-1) of the mean regret S against the largest regret R.

    Notes
    -----
    With g = w (best - x) / (best - worst) over the rows: S = sum g, R = max g and
    ``Q = v (S - min S) / (max S - min S) + (1 - v) (R - min R) / (max R - min R)``
    [Opricovic-Tzeng 2004]. Where all rows have the same S (or R) its part is zero.
    """
    worst, best = _ends(scores)
    regret = weights * _stretched(best - scores, best - worst)
    mean, largest = regret.sum(axis=1), regret.max(axis=1)
    parts = (_stretched(one - one.min(), np.ptp(one)) for one in (mean, largest))
    of_mean, of_largest = parts
    return np.asarray(majority * of_mean + (1 - majority) * of_largest)


def _ends(
    scores: Float[np.ndarray, "row item"],
) -> tuple[Float[np.ndarray, " item"], Float[np.ndarray, " item"]]:
    return scores.min(axis=0), scores.max(axis=0)


def _stretched(
    gaps: Float[np.ndarray, " *any"], width: Float[np.ndarray, " *wide"] | float
) -> Float[np.ndarray, " *any"]:
    return np.asarray(np.divide(gaps, width, out=np.zeros_like(gaps), where=np.asarray(width) > 0))
