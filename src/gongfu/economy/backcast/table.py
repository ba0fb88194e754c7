"""The backcast table: every rule, origin and horizon side by side, losses included."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import polars as pl
from jaxtyping import Float, Int

from gongfu.economy.backcast.rules import Rule
from gongfu.economy.backcast.score import coverage, mase, past_errors, rmse
from gongfu.economy.backcast.targets import TARGETS, Sources, Target

__all__ = ["backcast"]

BAND_REACH = 1.645
"""Two-sided reach of a 90 % band in standard deviations of a normal."""


def backcast(
    sources: Sources, rules: Sequence[Rule], origins: Sequence[int], *, last: int, horizons: int
) -> pl.DataFrame:
    """Return the scores of every rule.

    Parameters
    ----------
    sources : with figures to ``last``; a rule sees them cut at the origin, scores see the rest.
    origins : last years a rule sees.
    last : last year scored.
    horizons : longest horizon scored one by one; horizon 0 stands for all years to ``last``.

    Returns
    -------
    pl.DataFrame
        target, rule, origin, horizon, cells, rmse (ratio points, or logs for incomes), mase,
        coverage (of a 90 % band of the width of past yearly errors times the root of the horizon).
    """
    rows = (
        row
        for target in TARGETS
        for origin in origins
        for rule in rules
        for row in _scores(target, rule, origin, sources, last=last, horizons=horizons)
    )
    return pl.DataFrame(list(rows))


def _scores(
    name: str, rule: Rule, origin: int, sources: Sources, *, last: int, horizons: int
) -> Iterator[dict[str, Any]]:
    actual = TARGETS[name](sources)
    forecast, width = _forecast(TARGETS[name](sources.until(origin)), rule, origin, last)
    if forecast is None:
        return
    later = (actual.years > origin) & (actual.years <= last)
    seen, past = actual.values[:, later], actual.values[:, actual.years <= origin]
    for horizon in range(min(horizons, last - origin) + 1):
        chosen = slice(None) if horizon == 0 else slice(horizon - 1, horizon)
        values, truth = forecast[:, chosen], seen[:, chosen]
        yield {
            "target": name,
            "rule": rule.name,
            "origin": origin,
            "horizon": horizon,
            "cells": int(np.isfinite(truth).sum()),
            "rmse": _error(actual, values, truth),
            "mase": mase(values, truth, past),
            "coverage": coverage(values, truth, width[:, chosen], reach=BAND_REACH),
        }


def _forecast(
    seen: Target, rule: Rule, origin: int, last: int
) -> tuple[Float[np.ndarray, "unit horizon"] | None, Float[np.ndarray, "unit horizon"]]:
    """Return forecasts to ``last`` and the log standard deviation of their band."""
    years: Int[np.ndarray, " year"] = seen.years
    horizons = np.arange(1, last - origin + 1)
    width = past_errors(seen.values)[:, None] * np.sqrt(horizons)
    return rule.ahead(years, seen.values, horizons), np.asarray(width)


def _error(
    target: Target,
    forecast: Float[np.ndarray, "unit horizon"],
    actual: Float[np.ndarray, "unit horizon"],
) -> float:
    if target.in_logs:
        return rmse(np.log(forecast), np.log(actual))
    return rmse(forecast, actual)
