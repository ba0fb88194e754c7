"""Correlations of the columns of a panel, and how far regressors stand in for each other.

References
----------
[Belsley-Kuh-Welsch 1980] Regression Diagnostics: Identifying Influential Data and Sources of
Collinearity. Wiley.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import polars as pl
from jaxtyping import Float

from gongfu.core import InputError
from gongfu.explain.panel_data import PanelData
from gongfu.explain.within import Effects, within

__all__ = ["correlations", "variance_inflation"]

_ABSORBED = 1e-9


def correlations(data: PanelData, *, effects: Effects | Literal["none"] = "none") -> pl.DataFrame:
    """Return the correlation matrix of all columns, the dependent first.

    Parameters
    ----------
    effects : taken out first; ``none`` gives pooled correlations, which shared trends drive.

    Raises
    ------
    InputError
        If nothing is left of a column.

    Notes
    -----
    No p-values: rows of a unit are not independent draws.
    """
    columns = np.column_stack([data.dependent, data.regressors])
    names = (data.dependent_name, *data.names)
    scaled = _scaled(columns, names, data, effects)
    matrix = scaled.T @ scaled
    return pl.DataFrame({"name": list(names)} | dict(zip(names, matrix, strict=True)))


def variance_inflation(
    data: PanelData, *, effects: Effects | Literal["none"] = "two-way"
) -> dict[str, float]:
    """Return by how much collinearity raises the variance of each coefficient, at least 1.

    Parameters
    ----------
    effects : of the regression; ``none`` is pooled with an intercept.

    Raises
    ------
    InputError
        If nothing is left of a regressor, or one is a combination of others.

    Notes
    -----
    ``1 / (1 - R2)`` of each regressor on the others after the effects are taken out: the diagonal
    of the inverse correlation matrix [Belsley-Kuh-Welsch 1980].
    """
    if not data.names:
        raise InputError("variance inflation needs regressors")
    scaled = _scaled(data.regressors, data.names, data, effects)
    free = np.abs(np.diagonal(np.linalg.qr(scaled, mode="r")))
    if len(scaled) <= len(data.names) or free.min() <= 1e-8:
        raise InputError(
            f"regressors are combinations of each other: {data.names[int(free.argmin())]} is "
            "explained by those before it"
        )
    inverse = np.linalg.inv(scaled.T @ scaled)
    return dict(zip(data.names, np.diagonal(inverse).tolist(), strict=True))


def _scaled(
    columns: Float[np.ndarray, "row column"],
    names: tuple[str, ...],
    data: PanelData,
    effects: Effects | Literal["none"],
) -> Float[np.ndarray, "row column"]:
    left = columns - columns.mean(axis=0)
    if effects != "none":
        left = within(data, effects).remove(columns)
    size = np.linalg.norm(left, axis=0)
    lost = [
        name
        for name, now, before in zip(names, size, np.linalg.norm(columns, axis=0), strict=True)
        if now <= _ABSORBED * before
    ]
    if lost:
        raise InputError(f"nothing is left of {', '.join(lost)} after {effects} effects")
    return np.asarray(left / size)
