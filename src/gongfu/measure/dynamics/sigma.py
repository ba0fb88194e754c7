"""Sigma convergence: whether the spread between regions shrinks.

References
----------
[Barro-Sala-i-Martin 1992] Convergence. Journal of Political Economy 100(2).
[Dalgaard-Vastrup 2001] On the measurement of sigma-convergence. Economics Letters 70(2): the two
measures can disagree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from gongfu.core import InputError, Problem
from gongfu.measure.dynamics.long_run_variance import Slope, slope_on
from gongfu.measure.dynamics.panel_values import (
    checked_panel,
    checked_weights,
    require_above_zero,
)
from gongfu.measure.dynamics.trend_warning import Language
from gongfu.measure.student import two_sided_t

__all__ = ["SigmaConvergence", "Spread", "sigma_convergence", "trend_interval"]

_FEWEST_YEARS = 5
"""A slope with an error for autocorrelated residuals needs a few residuals."""


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """One measure of spread by year and its trend.

    Parameters
    ----------
    name : of the measure.
    by_year : its value each year.
    trend : slope of its logarithm on the year: -0.02 means that the spread falls by 2 % a year.
    """

    name: str
    by_year: Float[np.ndarray, " year"]
    trend: Slope

    def is_falling(self, level: float = 0.95) -> bool:
        """Whether the trend is below zero by more than its error, at this one-sided level."""
        return self.trend.t < -NormalDist().inv_cdf(level)

    def is_rising(self, level: float = 0.95) -> bool:
        """Whether the trend is above zero by more than its error, at this one-sided level."""
        return self.trend.t > NormalDist().inv_cdf(level)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SigmaConvergence:
    """Three measures of the spread between regions, which need not tell the same story.

    Parameters
    ----------
    log_deviation : standard deviation of logs, blind to the unit and most sensitive at the bottom.
    variation : standard deviation over mean, most sensitive at the top.
    deviation : standard deviation in the unit of the values: the absolute gap.
    """

    years: tuple[int, ...]
    log_deviation: Spread
    variation: Spread
    deviation: Spread
    convention: str

    def disagreement(self, language: Language = "en") -> str:
        """Return what the measures disagree on, in ``zh`` or ``en``, or nothing."""
        relative = (self.log_deviation, self.variation)
        if len({(s.is_falling(), s.is_rising()) for s in relative}) > 1:
            return _DISAGREE["relative"][language]
        if self.variation.is_falling() and self.deviation.is_rising():
            return _DISAGREE["absolute"][language]
        return ""


_DISAGREE: Mapping[str, Mapping[Language, str]] = {
    "relative": {
        "zh": "对数标准差与变异系数说法不同：排序底部与顶部的差距变化不一样。",
        "en": "The standard deviation of logs and the coefficient of variation tell different "
        "stories: gaps at the bottom and at the top of the ranking move differently.",
    },
    "absolute": {
        "zh": "相对差距在缩小，绝对差距在扩大：说“收敛”时须指明是哪一个。",
        "en": "Relative gaps shrink while absolute gaps grow: say which of the two "
        '"convergence" means.',
    },
}


def sigma_convergence(
    values: ArrayLike, years: Sequence[int], *, weight: ArrayLike | None = None
) -> SigmaConvergence:
    """Return the spread between regions by year, measured in three ways, with trends.

    Parameters
    ----------
    values : above zero, one row a unit and one column a year; at least five years.
    years : of the columns, rising; gaps are allowed.
    weight : people, one a unit or one a unit and year; none counts each unit once.

    Raises
    ------
    InputError
        If values are missing or not above zero, or the years do not fit.

    Notes
    -----
    Variances are divided by n (by the sum of weights), because the regions are all there are. With
    weights the coefficient of variation is Williamson's. The error of a trend speaks of the
    scatter of years around it, autocorrelated as it may be, not of sampled regions.
    """
    panel = checked_panel(values, years=_FEWEST_YEARS)
    require_above_zero(panel, "sigma convergence")
    when = _checked_years(years, panel.shape[1])
    share = checked_weights(weight, panel.shape)
    spread = _deviation(panel, share)
    by_name = {
        "standard deviation of logs": _deviation(np.log(panel), share),
        "coefficient of variation": spread / (share * panel).sum(axis=0),
        "standard deviation": spread,
    }
    log_deviation, variation, deviation = (
        Spread(name, by_year, _trend(when, by_year, name)) for name, by_year in by_name.items()
    )
    return SigmaConvergence(
        years=tuple(int(year) for year in years),
        log_deviation=log_deviation,
        variation=variation,
        deviation=deviation,
        convention="every unit counts once" if weight is None else "units weighted by people",
    )


def trend_interval(spread: Spread, level: float = 0.95) -> tuple[float, float]:
    """Return the t interval of a yearly trend, from the scatter of the years around it.

    Parameters
    ----------
    level : coverage, 0-1; degrees of freedom are the years less two.
    """
    half = two_sided_t(level, len(spread.by_year) - 2) * spread.trend.standard_error
    return spread.trend.value - half, spread.trend.value + half


def _deviation(
    panel: Float[np.ndarray, "unit year"], share: Float[np.ndarray, "unit year"]
) -> Float[np.ndarray, " year"]:
    centred = panel - (share * panel).sum(axis=0)
    deviation: Float[np.ndarray, " year"] = np.sqrt((share * centred**2).sum(axis=0))
    return deviation


def _trend(
    years: Float[np.ndarray, " year"], spread: Float[np.ndarray, " year"], name: str
) -> Slope:
    if spread.min() <= 0:
        raise InputError(Problem(f"the {name} is zero in a year", expected="regions that differ"))
    return slope_on(years, np.log(spread))


def _checked_years(years: Sequence[int], columns: int) -> Float[np.ndarray, " year"]:
    when = np.asarray(years, dtype=np.float64)
    if when.shape != (columns,) or not (np.diff(when) > 0).all():
        raise InputError(
            Problem(
                "years must rise, one for each column",
                expected=f"{columns} years",
                found=f"{list(years)}",
            )
        )
    return when
