"""Who pays for a package: cost by lever and payer, and how the public part is financed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gongfu.economy.year import Year

__all__ = ["BudgetLine", "budget_lines"]

Side = Literal["spent", "financed"]


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One line of a package's budget in one year.

    Parameters
    ----------
    side : ``spent`` on a lever, or ``financed`` by a source.
    name : of the lever or the source.
    payer : ``government`` or ``enterprises``; of a source, who bears it in the end: ``buyers`` of
        goods, ``taxpayers``, ``users of public services``, ``later budgets``, ``owners``.
    amount : 100m yuan in base-year prices; below zero where a lever brings revenue.
    """

    side: Side
    name: str
    payer: str
    amount: float


def budget_lines(year: Year) -> list[BudgetLine]:
    """(E18) Return the package's budget; what is spent equals what is financed."""
    budget = year.budget
    spent = [
        *(BudgetLine("spent", name, "government", cost) for name, cost in budget.costs.items()),
        *(
            BudgetLine("spent", name, "enterprises", cost)
            for name, cost in year.enterprise_costs.items()
        ),
    ]
    financed = [
        BudgetLine("financed", "vat", "buyers", budget.vat),
        BudgetLine("financed", "income_tax", "taxpayers", budget.income_tax),
        BudgetLine("financed", "reallocation", "users of public services", budget.services_cut),
        BudgetLine("financed", "deficit", "later budgets", budget.borrowed),
        BudgetLine("financed", "profits", "owners", sum(year.enterprise_costs.values())),
    ]
    return [line for line in (*spent, *financed) if line.amount]
