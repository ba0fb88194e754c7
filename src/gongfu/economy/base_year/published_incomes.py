"""The distribution as published, and the dispersion a base year may know of."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from jaxtyping import Float

from gongfu.economy.base_year.dispersion import Dispersion, PublishedIncomes, fit_dispersion
from gongfu.economy.base_year.figures import Figures
from gongfu.economy.base_year.zones import zone_people

__all__ = ["DISPERSION_NAMES", "known_dispersion", "published_incomes"]

DISPERSION_NAMES = (
    "income_spread_below_urban",
    "income_spread_above_urban",
    "income_spread_below_rural",
    "income_spread_above_rural",
    "household_size_slope",
)


def published_incomes(figures: Figures, year: int) -> PublishedIncomes:
    """Return medians and quintile means of one year, NaN where not published."""
    medians = [f"income_pc_median_{area}" for area in ("all", "urban", "rural")]
    quintiles = [f"income_quintile_q{k}_all" for k in range(1, 6)]
    found = (
        np.array([figures.national(name, [year])[0] for name in names])
        for names in (medians, quintiles)
    )
    return PublishedIncomes(*found)


def known_dispersion(
    figures: Figures,
    year: int,
    size: Float[np.ndarray, " zone"],
    assumed: Mapping[str, float],
    spread: Float[np.ndarray, " parameter"],
) -> Dispersion:
    """(E17) Return the dispersion of a year, from figures up to that year.

    Parameters
    ----------
    figures : cut at the base year.
    size : mean household size by zone.
    assumed : values of the assumptions by name: the dispersion before any quintiles.
    spread : half the range of each of the five assumed numbers.

    Notes
    -----
    In a year with quintiles all figures bind. In another year the medians bind and move the
    dispersion of the last year with quintiles, or the assumed one, as little as they can.
    """
    before = Dispersion(*(assumed[name] for name in DISPERSION_NAMES))
    earlier = [known for known in figures.years_of("income_quintile_q1_all") if known < year]
    if earlier and np.isnan(published_incomes(figures, year).quintiles).any():
        before = _fit(figures, earlier[-1], size, before, spread)
    return _fit(figures, year, size, before, spread)


def _fit(
    figures: Figures,
    year: int,
    size: Float[np.ndarray, " zone"],
    before: Dispersion,
    spread: Float[np.ndarray, " parameter"],
) -> Dispersion:
    people, income, _ = zone_people(figures, year)
    published = published_incomes(figures, year)
    return fit_dispersion(published, people, income, size, before=before, spread_before=spread)
