"""Levels of two wandering variables regressed on each other.

References
----------
[Kao 1999] Spurious regression and residual-based tests for cointegration in panel data. Journal of
Econometrics 90(1), 1-44.
[Pesaran 2007] A simple panel unit root test in the presence of cross-section dependence. Journal
of Applied Econometrics 22(2), 265-312.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError
from gongfu.explain.unit_roots_common import cips_test
from gongfu.measure.index.finding import Finding, Say

__all__ = ["check_wandering"]

CITATION = "Kao 1999, J. Econometrics 90(1); Pesaran 2007, J. Applied Econometrics 22(2)"
_NEED = Say("需要更长的平衡面板。", "Needs a longer panel without holes.")


def check_wandering(
    dependent: Float[np.ndarray, "unit time"],
    regressor: Float[np.ndarray, "unit time"],
    *,
    lags: int = 0,
    has_trend: bool = False,
    level: float = 0.1,
    seed: int = 0,
) -> Finding:
    """Return whether neither variable can be told from a random walk.

    Parameters
    ----------
    dependent, regressor : panels without holes.
    lags, has_trend : of ``cips_test``.
    level : p-value above which a unit root is not rejected; with few times the test seldom can.
    seed : of the simulated law.
    """
    try:
        one, other = (
            cips_test(values, lags=lags, has_trend=has_trend, seed=seed).p
            for values in (dependent, regressor)
        )
    except InputError:
        return Finding("both-wander", "not possible", _NEED, {}, {}, _NEED, CITATION)
    return Finding(
        "both-wander",
        "found" if min(one, other) > level else "clean",
        Say(
            f"CIPS 单位根检验的 p 值：被解释变量 {one:.2f}，解释变量 {other:.2f}。",
            f"p-values of CIPS unit-root tests: dependent {one:.2f}, regressor {other:.2f}.",
        ),
        {"p_dependent": one, "p_regressor": other, "times": float(dependent.shape[1])},
        {"p_dependent": level, "p_regressor": level},
        Say(
            "以一阶差分或增长率重估；若水平关系仍成立再报告。期数少时检验功效低。",
            "Estimate in first differences or growth rates and see whether the relation stays; "
            "with few times the test has little power.",
        ),
        CITATION,
    )
