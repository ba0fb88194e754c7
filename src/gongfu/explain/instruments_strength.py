"""How much instruments bear on the endogenous regressors.

References
----------
[Montiel Olea-Pflueger 2013] A robust test for weak instruments. Journal of Business and Economic
Statistics 31(3).
[Kleibergen-Paap 2006] Generalized reduced rank tests using the singular value decomposition.
Journal of Econometrics 133(1).
[Cragg-Donald 1993] Testing identifiability and specification in instrumental variable models.
Econometric Theory 9(2).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from gongfu.explain.instruments_columns import ErrorRule, InstrumentColumns
from gongfu.explain.instruments_critical import noncentral_chi_square_quantile
from gongfu.explain.least_squares import LeastSquares
from gongfu.explain.random_effects import SpecificationTest
from gongfu.measure.dynamics.chi_square import chi_square_tail

__all__ = ["InstrumentStrength", "instrument_strength"]

BIAS = 0.1
"""Bias, as a share of the worst case, that the critical value of the effective F allows."""
RULE = 10.0
"""Rule of thumb for several endogenous regressors, where no robust critical value is known."""


@dataclass(frozen=True, slots=True)
class InstrumentStrength:
    """Statistics of the first stage; the errors are those of the estimate.

    Parameters
    ----------
    effective_f, critical : of [Montiel Olea-Pflueger 2013] and its 5 % critical value for a bias
        of at most 10 % of the worst case; None with several endogenous regressors.
    kleibergen_paap_f : Wald F form of the rank statistic, which with one endogenous regressor is
        the robust first-stage F.
    cragg_donald_f : the same under iid errors.
    underidentification : rank test of [Kleibergen-Paap 2006] in its LM form.
    """

    effective_f: float | None
    critical: float | None
    kleibergen_paap_f: float
    cragg_donald_f: float
    underidentification: SpecificationTest

    @property
    def is_weak(self) -> bool:
        """Whether a statistic stays below its limit."""
        if self.effective_f is not None and self.critical is not None:
            return self.effective_f < self.critical
        return self.kleibergen_paap_f < RULE

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a reader must know before using an estimate."""
        if not self.is_weak:
            return ()
        if self.effective_f is None:
            return (
                f"Weak instruments: Kleibergen-Paap F {self.kleibergen_paap_f:.1f} is below "
                f"{RULE:g}. Estimates and intervals may be far off.",
            )
        return (
            f"Weak instruments: effective F {self.effective_f:.1f} is below {self.critical:.1f}, "
            "so that a bias of 10 % of the worst case is not ruled out. Read anderson_rubin_set, "
            "not the interval.",
        )


def instrument_strength(columns: InstrumentColumns, rule: ErrorRule) -> InstrumentStrength:
    """Return how strong the instruments are.

    Notes
    -----
    With orthonormal instruments z and endogenous regressors scaled to orthonormal columns, u, s, v
    the singular value decomposition of their products: the rank statistic is the Wald statistic
    of the coefficients of ``w = Y v_K`` on the instruments ``z (u_K ... u_L)``, its LM form with
    w itself as residual [Kleibergen-Paap 2006]. Under iid errors they are n times Cragg and
    Donald's statistic and Anderson's canonical correlation test.
    """
    parts, data = columns.partialled, columns.data
    counted = columns.moments.shape[1]
    scaled = np.linalg.qr(parts.endogenous)[0]
    left, size, right = np.linalg.svd(parts.basis.T @ scaled)
    k, count = scaled.shape[1], parts.basis.shape[1]
    weakest = scaled @ right[-1]
    unmoved = parts.basis @ left[:, k - 1 :]
    coefficients = unmoved.T @ weakest
    residuals = weakest - unmoved @ coefficients
    fit = LeastSquares(coefficients, np.eye(len(coefficients)), residuals, unmoved)
    wald = _wald(coefficients, rule.covariance(fit, columns, counted).vcov)
    lm = _wald(coefficients, rule.of_moments(unmoved, weakest, data))
    absorbed = columns.transformation.absorbed if columns.transformation else 0
    donald = size[-1] ** 2 / (1 - size[-1] ** 2) * (data.n - counted - absorbed) / count
    effective, critical = _effective(columns, rule, counted) if k == 1 else (None, None)
    dof = count - k + 1
    return InstrumentStrength(
        effective_f=effective,
        critical=critical,
        kleibergen_paap_f=wald / count,
        cragg_donald_f=float(donald),
        underidentification=SpecificationTest(
            "Kleibergen-Paap rk LM",
            "some combination of the endogenous regressors is not moved by the instruments",
            lm,
            chi_square_tail(lm, dof),
            (dof,),
        ),
    )


def effective_critical_value(
    vcov: Float[np.ndarray, "instrument instrument"], bias: float = BIAS
) -> float:
    """Return the 5 % critical value of the effective F for orthonormal instruments.

    Notes
    -----
    The conservative form, in which the worst-case bias is bounded by 1: a noncentral chi-square
    quantile with ``K = tr(V)**2 (1 + 2x) / (tr(V V) + 2x tr(V) maxeval(V))`` degrees of freedom and
    noncentrality ``K x``, over K, ``x = 1 / bias`` [Montiel Olea-Pflueger 2013].
    """
    x, trace = 1 / bias, float(np.trace(vcov))
    top = float(np.linalg.eigvalsh(vcov).max())
    dof = trace**2 * (1 + 2 * x) / (float(np.sum(vcov * vcov)) + 2 * x * trace * top)
    return noncentral_chi_square_quantile(0.95, dof, dof * x) / dof


def _effective(columns: InstrumentColumns, rule: ErrorRule, counted: int) -> tuple[float, float]:
    basis, endogenous = columns.partialled.basis, columns.partialled.endogenous[:, 0]
    coefficients = basis.T @ endogenous
    residuals = endogenous - basis @ coefficients
    fit = LeastSquares(coefficients, np.eye(len(coefficients)), residuals, basis)
    vcov = rule.covariance(fit, columns, counted).vcov
    effective = float(coefficients @ coefficients) / float(np.trace(vcov))
    return effective, effective_critical_value(vcov)


def _wald(coefficients: np.ndarray, vcov: np.ndarray) -> float:
    return float(coefficients @ np.linalg.lstsq(vcov, coefficients, rcond=None)[0])
