"""Dynamic panels by difference GMM, with errors that two-step weights do not shrink.

References
----------
[Arellano-Bond 1991] Some tests of specification for panel data: Monte Carlo evidence and an
application to employment equations. Review of Economic Studies 58(2).
[Windmeijer 2005] A finite sample correction for the variance of linear efficient two-step GMM
estimators. Journal of Econometrics 126(1).
[Roodman 2009] A note on the theme of too many instruments. Oxford Bulletin of Economics and
Statistics 71(1).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError, Problem
from gongfu.explain.gmm_columns import DynamicColumns, DynamicModel, dynamic_columns
from gongfu.explain.panel_data import PanelData
from gongfu.explain.random_effects import SpecificationTest
from gongfu.explain.result import Convention, EstimationResult, Fit
from gongfu.measure.dynamics.chi_square import chi_square_tail

__all__ = ["DynamicPanel", "difference_gmm"]

FEW_ENTITIES = 100
"""Below this many entities, intervals of difference GMM are too short (measured)."""

_ORDERS = (1, 2)
_LEVEL = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class DynamicPanel:
    """A dynamic panel by difference GMM.

    Parameters
    ----------
    estimates : of the lags, the regressors and, if there are any, the differences of time effects.
    autocorrelation : tests of the differenced errors by order; the first is expected to reject,
        the second must not.
    sargan : of the one-step estimate, with the variance ``u'u / 2n``; valid under iid errors only.
    hansen : of the two-step estimate; weak when instruments are many.
    instruments : how many columns.
    """

    estimates: EstimationResult
    autocorrelation: Mapping[int, SpecificationTest]
    sargan: SpecificationTest
    hansen: SpecificationTest
    instruments: int


def difference_gmm(
    data: PanelData, model: DynamicModel | None = None, *, steps: int = 2
) -> DynamicPanel:
    """Return the difference GMM estimate of a dynamic panel.

    Parameters
    ----------
    model : lags, kinds of regressors and instruments; by default one lag of the dependent,
        exogenous regressors, all levels as instruments and time effects.
    steps : 1, with the weight of iid errors, or 2, with that of the first step's residuals.

    Raises
    ------
    InputError
        If times are not whole numbers, names or lags are wrong, or there is too little to identify
        the coefficients.

    Notes
    -----
    ``b = (X'Z A Z'X)**-1 X'Z A Z'y`` on first differences, ``A**-1 = sum_i Z_i' H Z_i`` with 2 on
    the diagonal of H and -1 beside it, then ``A**-1 = sum_i Z_i' u_i u_i' Z_i`` [Arellano-Bond
    1991]. Errors robust to any pattern within entities; of two steps with the correction of
    [Windmeijer 2005]; normal distribution.
    """
    if steps not in (1, 2):
        raise InputError(f"steps are 1 or 2, got {steps}")
    model = DynamicModel() if model is None else model
    columns = dynamic_columns(data, model)
    _require_enough(columns)
    first = _step(columns, _first_weight(columns))
    robust = _sandwich(columns, first)
    second = _step(columns, _pseudo_inverse(_moment_covariance(columns, first.residuals)))
    corrected = _windmeijer(columns, first, second, robust)
    chosen, vcov = (first, robust) if steps == 1 else (second, corrected)
    autocorrelation = {m: _autocorrelation(columns, chosen, vcov, m) for m in _ORDERS}
    hansen = _overidentified(columns, second, 1.0, "Hansen J")
    warnings = (*_count_warnings(columns), *_test_warnings(autocorrelation, hansen))
    return DynamicPanel(
        estimates=_result(columns, chosen, vcov, steps, warnings),
        autocorrelation=MappingProxyType(autocorrelation),
        sargan=_overidentified(columns, first, _half_squares(first) / columns.n, "Sargan"),
        hansen=hansen,
        instruments=columns.z.shape[2],
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Step:
    """An estimate with its weight A, ``bread = (X'Z A Z'X)**-1`` and ``pass_on = X'Z A``."""

    coefficients: Float[np.ndarray, " regressor"]
    weight: Float[np.ndarray, "instrument instrument"]
    bread: Float[np.ndarray, "regressor regressor"]
    pass_on: Float[np.ndarray, "regressor instrument"]
    residuals: Float[np.ndarray, "entity time"]


