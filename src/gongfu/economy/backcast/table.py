"""The backcast table: every rule, origin and horizon side by side, losses included."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl
from jaxtyping import Float

from gongfu.economy.backcast.rules import Rule
from gongfu.economy.backcast.score import coverage, mase, past_errors, rmse
from gongfu.economy.backcast.targets import TARGETS, Model, Sources, Target

__all__ = ["backcast"]

BAND_REACH = 1.645
"""Two-sided reach of a 90 % band in standard deviations of a normal."""


def backcast(
    sources: Sources,
    rules: Sequence[Rule],
    origins: Sequence[int],
    *,
    last: int,
    horizons: int,
    models: Mapping[str, Model] | None = None,
) -> pl.DataFrame:
    """Return the scores of every rule and model.

    Parameters
    ----------
    sources : with figures to ``last``; a rule sees them cut at the origin, scores see the rest.
    origins : last years a rule sees.
    last : last year scored.
    horizons : longest horizon scored one by one; horizon 0 stands for all years to ``last``.
    models : further forecasters by name.

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
        for name, forecast in _forecasters(
            target, rules, models or {}, sources, origin=origin, last=last
        )
        for row in _scores(target, name, forecast, sources, origin=origin, last=last, most=horizons)
    )
    return pl.DataFrame(list(rows))


def _forecasters(
    target: str,
    rules: Sequence[Rule],
    models: Mapping[str, Model],
    sources: Sources,
    *,
    origin: int,
    last: int,
) -> Iterator[tuple[str, Float[np.ndarray, "unit horizon"]]]:
    """Yield every forecast that the figures up to the origin allow."""
    cut = sources.until(origin)
    seen = TARGETS[target](cut)
    for rule in rules:
        forecast = rule.ahead(seen.years, seen.values, np.arange(1, last - origin + 1))
        if forecast is not None:
            yield rule.name, forecast
    for name, model in models.items():
        yield name, model(target, cut, origin, last)


def _scores(
    target: str,
    name: str,
    forecast: Float[np.ndarray, "unit horizon"],
    sources: Sources,
    *,
    origin: int,
    last: int,
    most: int,
) -> Iterator[dict[str, Any]]:
    actual = TARGETS[target](sources)
    width = _band(TARGETS[target](sources.until(origin)), last - origin)
    later = (actual.years > origin) & (actual.years <= last)
    seen, past = actual.values[:, later], actual.values[:, actual.years <= origin]
    for horizon in range(min(most, last - origin) + 1):
        chosen = slice(None) if horizon == 0 else slice(horizon - 1, horizon)
        values, truth = forecast[:, chosen], seen[:, chosen]
        yield {
            "target": target,
            "rule": name,
            "origin": origin,
            "horizon": horizon,
            "cells": int(np.isfinite(truth).sum()),
            "rmse": _error(actual, values, truth),
            "mase": mase(values, truth, past),
            "coverage": coverage(values, truth, width[:, chosen], reach=BAND_REACH),
        }


def _band(seen: Target, horizons: int) -> Float[np.ndarray, "unit horizon"]:
    """Return the log standard deviation of a band that widens with the root of the horizon."""
    return np.asarray(past_errors(seen.values)[:, None] * np.sqrt(np.arange(1, horizons + 1)))


def _error(
    target: Target,
    forecast: Float[np.ndarray, "unit horizon"],
    actual: Float[np.ndarray, "unit horizon"],
) -> float:
    if target.in_logs:
        return rmse(np.log(forecast), np.log(actual))
    return rmse(forecast, actual)
