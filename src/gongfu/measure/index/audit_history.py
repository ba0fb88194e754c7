"""Whether a further year rewrites past years, and whether fixed bounds still hold the figures.

References
----------
[Mazziotta-Pareto 2016] On a generalized non-compensatory composite index for measuring
socio-economic phenomena. Social Indicators Research 127, 983-1003.
"""

from __future__ import annotations

import numpy as np

from gongfu.core import Panel
from gongfu.measure.index.build import BuiltIndex, build_index
from gongfu.measure.index.finding import Finding, Limits, Say
from gongfu.measure.index.screen import screen

__all__ = ["check_bounds", "check_revision"]

CITATION = "Mazziotta, Pareto 2016, Social Indicators Research 127: fixed goalposts"


def check_revision(built: BuiltIndex, panel: Panel, limits: Limits) -> Finding:
    """Return whether the last year changed the index of the years before it."""
    if len(built.years) < 2:
        need = Say("需要至少两年。", "Needs at least two years.")
        return Finding("ex-post-revision", "not possible", need, {}, {}, need, CITATION)
    past = built.years[:-1]
    earlier = build_index(panel.until(past[-1]), built.tree, years=past, choices=built.choices)
    rows = [built.units.index(unit) for unit in earlier.units]
    both = ~np.isnan(earlier.index) & ~np.isnan(built.index[rows, :-1])
    change = np.abs(np.where(both, built.index[rows, :-1] - earlier.index, 0.0))
    moved = both & (earlier.ranks != built.ranks[rows, :-1])
    largest, ranks = float(change.max()), int(moved.sum())
    last = built.years[-1]
    return Finding(
        "ex-post-revision",
        "found" if largest > limits.revision else "clean",
        Say(
            f"加入 {last} 年后，以前各年指数最多改变 {largest:.3f}，{ranks} 个名次变动。",
            f"Adding {last} changed the index of past years by up to {largest:.3f} and {ranks} "
            "of their ranks.",
        ),
        {"largest_change": largest, "ranks_changed": float(ranks)},
        {"largest_change": limits.revision},
        Say(
            "用固定上下界与等权（或专家权重），并用不依赖样本的合成方法。",
            "Use fixed bounds, equal or expert weights, and an aggregation that looks at no other "
            "row.",
        ),
        CITATION,
    )


def check_bounds(built: BuiltIndex, limits: Limits) -> Finding:
    """Return whether fixed bounds cut off more than a few figures."""
    fix = Say(
        "放宽界值（并说明理由），全部年份重算一次。",
        "Widen the bounds, say why, and compute all years again once.",
    )
    if built.choices.normalisation != "bounds":
        need = Say("只适用于固定上下界。", "Only for fixed bounds.")
        return Finding("bounds-cut", "not possible", need, {}, {}, need, CITATION)
    cut = {one.name: one.at_ends or 0.0 for one in screen(built)}
    worst = max(cut, key=lambda name: cut[name])
    label = {one.name: one for one in built.tree.indicators}[worst]
    return Finding(
        "bounds-cut",
        "found" if cut[worst] > limits.cut_share else "clean",
        Say(
            f"“{label.zh}”有 {cut[worst]:.1%} 的数在界上或界外，为各指标最多。",
            f"{label.en} has {cut[worst]:.1%} of its figures at or beyond a bound, more than any "
            "other indicator.",
        ),
        {f"cut.{name}": share for name, share in cut.items()},
        {f"cut.{worst}": limits.cut_share},
        fix,
        CITATION,
    )
