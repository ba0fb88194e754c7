"""How much a way of some length still counts, from 1 next door to 0 beyond the catchment.

References
----------
[Luo-Wang 2003] Measures of spatial accessibility to health care in a GIS environment. Environment
and Planning B 30(6): the two-step method without decay.
[Luo-Qi 2009] An enhanced two-step floating catchment area (E2SFCA) method for measuring spatial
accessibility to primary care physicians. Health and Place 15(4): weights by zone.
[Dai 2010] Black residential segregation, disparities in spatial access to health care facilities,
and late-stage breast cancer diagnosis in metropolitan Detroit. Health and Place 16(5): Gaussian.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError, Problem
from gongfu.core.errors import nearest_name

__all__ = ["DECAYS", "Decay", "decay_weights"]

Decay = Literal["none", "gaussian", "kernel", "steps"]
"""``none``: everything inside counts fully. ``gaussian``: falls to exactly zero at the catchment.
``kernel``: Epanechnikov. ``steps``: a weight for each zone."""

DECAYS: tuple[Decay, ...] = get_args(Decay)


def decay_weights(
    travel: Float[np.ndarray, " pair"],
    catchment: float,
    decay: Decay = "none",
    *,
    steps: Sequence[tuple[float, float]] = (),
) -> Float[np.ndarray, " pair"]:
    """Return the weight of each way, 0-1.

    Parameters
    ----------
    travel : cost of each way, at least 0.
    catchment : largest cost that counts, in the same unit.
    decay : see ``Decay``.
    steps : for ``steps`` only: (upper end of the zone, weight) pairs, ends rising, weights in 0-1,
        the last end at the catchment.

    Raises
    ------
    InputError
        If ``decay`` is unknown or the steps do not fit.

    Notes
    -----
    With t = travel / catchment::

        gaussian  (exp(-t^2 / 2) - exp(-1/2)) / (1 - exp(-1/2))     [Dai 2010]
        kernel    1 - t^2                                            (Epanechnikov, 1 at t = 0)
    """
    problems = [*_problems(catchment, decay, steps)]
    if problems:
        raise InputError(problems)
    inside = travel <= catchment
    if decay == "steps":
        ends = np.array([end for end, _ in steps])
        weights = np.array([*(weight for _, weight in steps), 0.0])
        return weights[np.searchsorted(ends, travel)]
    part = travel / catchment
    if decay == "gaussian":
        floor = np.exp(-0.5)
        return np.where(inside, (np.exp(-0.5 * part**2) - floor) / (1.0 - floor), 0.0)
    if decay == "kernel":
        return np.where(inside, 1.0 - part**2, 0.0)
    return inside.astype(np.float64)


def _problems(catchment: float, decay: str, steps: Sequence[tuple[float, float]]) -> list[Problem]:
    if decay not in DECAYS:
        fix = nearest_name(decay, DECAYS)
        return [Problem(f"no decay {decay!r}", expected=f"one of {', '.join(DECAYS)}", fix=fix)]
    if decay != "steps":
        return [Problem("steps belong to the decay 'steps'")] if steps else []
    if not steps:
        return [Problem("the decay 'steps' needs zones", fix="Such as 10:1, 20:0.68, 30:0.22.")]
    ends, weights = zip(*steps, strict=True)
    problems = []
    if list(ends) != sorted(set(ends)) or ends[0] <= 0 or ends[-1] != catchment:
        words = "the ends of zones rise to the catchment"
        problems.append(Problem(words, expected=f"last {catchment:g}", found=f"{list(ends)}"))
    if not all(0 <= weight <= 1 for weight in weights):
        problems.append(Problem("weights of zones lie in 0-1", found=f"{list(weights)}"))
    return problems
