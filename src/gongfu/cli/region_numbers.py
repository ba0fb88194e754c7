"""Numbers about regions as JSON values: what does not exist is null."""

from __future__ import annotations

from typing import Any

import numpy as np
from jaxtyping import Float

from gongfu.measure.dynamics.long_run import closed_classes, ergodic_distribution

__all__ = ["long_run_of", "plain_array"]


def plain_array(values: Any) -> Any:
    """Return numbers of any shape as (lists of) floats, with null for NaN and infinity."""
    if isinstance(values, np.ndarray):
        return [plain_array(part) for part in values]
    return float(values) if np.isfinite(values) else None


def long_run_of(p: Float[np.ndarray, "origin destination"]) -> list[float] | None:
    """Return the long-run distribution, or none if some classes are never left for all others.

    A class that was never left swallows every region in the end. That rests on moves that nobody
    made in a few years, so no number is given.
    """
    if np.isnan(p).any() or len(closed_classes(p)[0]) < len(p):
        return None
    found: list[float] = ergodic_distribution(p).tolist()
    return found
