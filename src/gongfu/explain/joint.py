"""Several coefficients at once: a joint test and a band that holds them all.

References
----------
[Montiel Olea-Plagborg-Moller 2019] Simultaneous confidence bands: theory, implementation, and an
application to SVARs. Journal of Applied Econometrics 34(1).
"""

from __future__ import annotations

import math

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError
from gongfu.explain.random_effects import SpecificationTest
from gongfu.explain.tails import f_tail
from gongfu.measure.dynamics.chi_square import chi_square_tail

__all__ = ["joint_test", "sup_t"]

_RANK = 1e-10


def joint_test(
    coefficients: Float[np.ndarray, " name"],
    vcov: Float[np.ndarray, "name name"],
    *,
    dof: float | int,
    null: str,
) -> SpecificationTest:
    """Return the Wald test that all coefficients are zero.

    Parameters
    ----------
    dof : of the errors; finite gives F, infinite chi-square.
    null : in words.

    Notes
    -----
    ``W = b' V**-1 b``; with finite dof ``W / q`` against F(q, dof). A covariance of too few
    clusters has lower rank than coefficients: its generalised inverse is used, aloud.
    """
    size = np.sqrt(np.diagonal(vcov))
    if not len(coefficients) or not (size > 0).all():
        raise InputError("a joint test needs coefficients with errors above zero")
    values, vectors = np.linalg.eigh(vcov / np.outer(size, size))
    kept = values > _RANK * values.max()
    parts = vectors[:, kept].T @ (coefficients / size)
    wald, rank = float((parts**2 / values[kept]).sum()), int(kept.sum())
    warning = (
        f"The covariance has rank {rank} for {len(coefficients)} coefficients: too few clusters."
        if rank < len(coefficients)
        else ""
    )
    if math.isinf(dof):
        p = chi_square_tail(wald, rank)
        return SpecificationTest("Wald", null, wald, p, (rank,), warning)
    return SpecificationTest(
        "Wald F", null, wald / rank, f_tail(wald / rank, rank, dof), (rank, int(dof)), warning
    )


def sup_t(
    vcov: Float[np.ndarray, "name name"],
    *,
    level: float = 0.95,
    dof: float | int = math.inf,
    draws: int = 20_000,
    seed: int = 0,
) -> float:
    """Return c such that all intervals ``b +- c se`` together hold the truth with ``level``.

    Parameters
    ----------
    dof : of the t distribution of each coefficient.
    draws, seed : of the simulated largest |t|.

    Notes
    -----
    Quantile of the largest of |t| under a normal law with the correlation of the estimates
    [Montiel Olea-Plagborg-Moller 2019], divided by a common chi where dof is finite.
    """
    if not 0 < level < 1 or draws < 100:
        raise InputError(f"needs 0 < level < 1 and 100 draws, got {level} and {draws}")
    rng = np.random.default_rng(seed)
    size = np.sqrt(np.diagonal(vcov))
    size = np.where(size > 0, size, 1.0)
    values, vectors = np.linalg.eigh(vcov / np.outer(size, size))
    root = vectors * np.sqrt(np.maximum(values, 0.0))
    largest = np.abs(rng.standard_normal((draws, len(vcov))) @ root.T).max(axis=1)
    if not math.isinf(dof):
        largest /= np.sqrt(rng.chisquare(dof, draws) / dof)
    return float(np.quantile(largest, level))
