"""Individual income tax: the statutory schedule, dated, and a surtax on high incomes (E18).

References
----------
[IIT Law 2018] Individual Income Tax Law of the People's Republic of China, amended 2018, in force
from 2019: annual comprehensive income, seven brackets after a basic deduction.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError, Panel, Problem

__all__ = ["TaxSchedule", "income_tax", "read_schedule", "surtax"]

BRACKETS = 7
FIRST_YEAR = 2019
"""The year the schedule of [IIT Law 2018] came into force."""


@dataclass(frozen=True, slots=True)
class TaxSchedule:
    """A progressive schedule on annual income.

    Parameters
    ----------
    since : year it came into force.
    deduction : yuan a year that stay free.
    thresholds : lower end of each bracket after the deduction, yuan a year, the first is 0.
    rates : marginal rate of each bracket, 0-1.
    """

    since: int
    deduction: float
    thresholds: tuple[float, ...]
    rates: tuple[float, ...]


def read_schedule(national: Panel, year: int) -> TaxSchedule | None:
    """Return the schedule in force in a year, or nothing where the figures hold none.

    Parameters
    ----------
    national : the national series, with the statutory figures of 2019.
    year : before 2019 the figures hold no schedule; an effective rate has to serve.
    """
    if year < FIRST_YEAR:
        return None
    uppers = [_only(national, f"statutory_iit_bracket{i}_upper") for i in range(1, BRACKETS)]
    rates = [_only(national, f"statutory_iit_bracket{i}_rate") for i in range(1, BRACKETS + 1)]
    return TaxSchedule(
        FIRST_YEAR,
        _only(national, "statutory_iit_basic_deduction"),
        (0.0, *uppers),
        tuple(rate / 100 for rate in rates),
    )


def income_tax(
    income: Float[np.ndarray, " earner"], schedule: TaxSchedule, *, xp: ModuleType = np
) -> Float[np.ndarray, " earner"]:
    """(E18) Return the tax on annual income, yuan, without any change of behaviour.

    Parameters
    ----------
    income : yuan per earner and year, before the deduction.

    Notes
    -----
    Sum over brackets of the rise of the marginal rate times the income above its threshold; equal
    to rate times income less the quick deduction of [IIT Law 2018].
    """
    taxable = xp.maximum(income - schedule.deduction, 0.0)
    tax = xp.zeros_like(taxable)
    previous = 0.0
    for threshold, rate in zip(schedule.thresholds, schedule.rates, strict=True):
        tax = tax + (rate - previous) * xp.maximum(taxable - threshold, 0.0)
        previous = rate
    return tax


def surtax(
    income: Float[np.ndarray, " earner"],
    *,
    threshold: float,
    rate: Float[np.ndarray, " earner"] | float,
    xp: ModuleType = np,
) -> Float[np.ndarray, " earner"]:
    """(E18) Return ``rate`` (0-1) times the income above ``threshold``, yuan a year."""
    return rate * xp.maximum(income - threshold, 0.0)


def _only(national: Panel, name: str) -> float:
    rows = national.select(name).frame
    if rows.height != 1:
        raise InputError(
            Problem(f"{name} needs one statutory value", found=f"{rows.height} values")
        )
    return float(rows["value"][0])
