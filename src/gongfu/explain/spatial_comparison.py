"""One spatial model under several weights, and whether a simpler one would do.

References
----------
[LeSage-Pace 2009] Introduction to Spatial Econometrics. CRC Press. Section 6.
[Elhorst 2014] Spatial Econometrics: From Cross-Sectional Data to Spatial Panels. Springer.
Section 2.4.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import polars as pl

from gongfu.core import InputError, Problem
from gongfu.explain.panel_data import PanelData
from gongfu.explain.random_effects import SpecificationTest
from gongfu.explain.spatial_panel import (
    SpatialErrors,
    SpatialModel,
    SpatialPanel,
    spatial_panel,
)
from gongfu.explain.spatial_spectrum import WeightSpectrum
from gongfu.explain.within import Effects
from gongfu.measure.dynamics.chi_square import chi_square_tail
from gongfu.measure.space import SpatialWeights

__all__ = ["WeightsComparison", "compare_weights", "durbin_tests"]


@dataclass(frozen=True, slots=True, eq=False)
class WeightsComparison:
    """The same model under each of several weights.

    Parameters
    ----------
    fits : by the name of the weights.
    """

    fits: Mapping[str, SpatialPanel]

    def table(self, level: float = 0.95) -> pl.DataFrame:
        """Return rho and every effect under each weights, one row each, with the log-likelihood."""
        parts = []
        for name, fit in self.fits.items():
            rho = fit.estimates.table(level).head(1)
            rows = pl.concat([rho, fit.effects.table(level)]).rename({"name": "quantity"})
            value = pl.lit(fit.estimates.fit.log_likelihood).alias("log_likelihood")
            parts.append(rows.select(pl.lit(name).alias("weights"), pl.all(), value))
        return pl.concat(parts)

    @property
    def sign_changes(self) -> tuple[str, ...]:
        """Effects that are above zero under some weights and below it under others."""
        names = next(iter(self.fits.values())).effects.names
        values = np.array([fit.effects.coefficients for fit in self.fits.values()])
        differ = np.logical_and(values.max(axis=0) > 0, values.min(axis=0) < 0).tolist()
        return tuple(name for name, is_mixed in zip(names, differ, strict=True) if is_mixed)


def compare_weights(
    data: PanelData,
    weights: Mapping[str, SpatialWeights | WeightSpectrum],
    *,
    model: SpatialModel = "sdm",
    effects: Effects = "two-way",
    lee_yu: bool = True,
    errors: SpatialErrors = "information",
    order: Sequence[object] | None = None,
) -> WeightsComparison:
    """Return one spatial model under several weights, side by side.

    Parameters
    ----------
    weights : two or more, by name.
    data, model, effects, lee_yu, errors, order : as in ``spatial_panel``.

    Raises
    ------
    InputError
        With the problems of all weights, each under its name, as ``spatial_panel``.
    """
    problems, fits = [], {}
    for name, one in weights.items():
        try:
            fits[name] = spatial_panel(
                data, one, model=model, effects=effects, lee_yu=lee_yu, errors=errors, order=order
            )
        except InputError as error:
            problems += [Problem(f"weights {name}: {problem}") for problem in error.problems]
    if len(weights) < 2:
        problems.append(Problem("a comparison needs two or more weights", found=str(len(weights))))
    if problems:
        raise InputError(problems)
    return WeightsComparison(MappingProxyType(fits))


def durbin_tests(
    data: PanelData,
    weights: SpatialWeights | WeightSpectrum,
    *,
    effects: Effects = "two-way",
    lee_yu: bool = True,
    errors: SpatialErrors = "information",
    order: Sequence[object] | None = None,
) -> dict[str, SpecificationTest]:
    """Return whether the spatial Durbin model may be simplified to a lag or an error model.

    Parameters
    ----------
    data, weights, effects, lee_yu, errors, order : as in ``spatial_panel``; ``errors`` bears on the
        Wald tests only, likelihood ratios hold for normal iid errors.

    Returns
    -------
    ``Wald SAR`` and ``LR SAR`` of no lagged regressors; ``Wald SEM`` and ``LR SEM`` of the common
    factor ``lagged coefficient = -rho * coefficient`` [Elhorst 2014].
    """
    spectrum = weights if isinstance(weights, WeightSpectrum) else WeightSpectrum(weights)
    settings = {"effects": effects, "lee_yu": lee_yu, "order": order}
    durbin = spatial_panel(data, spectrum, errors=errors, **settings)  # type: ignore[arg-type]
    out = {}
    for model, null in (
        ("sar", "spatially lagged regressors do not matter: SAR"),
        ("sem", "lagged coefficients are -rho times the coefficients: SEM"),
    ):
        small = spatial_panel(data, spectrum, model=model, **settings)  # type: ignore[arg-type]
        gap, jacobian = _restriction(durbin, len(data.names), model)
        vcov = jacobian @ durbin.estimates.vcov @ jacobian.T
        ratio = 2 * (_log_likelihood(durbin) - _log_likelihood(small))
        for kind, value in (("Wald", float(gap @ np.linalg.solve(vcov, gap))), ("LR", ratio)):
            name, dof = f"{kind} {model.upper()}", len(gap)
            p = chi_square_tail(value, dof)
            out[name] = SpecificationTest(name, null, value, p, (dof,))
    return out


def _restriction(durbin: SpatialPanel, k: int, model: str) -> tuple[np.ndarray, np.ndarray]:
    rho, own, lagged = np.split(durbin.estimates.coefficients, [1, k + 1])
    one = np.eye(k)
    if model == "sar":
        return lagged, np.hstack([np.zeros((k, 1 + k)), one])
    return lagged + rho * own, np.hstack([own[:, None], rho * one, one])


def _log_likelihood(fit: SpatialPanel) -> float:
    value = fit.estimates.fit.log_likelihood
    assert value is not None
    return value
