"""Forecast rules that need no model: the rulers any model has to beat.

Each rule takes years and values up to the origin and returns values ahead; it sees nothing else.

References
----------
[Hyndman-Athanasopoulos 2021] Forecasting: Principles and Practice, 3rd ed., chapters 5 and 8.
[Gardner-McKenzie 1985] Forecasting trends in time series. Management Science 31(10): damping.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from jaxtyping import Float, Int

__all__ = [
    "Rule",
    "ar1_growth",
    "damped_trend",
    "linear_trend",
    "log_drift",
    "random_walk",
    "rulers",
]

Series = Float[np.ndarray, "unit year"]
Ahead = Float[np.ndarray, "unit horizon"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A forecast rule and the first year it looks at.

    Parameters
    ----------
    name : printed, with the window in it.
    first : first year of the window, earlier figures are not seen; none takes all there are.
    forecast : function of years, values and horizons.
    """

    name: str
    first: int | None
    forecast: Callable[[Int[np.ndarray, " year"], Series, Int[np.ndarray, " horizon"]], Ahead]

    def ahead(
        self, years: Int[np.ndarray, " year"], values: Series, horizons: Int[np.ndarray, " horizon"]
    ) -> Ahead | None:
        """Return the forecast, or nothing where the figures do not fill the window.

        A window that starts before the first figure would bear a wrong name, and fewer than three
        years are no window.
        """
        first = years[0] if self.first is None else self.first
        window = years >= first
        if first < years[0] or window.sum() < 3:
            return None
        return self.forecast(years[window], values[:, window], horizons)


def rulers(windows: tuple[int, ...], phi: float) -> list[Rule]:
    """Return every rule, with each window named.

    Parameters
    ----------
    windows : first years.
    phi : damping of the trend a year, 0-1.
    """
    rules = [Rule("random walk", None, random_walk)]
    for first in windows:
        rules += [
            Rule(f"linear trend from {first}", first, linear_trend),
            Rule(f"log drift from {first}", first, log_drift),
            Rule(f"AR(1) of growth from {first}", first, ar1_growth),
            Rule(f"damped trend {phi:g} from {first}", first, partial(damped_trend, phi=phi)),
        ]
    return rules


def random_walk(
    years: Int[np.ndarray, " year"], values: Series, horizons: Int[np.ndarray, " horizon"]
) -> Ahead:
    """Return the last value at every horizon."""
    del years
    return np.repeat(values[:, -1:], len(horizons), axis=1)


def linear_trend(
    years: Int[np.ndarray, " year"], values: Series, horizons: Int[np.ndarray, " horizon"]
) -> Ahead:
    """Return the least-squares line through the window, carried on."""
    centred = years - years.mean()
    slope = values @ centred / (centred @ centred)
    ahead = years[-1] + horizons - years.mean()
    return np.asarray(values.mean(axis=1)[:, None] + slope[:, None] * ahead)


def log_drift(
    years: Int[np.ndarray, " year"], values: Series, horizons: Int[np.ndarray, " horizon"]
) -> Ahead:
    """Return the last value grown at the mean log growth of the window."""
    drift = np.log(values[:, -1] / values[:, 0]) / (years[-1] - years[0])
    return np.asarray(values[:, -1:] * np.exp(drift[:, None] * horizons))


def ar1_growth(
    years: Int[np.ndarray, " year"], values: Series, horizons: Int[np.ndarray, " horizon"]
) -> Ahead:
    """Return growth that returns to its mean as an AR(1) fitted by least squares.

    One coefficient for all units (a handful of years cannot tell one each), kept within 0-1.
    """
    del years
    growth = np.diff(np.log(values), axis=1)
    mean = growth.mean(axis=1, keepdims=True)
    before, after = (growth - mean)[:, :-1], (growth - mean)[:, 1:]
    power = float((before**2).sum())
    rho = min(max(float((before * after).sum()) / power, 0.0), 1.0) if power > 0 else 0.0
    last = growth[:, -1:] - mean
    steps = mean[:, :, None] + last[:, :, None] * rho ** np.arange(1, horizons.max() + 1)
    path = np.cumsum(steps[:, 0, :], axis=1)
    return np.asarray(values[:, -1:] * np.exp(path[:, horizons - 1]))


def damped_trend(
    years: Int[np.ndarray, " year"],
    values: Series,
    horizons: Int[np.ndarray, " horizon"],
    *,
    phi: float,
) -> Ahead:
    """Return the last growth, fading by ``phi`` (0-1) a year [Gardner-McKenzie 1985].

    The growth that fades is the mean of the last three years of the window, so that one odd year
    does not set the course.
    """
    recent = min(3, len(years) - 1)
    growth = np.log(values[:, -1] / values[:, -1 - recent]) / recent
    reach = np.cumsum(phi ** np.arange(1, horizons.max() + 1))[horizons - 1]
    return np.asarray(values[:, -1:] * np.exp(growth[:, None] * reach))
