"""Households of the base year: slices of each zone's income distribution (E17)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from gongfu.core import InputError, Problem
from gongfu.economy.base_year.income_shape import IncomeShape, ZoneIncomes, deviation_at
from gongfu.economy.base_year.normal import normal_quantile

__all__ = ["FEWEST_HOUSEHOLDS", "IncomeSlices", "slice_incomes"]

FEWEST_HOUSEHOLDS = 1_000
_LEAST_PART = 0.25
"""Every zone gets at least this part of an equal number of records, so that small provinces have
deciles too."""


@dataclass(frozen=True, slots=True)
class IncomeSlices:
    """One record for each slice of equally many households of a zone, poorest first.

    Parameters
    ----------
    zone : ascending.
    start : first record of each zone, and the number of records behind the last.
    weight : households a record stands for, 10k, as the survey weights them.
    size : persons of a household.
    income : per person and year, yuan of the base year.
    score : standard normal score of the middle of the slice in its zone.
    log_deviation : log of income relative to the household in the middle of the zone.
    """

    zone: Int[np.ndarray, " household"]
    start: Int[np.ndarray, " zone_edge"]
    weight: Float[np.ndarray, " household"]
    size: Float[np.ndarray, " household"]
    income: Float[np.ndarray, " household"]
    score: Float[np.ndarray, " household"]
    log_deviation: Float[np.ndarray, " household"]

    @property
    def people(self) -> Float[np.ndarray, " household"]:
        """People a record stands for, 10k."""
        return self.weight * self.size


def slice_incomes(zones: ZoneIncomes, count: int) -> IncomeSlices:
    """(E17) Return records that together are the zones' distribution.

    Parameters
    ----------
    zones : people, mean income, household size and shape of each zone.
    count : records, at least :data:`FEWEST_HOUSEHOLDS`.

    Raises
    ------
    InputError
        If there are too few records.

    Notes
    -----
    Nothing is drawn: a record carries the mean size and the mean income per person of its slice in
    closed form, so zone populations and means hold for any number of records, and only inequality
    inside slices is lost.
    """
    if count < FEWEST_HOUSEHOLDS:
        raise InputError(
            Problem(
                "too few households for 62 zones",
                expected=f"at least {FEWEST_HOUSEHOLDS}",
                found=f"{count}",
            )
        )
    households = zones.people / zones.size
    per_zone = _records_per_zone(households, count)
    zone = np.repeat(np.arange(len(households)), per_zone)
    start = np.concatenate([[0], np.cumsum(per_zone)])
    place = np.arange(count) - start[zone]
    persons, income = _slice_means(zones, zone, place, per_zone)
    return IncomeSlices(
        zone=zone,
        start=start,
        weight=(households / per_zone)[zone],
        size=persons,
        income=income,
        score=normal_quantile((place + 0.5) / per_zone[zone]),
        log_deviation=np.log(income) - zones.log_median[zone],
    )


def _records_per_zone(
    households: Float[np.ndarray, " zone"], count: int
) -> Int[np.ndarray, " zone"]:
    """Return whole numbers that add up to ``count``, by largest remainders."""
    least = int(_LEAST_PART * count / len(households))
    wanted = least + (count - least * len(households)) * households / households.sum()
    records = np.floor(wanted).astype(np.int64)
    order = np.argsort(records - wanted, kind="stable")
    records[order[: count - int(records.sum())]] += 1
    return records


def _slice_means(
    zones: ZoneIncomes,
    zone: Int[np.ndarray, " household"],
    place: Int[np.ndarray, " household"],
    per_zone: Int[np.ndarray, " zone"],
) -> tuple[Float[np.ndarray, " household"], Float[np.ndarray, " household"]]:
    """Return persons per household and income per person of each slice."""
    shape = zones.shape
    rows = IncomeShape(shape.below[zone], shape.above[zone], shape.slope)
    low, high = (
        deviation_at(normal_quantile((place + end) / per_zone[zone]), rows.below, rows.above)
        for end in (0, 1)
    )
    persons, money = (
        rows.moment(power - shape.slope, high) - rows.moment(power - shape.slope, low)
        for power in (0.0, 1.0)
    )
    size = zones.median_size[zone] * persons * per_zone[zone]
    return size, np.exp(zones.log_median[zone]) * money / persons
