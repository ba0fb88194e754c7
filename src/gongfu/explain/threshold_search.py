"""The sum of squares at every candidate threshold, exactly, in one pass over the sorted rows.

References
----------
[H] Hansen 1999, Threshold effects in non-dynamic panels. Journal of Econometrics 93, 345-368.
[B] Bai 1997, Estimating multiple breaks one at a time. Econometric Theory 13, 315-352.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from gongfu.core import InputError, Problem
from gongfu.explain.threshold_panel import ThresholdPanel, orthonormal

__all__ = ["Scan", "best_thresholds", "gains", "interactions", "residuals", "scan"]

_IDENTIFIED = 1e-10
"""Smallest eigenvalue, relative to the raw moments, of a split that rows can tell apart."""


@dataclass(frozen=True, slots=True, eq=False)
class Scan:
    """All that a search needs and that does not depend on the dependent variable.

    Parameters
    ----------
    values : candidate thresholds; a row is in the lower regime when its value is not above.
    last : place in the sorted rows of the last row of the lower regime.
    half : inverse Cholesky factor of each candidate's moment matrix.
    basis : orthonormal basis of everything held fixed: time effects, slopes, given thresholds.
    sorted_regime : regime regressors, one in a row, in order of the threshold variable.
    """

    values: Float[np.ndarray, " candidate"]
    last: Int[np.ndarray, " candidate"]
    half: Float[np.ndarray, "candidate regime regime"]
    basis: Float[np.ndarray, "row basis"]
    sorted_regime: Float[np.ndarray, "regime row"]


def best_thresholds(
    panel: ThresholdPanel, given: Sequence[float], *, trim: float
) -> tuple[float, float]:
    """Return the threshold that, beside the given ones, leaves least unexplained, and its gain."""
    found = scan(panel, given, trim=trim)
    gain = gains(panel, found, residuals(panel, found.basis)[None, :])[0]
    best = int(np.argmax(gain))
    return float(found.values[best]), float(gain[best])


def scan(panel: ThresholdPanel, given: Sequence[float], *, trim: float) -> Scan:
    """Return the candidates beside given thresholds.

    Parameters
    ----------
    given : thresholds already in the model.
    trim : least share of the rows in every regime.

    Notes
    -----
    With M the projection off unit effects and off ``basis`` Q, and D(g) = x 1(q <= g), the gain of
    a split is ``b' A^-1 b`` with ``b = D' M y`` and ``A = D' M D``: the interaction is demeaned
    *after* it is formed, so its means change with g. Going up the sorted rows, A changes by sums:
    ``A(g) = sum x x' - sum_i s_i s_i' / T_i - (Q' D)' (Q' D)`` with ``s_i`` the sum of D in unit i.
    """
    last = _candidates(panel, given, trim)
    fixed = panel.within(interactions(panel, given)) if given else np.empty((panel.rows, 0))
    basis = np.hstack([panel.effects, orthonormal(np.hstack([panel.slopes, fixed]))])
    moments, raw = _moments(panel, basis, last)
    known = _identified(moments, raw)
    if not known.any():
        raise _no_candidate(trim)
    half = np.linalg.inv(np.linalg.cholesky(moments[known]))
    return Scan(
        values=panel.threshold[panel.order][last[known]],
        last=last[known],
        half=half,
        basis=basis,
        sorted_regime=np.ascontiguousarray(panel.regime[panel.order].T),
    )


def gains(
    panel: ThresholdPanel, found: Scan, remaining: Float[np.ndarray, "draw row"]
) -> Float[np.ndarray, "draw candidate"]:
    """Return by how much each split lowers the sum of squares of what remains.

    Parameters
    ----------
    remaining : dependent variables in rows, already off unit effects and ``found.basis``.
    """
    ordered = np.take(remaining, panel.order, axis=1)
    chosen = _slice_if_contiguous(found.last)
    sums = [np.cumsum(ordered * x, axis=1)[:, chosen] for x in found.sorted_regime]
    total: Float[np.ndarray, "draw candidate"] = np.zeros_like(sums[0])
    for i in range(len(sums)):
        part = found.half[:, i, 0] * sums[0]
        for j in range(1, i + 1):
            part += found.half[:, i, j] * sums[j]
        total += part * part
    return total


def residuals(
    panel: ThresholdPanel, basis: Float[np.ndarray, "row basis"]
) -> Float[np.ndarray, " row"]:
    """Return what a basis leaves of the dependent variable."""
    left: Float[np.ndarray, " row"] = panel.dependent - basis @ (basis.T @ panel.dependent)
    return left


def interactions(
    panel: ThresholdPanel, thresholds: Sequence[float]
) -> Float[np.ndarray, "row column"]:
    """Return the regime regressors times ``1(q <= g)`` for each threshold g, not demeaned."""
    below = [panel.threshold <= value for value in thresholds]
    return np.hstack([panel.regime * is_below[:, None] for is_below in below])


def _slice_if_contiguous(places: Int[np.ndarray, " candidate"]) -> slice | np.ndarray:
    # A view spares the copy of every running sum; only ties or unidentified splits leave holes.
    first, last = int(places[0]), int(places[-1])
    return slice(first, last + 1) if last - first + 1 == len(places) else places


def _candidates(
    panel: ThresholdPanel, given: Sequence[float], trim: float
) -> Int[np.ndarray, " candidate"]:
    ordered = panel.threshold[panel.order]
    counts = np.flatnonzero(ordered[1:] > ordered[:-1]) + 1
    least = max(int(np.ceil(trim * panel.rows)), panel.regime.shape[1] + 1)
    borders = np.array([0, panel.rows, *np.searchsorted(ordered, list(given), side="right")])
    kept = (np.abs(counts[:, None] - borders) >= least).all(axis=1)
    if not kept.any():
        raise _no_candidate(trim)
    last: Int[np.ndarray, " candidate"] = counts[kept] - 1
    return last


def _moments(
    panel: ThresholdPanel, basis: np.ndarray, last: np.ndarray
) -> tuple[Float[np.ndarray, "candidate k k"], Float[np.ndarray, "candidate k"]]:
    x, unit = panel.regime[panel.order], panel.unit[panel.order]
    outer = x[:, :, None] * x[:, None, :]
    before = _sum_in_unit(x, unit, panel.start) - x
    cross = before[:, :, None] * x[:, None, :]
    change = (cross + cross.swapaxes(1, 2) + outer) / panel.length[unit][:, None, None]
    raw = np.cumsum(outer, axis=0)[last]
    moments = raw - np.cumsum(change, axis=0)[last]
    rows = basis[panel.order]
    loads = np.stack([np.cumsum(rows * column[:, None], axis=0)[last] for column in x.T], axis=1)
    return moments - loads @ loads.swapaxes(1, 2), np.diagonal(raw, axis1=1, axis2=2)


def _sum_in_unit(
    x: Float[np.ndarray, "row k"], unit: Int[np.ndarray, " row"], start: Int[np.ndarray, " unit"]
) -> Float[np.ndarray, "row k"]:
    """Return, for rows in sorted order, the sum of x over the rows of the unit so far."""
    by_unit = np.argsort(unit, kind="stable")
    running = np.cumsum(x[by_unit], axis=0)
    earlier = np.concatenate([np.zeros((1, x.shape[1])), running[start[1:] - 1]])
    out = np.empty_like(x)
    out[by_unit] = running - earlier[unit[by_unit]]
    return out


def _identified(moments: np.ndarray, raw: np.ndarray) -> Bool[np.ndarray, " candidate"]:
    size = np.sqrt(np.where(raw > 0, raw, 1.0))
    scaled = moments / (size[:, :, None] * size[:, None, :])
    return np.linalg.eigvalsh(scaled)[:, 0] > _IDENTIFIED


def _no_candidate(trim: float) -> InputError:
    return InputError(
        Problem(
            "no candidate threshold leaves enough rows on both sides",
            expected=f"a share of at least {trim:g} of the rows in every regime, and slopes that "
            "the rows of each regime can tell apart",
            fix="Search fewer thresholds, trim less, or take a variable that varies more.",
        )
    )
