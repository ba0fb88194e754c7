"""Fixed effects with a linear trend for each group, or with a time effect for each region.

References
----------
[Wooldridge 2010] Econometric Analysis of Cross Section and Panel Data. MIT Press, 2nd edition.
Section 11.7: models with individual-specific slopes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError, Problem
from gongfu.explain.fixed_effects import Cluster, fixed_effects_after
from gongfu.explain.panel_data import PanelData
from gongfu.explain.result import EstimationResult
from gongfu.explain.vcov import Errors
from gongfu.explain.within import Columns, Effects, Within, within

__all__ = ["fixed_effects_with_trends", "region_time_effects"]

_MOST_GROUPS = 2000
_RANK = 1e-9


def fixed_effects_with_trends(
    data: PanelData,
    groups: Sequence[object] | np.ndarray | None = None,
    *,
    effects: Effects = "two-way",
    errors: Errors = "cluster",
    cluster: Cluster | None = None,
    lags: int | None = None,
) -> EstimationResult:
    """Return the within regression with a linear trend of its own for each group.

    Parameters
    ----------
    groups : label of each row, such as its region; by default its entity.
    effects, errors, cluster, lags : as in ``fixed_effects``.

    Raises
    ------
    InputError
        As ``fixed_effects``, or if times are not numbers or there are more than 2,000 groups.

    Notes
    -----
    ``y_it = a_i + l_t + g_r t + x_it'b + e_it`` [Wooldridge 2010]. Time effects hold one of the
    trends. Trends count in K of the small-sample factor, also where a cluster holds them whole.
    """
    labels = data.entity if groups is None else _labels(data, groups)
    base = within(data, effects)
    basis = _basis(base.remove(_trend_columns(data, labels)))

    def remove(columns: Columns) -> Columns:
        left = base.remove(columns)
        for _ in range(2):  # once more against rounding
            left = left - basis @ (basis.T @ left)
        return left

    transformation = Within(base.effects, base.absorbed + basis.shape[1], remove)
    words = f"{effects} effects and linear trends of {'entities' if groups is None else 'groups'}"
    return fixed_effects_after(
        data, transformation, words, errors=errors, cluster=cluster, lags=lags
    )


def region_time_effects(
    data: PanelData,
    regions: Sequence[object] | np.ndarray,
    *,
    errors: Errors = "cluster",
    cluster: Cluster | None = None,
    lags: int | None = None,
) -> EstimationResult:
    """Return the regression with entity effects and a time effect for each region.

    Parameters
    ----------
    regions : label of each row.
    errors, cluster, lags : as in ``fixed_effects``.

    Raises
    ------
    InputError
        As ``fixed_effects``: a regressor that is one number per region and time is absorbed.

    Notes
    -----
    ``y_it = a_i + l_rt + x_it'b + e_it``: compares units of one region within a year.
    """
    region = _labels(data, regions)
    cells, code = np.unique(region * len(data.times) + data.time, return_inverse=True)
    coded = replace(data, time=code, times=np.arange(len(cells)))
    transformation = within(coded, "two-way")
    return fixed_effects_after(
        data,
        transformation,
        "entity and region by time effects",
        errors=errors,
        cluster=cluster,
        lags=lags,
    )


def _labels(data: PanelData, groups: Sequence[object] | np.ndarray) -> np.ndarray:
    labels = np.asarray(groups)
    if labels.shape != (data.n,):
        raise InputError(
            Problem(
                "groups do not fit the rows",
                expected=f"{data.n} labels",
                found=f"an array of shape {labels.shape}",
            )
        )
    return np.unique(labels, return_inverse=True)[1]


def _trend_columns(data: PanelData, labels: np.ndarray) -> Float[np.ndarray, "row group"]:
    count = int(labels.max()) + 1
    if data.times.dtype.kind not in "iuf" or count > _MOST_GROUPS:
        raise InputError(
            f"trends need times that are numbers and at most {_MOST_GROUPS} groups, got "
            f"{data.times.dtype} times and {count} groups"
        )
    time = data.times[data.time] - data.times.mean()
    columns = np.zeros((data.n, count))
    columns[np.arange(data.n), labels] = time
    return columns


def _basis(columns: Columns) -> Float[np.ndarray, "row trend"]:
    """Orthonormal columns that span the trends; those the effects hold already drop out."""
    left, size, _ = np.linalg.svd(columns, full_matrices=False)
    return np.asarray(left[:, size > _RANK * max(float(size.max()), 1e-300)])
