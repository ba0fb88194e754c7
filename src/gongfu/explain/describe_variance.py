"""Where a variable varies: between units, between years that all units share, or neither.

References
----------
[Shorrocks 2013] Decomposition procedures for distributional analysis. Journal of Economic
Inequality 11(1), 99-126.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from jaxtyping import Float

from gongfu.core import Evidence, InputError
from gongfu.explain.panel_data import PanelData
from gongfu.explain.within import Effects, within

__all__ = ["VarianceSplit", "describe_columns", "variance_split"]


@dataclass(frozen=True, slots=True)
class VarianceSplit:
    """Shares of the pooled variance; they add up to one.

    Parameters
    ----------
    unit, year, rest : share of unit means, of year means, and of what neither explains, 0-1.
    total : pooled variance, divisor n.
    evidence : an identity of the figures.
    """

    unit: float
    year: float
    rest: float
    total: float
    evidence: Evidence = Evidence.OBSERVED


def variance_split(values: Float[np.ndarray, " row"], data: PanelData) -> VarianceSplit:
    """Return the two-way components of a column.

    Parameters
    ----------
    values : in the rows of ``data``, whose own columns are not used.

    Raises
    ------
    InputError
        If the column is constant or a value is missing.

    Notes
    -----
    Share of units: fall of the residual variance when unit means are taken out, averaged over
    taking them out first or last [Shorrocks 2013]; the same for years. Without holes the order does
    not matter and the shares are variances of means.
    """
    centred = values - values.mean() if len(values) else values
    total = float(centred @ centred) / max(len(values), 1)
    if not np.isfinite(total) or total <= (1e-12 * np.abs(values).max()) ** 2:
        raise InputError("a split of variance needs a column that varies, without missing values")
    by_unit, by_year = _left(values, data, "entity") / total, _left(values, data, "time") / total
    by_both = _left(values, data, "two-way") / total
    unit = ((1 - by_unit) + (by_year - by_both)) / 2
    year = ((1 - by_year) + (by_unit - by_both)) / 2
    return VarianceSplit(unit, year, by_both, total)


def describe_columns(data: PanelData) -> pl.DataFrame:
    """Return one row per column of a panel, the dependent first.

    Notes
    -----
    ``sd_between`` is that of unit means, ``sd_within`` that of deviations from them, both with the
    divisor one below their number, as Stata's xtsum.
    """
    columns = np.column_stack([data.dependent, data.regressors])
    names = (data.dependent_name, *data.names)
    return pl.DataFrame(
        [_row(name, column, data) for name, column in zip(names, columns.T, strict=True)]
    )


def _left(values: np.ndarray, data: PanelData, effects: Effects) -> float:
    return float((within(data, effects).remove(values[:, None]) ** 2).mean())


def _row(name: str, column: np.ndarray, data: PanelData) -> dict[str, object]:
    units = len(data.entities)
    counts = np.bincount(data.entity, minlength=units)
    means = np.bincount(data.entity, column, units) / counts
    inside = column - means[data.entity]
    split = variance_split(column, data) if np.ptp(column) > 0 else None
    return {
        "name": name,
        "n": data.n,
        "units": units,
        "years": len(data.times),
        "mean": float(column.mean()),
        "sd": float(column.std(ddof=1)) if data.n > 1 else None,
        "sd_between": float(means.std(ddof=1)) if units > 1 else None,
        "sd_within": float(np.sqrt((inside**2).sum() / (data.n - 1))) if data.n > 1 else None,
        "minimum": float(column.min()),
        "maximum": float(column.max()),
        "share_unit": split.unit if split else None,
        "share_year": split.year if split else None,
        "share_rest": split.rest if split else None,
        "evidence": Evidence.OBSERVED.value,
    }
