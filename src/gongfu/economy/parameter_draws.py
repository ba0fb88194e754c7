"""Draws of all assumptions over their stated ranges, the same for every scenario.

References
----------
[McKay-Beckman-Conover 1979] A comparison of three methods for selecting values of input variables.
Technometrics 21(2): Latin hypercube sampling.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from gongfu.core.assumption import Assumption
from gongfu.data.assumption_files import load_assumptions

__all__ = ["draw_assumptions"]

_EARLIER = ("digital_core_share_", "internet_", "adoption_level_2")
"""Values that describe published base years rather than behaviour: they stay at the centre, so that
every draw starts from the same base year."""


def draw_assumptions(
    draws: int, seed: int, known: Mapping[str, Assumption] | None = None
) -> Iterator[Mapping[str, Assumption]]:
    """Yield the central values, then ``draws`` draws over the ranges.

    Parameters
    ----------
    draws : zero or more.
    seed : of the draws.
    known : assumptions to draw around; those of the files by default.

    Notes
    -----
    Triangular between low and high with the mode at the central value, one stratum of probability
    per draw for each parameter [McKay-Beckman-Conover 1979]. The range over draws says how much
    stated doubts about parameters matter; it is not a confidence interval.
    """
    known = load_assumptions() if known is None else known
    yield known
    moving = [a for a in known.values() if a.high > a.low and not a.name.startswith(_EARLIER)]
    uniform = _latin_hypercube(draws, len(moving), seed)
    for row in uniform:
        drawn = {
            a.name: replace(a, value=_triangular(a, u)) for a, u in zip(moving, row, strict=True)
        }
        yield {**known, **drawn}


def _latin_hypercube(draws: int, dimensions: int, seed: int) -> np.ndarray:
    generator = np.random.Generator(np.random.PCG64(seed))
    strata = np.array([generator.permutation(draws) for _ in range(dimensions)]).reshape(
        dimensions, draws
    )
    return np.asarray((strata.T + generator.random((draws, dimensions))) / max(draws, 1))


def _triangular(assumption: Assumption, probability: float) -> float:
    low, mode, high = assumption.low, assumption.value, assumption.high
    turn = (mode - low) / (high - low)
    if probability < turn:
        return low + float(np.sqrt(probability * (high - low) * (mode - low)))
    return high - float(np.sqrt((1 - probability) * (high - low) * (high - mode)))