def _require_enough(columns: DynamicColumns) -> None:
    k, count = columns.x.shape[2], columns.z.shape[2]
    rank = 0 if count < k else int(np.linalg.matrix_rank(_scaled(columns)))
    if rank < k:
        raise InputError(
            Problem(
                "the instruments do not identify all coefficients",
                expected=f"{k} or more instruments that bear on the differences",
                found=f"{count} instruments of rank {rank}",
                fix="Use more lags as instruments, or fewer regressors.",
            )
        )


def _scaled(columns: DynamicColumns) -> np.ndarray:
    products = np.einsum("itl,itk->lk", columns.z, columns.x)
    z = np.sqrt(np.einsum("itl,itl->l", columns.z, columns.z))
    x = np.sqrt(np.einsum("itk,itk->k", columns.x, columns.x))
    return np.asarray(products / z[:, None] / x)


def _pseudo_inverse(matrix: np.ndarray) -> np.ndarray:
    """Of a covariance of moments, scaled first so that units do not decide what is singular."""
    size = np.sqrt(np.maximum(matrix.diagonal(), np.finfo(float).tiny))
    scaled = matrix / size / size[:, None]
    return np.asarray(np.linalg.pinv(scaled, rcond=1e-10, hermitian=True) / size / size[:, None])


def _first_weight(columns: DynamicColumns) -> np.ndarray:
    z = columns.z
    beside = np.einsum("itl,itm->lm", z[:, 1:], z[:, :-1])
    return _pseudo_inverse(2 * np.einsum("itl,itm->lm", z, z) - beside - beside.T)


def _step(columns: DynamicColumns, weight: np.ndarray) -> _Step:
    zx = np.einsum("itl,itk->lk", columns.z, columns.x)
    pass_on = zx.T @ weight
    bread = np.linalg.inv(pass_on @ zx)
    coefficients = bread @ (pass_on @ np.einsum("itl,it->l", columns.z, columns.y))
    residuals = columns.y - columns.x @ coefficients
    return _Step(coefficients, weight, bread, pass_on, residuals)


def _scores(columns: DynamicColumns, values: np.ndarray) -> Float[np.ndarray, "entity instrument"]:
    return np.asarray(np.einsum("itl,it->il", columns.z, values))


def _moment_covariance(columns: DynamicColumns, residuals: np.ndarray) -> np.ndarray:
    scores = _scores(columns, residuals)
    return np.asarray(scores.T @ scores)


def _sandwich(columns: DynamicColumns, step: _Step) -> np.ndarray:
    meat = _moment_covariance(columns, step.residuals)
    return np.asarray(step.bread @ step.pass_on @ meat @ step.pass_on.T @ step.bread)


def _windmeijer(
    columns: DynamicColumns, first: _Step, second: _Step, robust: np.ndarray
) -> np.ndarray:
    """``V + D V + V D' + D V1 D'``, D the slope of the estimate in the first step's."""
    own = _scores(columns, first.residuals)
    left = second.weight @ _scores(columns, second.residuals).sum(axis=0)
    slope = np.empty_like(second.bread)
    for k in range(columns.x.shape[2]):
        by_regressor = _scores(columns, columns.x[..., k])
        change = by_regressor.T @ own
        slope[:, k] = second.bread @ (second.pass_on @ ((change + change.T) @ left))
    across = slope @ second.bread
    return np.asarray(second.bread + across + across.T + slope @ robust @ slope.T)


