"""Whether the weights say what the index means.

References
----------
[Paruolo 2013] Paruolo, Saisana, Saltelli: Ratings and rankings: voodoo or science? JRSS A 176(3),
609-634.
[Gasser 1986] Gasser, Sroka, Jennen-Steinmetz: Residual variance and residual pattern in nonlinear
regression. Biometrika 73(3), 625-633.
[Decancq-Lugo 2013] Weights in multidimensional indices of wellbeing: an overview. Econometric
Reviews 32(1), 7-34.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError
from gongfu.measure.index.build import BuiltIndex
from gongfu.measure.index.effective import effective_weights, within_years
from gongfu.measure.index.finding import Finding, Limits, Say

__all__ = ["check_effective_weights", "check_inequality_weight", "check_noise", "noise_shares"]

PARUOLO = "Paruolo, Saisana, Saltelli 2013, JRSS A 176(3)"
GASSER = "Gasser, Sroka, Jennen-Steinmetz 1986, Biometrika 73(3)"
DECANCQ = "Decancq, Lugo 2013, Econometric Reviews 32(1)"


def check_effective_weights(built: BuiltIndex, limits: Limits) -> Finding:
    """Return how far effective weights lie from nominal ones, and what pulls against the index."""
    try:
        found = effective_weights(built)
    except InputError:
        need = Say("需要十个以上有指数的地区年份。", "Needs ten units and years with an index.")
        return Finding("effective-weights", "not possible", need, {}, {}, need, PARUOLO)
    gap = max(found, key=lambda one: abs(one.effective - one.nominal))
    against = [one for one in found if one.correlation < 0]
    names = {one.name: one for one in built.tree.indicators}
    distance = abs(gap.effective - gap.nominal)
    zh, en = names[gap.name].zh, names[gap.name].en
    head = Say(
        f"“{zh}”的名义权重 {gap.nominal:.0%}，实际 {gap.effective:.0%}",
        f"{en} has a nominal weight of {gap.nominal:.0%} and an effective one of "
        f"{gap.effective:.0%}, the widest gap",
    )
    tail = Say(
        "；与指数反向的指标：" + "、".join(names[one.name].zh for one in against),
        "; against the index move: " + ", ".join(names[one.name].en for one in against),
    )
    return Finding(
        "effective-weights",
        "found" if against or distance > limits.weight_gap else "clean",
        Say(f"{head.zh}{tail.zh if against else ''}。", f"{head.en}{tail.en if against else ''}."),
        {
            "largest_gap": distance,
            "against": float(len(against)),
            **{f"effective.{one.name}": one.effective for one in found},
            **{f"correlation.{one.name}": one.correlation for one in found},
        },
        {"largest_gap": limits.weight_gap, "against": 0.0},
        Say(
            "分维度报告，不要只报总指数；或说明哪些指标彼此此消彼长。",
            "Report the dimensions beside the index, or say which indicators trade off.",
        ),
        PARUOLO,
    )


def check_inequality_weight(built: BuiltIndex, limits: Limits) -> Finding:
    """Return whether the indicators of inequality have any say."""
    weights = built.global_weights()
    marked = [one for one in built.tree.indicators if one.is_inequality]
    if not marked:
        says = Say("没有标为不平等的指标。", "No indicator is marked as one of inequality.")
        need = Say(
            "若指数要说明共享，请加入并标注 inequality = true。",
            "If the index is to speak of sharing, add one and mark it inequality = true.",
        )
        return Finding("inequality-weight", "not possible", says, {}, {}, need, DECANCQ)
    total = sum(weights[one.name] for one in marked)
    return Finding(
        "inequality-weight",
        "found" if total < limits.inequality_weight else "clean",
        Say(
            f"不平等指标（{len(marked)} 个）共占权重 {total:.1%}。",
            f"Indicators of inequality ({len(marked)}) have {total:.1%} of the weight together.",
        ),
        {"inequality_weight": total},
        {"inequality_weight": limits.inequality_weight},
        Say(
            "用等权或专家权重；数据驱动的权重奖励离散程度，不代表重要性。",
            "Use equal or expert weights; weights drawn from data reward spread, not importance.",
        ),
        DECANCQ,
    )


def check_noise(built: BuiltIndex, limits: Limits) -> Finding:
    """Return whether the indicators with the largest weight are mostly noise."""
    weights, noise = built.global_weights(), noise_shares(built)
    if noise is None:
        need = Say("需要三个相连年份。", "Needs three years in a row.")
        return Finding("noisy-top-weight", "not possible", need, {}, {}, need, GASSER)
    largest = max(weights.values())
    top = [name for name, weight in weights.items() if weight > largest - 1e-9]
    worst = max(top, key=lambda name: noise[name])
    label = {one.name: one for one in built.tree.indicators}[worst]
    return Finding(
        "noisy-top-weight",
        "found" if noise[worst] > limits.noise_share else "clean",
        Say(
            f"权重最大的“{label.zh}”（{largest:.0%}）中，逐年来回的噪声占地区差异的 "
            f"{noise[worst]:.0%}。",
            f"{label.en}, with the largest weight ({largest:.0%}), owes {noise[worst]:.0%} of the "
            "differences between units to noise that comes and goes.",
        ),
        {"noise_share": noise[worst], "weight": largest},
        {"noise_share": limits.noise_share},
        Say(
            "降低其权重、取多年平均，或换一个更稳的指标。",
            "Lower its weight, average years, or take a steadier indicator.",
        ),
        GASSER,
    )


def noise_shares(built: BuiltIndex) -> dict[str, float] | None:
    """Return the noise of each indicator relative to the differences between units in a year.

    Notes
    -----
    A smooth path has next to no second difference; of white noise the square of
    ``x[t-1] - 2 x[t] + x[t+1]`` is six times the variance [Gasser 1986]. None where no indicator
    has three years in a row.
    """
    inside, _ = within_years(built)
    spread = inside.var(axis=0)
    out = {}
    for j, one in enumerate(built.tree.indicators):
        noise = _noise_variance(built.scores[..., j], built.years)
        if noise is None:
            return None
        out[one.name] = noise / float(spread[j]) if spread[j] > 0 else 0.0
    return out


def _noise_variance(scores: Float[np.ndarray, "unit year"], years: tuple[int, ...]) -> float | None:
    if len(years) < 3:
        return None
    in_a_row = np.diff(np.asarray(years), n=2) == 0
    steps = np.diff(scores, n=2, axis=1)[:, in_a_row & (np.diff(years)[1:] == 1)]
    known = steps[~np.isnan(steps)]
    return float(np.mean(known**2) / 6) if known.size else None
