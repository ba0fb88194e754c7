"""An index under all combinations of choices: rank intervals, and which choice makes them wide.

References
----------
[Saisana 2005] Saisana, Saltelli, Tarantola: Uncertainty and sensitivity analysis techniques as
tools for the quality assessment of composite indicators. JRSS A 168(2), 307-323.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from gongfu.measure.index.sobol import SobolShare, sobol_shares

__all__ = ["IndexSpread", "RankInterval"]


@dataclass(frozen=True, slots=True)
class RankInterval:
    """Rank of a unit as stated, and its range over the combinations of choices.

    ``low`` to ``high`` holds the share ``level`` of the combinations, ``best`` and ``worst`` all of
    them. It is a range over choices, not a confidence interval; two units whose ranges overlap
    cannot be told apart.
    """

    unit: str
    stated: float
    median: float
    low: float
    high: float
    best: float
    worst: float
    level: float


@dataclass(frozen=True, slots=True, eq=False)
class IndexSpread:
    """The index of one year under all combinations.

    Parameters
    ----------
    year, units : units that have an index under every combination.
    stated, stated_index : rank and index of those units under the choices the tree states.
    factors : choice and its levels, in the order of the leading axes.
    chances : of the levels of each choice, adding up to 1.
    index, ranks : one axis per factor, then units.
    left_out : units without an index.
    """

    year: int
    units: tuple[str, ...]
    stated: Float[np.ndarray, " unit"]
    stated_index: Float[np.ndarray, " unit"]
    factors: Mapping[str, tuple[str, ...]]
    chances: Mapping[str, tuple[float, ...]]
    index: Float[np.ndarray, " *factor unit"]
    ranks: Float[np.ndarray, " *factor unit"]
    left_out: tuple[str, ...]

    @property
    def combinations(self) -> int:
        """How many ways the index was built."""
        return int(np.prod(self.index.shape[:-1]))

    def intervals(self, level: float = 0.9) -> tuple[RankInterval, ...]:
        """Return the rank interval of each unit, best stated rank first.

        Parameters
        ----------
        level : share of the combinations between ``low`` and ``high``.
        """
        ranks = self.ranks.reshape(-1, len(self.units))
        tail = (1 - level) / 2
        low, median, high = np.quantile(
            ranks, [tail, 0.5, 1 - tail], axis=0, method="inverted_cdf", weights=self._chance()
        ).tolist()
        best, worst = ranks.min(axis=0).tolist(), ranks.max(axis=0).tolist()
        stated = self.stated.tolist()
        order = np.lexsort((median, stated)).tolist()
        return tuple(
            RankInterval(
                self.units[i], stated[i], median[i], low[i], high[i], best[i], worst[i], level
            )
            for i in order
        )

    def shares(self, unit: str | None = None) -> Mapping[str, SobolShare]:
        """Return the Sobol shares of each choice in the rank of a unit.

        Without a unit: in the mean change of rank against the stated choices [Saisana 2005].
        """
        if unit is None:
            results = np.abs(self.ranks - self.stated).mean(axis=-1)
        else:
            results = self.ranks[..., self.units.index(unit)]
        return sobol_shares(results, list(self.factors), list(self.chances.values()))

    def _chance(self) -> Float[np.ndarray, " combination"]:
        """Return how likely each combination is, in the order of the leading axes."""
        chance = np.ones(1)
        for levels in self.chances.values():
            chance = np.outer(chance, levels).ravel()
        return chance
