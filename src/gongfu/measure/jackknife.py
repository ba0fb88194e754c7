"""The delete-one-unit jackknife: a check on the linearised errors, not the method.

References
----------
[Wolter 2007] Introduction to Variance Estimation, 2nd ed., section 4.5.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from jaxtyping import Float

from gongfu.measure.design import SurveyDesign
from gongfu.measure.linearised import Measure
from gongfu.measure.replicates import replicate_values

__all__ = ["jackknife_standard_error"]


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
    stratum, count = design.units.stratum, design.units.psus_in_stratum
    left_out = np.flatnonzero(count[stratum] > 1)
    values = replicate_values(measure, income, _weights(design, left_out))
    of = stratum[left_out]
    centre = np.bincount(of, values, minlength=len(count)) / count
    return float(np.sqrt(np.sum((count[of] - 1) / count[of] * (values - centre[of]) ** 2)))


def _weights(design: SurveyDesign, left_out: np.ndarray) -> Iterator[Float[np.ndarray, " row"]]:
    units = design.units
    for psu in left_out:
        home = units.stratum[psu]
        n = units.psus_in_stratum[home]
        factor = np.where(units.stratum == home, n / (n - 1), 1.0)
        factor[psu] = 0.0
        yield design.weight * (factor if units.unit is None else factor[units.unit])