def _autocorrelation(
    columns: DynamicColumns, step: _Step, vcov: np.ndarray, order: int
) -> SpecificationTest:
    earlier = np.zeros_like(step.residuals)
    earlier[:, order:] = step.residuals[:, :-order]
    earlier = np.where(columns.present, earlier, 0.0)
    products = (earlier * step.residuals).sum(axis=1)
    through = np.einsum("it,itk->k", earlier, columns.x)
    scores = _scores(columns, step.residuals)
    variance = float(products @ products)
    variance -= 2 * float(through @ step.bread @ step.pass_on @ (scores.T @ products))
    variance += float(through @ vcov @ through)
    name, null = f"AR({order})", f"no correlation of order {order} in the differenced errors"
    if variance <= 0 or not earlier.any():
        return SpecificationTest(name, null, math.nan, math.nan, (),
                                 "not possible here: needs more times")  # fmt: skip
    statistic = float(products.sum()) / math.sqrt(variance)
    return SpecificationTest(name, null, statistic, math.erfc(abs(statistic) / math.sqrt(2)), ())


def _sigma2(columns: DynamicColumns, step: _Step) -> float:
    """Variance of the error in levels."""
    return _half_squares(step) / int(columns.n - columns.x.shape[2])


def _half_squares(step: _Step) -> float:
    """Half the sum of squares, since differences of iid errors have twice their variance."""
    return float(np.vdot(step.residuals, step.residuals)) / 2


def _overidentified(
    columns: DynamicColumns, step: _Step, scale: float, name: str
) -> SpecificationTest:
    moments = _scores(columns, step.residuals).sum(axis=0)
    statistic = float(moments @ step.weight @ moments) / scale
    spare = columns.z.shape[2] - columns.x.shape[2]
    return SpecificationTest(
        name,
        "the instruments are exogenous, given that enough of them are",
        statistic,
        chi_square_tail(statistic, spare),
        (spare,),
        "more instruments than entities: the test hardly ever rejects"
        if columns.z.shape[2] > columns.entities
        else "",
    )


def _count_warnings(columns: DynamicColumns) -> tuple[str, ...]:
    count, entities = columns.z.shape[2], columns.entities
    few = f"{entities} entities: with fewer than {FEW_ENTITIES}, 95 % intervals of difference GMM "
    out = (f"{few}cover less than 93 % in simulations.",) if entities < FEW_ENTITIES else ()
    if count <= entities:
        return out
    return (
        *out,
        f"{count} instruments for {entities} entities: they fit the endogenous regressors instead "
        "of replacing them, and Hansen's test says nothing. Use collapse=True or deepest=3.",
    )


def _test_warnings(
    autocorrelation: Mapping[int, SpecificationTest], hansen: SpecificationTest
) -> tuple[str, ...]:
    out = []
    if autocorrelation[2].p < _LEVEL:
        out.append(
            f"AR(2) rejects (p = {autocorrelation[2].p:.3f}): lag 2 of the dependent is no valid "
            "instrument."
        )
    if hansen.p < _LEVEL:
        out.append(f"Hansen's test rejects the instruments (p = {hansen.p:.3f}).")
    return tuple(out)


def _result(
    columns: DynamicColumns, step: _Step, vcov: np.ndarray, steps: int, warnings: tuple[str, ...]
) -> EstimationResult:
    correction = ", Windmeijer-corrected" if steps == 2 else ""
    words = f"robust to any pattern within entities{correction}"
    return EstimationResult(
        estimator=f"difference GMM, {'two' if correction else 'one'}-step",
        names=columns.names,
        coefficients=step.coefficients,
        vcov=vcov,
        convention=Convention(words, 1.0, "1", math.inf),
        n=columns.n,
        clusters={"entity": columns.entities},
        fit=Fit(sigma2=_sigma2(columns, step)),
        residuals=step.residuals[columns.present],
        warnings=warnings,
        details={"instruments": float(columns.z.shape[2])},
    )
