"""The delete-one-unit jackknife: a check on the linearised errors, not the method.

References
----------
[Wolter 2007] Introduction to Variance Estimation, 2nd ed., section 4.5.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from jaxtyping import Float, Int

from gongfu.measure.design import SurveyDesign
from gongfu.measure.linearised import Measure
from gongfu.measure.replicates import replicate_values

__all__ = ["jackknife_standard_error", "jackknife_weights"]


def jackknife_standard_error(
    measure: Measure, income: Float[np.ndarray, " row"], design: SurveyDesign
) -> float:
    """Return the stratified jackknife (JKn) standard error of a measure.

    Parameters
    ----------
    measure : a smooth function of income and weight; the jackknife of a single quantile is not
        consistent.
    income : currency per year, one a row of the design.

    Notes
    -----
    Each PSU is left out once, the others of its stratum weigh ``n_h / (n_h - 1)`` times more.
    Variance ``sum((n_h - 1) / n_h (value[hj] - average of stratum h)**2)`` [Wolter 2007]. One
    evaluation of the measure a PSU. Strata with a single PSU contribute nothing.
    """
    count = design.units.psus_in_stratum
    values = replicate_values(measure, income, jackknife_weights(design))
    of = design.units.stratum[_left_out(design)]
    centre = np.bincount(of, values, minlength=len(count)) / count
    return float(np.sqrt(np.sum((count[of] - 1) / count[of] * (values - centre[of]) ** 2)))


def jackknife_weights(design: SurveyDesign) -> Iterator[Float[np.ndarray, " row"]]:
    """Yield one set of weights a PSU left out, in the order of the PSUs."""
    units = design.units
    for psu in _left_out(design):
        home = units.stratum[psu]
        n = units.psus_in_stratum[home]
        factor = np.where(units.stratum == home, n / (n - 1), 1.0)
        factor[psu] = 0.0
        yield design.weight * (factor if units.unit is None else factor[units.unit])


def _left_out(design: SurveyDesign) -> Int[np.ndarray, " some_psu"]:
    return np.flatnonzero(design.units.psus_in_stratum[design.units.stratum] > 1)
