"""Trend of a series by the Hodrick-Prescott filter.

References
----------
[Hodrick-Prescott 1997] Postwar U.S. business cycles: an empirical investigation. Journal of Money,
Credit and Banking 29(1).
[Ravn-Uhlig 2002] On adjusting the Hodrick-Prescott filter for the frequency of observations. Review
of Economics and Statistics 84(2): 6.25 for yearly data, where 400 and 100 are also in use.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from gongfu.core import InputError, Problem
from gongfu.measure.dynamics.panel_values import checked_panel

__all__ = ["hp_trend"]


def hp_trend(values: ArrayLike, smoothness: float) -> Float[np.ndarray, "unit year"]:
    """Return the trend of each row.

    Parameters
    ----------
    values : usually logs, one row a unit and one column a year; at least three years.
    smoothness : lambda, above zero; the larger, the straighter the trend.

    Raises
    ------
    InputError
        If values are missing or the smoothness is not above zero.

    Notes
    -----
    The trend g minimises ``sum((y - g)**2) + lambda sum((second differences of g)**2)``, that is,
    ``(1 + lambda D'D) g = y`` [Hodrick-Prescott 1997].
    """
    panel = checked_panel(values, years=3)
    if not smoothness > 0:
        raise InputError(Problem("the smoothness must be above zero", found=f"{smoothness:g}"))
    years = panel.shape[1]
    second = np.diff(np.eye(years), 2, axis=0)
    return np.linalg.solve(np.eye(years) + smoothness * second.T @ second, panel.T).T
