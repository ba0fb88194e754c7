"""Linear trends of the units of a panel, and how much of their movement is common.

References
----------
[Pesaran-Smith 1995] Estimating long-run relationships from dynamic heterogeneous panels. Journal of
Econometrics 68(1), 79-113.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from gongfu.core import Evidence, InputError

__all__ = ["Trends", "trends"]


@dataclass(frozen=True, slots=True, eq=False)
class Trends:
    """Trend of each unit.

    Parameters
    ----------
    slopes : change per time of each unit, in units of the variable.
    mean, spread : mean of the slopes and their standard deviation over units.
    standard_error : of the mean, from that spread: units are taken as independent.
    rising : share of units with a slope above zero, 0-1.
    explained : share of the variance within units that the units' own trends explain, 0-1.
    common : share of the variance within units that the common path of the years explains, 0-1.
    evidence : lines were fitted.
    """

    slopes: Float[np.ndarray, " unit"]
    mean: float
    spread: float
    standard_error: float
    rising: float
    explained: float
    common: float
    evidence: Evidence = Evidence.ESTIMATED


def trends(values: Float[np.ndarray, "unit time"]) -> Trends:
    """Return the linear trends of a panel without holes, at equal steps of time.

    Raises
    ------
    InputError
        If a value is missing, or there are fewer than two units or three times.

    Notes
    -----
    The mean slope is the mean-group estimate [Pesaran-Smith 1995]. A large ``common`` says that
    units move together, so that the error of the mean is too small.
    """
    if values.ndim != 2 or min(values.shape) < 2 or values.shape[1] < 3:
        raise InputError("trends need two units and three times or more")
    if not np.isfinite(values).all():
        raise InputError("trends need a number in every cell")
    time = np.arange(values.shape[1]) - (values.shape[1] - 1) / 2
    inside = values - values.mean(axis=1, keepdims=True)
    slopes = inside @ time / (time @ time)
    total = float((inside**2).sum())
    if total <= 0:
        raise InputError("trends need a variable that changes over time")
    units = len(values)
    spread = float(slopes.std(ddof=1))
    return Trends(
        slopes=slopes,
        mean=float(slopes.mean()),
        spread=spread,
        standard_error=spread / np.sqrt(units),
        rising=float((slopes > 0).mean()),
        explained=float(slopes @ slopes * (time @ time)) / total,
        common=float(units * (inside.mean(axis=0) ** 2).sum()) / total,
    )
