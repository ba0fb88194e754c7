"""Two families of Lorenz curves that are valid for all their parameters, and their fit.

References
----------
[Rasche et al. 1980] Functional forms for estimating the Lorenz curve. Econometrica 48(4),
1061-1062.
[Aitchison-Brown 1957] The lognormal distribution. Cambridge University Press.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist
from typing import TypeAlias

import numpy as np
from jaxtyping import Bool, Float

from gongfu.core import ConvergenceError

__all__ = ["LognormalCurve", "LorenzCurve", "PowerCurve", "fit_lognormal", "fit_power"]

_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class PowerCurve:
    """``L(p) = (1 - (1 - p)^k)^g`` [Rasche et al. 1980]; valid for 0 < k <= 1 and g >= 1.

    ``k`` is 1 minus the inverse of the Pareto index of the top; g = 1 is a Pareto distribution.
    """

    k: float
    g: float

    @property
    def name(self) -> str:
        """Name of the family."""
        return "Rasche-Gaffney-Koo-Obst"

    @property
    def gini(self) -> float:
        """``1 - (2 / k) B(1 / k, g + 1)`` with the beta function B."""
        inverse = 1 / self.k
        log_beta = (
            math.lgamma(inverse) + math.lgamma(self.g + 1) - math.lgamma(inverse + self.g + 1)
        )
        return 1 - 2 * inverse * math.exp(log_beta)

    def __call__(self, people: Float[np.ndarray, " point"]) -> Float[np.ndarray, " point"]:
        """Return the income share of the poorest ``people`` (both 0-1)."""
        share: Float[np.ndarray, " point"] = (1 - (1 - people) ** self.k) ** self.g
        return share


@dataclass(frozen=True, slots=True)
class LognormalCurve:
    """``L(p) = Phi(Phi^-1(p) - sigma)`` [Aitchison-Brown 1957]; valid for sigma >= 0.

    ``sigma`` is the standard deviation of log income.
    """

    sigma: float

    @property
    def name(self) -> str:
        """Name of the family."""
        return "lognormal"

    @property
    def gini(self) -> float:
        """``2 Phi(sigma / sqrt 2) - 1``."""
        return math.erf(self.sigma / 2)

    def __call__(self, people: Float[np.ndarray, " point"]) -> Float[np.ndarray, " point"]:
        """Return the income share of the poorest ``people`` (both 0-1)."""
        return np.array([self._at(float(p)) for p in people])

    def _at(self, people: float) -> float:
        if people <= 0 or people >= 1:
            return people
        return _NORMAL.cdf(_NORMAL.inv_cdf(people) - self.sigma)


LorenzCurve: TypeAlias = PowerCurve | LognormalCurve


def fit_power(
    people: Float[np.ndarray, " point"], income: Float[np.ndarray, " point"]
) -> PowerCurve:
    """Return the power curve nearest to points of a Lorenz curve, by least squares.

    Parameters
    ----------
    people, income : cumulative shares, strictly between 0 and 1; at least two points.

    Raises
    ------
    ConvergenceError
        If the search stops before the gradient vanishes.
    """

    def model(theta: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        k, g = theta
        left = (1 - people) ** k
        base = 1 - left
        slope_k = -g * base ** (g - 1) * left * np.log1p(-people)
        return base**g, np.column_stack([slope_k, base**g * np.log(base)])

    k, g = _least_squares(
        model, income, np.array([0.7, 1.5]), np.array([0.01, 1.0]), np.array([1.0, np.inf])
    )
    return PowerCurve(float(k), float(g))


def fit_lognormal(
    people: Float[np.ndarray, " point"], income: Float[np.ndarray, " point"]
) -> LognormalCurve:
    """Return the lognormal curve nearest to points of a Lorenz curve, by least squares.

    Parameters
    ----------
    people, income : cumulative shares, strictly between 0 and 1; at least one point.

    Raises
    ------
    ConvergenceError
        If the search stops before the gradient vanishes.
    """
    normal = np.array([_NORMAL.inv_cdf(float(p)) for p in people])

    def model(theta: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        shifted = normal - theta[0]
        value = np.array([_NORMAL.cdf(z) for z in shifted])
        return value, -np.exp(-(shifted**2) / 2)[:, None] / math.sqrt(2 * math.pi)

    (sigma,) = _least_squares(model, income, np.array([0.7]), np.zeros(1), np.full(1, np.inf))
    return LognormalCurve(float(sigma))


_Model = Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]
_STEPS = 500
_FLAT = 1e-11
"""Gradient of the halved sum of squares at which a fit ends: parameters are then known to about
1e-10, shares to less."""


def _least_squares(
    model: _Model,
    target: Float[np.ndarray, " point"],
    start: Float[np.ndarray, " parameter"],
    low: Float[np.ndarray, " parameter"],
    high: Float[np.ndarray, " parameter"],
) -> Float[np.ndarray, " parameter"]:
    """Return the parameters in the box ``low`` to ``high`` with the least squared residuals.

    Levenberg-Marquardt with Marquardt's scaling; a parameter that presses against its bound rests.
    """
    theta, damping = start, 1e-3
    value, jacobian = model(theta)
    for _ in range(_STEPS):
        residual = value - target
        gradient = jacobian.T @ residual
        is_resting = ((theta <= low) & (gradient > 0)) | ((theta >= high) & (gradient < 0))
        if np.all(is_resting | (np.abs(gradient) <= _FLAT)):
            return theta
        trial = np.clip(theta + _step(jacobian, gradient, ~is_resting, damping), low, high)
        trial_value, trial_jacobian = model(trial)
        # Next to the minimum the sum of squares is flat to rounding: equal counts as better.
        if np.sum((trial_value - target) ** 2) <= np.sum(residual**2) * (1 + 1e-12):
            theta, value, jacobian = trial, trial_value, trial_jacobian
            damping = max(damping / 10, 1e-12)
        else:
            damping *= 10
    raise ConvergenceError(
        f"the Lorenz curve was not fitted after {_STEPS} steps (gradient "
        f"{np.abs(gradient).max():.1e}, wanted {_FLAT:g}); check the group means"
    )


def _step(
    jacobian: Float[np.ndarray, "point parameter"],
    gradient: Float[np.ndarray, " parameter"],
    is_free: Bool[np.ndarray, " parameter"],
    damping: float,
) -> Float[np.ndarray, " parameter"]:
    free = jacobian[:, is_free]
    normal = free.T @ free
    normal += damping * np.diag(np.diag(normal))
    step = np.zeros_like(gradient)
    step[is_free] = np.linalg.solve(normal, -gradient[is_free])
    return step
