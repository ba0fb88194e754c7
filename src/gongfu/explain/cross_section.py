"""Whether the errors of different entities move together.

References
----------
[Pesaran 2004] General diagnostic tests for cross section dependence in panels. CESifo Working
Paper 1229.
"""

from __future__ import annotations

import math
from typing import Literal

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError
from gongfu.explain.fixed_effects import fixed_effects
from gongfu.explain.panel_data import PanelData
from gongfu.explain.random_effects import SpecificationTest

__all__ = ["pesaran_cd_test"]

_FEWEST_COMMON = 3


def pesaran_cd_test(
    data: PanelData, *, residuals: Literal["separate", "entity"] = "separate"
) -> SpecificationTest:
    """Return Pesaran's test that errors are independent across entities; standard normal.

    Parameters
    ----------
    residuals : of a regression with intercept for each entity alone, or of
        entity effects; R plm calls the latter ``model = "within"``.

    Raises
    ------
    InputError
        If an entity has too few rows for its own regression.

    Notes
    -----
    ``CD = sqrt(2 / (N (N - 1))) sum_{i<j} sqrt(T_ij) r_ij`` over pairs with at least three common
    times [Pesaran 2004]. Residuals of two-way effects add up to zero at every time, which hides
    what the test looks for: they are not offered.
    """
    values = (
        _separate(data)
        if residuals == "separate"
        else fixed_effects(data, effects="entity", errors="iid").residuals
    )
    cube = np.full((len(data.entities), len(data.times)), np.nan)
    cube[data.entity, data.time] = values
    statistic = _cd(cube)
    return SpecificationTest(
        "Pesaran CD",
        "errors are independent across entities",
        statistic,
        math.erfc(abs(statistic) / math.sqrt(2)),
        (),
    )


def _separate(data: PanelData) -> Float[np.ndarray, " row"]:
    design = np.column_stack([np.ones(data.n), data.regressors])
    counts = np.bincount(data.entity)
    short = [str(data.entities[i]) for i in np.flatnonzero(counts <= design.shape[1])]
    if short:
        raise InputError(
            f"a regression of its own needs more than {design.shape[1]} rows, too few for "
            f"{', '.join(short[:5])}; choose residuals='entity'"
        )
    out = np.empty(data.n)
    for entity in range(len(data.entities)):
        rows = data.entity == entity
        q = np.linalg.qr(design[rows])[0]
        out[rows] = data.dependent[rows] - q @ (q.T @ data.dependent[rows])
    return out


def _cd(cube: Float[np.ndarray, "entity time"]) -> float:
    total, pairs = 0.0, 0
    for i in range(len(cube) - 1):
        for other in cube[i + 1 :]:
            both = np.isfinite(cube[i]) & np.isfinite(other)
            if np.count_nonzero(both) < _FEWEST_COMMON:
                continue
            total += math.sqrt(np.count_nonzero(both)) * _correlation(cube[i][both], other[both])
            pairs += 1
    if not pairs:
        raise InputError("no two entities have three times in common")
    return total / math.sqrt(pairs)


def _correlation(a: np.ndarray, b: np.ndarray) -> float:
    a, b = a - a.mean(), b - b.mean()
    return float(a @ b) / math.sqrt(float(a @ a) * float(b @ b))
