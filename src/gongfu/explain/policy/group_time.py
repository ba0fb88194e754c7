"""Effects of each adoption cohort at each time, against units not treated.

References
----------
[Callaway-Sant'Anna 2021] Difference-in-differences with multiple time periods. Journal of
Econometrics 225(2), 200-230.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Bool, Float, Int

from gongfu.core import InputError
from gongfu.explain.policy.design import PolicyDesign
from gongfu.explain.result import Convention, EstimationResult, Fit

__all__ = ["FEW_UNITS", "Controls", "GroupTimeEffects", "group_time_effects"]

Controls = Literal["never", "not yet"]

FEW_UNITS = 40
"""Below this many units, errors from influence values are too small."""
CONVENTION = Convention("influence values of units, clustered by entity", 1.0, "1", math.inf)


@dataclass(frozen=True, slots=True, eq=False)
class GroupTimeEffects:
    """ATT(g, t): effect at time t on the units that adopt at g.

    Parameters
    ----------
    result : coefficients called ``g=2015 t=2017``.
    start, time : positions in ``times`` of cohort and time of each coefficient.
    influence : value of each unit for each coefficient; their mean is zero.
    starts : position of each unit's adoption, ``len(times)`` if never.
    times : labels of the times.
    """

    result: EstimationResult
    start: Int[np.ndarray, " effect"]
    time: Int[np.ndarray, " effect"]
    influence: Float[np.ndarray, "entity effect"]
    starts: Int[np.ndarray, " entity"]
    times: np.ndarray

    def share(self, start: int) -> float:
        """Return the share of units that adopt at a start, 0-1."""
        return float((self.starts == start).mean())


def group_time_effects(
    design: PolicyDesign,
    *,
    controls: Controls = "never",
    anticipation: int = 0,
    base: Literal["universal", "varying"] = "universal",
) -> GroupTimeEffects:
    """Return the effect of each cohort at each time.

    Parameters
    ----------
    controls : ``never`` adopters, or all ``not yet`` treated at both times compared.
    anticipation : times before adoption in which units may already react, at least 0.
    base : time before adoption with which all times are compared; ``varying`` compares times
        before adoption with the time before each, as R's did does by default.

    Raises
    ------
    InputError
        If the panel has holes, nobody can be compared with, or anticipation reaches back too far.

    Notes
    -----
    ``ATT(g,t) = mean over g of (y_t - y_b) - mean over controls of (y_t - y_b)``, b the last time
    before adoption and anticipation [Callaway-Sant'Anna 2021, eq. 2.8, 2.9 without covariates].
    Influence ``(1{g} / p_g) (change - its mean)`` less that of the controls; covariance
    ``I'I / n**2``.
    """
    outcome = design.outcome()
    if anticipation < 0 or controls not in ("never", "not yet"):
        raise InputError("anticipation is 0 or more and controls are 'never' or 'not yet'")
    found = list(_cells(design, outcome, controls, anticipation, base))
    if not found:
        raise InputError(
            "no cohort can be compared: with controls='never' some unit must never adopt, and each "
            "cohort needs a time before adoption and anticipation; try controls='not yet'"
        )
    start, time, effects, influence = (np.array(part) for part in zip(*found, strict=True))
    influence = influence.T
    names = tuple(
        f"g={design.data.times[g]} t={design.data.times[t]}"
        for g, t in zip(start, time, strict=True)
    )
    result = EstimationResult(
        estimator=f"group-time effects, {controls} treated units as controls",
        names=names,
        coefficients=effects,
        vcov=influence.T @ influence / len(outcome) ** 2,
        convention=CONVENTION,
        n=design.data.n,
        clusters={"entity": len(outcome)},
        fit=Fit(math.nan),
        residuals=np.empty(0),
        evidence=design.evidence,
        warnings=(*design.warnings, *_notes(design, start)),
    )
    return GroupTimeEffects(result, start, time, influence, design.starts, design.data.times)


def _cells(
    design: PolicyDesign,
    outcome: np.ndarray,
    controls: Controls,
    anticipation: int,
    base: str,
) -> Iterator[tuple[int, int, float, np.ndarray]]:
    for start in design.cohorts:
        before = start - 1 - anticipation
        for time in range(outcome.shape[1]):
            compared = time - 1 if base == "varying" and time <= before else before
            if compared < 0 or compared == time:
                continue
            others = _controls(design, controls, start, max(time, compared) + anticipation)
            if not others.any():
                continue
            change = outcome[:, time] - outcome[:, compared]
            effect, influence = _two_groups(change, design.starts == start, others)
            yield start, time, effect, influence


def _controls(
    design: PolicyDesign, controls: Controls, start: int, until: int
) -> Bool[np.ndarray, " entity"]:
    if controls == "never":
        return np.asarray(design.starts == design.never)
    return np.asarray((design.starts > until) & (design.starts != start))


def _two_groups(
    change: np.ndarray, treated: np.ndarray, others: np.ndarray
) -> tuple[float, Float[np.ndarray, " entity"]]:
    effect, influence = 0.0, np.zeros(len(change))
    for rows, sign in ((treated, 1.0), (others, -1.0)):
        mean = change[rows].mean()
        effect += sign * mean
        influence[rows] += sign * (change[rows] - mean) / rows.mean()
    return float(effect), influence


def _notes(design: PolicyDesign, start: np.ndarray) -> Iterator[str]:
    if len(design.starts) < FEW_UNITS:
        yield (
            f"Errors rest on {len(design.starts)} units: with fewer than {FEW_UNITS}, 95 % "
            "intervals cover less than 93 % in simulations; interaction_weighted has wider ones."
        )
    if design.data.regressors.shape[1]:
        yield "Covariates are not used by this estimator; imputation and two_way_did use them."
    lost = [str(design.data.times[g]) for g in design.cohorts if g not in start]
    if lost:
        yield f"No comparison for units that adopt in {', '.join(lost)}."
    single = [str(design.data.times[g]) for g in design.cohorts if (design.starts == g).sum() == 1]
    if single:
        yield (
            f"A single unit adopts in {', '.join(single)}: it shows no spread of its own, errors "
            "of those cohorts hold the controls' alone."
        )
