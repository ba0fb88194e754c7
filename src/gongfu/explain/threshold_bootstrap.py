"""Bootstrap p-values of a threshold test: whole units redrawn, and whole units with random sign.

References
----------
[H] Hansen 1999, Threshold effects in non-dynamic panels. Journal of Econometrics 93, 345-368.
[CGM] Cameron, Gelbach, Miller 2008, Bootstrap-based improvements for inference with clustered
errors. Review of Economics and Statistics 90(3).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from gongfu.explain.threshold_panel import ThresholdPanel
from gongfu.explain.threshold_search import Scan, gains, residuals

__all__ = ["ThresholdTest", "bootstrap_test"]

_CHUNK = 1 << 17
"""Numbers handled at a time: what a core's cache holds."""

_PRODUCT = 1 << 17
"""Multiplications of one matrix product; larger ones are spread over cores by linear-algebra
libraries, whose cores then wait for each other longer than these short products take."""

Draw = Callable[[np.random.Generator, int], Float[np.ndarray, "draw row"]]


@dataclass(frozen=True, slots=True, eq=False)
class ThresholdTest:
    """A test of ``thresholds`` against one fewer.

    Parameters
    ----------
    statistic : F of [H], likelihood-ratio form.
    block_p, wild_p : bootstrap p-values; ``block_p`` is None in an unbalanced panel, where the
        residuals of one unit do not fit another.
    block_statistics, wild_statistics : the bootstrap draws behind them.
    """

    thresholds: int
    statistic: float
    block_p: float | None
    wild_p: float | None
    block_statistics: Float[np.ndarray, " block"]
    wild_statistics: Float[np.ndarray, " wild"]


def bootstrap_test(
    panel: ThresholdPanel, found: Scan, number: int, *, replications: int, seed: int
) -> ThresholdTest:
    """Return the test of a further threshold among the candidates of a scan.

    Notes
    -----
    ``F = (S0 - S1) / (S1 / df)`` [H]. Regressors and the thresholds given to the scan stay as they
    are. Block: vectors of residuals of the larger model, one per unit, drawn with replacement [H].
    Wild: residuals of the smaller model, the sign of each unit's vector drawn [CGM]. Both
    leave the link of residuals within a unit; only the wild one leaves each unit its own variance.
    ``p = (1 + number of draws at or above F) / (1 + draws)``.
    """
    smaller = residuals(panel, found.basis)
    gain = gains(panel, found, smaller[None, :])[0]
    best = int(np.argmax(gain))
    before = np.array([smaller @ smaller])
    statistic = float(_statistic(panel, gain[best : best + 1], before)[0])
    rng = np.random.default_rng([seed, number])
    block, wild = np.empty(0), np.empty(0)
    if replications and panel.is_balanced:
        larger = _after_split(panel, found, best, smaller)
        block = _draws(panel, found, _redrawn_units(panel, larger), replications, rng)
    if replications:
        wild = _draws(panel, found, _signed_units(panel, smaller), replications, rng)
    return ThresholdTest(number, statistic, _p(block, statistic), _p(wild, statistic), block, wild)


def _draws(
    panel: ThresholdPanel, found: Scan, draw: Draw, replications: int, rng: np.random.Generator
) -> Float[np.ndarray, " draw"]:
    out = []
    for size in _chunks(replications, panel.rows):
        drawn = draw(rng, size)
        _take_out(drawn, found.basis)
        best = gains(panel, found, drawn).max(axis=1)
        out.append(_statistic(panel, best, np.einsum("ij,ij->i", drawn, drawn)))
    return np.concatenate(out)


def _take_out(drawn: Float[np.ndarray, "draw row"], basis: Float[np.ndarray, "row basis"]) -> None:
    step = max(1, _PRODUCT // (len(drawn) * basis.shape[1]))
    parts = [slice(begin, begin + step) for begin in range(0, len(basis), step)]
    loads = sum(drawn[:, part] @ basis[part] for part in parts)
    for part in parts:
        drawn[:, part] -= loads @ basis[part].T


def _chunks(replications: int, rows: int) -> Iterator[int]:
    size = max(1, _CHUNK // rows)
    for begin in range(0, replications, size):
        yield min(size, replications - begin)


def _redrawn_units(panel: ThresholdPanel, remaining: np.ndarray) -> Draw:
    by_unit = remaining.reshape(len(panel.start), -1)

    def draw(rng: np.random.Generator, size: int) -> Float[np.ndarray, "draw row"]:
        chosen = rng.integers(len(by_unit), size=(size, len(by_unit)))
        return by_unit[chosen].reshape(size, -1)

    return draw


def _signed_units(panel: ThresholdPanel, remaining: np.ndarray) -> Draw:
    def draw(rng: np.random.Generator, size: int) -> Float[np.ndarray, "draw row"]:
        sign = rng.integers(0, 2, size=(size, len(panel.start))) * 2.0 - 1.0
        return sign[:, panel.unit] * remaining  # type: ignore[no-any-return]

    return draw


def _after_split(
    panel: ThresholdPanel, found: Scan, best: int, smaller: np.ndarray
) -> Float[np.ndarray, " row"]:
    below = panel.threshold <= found.values[best]
    split = panel.within(panel.regime * below[:, None])
    split -= found.basis @ (found.basis.T @ split)
    return smaller - split @ np.linalg.lstsq(split, smaller, rcond=None)[0]  # type: ignore[no-any-return]


def _statistic(
    panel: ThresholdPanel, gain: Float[np.ndarray, " draw"], before: Float[np.ndarray, " draw"]
) -> Float[np.ndarray, " draw"]:
    ratio: Float[np.ndarray, " draw"] = panel.degrees_of_freedom * gain / (before - gain)
    return ratio


def _p(draws: Float[np.ndarray, " draw"], statistic: float) -> float | None:
    if not len(draws):
        return None
    # Relative slack: a draw that repeats the data may differ in the last bits.
    return float((1 + np.sum(draws >= statistic * (1 - 1e-12))) / (1 + len(draws)))
