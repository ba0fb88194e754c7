"""Ranks of few rows, exactly: what bins need not sketch."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final, Protocol

import numpy as np
from jaxtyping import Float

from gongfu.measure.large.borders import BorderRows

__all__ = ["FEW_ROWS", "ExactRanks", "Ranks"]

FEW_ROWS: Final = 1 << 16
"""Rows up to which a domain's incomes are kept one by one instead of in bins."""


class Ranks(Protocol):
    """Who is poorer than whom, exactly or from bins."""

    @property
    def gini(self) -> float:
        """The Gini coefficient."""

    @property
    def gini_bound(self) -> float:
        """Largest possible distance from the Gini of the rows."""

    def below(
        self, income: Float[np.ndarray, " row"], excess: Float[np.ndarray, " row"]
    ) -> Float[np.ndarray, " row"]:
        """Return ``sum(p[j] (r[i] - r[j]) for r[j] < r[i])``."""


@dataclass(frozen=True, eq=False)
class ExactRanks:
    """All distinct incomes of a domain, ascending, and what stands below each.

    Parameters
    ----------
    income : currency per year.
    share, excess : share of people with each income; the income relative to the mean, less 1.
    """

    income: Float[np.ndarray, " income"]
    share: Float[np.ndarray, " income"]
    excess: Float[np.ndarray, " income"]

    @classmethod
    def of(cls, rows: BorderRows, mean: float) -> ExactRanks:
        """Return the ranks of all rows of a domain with this mean."""
        return cls(rows.income, rows.weight / rows.weight.sum(), rows.income / mean - 1.0)

    @property
    def gini(self) -> float:
        """The Gini coefficient."""
        return float(np.sum(self.share * self.below(self.income, self.excess)))

    @property
    def gini_bound(self) -> float:
        """Zero: nothing is sketched."""
        return 0.0

    def below(
        self, income: Float[np.ndarray, " row"], excess: Float[np.ndarray, " row"]
    ) -> Float[np.ndarray, " row"]:
        """Return ``sum(p[j] (r[i] - r[j]) for r[j] < r[i])`` for rows of the domain."""
        people, amount = self._cumulated
        # A row's own income drops out of the sum, so it may stand on either side.
        place = np.searchsorted(self.income, income)
        below: Float[np.ndarray, " row"] = excess * people[place] - amount[place]
        return below

    @cached_property
    def _cumulated(self) -> tuple[Float[np.ndarray, " income"], Float[np.ndarray, " income"]]:
        return np.cumsum(self.share), np.cumsum(self.share * self.excess)
