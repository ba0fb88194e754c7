"""How far a synthetic estimate spreads: placebo policies, and units left out.

References
----------
[Arkhangelsky 2021] Synthetic difference-in-differences. American Economic Review 111(12),
algorithms 3 and 4.
[Abadie 2010] Synthetic control methods for comparative case studies. JASA 105(490).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import combinations

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError
from gongfu.explain.policy.synthetic_weights import (
    Block,
    Method,
    Weights,
    block_effect,
    block_weights,
)

__all__ = ["jackknife_error", "placebo_effects"]


def placebo_effects(
    block: Block,
    method: Method,
    scale: float,
    weights: Weights,
    *,
    replications: int,
    seed: int,
) -> Float[np.ndarray, " placebo"]:
    """Return the effects of giving the policy to as many units that never adopt.

    Parameters
    ----------
    scale, weights : noise and weights of the estimate itself; searches start from them.
    replications : random choices; all choices where there are no more of them.
    """
    if block.controls <= block.treated + 1 or replications < 2:
        raise InputError(
            f"placebo errors need more units that never adopt than units that do and one more; "
            f"there are {block.controls} and {block.treated}; choose errors='jackknife'"
        )
    effects = []
    for chosen in _choices(block, replications, seed):
        others = np.setdiff1d(np.arange(block.controls), chosen)
        placebo = Block(block.rows[[*others, *chosen]], block.treated, block.before)
        start = _normalised(weights[0][others]), weights[1]
        effects.append(block_effect(placebo, block_weights(placebo, method, scale, start)))
    return np.array(effects)


def jackknife_error(block: Block, weights: Weights) -> float:
    """Return the standard error from leaving out each unit, the weights kept and renormalised."""
    if block.treated < 2 or np.count_nonzero(weights[0]) < 2:
        raise InputError(
            "the jackknife needs two treated units and two controls with weight; "
            "choose errors='placebo'"
        )
    effects = []
    for unit in range(len(block.rows)):
        is_treated = unit >= block.controls
        rest = Block(np.delete(block.rows, unit, axis=0), block.treated - is_treated, block.before)
        units = weights[0] if is_treated else _normalised(np.delete(weights[0], unit))
        effects.append(block_effect(rest, (units, weights[1])))
    count = len(effects)
    return math.sqrt((count - 1) * float(np.var(effects)))


def _choices(block: Block, replications: int, seed: int) -> Iterable[np.ndarray]:
    if math.comb(block.controls, block.treated) <= replications:
        return (np.array(c) for c in combinations(range(block.controls), block.treated))
    rng = np.random.default_rng(seed)
    return (rng.choice(block.controls, block.treated, replace=False) for _ in range(replications))


def _normalised(weights: np.ndarray) -> Float[np.ndarray, " control"]:
    total = float(weights.sum())
    return weights / total if total > 0 else np.full(len(weights), 1 / len(weights))
