"""Covariances of maximum-likelihood estimates from the expected information.

References
----------
[Elhorst 2014] Spatial Econometrics: From Cross-Sectional Data to Spatial Panels. Springer.
Equations 3.10 and 3.24.
[Lee-Yu 2010] Estimation of spatial autoregressive panel data models with fixed effects. Journal
of Econometrics 154(2).
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

from gongfu.explain.spatial_likelihood import Concentrated
from gongfu.explain.spatial_spectrum import Multiplier

__all__ = ["error_covariance", "lag_covariance"]


def lag_covariance(
    likelihood: Concentrated,
    rho: float,
    sigma2: float,
    *,
    design: Float[np.ndarray, "row regressor"],
    expected_lag: Float[np.ndarray, " row"],
    gain: Multiplier,
) -> Float[np.ndarray, "parameter parameter"]:
    """Return the covariance of (rho, coefficients, variance) of a model with a spatial lag.

    Parameters
    ----------
    expected_lag : the spatial lag of the dependent less its noise, effects taken out.
    gain : ``W (I - rho W)**-1``.
    """
    k = design.shape[1]
    information = np.zeros((k + 2, k + 2))
    regressors = np.column_stack([expected_lag, design])
    information[: k + 1, : k + 1] = regressors.T @ regressors / sigma2
    _add_traces(information, likelihood, rho, sigma2, gain)
    return np.linalg.inv(information)


def error_covariance(
    likelihood: Concentrated,
    rho: float,
    sigma2: float,
    *,
    filtered: Float[np.ndarray, "row regressor"],
    gain: Multiplier,
) -> Float[np.ndarray, "parameter parameter"]:
    """Return the covariance of (rho, coefficients, variance) of a spatial error model.

    Parameters
    ----------
    filtered : regressors less rho times their spatial lag, effects taken out.
    """
    k = filtered.shape[1]
    information = np.zeros((k + 2, k + 2))
    information[1:-1, 1:-1] = filtered.T @ filtered / sigma2
    _add_traces(information, likelihood, rho, sigma2, gain)
    return np.linalg.inv(information)


def _add_traces(
    information: np.ndarray,
    likelihood: Concentrated,
    rho: float,
    sigma2: float,
    gain: Multiplier,
) -> None:
    one, two = (likelihood.determinant.trace(rho, power) for power in (1, 2))
    squares = gain.squares
    if likelihood.determinant.drops_one:
        # Without the mean over units the trace of G'G loses that of its mean row.
        squares -= float(np.sum(gain.column_sums**2)) / len(gain.column_sums)
    information[0, 0] += likelihood.times * (two + squares)
    information[0, -1] = information[-1, 0] = likelihood.times * one / sigma2
    information[-1, -1] = likelihood.free / (2 * sigma2**2)
