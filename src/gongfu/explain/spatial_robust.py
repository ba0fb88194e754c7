"""Errors of spatial panels that hold for any correlation over time within entities.

References
----------
[Kelejian-Prucha 2001] On the asymptotic distribution of the Moran I test statistic with
applications. Journal of Econometrics 104(2).
[Lin-Lee 2010] GMM estimation of spatial autoregressive models with unknown heteroskedasticity.
Journal of Econometrics 157(1).
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

__all__ = ["clustered_by_entity"]


def clustered_by_entity(
    inverse: Float[np.ndarray, "parameter parameter"],
    *,
    design: Float[np.ndarray, "unit time regressor"],
    expected_lag: Float[np.ndarray, "unit time"] | None,
    gain: Float[np.ndarray, "unit unit"],
    residuals: Float[np.ndarray, "unit time"],
    sigma2: float,
) -> Float[np.ndarray, "parameter parameter"]:
    """Return the covariance of (rho, coefficients, variance) from scores summed by entity.

    Parameters
    ----------
    inverse : of the expected information of (rho, coefficients, variance).
    expected_lag : spatial lag of the dependent less its noise; None in a spatial error model.
    gain : ``W (I - rho W)**-1``, without the mean over units if time effects are out.

    Notes
    -----
    The score of rho holds ``e'Ge``, whose terms by unit are correlated with one another, so that
    squares of sums by unit miss half of its variance. Written as ``e_i (g_ii e_i + sum_(j<i) (g_ij
    + g_ji) e_j)`` they are uncorrelated [Kelejian-Prucha 2001]. Factor N / (N - 1). Variances that
    differ between entities still bias rho itself [Lin-Lee 2010].
    """
    units = len(gain)
    each = (residuals**2).sum(axis=1)
    spare = each - each.mean()
    both = np.tril(gain + gain.T, -1) @ residuals
    rho = (residuals * both).sum(axis=1) + gain.diagonal() * spare
    if expected_lag is not None:
        rho = rho + (residuals * expected_lag).sum(axis=1)
    by_regressor = np.einsum("it,itk->ik", residuals, design)
    scores = np.column_stack([rho, by_regressor, spare / (2 * sigma2)]) / sigma2
    return np.asarray(units / (units - 1) * inverse @ (scores.T @ scores) @ inverse)
