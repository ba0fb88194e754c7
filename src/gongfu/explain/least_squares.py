"""Ordinary least squares of demeaned columns; refuses what cannot be told apart.

References
----------
[Bjorck 1987] Stability analysis of the method of semi-normal equations for linear least squares
problems. Linear Algebra and its Applications 88/89.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError, Problem

__all__ = ["LeastSquares", "least_squares", "refitted", "require_identified", "triangle"]

_ABSORBED = 1e-9
"""Share of a regressor's size below which nothing but rounding is left of it."""
_COLLINEAR = 1e-8


@dataclass(frozen=True, slots=True, eq=False)
class LeastSquares:
    """A fit: ``bread`` is the inverse of X'X, ``design`` the X it was made with."""

    coefficients: Float[np.ndarray, " regressor"]
    bread: Float[np.ndarray, "regressor regressor"]
    residuals: Float[np.ndarray, " row"]
    design: Float[np.ndarray, "row regressor"]


def least_squares(
    dependent: Float[np.ndarray, " row"], design: Float[np.ndarray, "row regressor"]
) -> LeastSquares:
    """Return the least-squares fit by corrected seminormal equations.

    Notes
    -----
    ``R'R b = X'y`` with R of the QR decomposition and one step of refinement is as accurate as
    using Q, which is not formed [Bjorck 1987].
    """
    inverse = np.linalg.inv(triangle(design))
    coefficients = inverse @ (inverse.T @ (design.T @ dependent))
    left = dependent - design @ coefficients
    coefficients = coefficients + inverse @ (inverse.T @ (design.T @ left))
    residuals = dependent - design @ coefficients
    return LeastSquares(coefficients, inverse @ inverse.T, residuals, design)


def refitted(
    fit: LeastSquares, dependents: Float[np.ndarray, "row dependent"]
) -> tuple[Float[np.ndarray, "dependent regressor"], Float[np.ndarray, "dependent row"]]:
    """Return coefficients and residuals of further columns on the design of a fit."""
    coefficients = fit.bread @ (fit.design.T @ dependents)
    left = dependents - fit.design @ coefficients
    coefficients = coefficients + fit.bread @ (fit.design.T @ left)
    return coefficients.T, (dependents - fit.design @ coefficients).T


def triangle(columns: Float[np.ndarray, "*batch row column"]) -> Float[np.ndarray, "*batch r r"]:
    """Return the triangular factor of the QR decomposition: it has all inner products."""
    return np.asarray(np.linalg.qr(columns, mode="r"))


def require_identified(
    design: Float[np.ndarray, "row regressor"],
    size: Float[np.ndarray, " regressor"],
    names: tuple[str, ...],
    effects: str,
    parameters: int,
) -> None:
    """Raise one InputError that names every regressor which the data cannot tell from others.

    Parameters
    ----------
    design : regressors after the effects are taken out.
    size : norm of each before that.
    effects : words for the effects taken out.
    parameters : coefficients and effects together; there must be more rows.
    """
    problems = [*_absorbed(design, size, names, effects)]
    problems = problems or [*_collinear(design, names)]
    if len(design) <= parameters:
        problems.append(
            Problem(
                "too few rows",
                expected=f"more than {parameters}, one per coefficient and effect",
                found=str(len(design)),
            )
        )
    if problems:
        raise InputError(problems)


def _absorbed(
    design: np.ndarray, size: np.ndarray, names: tuple[str, ...], effects: str
) -> Iterable[Problem]:
    left = np.linalg.norm(design, axis=0)
    for name, remaining, before in zip(names, left, size, strict=True):
        if remaining <= _ABSORBED * before:
            yield Problem(
                f"{name} is absorbed by the {effects}" if effects else f"{name} is zero throughout",
                expected="variation that the effects do not take out",
                fix=f"Drop {name}, or drop the effects that hold it.",
            )


def _collinear(design: np.ndarray, names: tuple[str, ...]) -> Iterable[Problem]:
    if len(design) < len(names):
        return
    norms = np.linalg.norm(design, axis=0)
    scaled = design / np.where(norms > 0, norms, 1.0)
    free = np.abs(np.diagonal(triangle(scaled)))
    for j in np.flatnonzero(free <= _COLLINEAR):
        parts = np.linalg.lstsq(scaled[:, :j], scaled[:, j], rcond=_COLLINEAR)[0]
        others = [names[i] for i in np.flatnonzero(np.abs(parts) > np.sqrt(_COLLINEAR))]
        yield Problem(
            f"{names[j]} is a linear combination of {', '.join(others)}",
            fix=f"Drop one of {', '.join([*others, names[j]])}.",
        )
