"""Whether the series of a panel wander, allowing for a factor that moves all units.

References
----------
[Pesaran 2007] A simple panel unit root test in the presence of cross-section dependence. Journal
of Applied Econometrics 22(2), 265-312.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError
from gongfu.explain.unit_root_regressions import dickey_fuller
from gongfu.explain.unit_roots import UnitRootTest, require_panel

__all__ = ["cips_test"]

_BOUNDS = {False: (-6.19, 2.61), True: (-6.42, 1.70)}
"""Lowest and highest t that counts, by presence of a trend [Pesaran 2007, section 4]."""


def cips_test(
    values: Float[np.ndarray, "unit time"],
    *,
    lags: int = 1,
    has_trend: bool = False,
    draws: int = 1000,
    seed: int = 0,
) -> UnitRootTest:
    """Return the mean t of regressions that hold the cross-section average, with simulated p.

    Parameters
    ----------
    values : a panel without holes.
    lags : lagged changes, of the unit and of the average.
    draws, seed : panels of random walks of this size, from which p comes.

    Raises
    ------
    InputError
        If a value is missing or there are too few times for the columns.

    Notes
    -----
    ``dy_it = a + b y_i,t-1 + c m_t-1 + sum_{j=0}^p d_j dm_t-j + sum_{j=1}^p e_j dy_i,t-j`` with m
    the average; CIPS* is the mean of t(b), each cut to bounds [Pesaran 2007, eq. 54, 56]. The law
    is not normal: p is the share of panels of independent random walks of this size with a smaller
    value, one more counted.
    """
    require_panel(values)
    if draws < 100:
        raise InputError(f"needs 100 draws or more, got {draws}")
    t = _augmented_t(values[None], lags, has_trend)[0]
    rng = np.random.default_rng(seed)
    smaller = 0
    batch = max(1, 20_000 // len(values))
    statistic = float(t.mean())
    for start in range(0, draws, batch):
        steps = rng.standard_normal((min(batch, draws - start), *values.shape))
        drawn = _augmented_t(steps.cumsum(axis=2), lags, has_trend).mean(axis=1)
        smaller += int((drawn <= statistic).sum())
    words = "intercept and trend" if has_trend else "intercept"
    return UnitRootTest(
        "Pesaran CIPS*",
        "every unit has a unit root",
        statistic,
        (1 + smaller) / (1 + draws),
        t,
        (lags,) * len(values),
        f"{words}; {lags} lags; t cut to {_BOUNDS[has_trend]}; p from {draws} simulated panels",
        ("One common factor is taken out, not several.",),
    )


def _augmented_t(
    panels: Float[np.ndarray, "panel unit time"], lags: int, has_trend: bool
) -> Float[np.ndarray, "panel unit"]:
    count, units, times = panels.shape
    average = panels.mean(axis=1)
    change = np.diff(average, axis=1)
    columns = [average[:, lags:-1]]
    columns += [change[:, lags - j : times - 1 - j] for j in range(lags + 1)]
    common = np.repeat(np.stack(columns, axis=2), units, axis=0)
    fit = dickey_fuller(
        panels.reshape(count * units, times), lags, has_trend=has_trend, common=common
    )
    low, high = _BOUNDS[has_trend]
    return np.asarray(np.clip(fit.t, low, high).reshape(count, units))
