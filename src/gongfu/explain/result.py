"""What every estimator returns: coefficients, their covariance and how both were made."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from statistics import NormalDist
from types import MappingProxyType

import numpy as np
import polars as pl
from jaxtyping import Float

from gongfu.core import Evidence, InputError, Interval, Problem
from gongfu.core.errors import nearest_name
from gongfu.explain.tails import student_tail
from gongfu.measure.student import two_sided_t

__all__ = ["Convention", "EstimationResult", "Fit"]


@dataclass(frozen=True, slots=True)
class Convention:
    """How standard errors were computed, as a table footer states it.

    Parameters
    ----------
    errors : in words, such as ``clustered by entity``.
    factor : small-sample factor on the covariance; 1 for none.
    rule : formula of that factor.
    dof : degrees of freedom of the t distribution; infinite means normal.
    """

    errors: str
    factor: float
    rule: str
    dof: float

    def __str__(self) -> str:
        law = "normal" if math.isinf(self.dof) else f"t({self.dof:g})"
        return f"{self.errors}; small-sample factor {self.rule} = {self.factor:.6g}; {law}"


@dataclass(frozen=True, slots=True)
class Fit:
    """How close the fitted values are; what an estimator does not define is None.

    Parameters
    ----------
    sigma2 : variance of the idiosyncratic error.
    r2_within : share of the variance explained after the effects are taken out (0-1).
    r2_overall : squared correlation of the dependent and the fitted part of regressors (0-1).
    log_likelihood : of normal errors, at the estimates.
    """

    sigma2: float
    r2_within: float | None = None
    r2_overall: float | None = None
    log_likelihood: float | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class EstimationResult:
    """Estimates of one model.

    Parameters
    ----------
    estimator : what was estimated, in words.
    names : of the coefficients, in their order.
    coefficients, vcov : estimates and their covariance.
    convention : error type, small-sample factor, degrees of freedom.
    n : rows used.
    clusters : number of clusters along each clustered dimension.
    fit : variance of the error, R2, log-likelihood.
    residuals : in row order.
    evidence : associational unless a design identifies an effect.
    warnings : what a reader must know before using the numbers.
    details : further numbers of the estimator, by name.
    """

    estimator: str
    names: tuple[str, ...]
    coefficients: Float[np.ndarray, " name"]
    vcov: Float[np.ndarray, "name name"]
    convention: Convention
    n: int
    fit: Fit
    residuals: Float[np.ndarray, " row"] = field(repr=False)
    clusters: Mapping[str, int] = field(default_factory=dict)
    evidence: Evidence = Evidence.ASSOCIATIONAL
    warnings: tuple[str, ...] = ()
    details: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "clusters", MappingProxyType(dict(self.clusters)))
        object.__setattr__(self, "details", MappingProxyType(dict(self.details)))

    @property
    def standard_errors(self) -> Float[np.ndarray, " name"]:
        """Square roots of the diagonal of the covariance."""
        return np.asarray(np.sqrt(np.diagonal(self.vcov)))

    @property
    def t(self) -> Float[np.ndarray, " name"]:
        """Coefficients over their standard errors."""
        return np.asarray(self.coefficients / self.standard_errors)

    @property
    def p(self) -> Float[np.ndarray, " name"]:
        """Two-sided p-value of each coefficient being zero."""
        return np.array([student_tail(float(t), self.convention.dof) for t in self.t])

    def interval(self, level: float = 0.95) -> Float[np.ndarray, "name bound"]:
        """Return the lower and upper bound of each coefficient.

        Parameters
        ----------
        level : coverage, between 0 and 1.
        """
        reach = self._quantile(level) * self.standard_errors
        return np.column_stack([self.coefficients - reach, self.coefficients + reach])

    def coefficient(self, name: str) -> float:
        """Return one coefficient by name."""
        return float(self.coefficients[self.position(name)])

    def standard_error(self, name: str) -> float:
        """Return the standard error of one coefficient by name."""
        return float(self.standard_errors[self.position(name)])

    def interval_of(self, name: str, level: float = 0.95) -> Interval:
        """Return the interval of one coefficient by name."""
        low, high = self.interval(level)[self.position(name)]
        return Interval(float(low), float(high), level)

    def position(self, name: str) -> int:
        """Return where a coefficient stands.

        Raises
        ------
        InputError
            If there is none of that name.
        """
        if name not in self.names:
            fix = nearest_name(name, self.names) or f"There are {', '.join(self.names)}."
            raise InputError(Problem(f"no coefficient is called {name!r}", fix=fix))
        return self.names.index(name)

    def table(self, level: float = 0.95) -> pl.DataFrame:
        """Return one row per coefficient: estimate, error, t, p, interval, evidence tag."""
        bounds = self.interval(level)
        return pl.DataFrame(
            {
                "name": list(self.names),
                "estimate": self.coefficients,
                "standard_error": self.standard_errors,
                "t": self.t,
                "p": self.p,
                "low": bounds[:, 0],
                "high": bounds[:, 1],
                "evidence": [self.evidence.value] * len(self.names),
            }
        )

    def warned(self, *warnings: str) -> EstimationResult:
        """Return a copy with further warnings."""
        return replace(self, warnings=(*self.warnings, *warnings))

    def _quantile(self, level: float) -> float:
        if not 0 < level < 1:
            raise InputError(f"an interval level lies between 0 and 1, got {level}")
        if math.isinf(self.convention.dof):
            return NormalDist().inv_cdf(0.5 + level / 2)
        return two_sided_t(level, int(self.convention.dof))
