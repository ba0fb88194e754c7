"""Filling gaps, apart from the published figures: every filled cell says that it is estimated."""

from __future__ import annotations

from typing import Literal

import numpy as np
import polars as pl
from jaxtyping import Bool, Float, Int

from gongfu.core import Evidence, InputError, Panel, Problem

__all__ = ["GapMethod", "estimate_missing"]

GapMethod = Literal["interpolate", "geometric", "carry"]

_NOTES = {
    "interpolate": "Estimated: on the straight line between the figures before and after.",
    "geometric": "Estimated: at the constant growth between the figures before and after.",
    "carry": "Estimated: the last figure before, carried forward.",
}


def estimate_missing(
    panel: Panel, variable: str, method: GapMethod = "interpolate", *, until: int | None = None
) -> Panel:
    """Return estimates for the cells of one variable that have no figure, and only those.

    Parameters
    ----------
    method : ``interpolate`` (linear between the nearest figures on both sides), ``geometric`` (the
        same in logarithms, for positive values) or ``carry`` (the last figure before).
    until : last year to fill with ``carry``; without it the last year of the variable.

    Returns
    -------
    Panel
        New cells with evidence ``estimated``. They never replace a figure: use
        ``panel.join(estimates)`` where estimates are wanted. Cells before the first and, except
        with ``carry``, after the last figure of a unit stay missing. A cell that was left out as
        doubtful counts as missing.

    Raises
    ------
    InputError
        If the method is unknown, or ``geometric`` meets a value that is not positive.
    """
    if method not in _NOTES:
        raise InputError(Problem(f"no method {method!r}", expected=f"one of {', '.join(_NOTES)}"))
    units = panel.select(variable).units
    years = _years(panel, variable, until if method == "carry" else None)
    values = panel.array(variable, units, years)
    filled = _fill(values, np.asarray(years), method)
    new = np.isnan(values) & ~np.isnan(filled)
    entries = {name: panel.variables[name] for name in (variable,) if name in panel.variables}
    cells = _cells(units, years, filled, new).with_columns(
        variable=pl.lit(variable),
        evidence=pl.lit(Evidence.ESTIMATED.value),
        note=pl.lit(_NOTES[method]),
    )
    return Panel(cells, entries, panel.labels)


def _years(panel: Panel, variable: str, until: int | None) -> list[int]:
    known = panel.years(variable)
    return list(range(known[0], max(known[-1], until or known[-1]) + 1))


def _fill(
    values: Float[np.ndarray, "unit year"], years: Int[np.ndarray, " year"], method: GapMethod
) -> Float[np.ndarray, "unit year"]:
    if method == "geometric":
        if (values <= 0).any():
            raise InputError("geometric estimates need positive values; use 'interpolate'")
        growth: Float[np.ndarray, "unit year"] = np.exp(_fill(np.log(values), years, "interpolate"))
        return growth
    fill_row = _carried if method == "carry" else _interpolated
    return np.stack([fill_row(row, years) for row in values])


def _interpolated(
    row: Float[np.ndarray, " year"], years: Int[np.ndarray, " year"]
) -> Float[np.ndarray, " year"]:
    known = ~np.isnan(row)
    line: Float[np.ndarray, " year"] = np.interp(
        years, years[known], row[known], left=np.nan, right=np.nan
    )
    return line


def _carried(
    row: Float[np.ndarray, " year"], years: Int[np.ndarray, " year"]
) -> Float[np.ndarray, " year"]:
    last = np.maximum.accumulate(np.where(np.isnan(row), -1, np.arange(years.size)))
    return np.where(last < 0, np.nan, row[last])


def _cells(
    units: list[str],
    years: list[int],
    filled: Float[np.ndarray, "unit year"],
    new: Bool[np.ndarray, "unit year"],
) -> pl.DataFrame:
    rows, columns = np.nonzero(new)
    return pl.DataFrame(
        {
            "unit": pl.Series([units[i] for i in rows], dtype=pl.String),
            "year": pl.Series([years[j] for j in columns], dtype=pl.Int32),
            "value": filled[new],
        }
    )
