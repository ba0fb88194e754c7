"""Lowest and highest Gini coefficient that the means of income groups allow.

References
----------
[Gastwirth 1972] The estimation of the Lorenz curve and Gini index. Review of Economics and
Statistics 54(3), 306-316.
[Mehran 1975] Bounds on the Gini index based on observed points of the Lorenz curve. Journal of the
American Statistical Association 70(349), 64-66.
[Boyd-Vandenberghe 2004] Convex optimization. Cambridge University Press, section 11.2-11.3.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from gongfu.core import ConvergenceError

__all__ = ["highest_gini", "lowest_gini"]

_SHARPNESS = 10.0 ** np.arange(1, 11)
_NEWTON_STEPS = 200
_CENTRED = 1e-3
"""Squared Newton decrement at which a point counts as central; small against ``2 (K - 1)``."""


def lowest_gini(people: Float[np.ndarray, " group"], mean: Float[np.ndarray, " group"]) -> float:
    """Return the Gini if everybody had the mean of the group: the piecewise linear Lorenz curve.

    Parameters
    ----------
    people : share of each group, adding up to 1.
    mean : of each group in ascending order, any unit.
    """
    income = people * mean / (people @ mean)
    return max(float(1 - people @ (2 * np.cumsum(income) - income)), 0.0)


def highest_gini(people: Float[np.ndarray, " group"], mean: Float[np.ndarray, " group"]) -> float:
    """Return the highest Gini of incomes of zero or more with these groups, up to some 1e-9.

    Parameters
    ----------
    people : share of each group, adding up to 1.
    mean : of each group in ascending order, any unit.

    Raises
    ------
    ConvergenceError
        If the search stops early.

    Notes
    -----
    Inside group k with limits ``a_(k-1)`` and ``a_k`` inequality is highest when all stand at the
    limits [Gastwirth 1972]. With ``u = a_k - m_k`` and ``v = m_k - a_(k-1)`` that adds
    ``p_k^2 u v / (u + v)`` to the Gini times the mean, and ``p_k^2 v`` in the top group, which has
    no upper limit. The limits are not published: the sum is largest over all
    ``m_k <= a_k <= m_(k+1)``, with zero at the bottom [Mehran 1975]. It is concave in the limits;
    the search follows the central path of a logarithmic barrier, whose distance to the maximum,
    ``2 (K - 1) / sharpness``, is added, so that the bound errs upwards only.
    """
    problem = _Limits(people, mean / (people @ mean))
    place = np.full(len(mean) - 1, 0.5)
    for sharpness in _SHARPNESS:
        place = _central_point(problem, place, float(sharpness))
    gap = 2 * len(place) / float(_SHARPNESS[-1])
    return min(lowest_gini(people, mean) + problem.spread(place) + gap, 1.0)


@dataclass(frozen=True, slots=True, eq=False)
class _Limits:
    """The sum to be made large, as a function of where each limit stands between two means (0-1).

    Parameters
    ----------
    people : share of each group.
    mean : of each group, relative to the overall mean.
    """

    people: Float[np.ndarray, " group"]
    mean: Float[np.ndarray, " group"]

    def spread(self, place: Float[np.ndarray, " limit"]) -> float:
        """Return the sum."""
        down, up = self._distances(place)
        at_upper, _, _ = _shares(down, up)
        terms = np.append(up * at_upper, down[-1])
        return float(self.people**2 @ terms)

    def derivatives(
        self, place: Float[np.ndarray, " limit"]
    ) -> tuple[Float[np.ndarray, " limit"], Float[np.ndarray, "limit limit"]]:
        """Return gradient and Hessian (tridiagonal) of the sum."""
        at_upper, at_lower, curvature = _shares(*self._distances(place))
        factor = self.people**2
        curvature = factor[:-1] * curvature
        gradient = factor[:-1] * at_upper**2 - factor[1:] * np.append(at_lower[1:] ** 2, 1.0)
        diagonal = -curvature * at_upper**2
        diagonal[:-1] -= (curvature * at_lower**2)[1:]
        beside = -(curvature * at_upper * at_lower)[1:]
        hessian = np.diag(diagonal) + np.diag(beside, 1) + np.diag(beside, -1)
        width = np.diff(self.mean)
        return gradient * width, hessian * np.outer(width, width)

    def _distances(
        self, place: Float[np.ndarray, " limit"]
    ) -> tuple[Float[np.ndarray, " group"], Float[np.ndarray, " limit"]]:
        """Return how far each mean stands above its lower and below its upper limit."""
        width = np.diff(self.mean)
        return np.append(self.mean[0], width * (1 - place)), width * place


def _shares(
    down: Float[np.ndarray, " group"], up: Float[np.ndarray, " limit"]
) -> tuple[Float[np.ndarray, " limit"], Float[np.ndarray, " limit"], Float[np.ndarray, " limit"]]:
    """Return, for all groups but the top, who stands at the limits, and 2 / width of the group."""
    down = down[:-1]
    width = down + up
    has_width = width > 0
    inverse = np.zeros_like(width)
    np.divide(1.0, width, out=inverse, where=has_width)
    return down * inverse, up * inverse, 2 * inverse


def _central_point(
    problem: _Limits, place: Float[np.ndarray, " limit"], sharpness: float
) -> Float[np.ndarray, " limit"]:
    """Return the maximum of ``sharpness * spread + sum(log(place) + log(1 - place))``."""

    def height(at: Float[np.ndarray, " limit"]) -> float:
        if at.min() <= 0 or at.max() >= 1:
            return -np.inf
        return sharpness * problem.spread(at) + float(np.sum(np.log(at) + np.log1p(-at)))

    for _ in range(_NEWTON_STEPS):
        gradient, hessian = problem.derivatives(place)
        slope = sharpness * gradient + 1 / place - 1 / (1 - place)
        bend = np.diag(1 / place**2 + 1 / (1 - place) ** 2) - sharpness * hessian
        step = np.linalg.solve(bend, slope)
        rise = float(slope @ step)
        if rise <= _CENTRED:
            return place
        length, here = 1.0, height(place)
        while height(place + length * step) < here + 0.1 * length * rise and length > 1e-12:
            length /= 2
        place = place + length * step
    raise ConvergenceError(f"the upper bound of the Gini was not found in {_NEWTON_STEPS} steps")
