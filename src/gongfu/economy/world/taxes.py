"""The income tax of the base year: the law's schedule, scaled to what was collected (E18)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from gongfu.economy.base_year import BaseYear
from gongfu.economy.government.income_tax import TaxSchedule, income_tax, read_schedule
from gongfu.economy.world.scales import YUAN

__all__ = ["IncomeTax", "base_income_tax"]


@dataclass(frozen=True, slots=True)
class IncomeTax:
    """How labour income is taxed.

    Parameters
    ----------
    schedule : of the law, or nothing before it can be read from the figures.
    collected : revenue over what the schedule gives on simulated incomes; above 1 since revenue
        also comes from capital income and from top incomes that a survey misses. Without a
        schedule the share of labour income that was collected.
    """

    schedule: TaxSchedule | None
    collected: float

    def per_person(
        self,
        labour: Float[np.ndarray, " household"],
        worker_share: Float[np.ndarray, " household"],
    ) -> Float[np.ndarray, " household"]:
        """(E18) Return the tax per person, yuan a year.

        Parameters
        ----------
        labour : labour income per person, yuan in base-year prices; brackets are not indexed.
        worker_share : earners per member.
        """
        if self.schedule is None:
            return np.asarray(self.collected * labour)
        per_earner = income_tax(labour / worker_share, self.schedule)
        return np.asarray(self.collected * per_earner * worker_share)


def base_income_tax(base: BaseYear, worker_share: Float[np.ndarray, " household"]) -> IncomeTax:
    """Return the tax of the base year, scaled so that it brings the published revenue."""
    people = base.households
    labour = people.sources[:, :2].sum(1)
    revenue = base.figures.nation.at("individual_income_tax_revenue", base.year)["CN"]
    schedule = read_schedule(base.figures.nation, base.year)
    law = IncomeTax(schedule, 1.0).per_person(labour, worker_share)
    return IncomeTax(schedule, revenue / (float(people.people @ law) * YUAN))
