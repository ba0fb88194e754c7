"""Spatial weights of a study: of the embedded provinces by name, or from a user's file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import polars as pl
from jaxtyping import Float

from gongfu.core import InputError, Problem
from gongfu.core.errors import nearest_name
from gongfu.data import distances, neighbours, provinces
from gongfu.data.readers import read_table
from gongfu.measure.space import (
    SpatialWeights,
    border_weights,
    economic_distance_weights,
    inverse_distance_weights,
)

__all__ = ["WEIGHTS", "province_weights", "read_weights"]

WEIGHTS = {
    "border": ("接壤", "shared borders"),
    "distance": ("省会距离", "distance between capitals"),
    "economic": ("经济距离", "economic distance"),
}
"""What people call the weights of provinces, in Chinese and English."""


def province_weights(
    names: Sequence[str], codes: Sequence[str], level: Float[np.ndarray, " unit"]
) -> dict[str, SpatialWeights]:
    """Return weights of provinces by ``border``, ``distance`` and ``economic`` distance.

    Parameters
    ----------
    codes : of the units, in the order of the rows.
    level : of the economy of each unit, for the economic distance.

    Raises
    ------
    InputError
        If borders or distances are asked for units that are no provinces.
    """
    known = {place.code for place in provinces()}
    if not set(codes) <= known and set(names) - {"economic"}:
        fix = 'Name a weights file of your own, or take weights = ["economic"].'
        raise InputError(
            Problem("borders and distances are known of Chinese provinces only", fix=fix)
        )
    make: dict[str, Callable[[], SpatialWeights]] = {
        "border": lambda: border_weights(neighbours(codes), names=codes),
        "distance": lambda: inverse_distance_weights(distances(codes)),
        "economic": lambda: economic_distance_weights(level),
    }
    return {name: make[name]() for name in names}


def read_weights(path: Path, codes: Sequence[str]) -> SpatialWeights:
    """Return row-standardised weights from a square CSV whose first column names the units.

    Raises
    ------
    InputError
        If the file has other units than the panel, or its numbers are no weights.
    """
    table = read_table(path)
    rows = [str(name).strip() for name in table.to_series(0)]
    problems = [
        *_unit_problems(path, rows, codes, "row"),
        *_unit_problems(path, table.columns[1:], codes, "column"),
    ]
    if problems:
        raise InputError(problems)
    place = {name: i for i, name in enumerate(rows)}
    ordered = table.select(pl.col(code).cast(pl.Float64) for code in codes)
    matrix = ordered.to_numpy()[[place[code] for code in codes]]
    return SpatialWeights.from_matrix(matrix, path.name).standardised()


def _unit_problems(
    path: Path, found: Sequence[str], codes: Sequence[str], what: str
) -> list[Problem]:
    missing = [code for code in codes if code not in found]
    return [
        Problem(
            f"the weights have no {what} for unit {code!r}",
            file=str(path),
            expected=f"a {what} for each of the {len(codes)} units of the panel",
            fix=nearest_name(code, list(found)),
        )
        for code in missing
    ]
