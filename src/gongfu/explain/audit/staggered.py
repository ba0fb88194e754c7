"""What a two-way regression averages when units adopt a policy at different dates.

References
----------
[CH] de Chaisemartin, D'Haultfoeuille 2020, Two-way fixed effects estimators with heterogeneous
treatment effects. American Economic Review 110(9), 2964-2996.
[GB] Goodman-Bacon 2021, Difference-in-differences with variation in treatment timing. Journal of
Econometrics 225(2), 254-277.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError
from gongfu.measure.index.finding import Finding, Say

__all__ = ["Comparison", "bacon_comparisons", "check_staggered", "two_way_weights"]

CITATION = (
    "de Chaisemartin, D'Haultfoeuille 2020, AER 110(9); Goodman-Bacon 2021, J. Econom. 225(2)"
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One two-by-two comparison inside a two-way estimate.

    Parameters
    ----------
    treated, control : first treated period of the groups; None for never treated.
    is_forbidden : the control was treated already.
    weight : share of the estimate; all weights add up to one.
    estimate : the comparison's difference in differences.
    """

    treated: int
    control: int | None
    is_forbidden: bool
    weight: float
    estimate: float


def check_staggered(
    outcome: Float[np.ndarray, "unit period"],
    treated: Float[np.ndarray, "unit period"],
    *,
    negative: float = 0.01,
) -> Finding:
    """Return whether a two-way estimate gives effects of some treated cells a negative weight.

    Parameters
    ----------
    outcome, treated : balanced panel; treatment is 0 or 1 and, once on, stays on.
    negative : sum of negative weights, in absolute value, from which the check speaks up.
    """
    weights = two_way_weights(treated)
    comparisons = bacon_comparisons(outcome, treated)
    sum_negative = float(-weights[weights < 0].sum())
    forbidden = sum(one.weight for one in comparisons if one.is_forbidden)
    estimate = sum(one.weight * one.estimate for one in comparisons)
    cells = int(treated.sum())
    spread = float(np.sqrt(max(cells * (weights[treated == 1] ** 2).sum() - 1, 0.0)))
    return Finding(
        "negative-two-way-weights",
        "found" if sum_negative > negative else "clean",
        Say(
            f"{cells} 个处理单元中 {int((weights < 0).sum())} 个权重为负"
            f"（合计 -{sum_negative:.3f}）；以已处理者为对照的比较占 {forbidden:.0%}。",
            f"{int((weights < 0).sum())} of {cells} treated cells have a negative weight (sum "
            f"-{sum_negative:.3f}); comparisons with units already treated weigh {forbidden:.0%}.",
        ),
        {
            "two_way_estimate": float(estimate),
            "sum_of_negative_weights": sum_negative,
            "negative_cells": float((weights < 0).sum()),
            "weight_of_forbidden_comparisons": float(forbidden),
            "effect_spread_that_hides_zero": abs(float(estimate)) / spread
            if spread > 0
            else np.inf,
        },
        {"sum_of_negative_weights": negative},
        Say(
            "改用 Callaway-Sant'Anna、Sun-Abraham 或插补估计量，只用未处理者为对照。",
            "Use Callaway-Sant'Anna, Sun-Abraham or imputation: controls not yet treated only.",
        ),
        CITATION,
    )


def two_way_weights(treated: Float[np.ndarray, "unit period"]) -> Float[np.ndarray, "unit period"]:
    """Return the weight of each treated cell's effect in the two-way estimate; they sum to one.

    Notes
    -----
    ``w_it = d_it / sum over treated d`` with d the residual of the treatment on unit and period
    effects [CH, theorem 1]; cells that are not treated have none.
    """
    left = _double_demeaned(treated)
    weighted = np.where(treated == 1, left, 0.0)
    out: Float[np.ndarray, "unit period"] = weighted / weighted.sum()
    return out


def bacon_comparisons(
    outcome: Float[np.ndarray, "unit period"], treated: Float[np.ndarray, "unit period"]
) -> tuple[Comparison, ...]:
    """Return the comparisons whose weighted sum is the two-way estimate [GB, theorem 1].

    Raises
    ------
    InputError
        If treatment is not 0 or 1, ends, or does not vary.

    Notes
    -----
    Each comparison is the two-way regression on two groups in a window of periods where only one
    of them changes; its weight is its share of the squared size times residual variance.
    """
    _refuse(outcome, treated)
    starts = np.where(treated.any(axis=1), treated.argmax(axis=1), treated.shape[1])
    pieces = list(_pieces(outcome, treated, starts))
    total = sum(size for *_, size in pieces)
    return tuple(
        Comparison(group, control, is_forbidden, size / total, estimate)
        for group, control, is_forbidden, estimate, size in pieces
    )


def _pieces(
    outcome: np.ndarray, treated: np.ndarray, starts: np.ndarray
) -> Iterator[tuple[int, int | None, bool, float, float]]:
    periods = treated.shape[1]
    dates = [int(date) for date in np.unique(starts)]
    for group in (date for date in dates if 0 < date < periods):
        for control in (date for date in dates if date != group):
            is_forbidden = control < group
            window = slice(control, periods) if is_forbidden else slice(0, control)
            rows = (starts == group) | (starts == control)
            d = _double_demeaned(treated[rows, window])
            square = float((d * d).sum())
            estimate = float((d * outcome[rows, window]).sum()) / square
            # Size and length of the sample, n_kl and the window, turn its mean square into its
            # share of the whole regression's [GB, theorem 1].
            size = int(rows.sum()) * d.shape[1] * square
            yield group, None if control == periods else control, is_forbidden, estimate, size


def _double_demeaned(panel: np.ndarray) -> np.ndarray:
    out: np.ndarray = panel - panel.mean(axis=1, keepdims=True) - panel.mean(axis=0) + panel.mean()
    return out


def _refuse(outcome: np.ndarray, treated: np.ndarray) -> None:
    if outcome.shape != treated.shape or not np.isfinite(outcome).all():
        raise InputError("outcome and treatment need one shape and a number in every cell")
    if not np.isin(treated, (0, 1)).all() or (np.diff(treated, axis=1) < 0).any():
        raise InputError("treatment must be 0 or 1 and stay on once it is on")
    if not _double_demeaned(treated).any():
        raise InputError("treatment needs units that adopt at different dates or never")
