"""Who pays for a package: cost by lever and level of government, and how it is financed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from gongfu.data.central_shares import load_central_shares
from gongfu.economy.year import Year

__all__ = ["BudgetLine", "Level", "budget_lines"]

Side = Literal["spent", "financed"]
Level = Literal["central", "local", "enterprises"]


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One line of a package's budget in one year.

    Parameters
    ----------
    side : ``spent`` on a lever, or ``financed`` by a source.
    name : of the lever or the source: a closure, or ``profits``.
    level : whose budget: the central government's, local governments' or enterprises'.
    amount : 100m yuan in base-year prices; below zero where a lever brings revenue.
    evidence : of the split by level: ``law``, ``assumed``, or ``by construction``.
    """

    side: Side
    name: str
    level: Level
    amount: float
    evidence: str


def budget_lines(year: Year) -> list[BudgetLine]:
    """(E18) Return the package's budget by level; what is spent equals what is financed.

    The split between levels follows the sharing rules in ``policy/central_shares.csv``. Levels need
    not balance one by one: what a package shifts between them is the difference, which transfers
    would have to carry.
    """
    budget, paid = year.budget, year.enterprise_costs
    sources = {
        "vat": budget.vat,
        "income_tax": budget.income_tax,
        "reallocation": budget.services_cut,
        "deficit": budget.borrowed,
    }
    lines = [
        *(line for name, cost in budget.costs.items() for line in _public("spent", name, cost)),
        *(_of_enterprises("spent", name, cost) for name, cost in paid.items()),
        *(line for name, sum_ in sources.items() for line in _public("financed", name, sum_)),
        _of_enterprises("financed", "profits", sum(paid.values())),
    ]
    return [line for line in lines if line.amount]


def _public(side: Side, name: str, amount: float) -> Iterator[BudgetLine]:
    found = load_central_shares()[name]
    yield BudgetLine(side, name, "central", found.share * amount, found.evidence)
    yield BudgetLine(side, name, "local", (1.0 - found.share) * amount, found.evidence)


def _of_enterprises(side: Side, name: str, amount: float) -> BudgetLine:
    return BudgetLine(side, name, "enterprises", amount, "by construction")
