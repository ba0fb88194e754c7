"""Multidimensional poverty by counting deprivations, after Alkire and Foster.

References
----------
[Alkire-Foster 2011] Counting and multidimensional poverty measurement. Journal of Public Economics
95(7-8).
[Alkire et al. 2015] Multidimensional Poverty Measurement and Analysis. Oxford University Press.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float
from numpy.typing import ArrayLike

from gongfu.core import InputError, Problem
from gongfu.measure.linearised import Linearised
from gongfu.measure.mean import mean
from gongfu.measure.sample import Sample

__all__ = ["AlkireFoster", "alkire_foster", "deprivation_scores"]

_ROUNDING = 1e-9
"""Score by which somebody may miss the cut-off k and still count as poor: weights such as 1/3 add
up to k only up to rounding."""


@dataclass(frozen=True, slots=True, eq=False)
class AlkireFoster:
    """Multidimensional poverty at one cut-off k.

    Parameters
    ----------
    headcount : H, share of people who are poor (0-1).
    adjusted : M0, adjusted headcount ratio, H times A (0-1).
    intensity : A, mean score of the poor (0-1); none when nobody is poor.
    uncensored : share of people deprived in each indicator.
    censored : share of people poor and deprived in each indicator.
    contributions : share of each indicator in M0; none when nobody is poor.
    """

    headcount: Linearised
    adjusted: Linearised
    intensity: Linearised | None
    uncensored: tuple[Linearised, ...]
    censored: tuple[Linearised, ...]
    contributions: tuple[Linearised, ...] | None


def alkire_foster(
    deprived: Bool[np.ndarray, "row indicator"],
    weight: ArrayLike | None = None,
    *,
    shares: Float[np.ndarray, " indicator"],
    k: float,
) -> AlkireFoster:
    """Return the poverty of people deprived in at least ``k`` of the weighted indicators.

    Parameters
    ----------
    deprived : true where a person falls short of an indicator's cut-off.
    weight : people each row stands for, above zero; only relative size matters.
    shares : weight of each indicator, above 0, adding up to 1.
    k : poverty cut-off, above 0 and at most 1.

    Raises
    ------
    InputError
        If ``shares`` do not add up to 1 or ``k`` is out of range.

    Notes
    -----
    With scores c of weighted deprivations, poor is who has ``c >= k`` [Alkire-Foster 2011]::

        H = average(poor),   M0 = average(c poor),   A = M0 / H
        contribution of j = shares[j] h[j] / M0,   h[j] = average(poor and deprived in j)

    All are means or ratios of means; k and the cut-offs are given, so the influence of a mean
    ``(x - average) / W`` and the delta method are all that is needed.
    """
    _check(shares, k)
    scores = deprivation_scores(deprived, shares)
    poor = scores >= k - _ROUNDING
    headcount = _average(poor, weight)
    adjusted = _average(scores * poor, weight)
    columns = range(deprived.shape[1])
    censored = tuple(_average(deprived[:, j] & poor, weight) for j in columns)
    anybody = headcount.value > 0
    return AlkireFoster(
        headcount=headcount,
        adjusted=adjusted,
        intensity=adjusted / headcount if anybody else None,
        uncensored=tuple(_average(deprived[:, j], weight) for j in columns),
        censored=censored,
        contributions=tuple(
            float(share) * rate / adjusted for share, rate in zip(shares, censored, strict=True)
        )
        if anybody
        else None,
    )


def deprivation_scores(
    deprived: Bool[np.ndarray, "row indicator"], shares: Float[np.ndarray, " indicator"]
) -> Float[np.ndarray, " row"]:
    """Return the weighted share of indicators in which each person is deprived (0-1)."""
    scores: Float[np.ndarray, " row"] = np.einsum("ij,j->i", deprived.astype(np.float64), shares)
    return scores


def _average(values: np.ndarray, weight: ArrayLike | None) -> Linearised:
    return mean(Sample.of(values.astype(np.float64), weight))


def _check(shares: Float[np.ndarray, " indicator"], k: float) -> None:
    problems = []
    if not (len(shares) and (shares > 0).all() and abs(shares.sum() - 1) < _ROUNDING):
        problems.append(
            Problem(
                "the weights of the indicators must be above 0 and add up to 1",
                found=", ".join(f"{share:g}" for share in shares),
            )
        )
    if not 0 < k <= 1:
        problems.append(
            Problem("the poverty cut-off k lies above 0 and is at most 1", found=f"{k:g}")
        )
    if problems:
        raise InputError(problems)
