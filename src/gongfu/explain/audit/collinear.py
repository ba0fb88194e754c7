"""Regressors that stand in for each other.

References
----------
[Belsley-Kuh-Welsch 1980] Regression Diagnostics: Identifying Influential Data and Sources of
Collinearity. Wiley.
"""

from __future__ import annotations

from typing import Literal

from gongfu.explain.describe_correlation import variance_inflation
from gongfu.explain.panel_data import PanelData
from gongfu.explain.within import Effects
from gongfu.measure.index.finding import Finding, Say

__all__ = ["check_collinear"]


def check_collinear(
    data: PanelData,
    *,
    effects: Effects | Literal["none"] = "two-way",
    inflation: float = 10.0,
) -> Finding:
    """Return whether some regressor's variance is inflated by the others.

    Parameters
    ----------
    effects : of the regression.
    inflation : variance inflation above which the check speaks up.
    """
    found = variance_inflation(data, effects=effects)
    worst = max(found, key=lambda name: found[name])
    return Finding(
        "collinear-regressors",
        "found" if found[worst] > inflation else "clean",
        Say(
            f"方差膨胀因子最大的是 {worst}：{found[worst]:.1f}。",
            f"{worst} has the largest variance inflation: {found[worst]:.1f}.",
        ),
        {f"vif {name}": value for name, value in found.items()},
        dict.fromkeys((f"vif {name}" for name in found), inflation),
        Say(
            "共线变量只留其一或合成指数；只解读联合检验。",
            "Keep one of them or combine them, or read their joint test only.",
        ),
        "Belsley, Kuh, Welsch 1980, Regression Diagnostics",
    )
