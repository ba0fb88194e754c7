"""Entropy weights made with the wrong constant.

References
----------
[Shannon 1948] A mathematical theory of communication. Bell System Technical Journal 27.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError
from gongfu.measure.index.build import BuiltIndex
from gongfu.measure.index.finding import Finding, Limits, Say
from gongfu.measure.index.weight import entropies

__all__ = ["check_entropy_constant"]

CITATION = "Shannon 1948, Bell System Technical Journal 27: entropy over its maximum ln n, n rows"
FIX = Say(
    '常数应为 ln(n)，n 为合并样本的行数（地区数×年数）；用 weighting = "entropy" 重算。',
    'The constant is ln(n) with n the pooled rows (units times years); weighting = "entropy" '
    "recomputes them.",
)


def check_entropy_constant(built: BuiltIndex, limits: Limits) -> Finding:
    """Return whether stated weights are entropy weights with ln(years) or ln(units) for ln(rows).

    Notes
    -----
    A constant c too small turns e into ``e ln(n) / ln(c)`` above 1; weights ``(1 - e) / sum`` then
    put the most even column first. Stated weights of a node that match those, and not the right
    ones, give the fault away.
    """
    if built.choices.weighting != "expert":
        says = Say(
            "权重不是外来的；熵值已断言在 0 与 1 之间。",
            "Weights are not brought from outside; entropies are asserted to lie in 0-1.",
        )
        return Finding("entropy-constant", "clean", says, {}, {}, FIX, CITATION)
    matches = [match for name in built.tree.upwards() for match in _matches(built, name)]
    closest = min(matches, default=("", 0, np.inf, 0.0), key=lambda match: match[2])
    name, constant, distance, largest = closest
    is_found = distance < limits.constant_match
    if not is_found:
        says = Say(
            "给定的权重不像用错常数的熵权。",
            "Stated weights do not look like entropy weights with a wrong constant.",
        )
    else:
        says = Say(
            f"“{name}”下的权重与用 ln({constant}) 的熵权相差不到 {distance:.4f}："
            f"熵值达 {largest:.2f}，大于 1，权重次序颠倒。",
            f"The weights under {name} are within {distance:.4f} of entropy weights with "
            f"ln({constant}): entropies reach {largest:.2f}, above 1, and the order is inverted.",
        )
    evidence = {"distance": float(distance), "largest_entropy": float(largest)} if is_found else {}
    return Finding(
        "entropy-constant",
        "found" if is_found else "clean",
        says,
        evidence,
        {"distance": limits.constant_match, "largest_entropy": 1.0} if is_found else {},
        FIX,
        CITATION,
    )


def _matches(built: BuiltIndex, name: str) -> Iterator[tuple[str, int, float, float]]:
    """Yield node, constant, distance of the stated weights, largest entropy with that constant."""
    stated = np.array(list(built.weights[name].values()))
    for scores in _readings(built, name) if len(stated) > 2 else ():
        try:
            right = entropies(scores)
        except InputError:
            continue
        for constant in {len(built.years), len(built.units)} - {1, len(scores)}:
            wrong = right * np.log(len(scores)) / np.log(constant)
            distance = _distance(stated, wrong)
            if wrong.max() > 1 and distance < _distance(stated, right):
                yield name, constant, distance, float(wrong.max())


def _readings(built: BuiltIndex, name: str) -> Iterator[Float[np.ndarray, "row item"]]:
    """Yield scores of a node's children as they are and stretched over the rows, as papers do."""
    columns = {one.name: built.scores[..., j] for j, one in enumerate(built.tree.indicators)}
    columns |= built.nodes
    rows = np.stack([columns[child].ravel() for child in built.weights[name]], axis=1)
    rows = rows[~np.isnan(rows).any(axis=1)]
    yield rows
    width = np.ptp(rows, axis=0)
    if len(rows) and (width > 0).all():
        yield (rows - rows.min(axis=0)) / width


def _distance(stated: Float[np.ndarray, " item"], found: Float[np.ndarray, " item"]) -> float:
    spare = 1.0 - found
    return float(np.abs(stated - spare / spare.sum()).max()) if spare.sum() != 0 else np.inf
