"""Values of units by year, checked once: what the measures of regional dynamics take."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from gongfu.core import InputError, Problem

__all__ = ["checked_panel", "checked_weights", "relative_to_mean", "require_above_zero"]


def checked_panel(values: ArrayLike, *, years: int = 2) -> Float[np.ndarray, "unit year"]:
    """Return finite values, one row a unit and one column a year.

    Parameters
    ----------
    values : of at least two units.
    years : least number of years.

    Raises
    ------
    InputError
        If the shape is wrong or a value is missing or infinite.
    """
    panel = np.asarray(values, dtype=np.float64)
    if panel.ndim != 2 or panel.shape[0] < 2 or panel.shape[1] < years:
        raise InputError(
            Problem(
                "dynamics need one row a unit and one column a year",
                expected=f"at least 2 units and {years} years",
                found=f"an array of shape {panel.shape}",
            )
        )
    missing = np.argwhere(~np.isfinite(panel))
    if len(missing):
        raise InputError(
            Problem(
                f"{len(missing)} values are missing or infinite",
                found=f"unit {missing[0][0]}, year {missing[0][1]} (counted from 0)",
                fix="Take a window of years in which every unit has a value, or leave units out.",
            )
        )
    return panel


def relative_to_mean(
    panel: Float[np.ndarray, "unit year"], weight: ArrayLike | None
) -> Float[np.ndarray, "unit year"]:
    """Return value over the (weighted) mean of all units in the same year.

    Raises
    ------
    InputError
        If a value is not above zero, or a weight is not.
    """
    require_above_zero(panel, "a value relative to the mean of its year")
    share = checked_weights(weight, panel.shape)
    relative: Float[np.ndarray, "unit year"] = panel / (share * panel).sum(axis=0)
    return relative


def require_above_zero(panel: Float[np.ndarray, "unit year"], what: str) -> None:
    """Refuse values of zero or less where a ratio or a logarithm is taken."""
    if panel.min() <= 0:
        raise InputError(
            Problem(
                f"{what} needs values above zero",
                found=f"{np.count_nonzero(panel <= 0)} of zero or less, lowest {panel.min():g}",
            )
        )


def checked_weights(
    weight: ArrayLike | None, shape: tuple[int, ...]
) -> Float[np.ndarray, "unit year"]:
    """Return shares of each unit in its year, adding up to 1; equal ones for none.

    Parameters
    ----------
    weight : one a unit, or one a unit and year; above zero.
    shape : units and years.

    Raises
    ------
    InputError
        If the shape is wrong or a weight is not above zero.
    """
    if weight is None:
        return np.full(shape, 1.0 / shape[0])
    array = np.asarray(weight, dtype=np.float64)
    if array.shape == shape[:1]:
        array = np.broadcast_to(array[:, None], shape)
    if array.shape != shape or not (np.isfinite(array).all() and array.min() > 0):
        raise InputError(
            Problem(
                "weights must be above zero, one a unit or one a unit and year",
                expected=f"shape {shape[:1]} or {shape}",
                found=f"shape {array.shape}, lowest {array.min():g}",
            )
        )
    share: Float[np.ndarray, "unit year"] = array / array.sum(axis=0)
    return share
