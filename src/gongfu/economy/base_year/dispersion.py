"""Spread of incomes and slope of household size, fitted to published medians and quintiles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from gongfu.economy.base_year.income_shape import IncomeShape, ZoneIncomes
from gongfu.economy.base_year.least_squares import least_squares

__all__ = ["Dispersion", "PublishedIncomes", "fit_dispersion", "reproduce"]

QUINTILES = np.array([0.2, 0.4, 0.6, 0.8])
TOLERANCE = 0.01
"""Relative error of a published figure that counts as much as one standard deviation of what was
assumed before, times :data:`PRIOR_WEIGHT`."""
PRIOR_WEIGHT = 0.1
"""Small: what was assumed decides only what the published figures leave open."""
_NARROWEST = 0.05


@dataclass(frozen=True, slots=True)
class Dispersion:
    """Spreads of log income below and above the zone's median, and the slope of household size."""

    below_urban: float
    above_urban: float
    below_rural: float
    above_rural: float
    size_slope: float

    def as_array(self) -> Float[np.ndarray, " parameter"]:
        """Return the five numbers in the order of the fields."""
        return np.array([getattr(self, name) for name in self.__slots__])

    def shape(self, zones: int) -> IncomeShape:
        """Return the shape of each of ``zones`` zones, urban and rural in turn."""
        return _shape(self.as_array(), zones)


@dataclass(frozen=True, slots=True)
class PublishedIncomes:
    """What the survey publishes of one year's distribution, yuan per person.

    Parameters
    ----------
    medians : of all, urban and rural residents: income per head of the household in the middle.
    quintiles : income per person of five groups of equally many households, or NaN.
    """

    medians: Float[np.ndarray, " area"]
    quintiles: Float[np.ndarray, " group"]

    def as_array(self) -> Float[np.ndarray, " figure"]:
        """Return quintiles and medians behind each other; NaN where not published."""
        return np.concatenate([self.quintiles, self.medians])


def reproduce(zones: ZoneIncomes) -> Float[np.ndarray, "*fit figure"]:
    """(E17) Return five quintile means and three medians of the zones' incomes, in closed form."""
    count = len(zones.people)
    everyone, urban = np.ones(count), np.tile([1.0, 0.0], count // 2)
    member = np.stack([everyone] * 5 + [urban, everyone - urban])
    found = zones.quantile(np.concatenate([QUINTILES, [0.5, 0.5, 0.5]]), member)
    return np.concatenate([zones.group_means(found[..., :4]), found[..., 4:]], axis=-1)


def fit_dispersion(
    published: PublishedIncomes,
    people: Float[np.ndarray, " zone"],
    mean: Float[np.ndarray, " zone"],
    size: Float[np.ndarray, " zone"],
    *,
    before: Dispersion,
    spread_before: Float[np.ndarray, " parameter"],
) -> Dispersion:
    """(E17) Return the dispersion nearest to what is published.

    Parameters
    ----------
    published : medians, and quintile means where they exist.
    people, mean, size : see :class:`ZoneIncomes`.
    before : dispersion assumed, or fitted to the last year with quintiles.
    spread_before : how far each number may plausibly be from that.

    Raises
    ------
    ConvergenceError
        If the search does not come to rest.

    Notes
    -----
    Least fourth powers of the relative errors (signed squares in Levenberg-Marquardt): where
    published figures contradict each other, as the middle quintile and the median do, none gives
    way by much. Derivatives by differences, all at once.
    """
    target = published.as_array()
    centre = before.as_array()

    def residual(theta: Float[np.ndarray, "fit parameter"]) -> Float[np.ndarray, "fit residual"]:
        zones = ZoneIncomes(people, mean, size, _shape(theta, len(people)))
        error = np.nan_to_num(np.log(reproduce(zones) / target)) / TOLERANCE
        prior = PRIOR_WEIGHT * (theta - centre) / spread_before
        return np.concatenate([error * np.abs(error), prior], axis=-1)

    lowest = np.array([_NARROWEST] * 4 + [-1.0])
    return Dispersion(*(float(x) for x in least_squares(residual, centre, lowest)))


def _shape(theta: Float[np.ndarray, "*fit parameter"], zones: int) -> IncomeShape:
    repeated = (1,) * (theta.ndim - 1) + (zones // 2,)
    below, above = (np.tile(theta[..., [k, k + 2]], repeated) for k in (0, 1))
    return IncomeShape(below, above, theta[..., 4:])
