"""Which values a variable can take at all, by its kind and unit in the dictionary."""

from __future__ import annotations

import math
from typing import NamedTuple

from gongfu.core import Variable

__all__ = ["ANY", "NOT_NEGATIVE", "PossibleRange", "possible_range"]


class PossibleRange(NamedTuple):
    """Lowest and highest value that can be right; infinite where there is no bound."""

    low: float
    high: float

    def __str__(self) -> str:
        if math.isinf(self.high):
            return "any finite number" if math.isinf(self.low) else f"{self.low:g} or more"
        return f"between {self.low:g} and {self.high:g}"


ANY = PossibleRange(-math.inf, math.inf)
NOT_NEGATIVE = PossibleRange(0, math.inf)
BY_UNIT = {
    "%": PossibleRange(0, 100),
    "index 0-1": PossibleRange(0, 1),
    "per mille": PossibleRange(-1000, 1000),  # natural growth is negative where deaths prevail
}


def possible_range(variable: Variable) -> PossibleRange:
    """Return the bounds the meaning of a variable sets, in its unit.

    Notes
    -----
    Net incomes, profits and balances of funds can be below zero; heads, lengths and gross incomes
    cannot.
    """
    if variable.unit in BY_UNIT:
        return BY_UNIT[variable.unit]
    is_money = "yuan" in variable.unit
    can_be_owed = is_money and (variable.kind in ("flow", "stock") or "净" in variable.zh)
    return ANY if can_be_owed else NOT_NEGATIVE
