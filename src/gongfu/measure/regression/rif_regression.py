"""RIF regression: how a small shift of each regressor moves a statistic of the distribution.

References
----------
[Firpo-Fortin-Lemieux 2009] Unconditional quantile regressions. Econometrica 77(3).
[Rao-Wu-Yue 1992] Some recent work on resampling methods for complex surveys. Survey Methodology
18(2).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Float

from gongfu.core import Estimate, Evidence, InputError, Problem
from gongfu.measure.design import SurveyDesign
from gongfu.measure.linearised import Measure
from gongfu.measure.regression.design_matrix import DesignMatrix, least_squares
from gongfu.measure.regression.rif import rif_values
from gongfu.measure.replicate_estimates import REPLICATIONS, bootstrap_estimates
from gongfu.measure.sample import Sample

__all__ = ["RifRegression", "rif_fit", "rif_regression"]


@dataclass(frozen=True, slots=True, eq=False)
class RifRegression:
    """Coefficients of a regression of the recentred influence function.

    Parameters
    ----------
    statistic : value of the measure.
    coefficients : of each term, the intercept first.
    base : label that the indicators of each grouping are measured against.
    """

    measure: str
    statistic: Estimate
    coefficients: tuple[Estimate, ...]
    base: dict[str, str]

    def to_dict(self) -> dict[str, Any]:
        """Return full-precision JSON values."""
        return {
            "measure": self.measure,
            "statistic": self.statistic.to_dict(),
            "coefficients": [found.to_dict() for found in self.coefficients],
            "base": self.base,
        }


def rif_regression(
    measure: Measure,
    name: str,
    income: Float[np.ndarray, " row"],
    regressors: DesignMatrix,
    design: SurveyDesign,
    *,
    unit: str = "unit of the measure",
    level: float = 0.95,
    replications: int = REPLICATIONS,
    seed: int = 1,
    evidence: Evidence = Evidence.ASSOCIATIONAL,
) -> RifRegression:
    """Return the regression of a measure's recentred influence function.

    Parameters
    ----------
    measure, name : function of incomes and weights, and what it is called.
    income, regressors, design : of the same rows.
    unit : of the measure.
    level : coverage of the intervals, 0-1.
    replications, seed : of the bootstrap.

    Raises
    ------
    InputError
        If lengths differ, the level is out of range or there are fewer than two replications.

    Notes
    -----
    Weighted least squares of ``RIF(y)`` on the regressors [Firpo-Fortin-Lemieux 2009]; the
    coefficients times the means of the regressors add up to the statistic. Errors: bootstrap of
    sampling units within strata [Rao-Wu-Yue 1992], in which the influence function is estimated
    anew each time; the usual sandwich takes it for known and leaves that part out.
    """
    _check(income, regressors, design)

    def fitted(weight: Float[np.ndarray, " row"]) -> Float[np.ndarray, " value"]:
        drawn = weight > 0
        matrix = regressors.values[drawn]
        fit = rif_fit(measure, income[drawn], matrix, weight[drawn])
        means = np.average(matrix, axis=0, weights=weight[drawn])
        return np.concatenate([[means @ fit], fit])

    statistic, *coefficients = bootstrap_estimates(
        [name, *(term.name for term in regressors.terms)],
        fitted,
        design,
        convention=f"least squares of the recentred influence function of {name}",
        level=level,
        replications=replications,
        seed=seed,
        unit=unit,
        evidence=evidence,
    )
    return RifRegression(name, statistic, tuple(coefficients), dict(regressors.base))


def rif_fit(
    measure: Measure,
    income: Float[np.ndarray, " row"],
    matrix: Float[np.ndarray, "row term"],
    weight: Float[np.ndarray, " row"],
) -> Float[np.ndarray, " term"]:
    """Return the coefficients of a RIF regression."""
    rows = Sample.of(income, weight)
    return least_squares(matrix, rif_values(measure, rows), weight)


def _check(
    income: Float[np.ndarray, " row"], regressors: DesignMatrix, design: SurveyDesign
) -> None:
    if not len(income) == len(regressors.values) == len(design.weight):
        found = f"{len(income)}, {len(regressors.values)} and {len(design.weight)} rows"
        raise InputError(Problem("income, regressors and design differ in length", found=found))
