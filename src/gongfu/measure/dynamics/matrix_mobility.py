"""Mobility indices of a transition matrix.

References
----------
[Prais 1955] Measuring social mobility. Journal of the Royal Statistical Society A 118(1).
[Shorrocks 1978] The measurement of mobility. Econometrica 46(5).
[Bartholomew 1973] Stochastic Models for Social Processes, 2nd ed. Wiley.
[Formby-Smith-Zheng 2004] Mobility measurement, transition matrices and statistical inference.
Journal of Econometrics 120(1).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from gongfu.core import InputError, Problem
from gongfu.measure.dynamics.long_run import ergodic_distribution, second_eigenvalue
from gongfu.measure.dynamics.transitions import probabilities

__all__ = ["MatrixMobility", "bartholomew", "matrix_mobility", "prais"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixMobility:
    """Indices from 0, everyone stays, upwards; NaN where an index does not exist.

    Parameters
    ----------
    prais : ``(k - trace) / (k - 1)``, 1 when the origin does not matter; ``prais_error`` its
        standard error if every move is an independent draw.
    eigenvalue : ``1 - |second eigenvalue|``: speed of approach to the long run, 0 to 1.
    determinant : ``1 - |determinant|``, 0 to 1.
    leaving : ``k / (k - 1)`` times the chance to leave one's class, start as in ``start``.
    steps : expected number of classes climbed or fallen, over ``k - 1`` (Bartholomew).
    """

    prais: float
    prais_error: float
    eigenvalue: float
    determinant: float
    leaving: float
    steps: float


def matrix_mobility(
    counts: Float[np.ndarray, "origin destination"], start: ArrayLike | None = None
) -> MatrixMobility:
    """Return the mobility indices of a table of moves.

    Parameters
    ----------
    counts : of moves; each class left at least once.
    start : distribution over classes that ``leaving`` and ``steps`` speak of; the shares of the
        moves' origins if not given.

    Raises
    ------
    InputError
        If a class was never left, or ``start`` is no distribution over the classes.

    Notes
    -----
    [Prais 1955; Shorrocks 1978; Bartholomew 1973]. Error of Prais' index: rows are independent
    multinomial draws, ``sqrt(sum(p_ii (1 - p_ii) / n_i)) / (k - 1)`` [Formby-Smith-Zheng 2004].
    """
    p, totals = probabilities(counts), counts.sum(axis=1)
    size = second_eigenvalue(p)  # refuses classes that were never left
    share = totals / totals.sum() if start is None else _distribution(start, len(p))
    stay, k = np.diagonal(p), len(p)
    return MatrixMobility(
        prais=prais(p),
        prais_error=float(np.sqrt(np.sum(stay * (1 - stay) / totals))) / (k - 1),
        eigenvalue=1 - size,
        determinant=1 - abs(float(np.linalg.det(p))),
        leaving=k / (k - 1) * (1 - float(share @ stay)),
        steps=bartholomew(p, share),
    )


def prais(p: Float[np.ndarray, "origin destination"]) -> float:
    """Return ``(k - trace) / (k - 1)``, from 0 (everyone stays); also Shorrocks' trace index."""
    return (len(p) - float(np.trace(p))) / (len(p) - 1)


def bartholomew(
    p: Float[np.ndarray, "origin destination"], start: Float[np.ndarray, " state"] | None = None
) -> float:
    """Return the expected number of classes climbed or fallen, over ``k - 1``.

    Parameters
    ----------
    p : probabilities.
    start : distribution of origins; the ergodic one if not given.
    """
    share = ergodic_distribution(p) if start is None else start
    place = np.arange(len(p))
    return float(share @ (p * np.abs(place[:, None] - place)).sum(axis=1)) / (len(p) - 1)


def _distribution(start: ArrayLike, k: int) -> Float[np.ndarray, " state"]:
    share = np.asarray(start, dtype=np.float64)
    if share.shape != (k,) or (share < 0).any() or not abs(share.sum() - 1) <= 1e-9:
        raise InputError(
            Problem(
                "the start must be a distribution over the classes",
                expected=f"{k} shares that add up to 1",
                found=f"{share.tolist()}",
            )
        )
    return share
