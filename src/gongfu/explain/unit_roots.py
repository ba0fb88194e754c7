"""Whether the series of a panel wander without returning: tests that take units as independent.

References
----------
[IPS 2003] Im, Pesaran, Shin: Testing for unit roots in heterogeneous panels. Journal of
Econometrics 115(1), 53-74.
[LLC 2002] Levin, Lin, Chu: Unit root tests in panel data. Journal of Econometrics 108(1), 1-24.
[Maddala-Wu 1999] A comparative study of unit root tests with panel data and a new simple test.
Oxford Bulletin of Economics and Statistics 61(S1), 631-652.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist
from typing import Literal

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError
from gongfu.explain.unit_root_regressions import (
    DickeyFuller,
    asymptotic_p,
    dickey_fuller,
    null_draws,
)
from gongfu.measure.dynamics.chi_square import chi_square_tail

__all__ = ["UnitRootTest", "fisher_test", "ips_test", "llc_test", "require_panel"]

_FEW_TIMES = 20
_DRAWS = 50_000
_NULL = "every unit has a unit root"
# Mean and standard deviation adjustment of [LLC 2002, table 2] by number of times.
_LLC_TIMES = (25, 30, 35, 40, 45, 50, 60, 70, 80, 90, 100, 250)
_LLC = {
    False: (
        (-0.554, -0.546, -0.541, -0.537, -0.533, -0.531, -0.527, -0.524, -0.521, -0.520, -0.518,
         -0.509),
        (0.919, 0.889, 0.867, 0.850, 0.837, 0.826, 0.810, 0.798, 0.789, 0.782, 0.776, 0.742),
    ),
    True: (
        (-0.703, -0.674, -0.653, -0.637, -0.624, -0.614, -0.598, -0.587, -0.578, -0.571, -0.566,
         -0.533),
        (1.003, 0.949, 0.906, 0.871, 0.842, 0.818, 0.780, 0.751, 0.728, 0.710, 0.695, 0.603),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class UnitRootTest:
    """A test whose null is a unit root in every unit.

    Parameters
    ----------
    name, null : what it is called and what holds if it does not reject.
    statistic, p : value and probability of one as far towards stationarity.
    by_unit : t value of each unit's regression.
    lags : lagged changes of each unit.
    convention : deterministic terms, lags, law.
    warnings : what a reader must know before using the numbers.
    """

    name: str
    null: str
    statistic: float
    p: float
    by_unit: Float[np.ndarray, " unit"]
    lags: tuple[int, ...]
    convention: str
    warnings: tuple[str, ...] = ()


def ips_test(
    values: Float[np.ndarray, "unit time"],
    *,
    lags: int | Sequence[int] = 1,
    has_trend: bool = False,
    draws: int = _DRAWS,
    seed: int = 0,
) -> UnitRootTest:
    """Return the mean t of Im, Pesaran and Shin, standardised; standard normal.

    Parameters
    ----------
    values : a panel without holes.
    lags : lagged changes, of all units or of each.
    draws, seed : random walks from which mean and variance of t come.

    Raises
    ------
    InputError
        If a value is missing, a series is constant, or there are too few times.

    Notes
    -----
    ``W = sqrt(N) (mean t - mean E) / sqrt(mean V)`` [IPS 2003, eq. 4.10], with E and V of
    random walks of this very length and these lags, simulated; the printed tables stop at few
    lengths.
    """
    require_panel(values)
    chosen = _lags(lags, len(values))
    t = _t_values(values, chosen, has_trend)
    laws = [null_draws(values.shape[1], p, has_trend, draws, seed) for p in chosen]
    mean, variance = np.mean([law.mean() for law in laws]), np.mean([law.var() for law in laws])
    statistic = float(math.sqrt(len(t)) * (t.mean() - mean) / math.sqrt(variance))
    return _test(
        "Im-Pesaran-Shin W",
        statistic,
        NormalDist().cdf(statistic),
        t,
        lags=chosen,
        has_trend=has_trend,
    )


def fisher_test(
    values: Float[np.ndarray, "unit time"],
    *,
    lags: int | Sequence[int] = 1,
    has_trend: bool = False,
    law: Literal["finite", "asymptotic"] = "finite",
    is_corrected: bool = True,
    draws: int = _DRAWS,
    seed: int = 0,
) -> UnitRootTest:
    """Return Maddala and Wu's combination of the units' p-values; chi-square with 2N.

    Parameters
    ----------
    law : of each t: of random walks of this length, simulated, or of endless series.
    is_corrected : see ``dickey_fuller``; R plm divides by rows.
    draws, seed : of the finite law.

    Notes
    -----
    ``P = -2 sum ln p_i`` [Maddala-Wu 1999].
    """
    require_panel(values)
    chosen = _lags(lags, len(values))
    t = _t_values(values, chosen, has_trend, is_corrected=is_corrected)
    if law == "asymptotic":
        p = [asymptotic_p(float(one), has_trend=has_trend) for one in t]
    else:
        laws = [null_draws(values.shape[1], lag, has_trend, draws, seed) for lag in chosen]
        p = [
            (1 + int(np.searchsorted(one, value))) / (1 + draws)
            for one, value in zip(laws, t, strict=True)
        ]
    statistic = -2 * float(np.log(p).sum())
    tail = chi_square_tail(statistic, 2 * len(t))
    return _test("Maddala-Wu (Fisher)", statistic, tail, t, lags=chosen, has_trend=has_trend)


def llc_test(
    values: Float[np.ndarray, "unit time"],
    *,
    lags: int | Sequence[int] = 1,
    has_trend: bool = False,
) -> UnitRootTest:
    """Return Levin, Lin and Chu's pooled t, adjusted; standard normal.

    Notes
    -----
    ``(t - N T S se / s2 mu) / sigma`` [LLC 2002, eq. 12]: one root for all units, S the mean ratio
    of long- to short-run deviations (Bartlett weights, ``3.21 T**(1/3)`` lags), mu and sigma of
    their table 2 by linear interpolation, for fewer than 25 times the first row. Variances divide
    by rows.
    """
    require_panel(values)
    chosen = _lags(lags, len(values))
    fits = [
        dickey_fuller(row[None], lag, has_trend=has_trend, is_corrected=False)
        for row, lag in zip(values, chosen, strict=True)
    ]
    change = np.concatenate([fit.change[0] / fit.sigma[0] for fit in fits])
    level = np.concatenate([fit.level[0] / fit.sigma[0] for fit in fits])
    ratios = [
        math.sqrt(_long_run_variance(row, has_trend)) / float(fit.sigma[0])
        for row, fit in zip(values, fits, strict=True)
    ]
    square, rows = float(level @ level), len(level)
    slope = float(level @ change) / square
    variance = float(((change - slope * level) ** 2).sum()) / rows
    error = math.sqrt(variance / square)
    mean, deviation = (
        float(np.interp(values.shape[1], _LLC_TIMES, column)) for column in _LLC[has_trend]
    )
    statistic = (
        slope / error - rows * float(np.mean(ratios)) / variance * error * mean
    ) / deviation
    t = np.array([float(fit.t[0]) for fit in fits])
    short = values.shape[1] < _LLC_TIMES[0]
    note = f"The adjustment is tabulated from {_LLC_TIMES[0]} times on; its first row stands in."
    found = _test(
        "Levin-Lin-Chu", statistic, NormalDist().cdf(statistic), t, lags=chosen, has_trend=has_trend
    )
    return replace(found, warnings=(*found.warnings, note)) if short else found


def require_panel(values: Float[np.ndarray, "unit time"]) -> None:
    """Raise an InputError where a value is missing or there is a single unit."""
    if values.ndim != 2 or len(values) < 2 or not np.isfinite(values).all():
        raise InputError("a panel unit-root test needs two units or more and a number in each cell")


def _lags(lags: int | Sequence[int], units: int) -> tuple[int, ...]:
    chosen = (lags,) * units if isinstance(lags, int) else tuple(lags)
    if len(chosen) != units or min(chosen) < 0:
        raise InputError(f"needs one number of lags, or one for each of {units} units, 0 or more")
    return chosen


def _t_values(
    values: np.ndarray, lags: tuple[int, ...], has_trend: bool, *, is_corrected: bool = True
) -> Float[np.ndarray, " unit"]:
    out = np.empty(len(values))
    for lag in sorted(set(lags)):
        rows = np.array(lags) == lag
        fit: DickeyFuller = dickey_fuller(
            values[rows], lag, has_trend=has_trend, is_corrected=is_corrected
        )
        out[rows] = fit.t
    return out


def _long_run_variance(series: Float[np.ndarray, " time"], has_trend: bool) -> float:
    change = np.diff(series)
    basis = np.linalg.qr(np.vander(np.linspace(-1, 1, len(change)), 1 + has_trend))[0]
    change = change - basis @ (basis.T @ change)
    lags = min(round(3.21 * len(series) ** (1 / 3)), len(change) - 1)
    total = float(change @ change)
    for lag in range(1, lags + 1):
        total += 2 * (1 - lag / (lags + 1)) * float(change[lag:] @ change[:-lag])
    return total / len(change)


def _test(
    name: str,
    statistic: float,
    p: float,
    t: Float[np.ndarray, " unit"],
    *,
    lags: tuple[int, ...],
    has_trend: bool,
) -> UnitRootTest:
    words = "intercept and trend" if has_trend else "intercept"
    span = f"{min(lags)} to {max(lags)}" if len(set(lags)) > 1 else f"{lags[0]}"
    warnings = (
        "Units are taken as independent: with a common factor it rejects too often; see cips_test.",
    )
    return UnitRootTest(name, _NULL, statistic, p, t, lags, f"{words}; {span} lags", warnings)
