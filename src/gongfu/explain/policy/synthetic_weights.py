"""Weights of units and times in a block design, and the effect they give.

References
----------
[Arkhangelsky 2021] Arkhangelsky, Athey, Hirshberg, Imbens, Wager: Synthetic
difference-in-differences. American Economic Review 111(12), 4088-4118.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Float

from gongfu.explain.policy.frank_wolfe import share_weights

__all__ = ["Block", "Method", "Weights", "block_effect", "block_gap", "block_weights", "noise"]

Method = Literal["sdid", "sc", "did"]
Weights = tuple[Float[np.ndarray, " control"], Float[np.ndarray, " before"]]

_NEARLY_NO_PENALTY = 1e-6
_TOLERANCE = 1e-5
"""Step of the objective at which the search ends, times the noise of the controls."""


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Outcomes with all controls first, all treated units last, one date for these.

    Parameters
    ----------
    rows : outcome by unit and time.
    treated : number of treated units. before : number of times before adoption.
    """

    rows: Float[np.ndarray, "unit time"]
    treated: int
    before: int

    @property
    def controls(self) -> int:
        """Number of units that never adopt."""
        return len(self.rows) - self.treated

    @property
    def after(self) -> int:
        """Number of times from adoption on."""
        return int(self.rows.shape[1] - self.before)


def noise(block: Block) -> float:
    """Return the standard deviation of first differences of the controls before adoption."""
    return float(np.diff(block.rows[: block.controls, : block.before], axis=1).std(ddof=1))


def block_weights(
    block: Block, method: Method, scale: float, start: Weights | None = None
) -> Weights:
    """Return the weights of controls and of times before adoption.

    Parameters
    ----------
    scale : noise of the controls; the penalty and the end of the search are multiples of it.
    start : weights from which the search starts; equal ones by default.
    """
    equal = np.full(block.controls, 1 / block.controls), np.full(block.before, 1 / block.before)
    if method == "did":
        return equal
    units, times = equal if start is None else start
    treated = block.rows[block.controls :].mean(axis=0)
    controls = block.rows[: block.controls]
    is_sdid = method == "sdid"
    share = (block.treated * block.after) ** 0.25 if is_sdid else _NEARLY_NO_PENALTY
    of_units = share_weights(
        controls[:, : block.before].T,
        treated[: block.before],
        penalty=share * scale,
        tolerance=_TOLERANCE * scale,
        has_intercept=is_sdid,
        start=units,
    )
    if not is_sdid:
        return of_units, np.zeros(block.before)
    of_times = share_weights(
        controls[:, : block.before],
        controls[:, block.before :].mean(axis=1),
        penalty=_NEARLY_NO_PENALTY * scale,
        tolerance=_TOLERANCE * scale,
        has_intercept=True,
        start=times,
    )
    return of_units, of_times


def block_effect(block: Block, weights: Weights) -> float:
    """Return the weighted difference in differences."""
    gap = block_gap(block, weights)
    return float(gap[block.before :].mean() - weights[1] @ gap[: block.before])


def block_gap(block: Block, weights: Weights) -> Float[np.ndarray, " time"]:
    """Return the treated mean less the weighted controls, at each time."""
    controls = block.controls
    return np.asarray(block.rows[controls:].mean(axis=0) - weights[0] @ block.rows[:controls])
