"""Counts of moves from class to class."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float, Int

from gongfu.core import InputError, Problem

__all__ = ["count_by_group", "count_by_unit", "count_transitions", "probabilities"]


def count_transitions(
    code: Int[np.ndarray, "unit year"], k: int, *, step: int = 1
) -> Float[np.ndarray, "origin destination"]:
    """Return how often a unit in each class is in each class ``step`` years later.

    Parameters
    ----------
    code : classes from 0 to ``k - 1``.
    step : years from origin to destination, at least 1; moves of longer steps overlap.

    Raises
    ------
    InputError
        If there are not more years than ``step``.
    """
    _check_step(code, step)
    move = code[:, :-step] * k + code[:, step:]
    return np.bincount(move.ravel(), minlength=k * k).reshape(k, k).astype(np.float64)


def count_by_group(
    code: Int[np.ndarray, "unit year"], k: int, group: Int[np.ndarray, "unit move"], groups: int
) -> Float[np.ndarray, "group origin destination"]:
    """Return the counts of yearly moves in each group, such as the class of the neighbours.

    Parameters
    ----------
    group : from 0 to ``groups - 1``, of each unit in each year it moves from.
    """
    move = (group * k + code[:, :-1]) * k + code[:, 1:]
    counts = np.bincount(move.ravel(), minlength=groups * k * k)
    return counts.reshape(groups, k, k).astype(np.float64)


def count_by_unit(
    code: Int[np.ndarray, "unit year"], k: int, *, step: int = 1
) -> Float[np.ndarray, "unit origin destination"]:
    """Return the counts of moves of each unit."""
    _check_step(code, step)
    unit = np.arange(len(code))[:, None]
    move = (unit * k + code[:, :-step]) * k + code[:, step:]
    counts = np.bincount(move.ravel(), minlength=len(code) * k * k)
    return counts.reshape(len(code), k, k).astype(np.float64)


def probabilities(
    counts: Float[np.ndarray, "*group origin destination"],
) -> Float[np.ndarray, "*group origin destination"]:
    """Return shares of each row; a row without a move is NaN, because nothing is known about it."""
    totals = counts.sum(axis=-1, keepdims=True)
    out = np.full(counts.shape, np.nan)
    np.divide(counts, totals, out=out, where=totals > 0)
    return out


def _check_step(code: Int[np.ndarray, "unit year"], step: int) -> None:
    if not 1 <= step < code.shape[1]:
        raise InputError(
            Problem(
                "a move needs a year to start and a year to end",
                expected=f"a step from 1 to {code.shape[1] - 1} years",
                found=f"{step}",
            )
        )
