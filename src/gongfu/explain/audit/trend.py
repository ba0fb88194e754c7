"""A common trend taken for a relation, because year effects are missing.

References
----------
[Granger-Newbold 1974] Spurious regressions in econometrics. Journal of Econometrics 2(2), 111-120.
[Petersen 2009] Estimating standard errors in finance panel data sets. Review of Financial Studies
22(1), 435-480.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError
from gongfu.measure.index.finding import Finding, Say
from gongfu.measure.student import two_sided_t

__all__ = ["check_common_trend", "year_share"]

CITATION = "Granger, Newbold 1974, J. Econometrics 2(2); Petersen 2009, RFS 22(1)"
FIX = Say(
    "加入年份固定效应（必要时加地区趋势），并报告安慰剂检验。",
    "Add year effects, where needed regional trends, and report the placebo.",
)


def check_common_trend(
    dependent: Float[np.ndarray, "unit year"],
    regressor: Float[np.ndarray, "unit year"],
    *,
    has_year_effects: bool,
    rejections: float = 0.1,
    placebos: int = 199,
    seed: int = 0,
) -> Finding:
    """Return whether a regression without year effects finds what only the calendar shares.

    Parameters
    ----------
    dependent, regressor : a balanced panel.
    has_year_effects : whether the study's regression takes them out.
    rejections : share of rejections at 5 % among placebos from which the check speaks up.
    placebos : number of times the regressor's rows are dealt out to other units.

    Notes
    -----
    A placebo gives each unit the series of another, so that nothing but the common path of the
    years is left; the test that rejects much more than 5 % of the placebos measures the calendar.
    Errors are clustered by unit. ``year_share`` is the share of the pooled variance that the year
    means make up.
    """
    _refuse(dependent, regressor)
    rng = np.random.default_rng(seed)
    units = len(dependent)
    dealt = [_derangement(rng, units) for _ in range(placebos)]
    y = _unit_demeaned(dependent)
    years = 2 if has_year_effects else 1
    critical = two_sided_t(0.95, units - 1)
    rate = np.mean([abs(_t(y, _within(regressor[rows], years), years)) > critical
                    for rows in dealt])  # fmt: skip
    evidence = {
        "year_share_dependent": year_share(dependent),
        "year_share_regressor": year_share(regressor),
        "pooled_correlation": float(np.corrcoef(dependent.ravel(), regressor.ravel())[0, 1]),
        "t_unit_effects": _t(y, _within(regressor, 1), 1),
        "t_unit_and_year_effects": _t(y, _within(regressor, 2), 2),
        "placebo_rejections": float(rate),
    }
    return Finding(
        "common-trend",
        "found" if rate > rejections else "clean",
        Say(
            f"共同年份效应占被解释变量方差的 {evidence['year_share_dependent']:.0%}、"
            f"解释变量的 {evidence['year_share_regressor']:.0%}；把各地区序列随机互换后，"
            f"名义 5% 的检验仍有 {rate:.0%} 拒绝。",
            f"The common year effect is {evidence['year_share_dependent']:.0%} of the variance of "
            f"the dependent and {evidence['year_share_regressor']:.0%} of the regressor's; with "
            f"series dealt out to other units a 5 % test still rejects {rate:.0%} of the time.",
        ),
        evidence,
        {"placebo_rejections": rejections},
        FIX,
        CITATION,
    )


def year_share(panel: Float[np.ndarray, "unit year"]) -> float:
    """Return the share of the pooled variance that the common year effect makes up, 0-1."""
    return float(panel.mean(axis=0).var() / panel.var())


def _within(panel: np.ndarray, ways: int) -> np.ndarray:
    inside = _unit_demeaned(panel)
    return inside - inside.mean(axis=0) if ways == 2 else inside


def _unit_demeaned(panel: np.ndarray) -> np.ndarray:
    out: np.ndarray = panel - panel.mean(axis=1, keepdims=True)
    return out


def _t(y: np.ndarray, x: np.ndarray, ways: int) -> float:
    """Ratio of the slope to its error, clustered by unit; x is demeaned the same way."""
    outcome = y - y.mean(axis=0) if ways == 2 else y
    square = float((x * x).sum())
    slope = float((x * outcome).sum()) / square
    scores = (x * (outcome - slope * x)).sum(axis=1)
    units, rows = len(x), x.size
    counted = 2 + (x.shape[1] - 1 if ways == 2 else 0)
    factor = units / (units - 1) * (rows - 1) / (rows - counted)
    return float(slope * square / np.sqrt(factor * (scores @ scores)))


def _derangement(rng: np.random.Generator, units: int) -> np.ndarray:
    """A random cycle: no unit keeps its own series."""
    order = rng.permutation(units)
    out = np.empty(units, dtype=int)
    out[order] = np.roll(order, 1)
    return out


def _refuse(dependent: np.ndarray, regressor: np.ndarray) -> None:
    if dependent.shape != regressor.shape or dependent.shape[0] < 3 or dependent.shape[1] < 3:
        raise InputError(
            "the trend check needs two panels of one shape, 3 units and 3 years or more"
        )
    if not (np.isfinite(dependent).all() and np.isfinite(regressor).all()):
        raise InputError("the trend check needs a number in every cell of a balanced panel")
