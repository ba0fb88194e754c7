"""Whether instruments agree with one another, and whether they were needed.

References
----------
[Sargan 1958] The estimation of economic relationships using instrumental variables. Econometrica
26(3).
[Hansen 1982] Large sample properties of generalized method of moments estimators. Econometrica
50(4).
[Wu 1973] Alternative tests of independence between stochastic regressors and disturbances.
Econometrica 41(4).
"""

from __future__ import annotations

import math

import numpy as np
from jaxtyping import Float

from gongfu.explain.instruments_columns import ErrorRule, InstrumentColumns
from gongfu.explain.least_squares import least_squares
from gongfu.explain.random_effects import SpecificationTest
from gongfu.explain.tails import f_tail
from gongfu.measure.dynamics.chi_square import chi_square_tail

__all__ = ["endogeneity_test", "overidentification_test"]


def overidentification_test(
    columns: InstrumentColumns, rule: ErrorRule, residuals: Float[np.ndarray, " row"]
) -> SpecificationTest | None:
    """Return the test that all instruments are exogenous; None if there are none to spare.

    Notes
    -----
    iid errors: Sargan's ``u' P_Z u / (u'u / n)``. Else Hansen's J of the two-step efficient
    estimate, with the covariance of the moments at the residuals given.
    """
    parts = columns.partialled
    spare = parts.basis.shape[1] - parts.endogenous.shape[1]
    if not spare:
        return None
    weight = rule.of_moments(parts.basis, residuals, columns.data)
    inverse = np.linalg.pinv(weight, hermitian=True)
    x, y = parts.basis.T @ parts.endogenous, parts.basis.T @ parts.y
    if rule.errors == "iid":
        moments = parts.basis.T @ residuals
    else:
        moments = y - x @ np.linalg.solve(x.T @ inverse @ x, x.T @ inverse @ y)
    statistic = float(moments @ inverse @ moments)
    short = np.linalg.matrix_rank(weight, hermitian=True) < len(weight)
    return SpecificationTest(
        "Sargan" if rule.errors == "iid" else "Hansen J",
        "the instruments are exogenous, given that enough of them are",
        statistic,
        chi_square_tail(statistic, spare),
        (spare,),
        "there are fewer clusters than instruments: the statistic means little" if short else "",
    )


def endogeneity_test(columns: InstrumentColumns, rule: ErrorRule) -> SpecificationTest:
    """Return the Durbin-Wu-Hausman test, by first-stage residuals added to the regression."""
    parts = columns.partialled
    fitted = parts.basis @ (parts.basis.T @ parts.endogenous)
    k = fitted.shape[1]
    fit = least_squares(parts.y, np.column_stack([parts.endogenous, parts.endogenous - fitted]))
    found = rule.covariance(fit, columns, counted=columns.regressors.shape[1] + k)
    gap = fit.coefficients[k:]
    statistic = float(gap @ np.linalg.solve(found.vcov[k:, k:], gap)) / k
    dof = found.convention.dof
    return SpecificationTest(
        "Durbin-Wu-Hausman",
        f"{', '.join(columns.endogenous_names)} would be exogenous",
        statistic,
        chi_square_tail(k * statistic, k) if math.isinf(dof) else f_tail(statistic, k, dof),
        (k,) if math.isinf(dof) else (k, int(dof)),
    )
