"""Weights from what is lost when a column is removed or is not at its best.

References
----------
[Keshavarz-Ghorabaee 2021] Determination of objective weights using a new method based on the
removal effects of criteria (MEREC). Symmetry 13(4), 525.
[Zavadskas-Podvezko 2016] Integrated determination of objective criteria weights in MCDM.
International Journal of Information Technology and Decision Making 15(2), 267-283.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError, Problem

__all__ = ["cilos", "idocriw", "merec"]


def merec(scores: Float[np.ndarray, "row item"]) -> Float[np.ndarray, " item"]:
    """Return weights from how much each column's removal moves the rows [Keshavarz-Ghorabaee 2021].

    Parameters
    ----------
    scores : above zero, more is better.

    Notes
    -----
    With n = min(x) / x: ``S_i = ln(1 + mean_j |ln n_ij|)``, S'_ij the same without column j (the
    divisor stays), weight_j in proportion to ``sum_i |S'_ij - S_i|``.
    """
    _refuse_zero(scores, "MEREC")
    logs = np.abs(np.log(scores.min(axis=0) / scores))
    items = scores.shape[1]
    whole = logs.sum(axis=1, keepdims=True)
    lost = np.abs(np.log1p((whole - logs) / items) - np.log1p(whole / items)).sum(axis=0)
    if not lost.sum() > 0:
        raise InputError("MEREC needs a column that varies")
    return np.asarray(lost / lost.sum())


def cilos(scores: Float[np.ndarray, "row item"]) -> Float[np.ndarray, " item"]:
    """Return weights of the criterion impact loss [Zavadskas-Podvezko 2016].

    Parameters
    ----------
    scores : above zero, more is better.

    Notes
    -----
    Row k_j is the best row of column j (the first of several). ``P_jk`` is the relative loss in
    column k of taking the best row of column j; the weights solve ``F q = 0`` with
    F = P - diag(column sums of P).
    """
    _refuse_zero(scores, "CILOS")
    shares = scores / scores.sum(axis=0)
    best = shares[shares.argmax(axis=0)]
    top = np.diag(best)
    loss = (top - best) / top
    np.fill_diagonal(loss, 0.0)
    system = loss - np.diag(loss.sum(axis=0))
    ones = np.ones((1, len(system)))
    right = np.zeros(len(system) + 1)
    right[-1] = 1.0
    solution: Float[np.ndarray, " item"]
    solution, _, rank, _ = np.linalg.lstsq(np.vstack([system, ones]), right, rcond=None)
    if rank < len(system) or (solution < -1e-9).any():
        raise InputError("CILOS weights are not determined: one row is best in several columns")
    return np.asarray(np.clip(solution, 0.0, None))


def idocriw(
    scores: Float[np.ndarray, "row item"], entropy_weights: Float[np.ndarray, " item"]
) -> Float[np.ndarray, " item"]:
    """Return the product of entropy and CILOS weights, as shares [Zavadskas-Podvezko 2016]."""
    product = entropy_weights * cilos(scores)
    return np.asarray(product / product.sum())


def _refuse_zero(scores: Float[np.ndarray, "row item"], method: str) -> None:
    if not (scores > 0).all():
        raise InputError(
            Problem(
                f"{method} needs scores above zero",
                fix="State score_range = [0.01, 0.99], or choose another weighting.",
            )
        )
