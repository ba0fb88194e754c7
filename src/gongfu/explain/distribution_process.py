"""Coefficients along the quantiles, with a band for all of them and a test that they are equal."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from jaxtyping import Float

from gongfu.core import InputError, Problem
from gongfu.core.errors import nearest_name
from gongfu.explain.joint import joint_test, sup_t
from gongfu.explain.random_effects import SpecificationTest
from gongfu.explain.result import EstimationResult

__all__ = ["QuantileProcess", "quantile_process", "require_quantiles"]


@dataclass(frozen=True, slots=True, eq=False)
class QuantileProcess:
    """Regressions at several quantiles and the joint covariance of their coefficients.

    Parameters
    ----------
    quantiles : ascending, between 0 and 1.
    results : one for each quantile, with the same names.
    vcov : of all coefficients, quantile by quantile.
    """

    quantiles: tuple[float, ...]
    results: tuple[EstimationResult, ...]
    vcov: Float[np.ndarray, "all all"]

    def path(self, name: str, *, level: float = 0.95, seed: int = 0) -> pl.DataFrame:
        """Return one regressor's coefficient by quantile: estimate, error, interval, band.

        Parameters
        ----------
        level, seed : of interval and band; the band holds all quantiles at once.
        """
        estimate, vcov = self._part(name)
        convention = self.results[0].convention
        error = np.sqrt(np.diagonal(vcov))
        critical = sup_t(vcov, level=level, dof=convention.dof, seed=seed)
        intervals = np.array([r.interval(level)[r.position(name)] for r in self.results])
        return pl.DataFrame(
            {
                "quantile": self.quantiles,
                "estimate": estimate,
                "standard_error": error,
                "low": intervals[:, 0],
                "high": intervals[:, 1],
                "band_low": estimate - critical * error,
                "band_high": estimate + critical * error,
                "evidence": [result.evidence.value for result in self.results],
            }
        )

    def equality_test(self, name: str) -> SpecificationTest:
        """Return the Wald test that a coefficient is the same at all quantiles."""
        estimate, vcov = self._part(name)
        if len(estimate) < 2:
            raise InputError("a test of equality needs two quantiles")
        contrast = np.eye(len(estimate))[1:] - np.eye(len(estimate))[0]
        return joint_test(
            contrast @ estimate,
            contrast @ vcov @ contrast.T,
            dof=self.results[0].convention.dof,
            null=f"the coefficient of {name} is the same at all quantiles",
        )

    def _part(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        names = self.results[0].names
        if name not in names:
            fix = nearest_name(name, names) or f"There are {', '.join(names)}."
            raise InputError(Problem(f"no coefficient is called {name!r}", fix=fix))
        rows = names.index(name) + len(names) * np.arange(len(self.results))
        estimate = np.array([result.coefficient(name) for result in self.results])
        return estimate, self.vcov[np.ix_(rows, rows)]


def require_quantiles(quantiles: Sequence[float]) -> tuple[float, ...]:
    """Return the quantiles; raise an InputError unless they ascend between 0 and 1."""
    chosen = tuple(float(q) for q in quantiles)
    ascends = all(a < b for a, b in itertools.pairwise(chosen))
    if not chosen or not ascends or not 0 < chosen[0] <= chosen[-1] < 1:
        raise InputError(f"quantiles ascend between 0 and 1, got {chosen}")
    return chosen


def quantile_process(
    template: EstimationResult,
    quantiles: tuple[float, ...],
    coefficients: Float[np.ndarray, "quantile name"],
    vcov: Float[np.ndarray, "all all"],
    residuals: Float[np.ndarray, "quantile row"],
) -> QuantileProcess:
    """Return the process of coefficients that share names, rows and convention.

    Parameters
    ----------
    template : a result with those; its title is extended by the quantile.
    """
    count = coefficients.shape[1]
    results = tuple(
        replace(
            template,
            estimator=f"{template.estimator}, quantile {quantile:g}",
            coefficients=coefficients[j],
            vcov=vcov[j * count : (j + 1) * count, j * count : (j + 1) * count],
            residuals=residuals[j],
        )
        for j, quantile in enumerate(quantiles)
    )
    return QuantileProcess(quantiles, results, vcov)
