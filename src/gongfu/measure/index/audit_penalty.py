"""Where a penalty for imbalance turns a gain into a loss.

References
----------
[Mazziotta-Pareto 2016] On a generalized non-compensatory composite index for measuring
socio-economic phenomena. Social Indicators Research 127, 983-1003.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from gongfu.core.index_tree import IndexNode, IndexTree
from gongfu.measure.index.aggregate import mazziotta_pareto_slopes
from gongfu.measure.index.build import BuiltIndex
from gongfu.measure.index.finding import Finding, Say

__all__ = ["check_penalty"]

CITATION = (
    "Derivative of M - S^2/M; index of Mazziotta, Pareto 2016, Social Indicators Research 127"
)


def check_penalty(built: BuiltIndex) -> Finding:
    """Return how often raising one score would lower the index of its node."""
    shares = dict(_reversals(built))
    fix = Say(
        "把维度再分层（每个节点不超过四项），或用 penalty_scale = [70, 130]。",
        "Split the node (four items or fewer each), or use penalty_scale = [70, 130].",
    )
    if not shares:
        need = Say("没有节点用 Mazziotta-Pareto 惩罚。", "No node uses a Mazziotta-Pareto penalty.")
        return Finding("penalty-reversal", "not possible", need, {}, {}, need, CITATION)
    worst = max(shares, key=lambda name: shares[name])
    labels: dict[str, IndexNode | IndexTree] = {node.name: node for node in built.tree.nodes}
    label = labels.get(worst, built.tree)
    return Finding(
        "penalty-reversal",
        "found" if shares[worst] > 0 else "clean",
        Say(
            f"“{label.zh}”中有 {shares[worst]:.1%} 的得分，若再提高反而降低指数。",
            f"In {label.en}, raising {shares[worst]:.1%} of the scores would lower the index.",
        )
        if shares[worst] > 0
        else Say("提高任何一个得分都不会降低指数。", "Raising a score nowhere lowers the index."),
        {f"reversed.{name}": share for name, share in shares.items()},
        {f"reversed.{worst}": 0.0},
        fix,
        CITATION,
    )


def _reversals(built: BuiltIndex) -> Iterator[tuple[str, float]]:
    columns = {one.name: built.scores[..., j] for j, one in enumerate(built.tree.indicators)}
    columns |= built.nodes
    ways = {node.name: node.aggregation for node in built.tree.nodes}
    for name in built.tree.upwards():
        way = ways.get(name) or built.choices.aggregation
        if not way.startswith("mazziotta"):
            continue
        rows = np.stack([columns[child].ravel() for child in built.weights[name]], axis=1)
        rows = rows[~np.isnan(rows).any(axis=1)]
        slopes = mazziotta_pareto_slopes(
            rows,
            np.array(list(built.weights[name].values())),
            sign=way.removeprefix("mazziotta-pareto"),
            penalty_scale=built.tree.penalty_scale,
        )
        yield name, float(np.mean(slopes < -1e-12)) if slopes.size else 0.0
