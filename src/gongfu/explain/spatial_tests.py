"""Lagrange multiplier tests for a spatial lag or a spatial error in panel residuals.

References
----------
[Anselin et al. 2008] Spatial panel econometrics. In: The Econometrics of Panel Data. Springer.
[Anselin-Bera-Florax-Yoon 1996] Simple diagnostic tests for spatial dependence. Regional Science
and Urban Economics 26(1).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gongfu.explain.least_squares import least_squares, require_identified
from gongfu.explain.panel_data import PanelData
from gongfu.explain.random_effects import SpecificationTest
from gongfu.explain.spatial_columns import SpatialColumns, spatial_columns
from gongfu.explain.spatial_spectrum import WeightSpectrum
from gongfu.explain.within import Effects
from gongfu.measure.dynamics.chi_square import chi_square_tail
from gongfu.measure.space import SpatialWeights

__all__ = ["spatial_lm_tests"]


def spatial_lm_tests(
    data: PanelData,
    weights: SpatialWeights | WeightSpectrum,
    *,
    effects: Effects = "two-way",
    order: Sequence[object] | None = None,
) -> dict[str, SpecificationTest]:
    """Return the tests ``lag``, ``error``, ``robust lag`` and ``robust error``.

    Parameters
    ----------
    data, weights, effects, order : as in ``spatial_panel``.

    Raises
    ------
    InputError
        As ``spatial_panel``.

    Notes
    -----
    With within residuals e, ``s2 = e'e / NT``, ``T_W = T tr(W'W + WW)`` and
    ``J = |M W X b|**2 / s2 + T_W`` [Anselin et al. 2008]: lag ``(e'Wy / s2)**2 / J``, error
    ``(e'We / s2)**2 / T_W``; the robust forms allow for the other kind.
    """
    spectrum = weights if isinstance(weights, WeightSpectrum) else WeightSpectrum(weights)
    columns = spatial_columns(data, spectrum, effects=effects, lee_yu=False, order=order)
    words = f"{effects} effects"
    require_identified(columns.x, columns.sizes, data.names, words, columns.parameters)
    lag, error, trace, total = _pieces(columns, spectrum)
    statistics = {
        "lag": (lag**2 / total, "no spatial lag"),
        "error": (error**2 / trace, "no spatial error"),
        "robust lag": ((lag - error) ** 2 / (total - trace), "no spatial lag, error allowed"),
        "robust error": (
            (error - trace / total * lag) ** 2 / (trace * (1 - trace / total)),
            "no spatial error, lag allowed",
        ),
    }
    return {
        name: SpecificationTest(f"LM {name}", null, value, chi_square_tail(value, 1), (1,))
        for name, (value, null) in statistics.items()
    }


def _pieces(columns: SpatialColumns, spectrum: WeightSpectrum) -> tuple[float, float, float, float]:
    fit = least_squares(columns.y, columns.x)
    sigma2 = float(fit.residuals @ fit.residuals) / len(columns.y)
    w = spectrum.matrix
    lagged_error = columns.spread(w, fit.residuals)
    fitted = columns.spread(w, columns.x @ fit.coefficients)
    unexplained = least_squares(fitted, columns.x).residuals
    trace = columns.shape[1] * float(np.sum(w * w) + np.sum(w * w.T))
    return (
        float(fit.residuals @ columns.y_lagged) / sigma2,
        float(fit.residuals @ lagged_error) / sigma2,
        trace,
        float(unexplained @ unexplained) / sigma2 + trace,
    )
