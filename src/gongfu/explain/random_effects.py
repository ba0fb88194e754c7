"""Random effects of entities, and whether they may be used: Hausman, F and Breusch-Pagan tests.

References
----------
[Swamy-Arora 1972] The exact finite sample properties of the estimators of coefficients in the
error components regression models. Econometrica 40(2).
[Baltagi-Chang 1994] Incomplete panels. Journal of Econometrics 62(2).
[Hausman 1978] Specification tests in econometrics. Econometrica 46(6).
[Breusch-Pagan 1980] The Lagrange multiplier test and its applications to model specification in
econometrics. Review of Economic Studies 47(1).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError
from gongfu.explain.fixed_effects import INTERCEPT, fixed_effects, pooled, squared_correlation
from gongfu.explain.least_squares import LeastSquares, least_squares, require_identified
from gongfu.explain.panel_data import PanelData
from gongfu.explain.result import Convention, EstimationResult, Fit
from gongfu.explain.tails import f_tail
from gongfu.explain.within import level_sums, within
from gongfu.measure.dynamics.chi_square import chi_square_tail

__all__ = [
    "SpecificationTest",
    "breusch_pagan_test",
    "effects_f_test",
    "hausman_test",
    "random_effects",
]


@dataclass(frozen=True, slots=True)
class SpecificationTest:
    """A test of one model against another.

    Parameters
    ----------
    name, null : what it is called and what holds if it does not reject.
    statistic, p : value and probability of one at least as large under the null.
    dof : degrees of freedom; two for F, one for chi-square.
    warning : empty, or why the statistic is not to be trusted.
    """

    name: str
    null: str
    statistic: float
    p: float
    dof: tuple[int, ...]
    warning: str = ""


def random_effects(data: PanelData) -> EstimationResult:
    """Return feasible generalised least squares with random entity effects.

    Raises
    ------
    InputError
        As ``fixed_effects``; also if there are fewer entities than coefficients.

    Notes
    -----
    Variances of [Swamy-Arora 1972], with holes those of [Baltagi-Chang 1994]; rows are
    quasi-demeaned by ``1 - sqrt(s2_v / (T_i s2_u + s2_v))``. A negative variance of the effects
    counts as zero, with a warning; ``details`` holds both variances. Normal distribution.
    """
    entities, counts = len(data.entities), np.bincount(data.entity)
    design = np.column_stack([np.ones(data.n), data.regressors])
    if entities <= design.shape[1]:
        raise InputError(
            f"random effects need more than {design.shape[1]} entities, there are {entities}"
        )
    left = within(data, "entity").remove(np.column_stack([data.dependent, data.regressors]))
    require_identified(
        left[:, 1:],
        np.linalg.norm(data.regressors, axis=0),
        data.names,
        "entity effects (their variance is estimated from within entities)",
        len(data.names) + entities,
    )
    idiosyncratic, between = _variances(data, left, design, counts)
    share = 1 - np.sqrt(idiosyncratic / (counts * max(between, 0.0) + idiosyncratic))
    columns = np.column_stack([data.dependent, design])
    means = level_sums(columns, data.entity, entities) / counts[:, None]
    columns = columns - (share[:, None] * means)[data.entity]
    fit = least_squares(columns[:, 0], columns[:, 1:])
    result = _result(data, fit, columns[:, 0], {"sigma2_v": idiosyncratic, "sigma2_u": between})
    negative = f"The variance of the effects came out at {between:.3g}; it was set to zero."
    return result.warned(negative) if between < 0 else result


def hausman_test(data: PanelData) -> SpecificationTest:
    """Return the test that random effects are uncorrelated with the regressors [Hausman 1978].

    Notes
    -----
    ``(b_F - b_R)' (V_F - V_R)**-1 (b_F - b_R)`` with iid covariances; the warning says when that
    difference is not positive definite, and the statistic then means nothing.
    """
    fixed, random = fixed_effects(data, effects="entity", errors="iid"), random_effects(data)
    gap = fixed.coefficients - random.coefficients[1:]
    difference = fixed.vcov - random.vcov[1:, 1:]
    statistic = float(gap @ np.linalg.solve(difference, gap))
    is_definite = bool(np.linalg.eigvalsh(difference).min() > 0)
    return SpecificationTest(
        "Hausman",
        "entity effects are uncorrelated with the regressors",
        statistic,
        chi_square_tail(statistic, len(gap)),
        (len(gap),),
        "" if is_definite else "the difference of the covariances is not positive definite",
    )


def effects_f_test(data: PanelData, effects: str = "entity") -> SpecificationTest:
    """Return the F test that all fixed effects are equal, against the pooled regression.

    Parameters
    ----------
    effects : ``entity``, ``time`` or ``two-way``.
    """
    fixed = fixed_effects(data, effects=effects, errors="iid")  # type: ignore[arg-type]
    whole = pooled(data, errors="iid")
    free = int(fixed.convention.dof)
    tested = int(whole.convention.dof) - free
    squares = [float(r.residuals @ r.residuals) for r in (whole, fixed)]
    statistic = (squares[0] - squares[1]) / tested / (squares[1] / free)
    return SpecificationTest(
        f"F test of {effects} effects",
        "all effects are equal",
        statistic,
        f_tail(statistic, tested, free),
        (tested, free),
    )


def breusch_pagan_test(data: PanelData) -> SpecificationTest:
    """Return the Lagrange multiplier test that the variance of entity effects is zero.

    Notes
    -----
    ``n**2 / (2 (sum T_i**2 - n)) (sum_i (sum_t e_it)**2 / sum e**2 - 1)**2``, which for a balanced
    panel is that of [Breusch-Pagan 1980]; two-sided, one degree of freedom.
    """
    residuals = pooled(data, errors="iid").residuals
    counts = np.bincount(data.entity)
    by_entity = np.bincount(data.entity, residuals)
    ratio = float(by_entity @ by_entity) / float(residuals @ residuals) - 1
    statistic = data.n**2 / (2 * (float(counts @ counts) - data.n)) * ratio**2
    return SpecificationTest(
        "Breusch-Pagan",
        "the variance of entity effects is zero",
        statistic,
        chi_square_tail(statistic, 1),
        (1,),
    )


def _variances(
    data: PanelData,
    left: Float[np.ndarray, "row column"],
    design: Float[np.ndarray, "row regressor"],
    counts: Float[np.ndarray, " entity"],
) -> tuple[float, float]:
    entities, k = len(counts), design.shape[1]
    inside = least_squares(left[:, 0], left[:, 1:]).residuals
    idiosyncratic = float(inside @ inside) / (data.n - entities - k + 1)
    root = np.sqrt(counts)[:, None]
    sums = level_sums(np.column_stack([data.dependent, design]), data.entity, entities)
    means = sums / root  # sqrt(T_i) times the mean: one row stands for T_i equal rows
    outside = least_squares(means[:, 0], means[:, 1:])
    trace = float(np.sum((outside.bread @ (sums[:, 1:].T @ sums[:, 1:])).diagonal()))
    squares = float(outside.residuals @ outside.residuals)
    return idiosyncratic, (squares - (entities - k) * idiosyncratic) / (data.n - trace)


def _result(
    data: PanelData,
    fit: LeastSquares,
    dependent: Float[np.ndarray, " row"],
    variances: dict[str, float],
) -> EstimationResult:
    squares = float(fit.residuals @ fit.residuals)
    free = data.n - len(fit.coefficients)
    deviations = dependent - dependent.mean()
    return EstimationResult(
        estimator="random effects of entities, Swamy-Arora",
        names=(INTERCEPT, *data.names),
        coefficients=fit.coefficients,
        vcov=squares / free * fit.bread,
        convention=Convention("iid after quasi-demeaning", 1.0, "1 on SSE / (n - K)", np.inf),
        n=data.n,
        fit=Fit(
            sigma2=variances["sigma2_v"],
            r2_within=1 - squares / float(deviations @ deviations),
            r2_overall=squared_correlation(data.regressors @ fit.coefficients[1:], data.dependent),
        ),
        residuals=fit.residuals,
        details=variances,
    )
