"""Constant-elasticity bundles, in ratios to the base year ("exact hat").

References
----------
[DEK] Dekle, Eaton, Kortum (2008) Global rebalancing with gravity. IMF Staff Papers 55(3).
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from jaxtyping import Float

__all__ = ["Elasticity", "ces_bundle"]

Elasticity: TypeAlias = float | Float[np.ndarray, " sector"]
Members = Float[np.ndarray, "*members"]

NEAR_ONE = 1e-5


def ces_bundle(
    price_hat: Members, weight: Members, elasticity: Elasticity, axis: int
) -> tuple[Float[np.ndarray, "*bundle"], Members]:
    """(E7, E9) Return the price of a bundle relative to the base year, and the cost shares in it.

    Parameters
    ----------
    price_hat : prices of the members relative to the base year, above 0.
    weight : base-year cost shares, times any taste or technology shifter; they are renormalised
        here, so a shifter moves cost between members and never the price at unit hats.
    elasticity : of substitution between members, above 0; one value per sector must not be 1.
    axis : axis of the members; shares add to 1 along it.

    Notes
    -----
    ``[sum(weight p^(1-e)) / sum(weight)]^(1/(1-e))`` [DEK]. An elasticity closer to 1 than
    ``NEAR_ONE`` is taken as 1 (Cobb-Douglas), where the power would lose its last digits.
    """
    power = 1.0 - elasticity
    if isinstance(power, float) and abs(power) < NEAR_ONE:
        share = weight / weight.sum(axis, keepdims=True)
        return (price_hat**share).prod(axis), share
    cost = weight * price_hat**power
    total = cost.sum(axis, keepdims=True)
    price = (total / weight.sum(axis, keepdims=True)).squeeze(axis) ** (1.0 / power)
    return price, cost / total
