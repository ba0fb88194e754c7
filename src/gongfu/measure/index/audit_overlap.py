"""The same figure on both sides: two indices that share indicators correlate by construction.

References
----------
[Kronmal 1993] Spurious correlation and the fallacy of the ratio standard revisited. JRSS A 156(3),
379-392.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt

from gongfu.core.index_tree import IndexTree, Indicator
from gongfu.measure.index.finding import Finding, Say

__all__ = ["check_overlap", "shared_indicators"]

CITATION = "Kronmal 1993, JRSS A 156(3): a common component makes correlation out of nothing"


def check_overlap(
    one: IndexTree,
    other: IndexTree,
    weights: Mapping[str, float] | None = None,
    other_weights: Mapping[str, float] | None = None,
) -> Finding:
    """Return which figures two trees share and how much correlation that alone makes.

    Parameters
    ----------
    weights, other_weights : of the indicators, down from the root; equal when left out.

    Notes
    -----
    With independent indicators of one variance, weights u and v correlate by
    ``sum(u_i v_i over shared) / sqrt(sum u^2 sum v^2)``, reversed directions counting against.
    """
    mine, theirs = weights or _equal(one), other_weights or _equal(other)
    shared = shared_indicators(one, other)
    length = sqrt(sum(w * w for w in mine.values()) * sum(w * w for w in theirs.values()))
    made = sum(_sign(a, b) * mine[a.name] * theirs[b.name] for a, b in shared) / length
    zh = "、".join(a.zh for a, _ in shared)
    en = ", ".join(a.en for a, _ in shared)
    if shared:
        says = Say(
            f"{one.zh}与{other.zh}共用：{zh}；仅此一项，互不相干的指标也会造出 {made:.2f} 的相关。",
            f"{one.en} and {other.en} share {en}; this alone makes a correlation of {made:.2f} out "
            "of independent indicators.",
        )
    else:
        says = Say(
            f"{one.zh}与{other.zh}没有共用的数。", f"{one.en} and {other.en} share no figure."
        )
    return Finding(
        "overlap",
        "found" if shared else "clean",
        says,
        {"shared": float(len(shared)), "correlation_made": made},
        {"shared": 0.0},
        Say(
            "从一侧删去共用的指标后重算（tree.without）。",
            "Leave the shared indicators out of one side and compute again (tree.without).",
        ),
        CITATION,
    )


def shared_indicators(one: IndexTree, other: IndexTree) -> list[tuple[Indicator, Indicator]]:
    """Return the pairs of indicators made from the same variable, whatever it is divided by."""
    return [(a, b) for a in one.indicators for b in other.indicators if a.variable == b.variable]


def _equal(tree: IndexTree) -> dict[str, float]:
    return {one.name: 1.0 / len(tree.indicators) for one in tree.indicators}


def _sign(a: Indicator, b: Indicator) -> int:
    return 1 if a.direction == b.direction else -1
