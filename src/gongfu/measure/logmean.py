"""Logarithmic mean and the exact split of the growth of a weighted mean (LMDI-I).

References
----------
[Ang 2015] LMDI decomposition approach: a guide for implementation. Energy Policy 86, 233-238.
[Ang-Zhang-Choi 1998] Factorizing changes in energy and environmental indicators through
decomposition. Energy 23(6), 489-495: the limits for groups that appear or vanish.
"""

from __future__ import annotations

from typing import NamedTuple, overload

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from gongfu.core import InputError, Problem

__all__ = ["MeanGrowth", "lmdi", "log_mean"]


class MeanGrowth(NamedTuple):
    """Effects of each group on the growth of a weighted mean, in log points.

    Parameters
    ----------
    rate : of the change of the group's own value.
    composition : of the change of the group's share. Positive for a growing group whether it is
        rich or poor, since a share can only be gained from other groups: the sum over all groups is
        the effect of the shift of people.
    """

    rate: Float[np.ndarray, " group"]
    composition: Float[np.ndarray, " group"]


@overload
def log_mean(a: float, b: float) -> float: ...
@overload
def log_mean(
    a: Float[np.ndarray, "*shape"], b: Float[np.ndarray, "*shape"]
) -> Float[np.ndarray, "*shape"]: ...
def log_mean(
    a: float | Float[np.ndarray, "*shape"], b: float | Float[np.ndarray, "*shape"]
) -> float | Float[np.ndarray, "*shape"]:
    """Return the logarithmic mean ``(a - b) / ln(a / b)``, which is ``a`` where both are equal.

    Parameters
    ----------
    a, b : zero or more; the mean with zero is zero.

    Raises
    ------
    InputError
        If a number is below zero or missing.

    Notes
    -----
    Near ``a = b`` it is computed as ``d / (2 artanh(d / s))`` with ``d = a - b`` and
    ``s = a + b``, which loses no digits.
    """
    x, y = np.broadcast_arrays(np.asarray(a, np.float64), np.asarray(b, np.float64))
    if not (np.all(x >= 0) and np.all(y >= 0)):
        raise InputError(Problem("a logarithmic mean needs numbers of zero or more"))
    difference, total = x - y, x + y
    is_near = np.abs(difference) < total / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        log_ratio = np.where(is_near, 2 * np.arctanh(difference / total), np.log(x) - np.log(y))
        mean = np.where(x == y, x, difference / log_ratio)
    return mean if mean.ndim else float(mean)


def lmdi(
    shares0: ArrayLike, values0: ArrayLike, shares1: ArrayLike, values1: ArrayLike
) -> MeanGrowth:
    """Return what each group adds to ``ln(mean1 / mean0)`` through its value and its share.

    Parameters
    ----------
    shares0, shares1 : population of each group at both dates, zero or more; only relative size
        matters.
    values0, values1 : mean of each group, zero or more; ignored where the group is empty.

    Raises
    ------
    InputError
        If lengths differ, a number is below zero or missing, or a mean is not above zero.

    Notes
    -----
    With ``v = share * value`` and L the logarithmic mean, group g has the weight
    ``L(v1, v0) / L(mean1, mean0)`` on ``ln(value1 / value0)`` and on ``ln(share1 / share0)``
    [Ang 2015]; all effects add up to ``ln(mean1 / mean0)`` exactly. A group that is empty at one
    date contributes ``(v1 - v0) / L(mean1, mean0)`` to the composition, one whose value is zero
    at one date the same to the rate: the limits of the formula [Ang-Zhang-Choi 1998].
    """
    share0, value0 = _shares_and_values(shares0, values0, "0")
    share1, value1 = _shares_and_values(shares1, values1, "1")
    if share0.shape != share1.shape:
        raise InputError(
            Problem("both dates need the same groups", f"{share0.size}", f"{share1.size}")
        )
    v0, v1 = share0 * value0, share1 * value1
    scale = log_mean(float(v0.sum()), float(v1.sum()))
    is_empty_once = (share0 == 0) | (share1 == 0)
    is_zero_once = ~is_empty_once & ((value0 == 0) | (value1 == 0))
    weight, jump = log_mean(v0, v1) / scale, (v1 - v0) / scale
    is_smooth = ~(is_empty_once | is_zero_once)
    rate = _times_log_ratio(weight, value0, value1, is_smooth) + np.where(is_zero_once, jump, 0)
    composition = _times_log_ratio(weight, share0, share1, is_smooth)
    return MeanGrowth(rate, composition + np.where(is_empty_once, jump, 0))


def _shares_and_values(
    shares: ArrayLike, values: ArrayLike, date: str
) -> tuple[Float[np.ndarray, " group"], Float[np.ndarray, " group"]]:
    share, value = np.asarray(shares, np.float64), np.asarray(values, np.float64)
    if share.ndim != 1 or share.shape != value.shape:
        raise InputError(
            Problem(
                f"shares{date} and values{date} need one number per group",
                found=f"shapes {share.shape} and {value.shape}",
            )
        )
    value = np.where(share == 0, 0.0, value)
    bad = [
        Problem(f"{name}{date} must be finite and zero or more", found=f"{numbers.tolist()}")
        for name, numbers in (("shares", share), ("values", value))
        if not (np.isfinite(numbers).all() and (numbers >= 0).all())
    ]
    if not bad and not share @ value > 0:
        bad = [Problem(f"the mean at date {date} must be above zero", found="0")]
    if bad:
        raise InputError(bad)
    return share / share.sum(), value


def _times_log_ratio(
    weight: Float[np.ndarray, " group"],
    start: Float[np.ndarray, " group"],
    end: Float[np.ndarray, " group"],
    is_smooth: np.ndarray,
) -> Float[np.ndarray, " group"]:
    ratio = np.ones_like(start)
    np.divide(end, start, out=ratio, where=is_smooth)
    product: Float[np.ndarray, " group"] = weight * np.log(ratio)
    return product
