"""Polarisation without groups: how much people of like income identify, and how far others are.

References
----------
[Duclos-Esteban-Ray 2004] Polarization: concepts, measurement, estimation. Econometrica 72(6).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from gongfu.core import InputError, Problem
from gongfu.measure.linearised import Linearised
from gongfu.measure.sample import Incomes, Sample, require_not_negative

__all__ = ["density_bandwidth", "duclos_esteban_ray"]

_STEPS = 50
"""Grid steps in a bandwidth: dealing rows out to the grid adds 1 / (6 steps**2) = 7e-5 to the
kernel's variance, far below what the choice of a bandwidth does."""

_REACH = 9.0
"""Bandwidths beyond which the Gaussian kernel is zero in double precision next to its centre."""

_WIDEST = 1 << 24
"""Grid points at most."""


def duclos_esteban_ray(
    income: Incomes,
    weight: ArrayLike | None = None,
    *,
    alpha: float,
    bandwidth: float | None = None,
) -> Linearised:
    """Return the polarisation index of Duclos, Esteban and Ray, relative to the mean.

    Parameters
    ----------
    income : currency per year, at least 0.
    weight : people each row stands for, above zero; only relative size matters.
    alpha : weight of identification, 0.25 to 1; 0 is the Gini.
    bandwidth : of the Gaussian kernel, relative to the mean income; ``density_bandwidth`` when
        left out.

    Raises
    ------
    InputError
        If ``alpha`` or ``bandwidth`` is out of range, an income is below zero, or all are equal.

    Notes
    -----
    With incomes relative to the mean, their kernel density f and the mean distance to others
    ``a(y) = average |y - x|`` [Duclos-Esteban-Ray 2004], halved so that alpha 0 is the Gini::

        P = average(f(y)**alpha a(y)) / 2

    Influence, the bandwidth held in currency (t = 2 P, K the kernel, averages over y)::

        (f**alpha a + alpha average(f(y)**(alpha - 1) a(y) K(y - .)) + average(f(y)**alpha |y - .|)
         - (2 + alpha) t - (1 - alpha) t (r - 1)) / (2 W),    r = income relative to the mean

    Rows are dealt out to a grid of fifty steps a bandwidth and smoothed by a Fourier transform.
    """
    rows = Sample.of(income, weight)
    require_not_negative(rows, "der")
    width = density_bandwidth(rows, alpha=alpha) if bandwidth is None else bandwidth
    _check(alpha, width)
    total, influence = _index(rows, alpha, width)
    influence -= (2 + alpha) * total
    # With incomes and bandwidth in currency the index is homogeneous of degree 1 - alpha.
    influence -= (1 - alpha) * total * (rows.relative - 1.0)
    return Linearised(total / 2, influence / (2 * rows.total_weight))


def density_bandwidth(income: Incomes, weight: ArrayLike | None = None, *, alpha: float) -> float:
    """Return the bandwidth ``4.7 n**(-1/2) s alpha**0.1`` relative to the mean income.

    s is the standard deviation of relative incomes, n the effective number of rows
    ``W**2 / sum(w**2)`` [Duclos-Esteban-Ray 2004, for densities that are not very skewed].
    """
    rows = Sample.of(income, weight)
    deviation = math.sqrt(rows.average((rows.relative - 1.0) ** 2))
    n = rows.total_weight / rows.average(rows.weight)
    return float(4.7 * deviation * alpha**0.1 / math.sqrt(n))


def _index(rows: Sample, alpha: float, width: float) -> tuple[float, Float[np.ndarray, " row"]]:
    """Return twice the index, and the terms of the influence that differ between rows."""
    ratio = rows.relative
    share = rows.weight / rows.total_weight
    grid = _Grid.around(ratio, width)
    density = grid.at_rows(grid.smoothed(grid.dealt_out(share)))
    identity = density**alpha
    distance = _mean_distance(rows.order, ratio, share)
    total = float(np.einsum("i,i,i->", share, identity, distance))
    pull = share * alpha * distance * density ** (alpha - 1)
    identified = grid.at_rows(grid.smoothed(grid.dealt_out(pull)))
    alienated = _mean_distance(rows.order, ratio, share * identity)
    return total, identity * distance + identified + alienated


def _mean_distance(
    order: np.ndarray, values: Float[np.ndarray, " row"], mass: Float[np.ndarray, " row"]
) -> Float[np.ndarray, " row"]:
    """Return ``sum over j of mass[j] |values[i] - values[j]|`` for every i."""
    sorted_values, sorted_mass = values[order], mass[order]
    below = np.cumsum(sorted_mass)
    amount = np.cumsum(sorted_mass * sorted_values)
    found = np.empty_like(values)
    found[order] = sorted_values * (2 * below - below[-1]) + amount[-1] - 2 * amount
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Grid:
    """Equally spaced points; each row lies between two of them.

    Parameters
    ----------
    left : point to the left of each row.
    part : how far the row is on its way to the next point, 0-1.
    points : of the grid, room for the kernel included.
    step : between points, in the unit of the values.
    """

    left: np.ndarray
    part: Float[np.ndarray, " row"]
    points: int
    step: float
    width: float

    @classmethod
    def around(cls, values: Float[np.ndarray, " row"], width: float) -> _Grid:
        low, high = float(values.min()), float(values.max())
        reach = _REACH * width
        step = max(width / _STEPS, (high - low + 2 * reach) / _WIDEST)
        if step > width / 5:
            raise InputError(
                Problem(
                    "der needs a bandwidth that is not tiny beside the range of incomes",
                    found=f"{width:g} of the mean, with incomes up to {high:g} times the mean",
                    fix="Give a wider bandwidth, or leave the far rows out and say so.",
                )
            )
        place = (values - low + reach) / step
        left = place.astype(np.intp)
        return cls(left, place - left, int((high - low + 2 * reach) / step) + 2, step, width)

    def dealt_out(self, mass: Float[np.ndarray, " row"]) -> Float[np.ndarray, " point"]:
        """Return the mass of each point, a row's dealt out linearly to its two neighbours."""
        low = np.bincount(self.left, mass * (1 - self.part), minlength=self.points)
        high = np.bincount(self.left + 1, mass * self.part, minlength=self.points)
        return np.asarray(low + high, dtype=np.float64)

    def smoothed(self, mass: Float[np.ndarray, " point"]) -> Float[np.ndarray, " point"]:
        """Return the mass convolved with the Gaussian kernel, per unit of the values."""
        size = 1 << (self.points - 1).bit_length()
        frequency = 2 * math.pi * np.fft.rfftfreq(size, self.step)
        kernel = np.exp(-0.5 * (frequency * self.width) ** 2)
        smooth = np.fft.irfft(np.fft.rfft(mass, size) * kernel, size)[: self.points]
        density: Float[np.ndarray, " point"] = np.maximum(smooth, 0.0) / self.step
        return density

    def at_rows(self, height: Float[np.ndarray, " point"]) -> Float[np.ndarray, " row"]:
        """Return the heights at the rows, between two points by a straight line."""
        before, after = height[self.left], height[self.left + 1]
        found: Float[np.ndarray, " row"] = before + self.part * (after - before)
        return found


def _check(alpha: float, width: float) -> None:
    problems = []
    if not (alpha == 0 or 0.25 <= alpha <= 1):
        problems.append(Problem("der needs alpha between 0.25 and 1, or 0", found=f"{alpha:g}"))
    if not (math.isfinite(width) and width > 0):
        problems.append(
            Problem(
                "der needs a bandwidth above zero",
                found=f"{width:g}",
                fix="Equal incomes have no density.",
            )
        )
    if problems:
        raise InputError(problems)
