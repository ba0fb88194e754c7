"""Who pays for a package: the mandatory financing closure (E18).

A package's net cost is met in full, in the year it falls due, by the closure of the scenario:

- ``vat``: a higher production tax rate everywhere, which enters prices (E8);
- ``income_tax``: the same share on top of everybody's disposable market income above the basic
  deduction;
- ``reallocation``: other public services are cut by the amount; households lose services, not
  money, and the amount stands in the budget;
- ``deficit``: public debt rises by the amount, with interest.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError, Problem
from gongfu.core.policy import Closure

__all__ = ["Budget", "close_budget", "vat_rate", "with_interest"]


@dataclass(frozen=True, slots=True)
class Budget:
    """What a package costs in a year and how it is paid, 100m yuan in base-year prices.

    Parameters
    ----------
    costs : by lever, before financing; below zero where a lever brings revenue.
    closure : how the sum is paid.
    vat, income_tax, services_cut, borrowed : amounts; they add up to the sum of the costs.
    debt : stock at the end of the year, with interest.
    """

    costs: dict[str, float]
    closure: Closure
    vat: float = 0.0
    income_tax: float = 0.0
    services_cut: float = 0.0
    borrowed: float = 0.0
    debt: float = 0.0

    @property
    def cost(self) -> float:
        """Net cost of all levers."""
        return sum(self.costs.values())

    @property
    def imbalance(self) -> float:
        """Cost less financing; zero when the budget closes."""
        return self.cost - (self.vat + self.income_tax + self.services_cut + self.borrowed)


def close_budget(
    costs: dict[str, float], closure: Closure, *, debt: float = 0.0, interest: float
) -> Budget:
    """(E18) Return the budget in which the closure pays the whole net cost.

    Parameters
    ----------
    costs : by lever, 100m yuan.
    debt : stock at the end of the year before.
    interest : real rate on public debt, share a year.
    """
    budget = Budget(costs, closure, debt=with_interest(debt, interest))
    amount = budget.cost
    if closure == "vat":
        return replace(budget, vat=amount)
    if closure == "income_tax":
        return replace(budget, income_tax=amount)
    if closure == "reallocation":
        return replace(budget, services_cut=amount)
    return replace(budget, borrowed=amount, debt=budget.debt + amount)


def with_interest(debt: float, interest: float) -> float:
    """Return the stock of debt a year later, before new borrowing."""
    return debt * (1.0 + interest)


def vat_rate(
    base_rate: Float[np.ndarray, "region sector"], amount: float, output: float
) -> Float[np.ndarray, "region sector"]:
    """(E8) Return production tax rates that bring ``amount`` more on ``output``.

    Parameters
    ----------
    base_rate : share of output, 0-1.
    amount, output : 100m yuan; output of all regions and sectors.

    Raises
    ------
    InputError
        If the rates would leave 0-1: the package is too large for this closure.
    """
    rate = base_rate + amount / output
    if not (rate.min() >= 0 and rate.max() < 1):
        raise InputError(
            Problem(
                "the package cannot be paid by value-added tax",
                expected="production tax rates of 0 to 1",
                found=f"{rate.min():.3g} to {rate.max():.3g}",
                fix="Choose smaller values, or another closure.",
            )
        )
    return rate
