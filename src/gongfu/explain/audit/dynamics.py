"""The bias of a lagged dependent variable with unit effects and few periods.

References
----------
[Nickell 1981] Biases in dynamic models with fixed effects. Econometrica 49(6), 1417-1426, eq. 18.
"""

from __future__ import annotations

from gongfu.core import InputError
from gongfu.measure.index.finding import Finding, Say

__all__ = ["check_nickell", "nickell_bias"]

CITATION = "Nickell 1981, Econometrica 49(6), eq. 18"


def check_nickell(
    coefficient: float, standard_error: float, periods: int, *, errors: float = 0.5
) -> Finding:
    """Return whether the coefficient of the lag is off by more than its error lets pass.

    Parameters
    ----------
    coefficient, standard_error : of the lagged dependent variable, with unit effects.
    periods : used per unit, after the lag is taken.
    errors : standard errors of bias; beyond 0.5 a 95 % interval covers less than 92.1 %.
    """
    true = _unbiased(coefficient, periods)
    bias = coefficient - true
    ratio = abs(bias) / standard_error
    return Finding(
        "nickell-bias",
        "found" if ratio > errors else "clean",
        Say(
            f"每个地区 {periods} 期：滞后项系数 {coefficient:.3f} 与约 {true:.3f} 的真值相符，"
            f"偏差为标准误的 {ratio:.1f} 倍。",
            f"With {periods} periods a lag coefficient of {coefficient:.3f} is what a true value "
            f"near {true:.3f} gives: a bias of {ratio:.1f} standard errors.",
        ),
        {"coefficient": coefficient, "implied_true": true, "bias": bias, "bias_in_errors": ratio},
        {"bias_in_errors": errors},
        Say(
            "用差分 GMM 或偏差校正估计量，并报告工具变量个数。",
            "Use difference GMM or a bias-corrected estimator and report the instrument count.",
        ),
        CITATION,
    )


def nickell_bias(persistence: float, periods: int) -> float:
    """Return the large-n bias of the within estimator of a first-order autoregression.

    Parameters
    ----------
    persistence : true coefficient, above -1 and below 1.
    periods : used per unit, at least 2.
    """
    rho, t = persistence, periods
    if not -1 < rho < 1 or t < 2:
        raise InputError(f"needs -1 < persistence < 1 and 2 periods, got {rho} and {t}")
    hold = 1 - (1 - rho**t) / (t * (1 - rho))
    return -(1 + rho) / (t - 1) * hold / (1 - 2 * rho / ((1 - rho) * (t - 1)) * hold)


def _unbiased(coefficient: float, periods: int) -> float:
    """Persistence whose biased estimate is the coefficient; the nearest bound where none is."""
    low, high = -0.9999, 0.9999
    for _ in range(60):
        middle = (low + high) / 2
        if middle + nickell_bias(middle, periods) < coefficient:
            low = middle
        else:
            high = middle
    return (low + high) / 2
