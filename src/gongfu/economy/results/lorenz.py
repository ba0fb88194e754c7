"""What a package does to the Lorenz curve: the share of all income that the poorest hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from gongfu.economy.simulate import Simulation
from gongfu.economy.year import Year
from gongfu.measure.lorenz import lorenz
from gongfu.measure.sample import Sample

__all__ = ["RANKS", "LorenzEffect", "lorenz_effects"]

RANKS = tuple(round(0.1 * k, 1) for k in range(1, 10))
"""Shares of people at which curves are compared: every tenth."""
_RANGE = (0.05, 0.95)


@dataclass(frozen=True, slots=True)
class LorenzEffect:
    """Effect of a package on the income share of the poorest.

    Parameters
    ----------
    rank : share of people, 0-1.
    baseline, reform : share of all income that they hold, 0-1, without and with the package.
    low, high : range over draws of ``difference``; None without draws.
    """

    rank: float
    baseline: float
    reform: float
    low: float | None
    high: float | None

    @property
    def difference(self) -> float:
        """Reform less baseline, in percentage points of all income."""
        return 100 * (self.reform - self.baseline)


def lorenz_effects(
    simulations: Sequence[Simulation], position: int, ranks: Sequence[float] = RANKS
) -> list[LorenzEffect]:
    """Return the effect at each rank in the simulated year at ``position``.

    Parameters
    ----------
    simulations : of one scenario; the first with central values, further ones are draws.
    ranks : shares of people, 0-1.

    Notes
    -----
    Each distribution ranks its own people: the poorest with the package need not be those without.
    """
    curves = [
        (_curve(one.baseline[position], ranks), _curve(one.reform[position], ranks))
        for one in simulations
    ]
    before, after = curves[0]
    draws = [100 * (reform - baseline) for baseline, reform in curves[1:]]
    ends = np.quantile(draws, _RANGE, axis=0).T.tolist() if draws else [(None, None)] * len(ranks)
    return [
        LorenzEffect(float(rank), float(baseline), float(reform), low, high)
        for rank, baseline, reform, (low, high) in zip(ranks, before, after, ends, strict=True)
    ]


def _curve(year: Year, ranks: Sequence[float]) -> Float[np.ndarray, " rank"]:
    rows = Sample.of(year.people.income, year.people.people)
    return np.array([lorenz(rows, share=rank).value for rank in ranks])
