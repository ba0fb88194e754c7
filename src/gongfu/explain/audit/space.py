"""Misreadings of spatial models: coefficients for effects, one W among several, siphons.

References
----------
[LeSage-Pace 2009] Introduction to Spatial Econometrics, chapter 2.
[Elhorst 2014] Spatial Econometrics: From Cross-Sectional Data to Spatial Panels.
[Krugman 1991] Increasing returns and economic geography. Journal of Political Economy 99(3).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from jaxtyping import Float

from gongfu.measure.index.finding import Finding, Say

__all__ = ["check_effects", "check_siphon", "check_weights_signs"]

EFFECTS = "LeSage, Pace 2009, Introduction to Spatial Econometrics, ch. 2"


def check_effects(
    beta: float,
    theta: float,
    rho: float,
    *,
    direct: float,
    total: float,
    weights: Float[np.ndarray, "unit unit"],
    rounding: float = 5e-5,
) -> Finding:
    """Return whether stated effects are coefficients, or break their identity.

    Parameters
    ----------
    beta, theta, rho : coefficients of x, Wx and Wy.
    direct, total : as stated.
    weights : row-standardised W.
    rounding : half a unit of the last printed digit.

    Notes
    -----
    ``S = (I - rho W)^-1 (beta I + theta W)``; direct is the mean of its diagonal and, rows of W
    adding up to one, ``total = (beta + theta) / (1 - rho)``. Tolerances let every printed number
    move by ``rounding``.
    """
    identity = np.eye(len(weights))
    reach = np.linalg.solve(identity - rho * weights, beta * identity + theta * weights)
    exact_direct, exact_total = float(np.trace(reach)) / len(weights), (beta + theta) / (1 - rho)
    slack = rounding * (1 + (2 + abs(exact_total)) / abs(1 - rho))
    gaps = {"direct_gap": abs(direct - exact_direct), "total_gap": abs(total - exact_total)}
    is_found = max(gaps.values()) > slack
    return Finding(
        "coefficient-read-as-effect",
        "found" if is_found else "clean",
        Say(
            f"所报直接效应 {direct:.4f}、总效应 {total:.4f}；由系数算出 {exact_direct:.4f} 与 "
            f"{exact_total:.4f}。",
            f"Stated direct {direct:.4f} and total {total:.4f}; the coefficients give "
            f"{exact_direct:.4f} and {exact_total:.4f}.",
        ),
        {"exact_direct": exact_direct, "exact_total": exact_total, **gaps},
        dict.fromkeys(gaps, slack),
        Say(
            "报告精确的直接、间接和总效应及其标准误；rho 和点系数都不是边际效应。",
            "Report exact direct, indirect and total effects with errors; neither rho nor a point "
            "coefficient is a marginal effect.",
        ),
        EFFECTS,
    )


def check_weights_signs(estimates: Mapping[str, tuple[float, float]]) -> Finding:
    """Return whether the sign of one effect depends on the choice of W.

    Parameters
    ----------
    estimates : effect and standard error under each W.
    """
    values = {name: effect for name, (effect, _) in estimates.items()}
    above = sum(effect > 0 for effect in values.values())
    below = sum(effect < 0 for effect in values.values())
    clear = sum(abs(effect) > 1.96 * error for effect, error in estimates.values())
    return Finding(
        "sign-depends-on-weights",
        "found" if above and below else "clean",
        Say(
            f"{len(values)} 个权重矩阵：{above} 个为正，{below} 个为负，{clear} 个区间不含零。",
            f"{len(values)} weights: {above} positive, {below} negative, {clear} with an interval "
            "off zero.",
        ),
        {**values, "positive": float(above), "negative": float(below), "off_zero": float(clear)},
        {"fewer of both signs": 0.0},
        Say(
            "先按理论选定 W，再并列报告所有 W；不要按显著性挑选。",
            "Choose W by theory beforehand, show all side by side; never pick one by significance.",
        ),
        "Elhorst 2014, Spatial Econometrics, ch. 2",
    )


def check_siphon(
    direct: tuple[float, float], indirect: tuple[float, float], *, errors: float = 1.645
) -> Finding:
    """Return whether a unit gains while its neighbours lose.

    Parameters
    ----------
    direct, indirect : effect on the unit itself and on its neighbours, each with standard error.
    errors : both must lie this many standard errors off zero; 1.645 is 5 % in each tail.
    """
    own, others = (effect / error for effect, error in (direct, indirect))
    net = direct[0] + indirect[0]
    return Finding(
        "siphon",
        "found" if own > errors and others < -errors else "clean",
        Say(
            f"本地效应 {direct[0]:.4f}（z = {own:.1f}），邻地效应 {indirect[0]:.4f}"
            f"（z = {others:.1f}），合计 {net:.4f}。",
            f"Own effect {direct[0]:.4f} (z = {own:.1f}), neighbours {indirect[0]:.4f} "
            f"(z = {others:.1f}), together {net:.4f}.",
        ),
        {"own_z": own, "neighbours_z": others, "total": net},
        {"own_z": errors, "neighbours_z": -errors},
        Say(
            "按总效应而不是本地效应下结论；本地为正可能只是从邻地转移。",
            "Judge by the total, not the own effect: the gain may be moved over from neighbours.",
        ),
        "Krugman 1991, Journal of Political Economy 99(3)",
    )
