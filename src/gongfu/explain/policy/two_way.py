"""Difference in differences: two groups before and after, and the two-way regression.

References
----------
[BDM 2004] Bertrand, Duflo, Mullainathan: How much should we trust differences-in-differences
estimates? Quarterly Journal of Economics 119(1).
[Goodman-Bacon 2021] Difference-in-differences with variation in treatment timing. Journal of
Econometrics 225(2).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from jaxtyping import Float

from gongfu.core import Evidence, InputError, Problem
from gongfu.explain.audit.staggered import bacon_comparisons, two_way_weights
from gongfu.explain.fixed_effects import fixed_effects
from gongfu.explain.policy.design import POLICY, PolicyDesign
from gongfu.explain.result import Convention, EstimationResult, Fit
from gongfu.explain.vcov import Errors

__all__ = ["two_by_two", "two_way_did"]


def two_by_two(design: PolicyDesign) -> EstimationResult:
    """Return the change of units that adopt less that of units that never do.

    Raises
    ------
    InputError
        If units adopt at several dates or all adopt, or a unit lacks rows on one side of the date.

    Notes
    -----
    Each unit is collapsed to its mean before and after, which makes errors immune to serial
    correlation [BDM 2004]. Variance ``s1**2 / n1 + s0**2 / n0`` with Welch's degrees of freedom,
    rounded down; with a single unit on a side the spread of the other stands for both. Covariates
    are not used.
    """
    date = _single_date(design)
    change = _changes(design, date)
    adopts = design.starts == date
    one, other = change[adopts], change[~adopts]
    variance, convention = _welch(one, other)
    effect = one.mean() - other.mean()
    residuals = change - np.where(adopts, one.mean(), other.mean())
    return EstimationResult(
        estimator="difference in differences of unit means",
        names=(POLICY,),
        coefficients=np.array([effect]),
        vcov=np.array([[variance]]),
        convention=convention,
        n=design.data.n,
        clusters={"entity": len(change)},
        fit=Fit(float(residuals @ residuals) / max(len(change) - 2, 1)),
        residuals=residuals[design.data.entity],
        evidence=design.evidence,
        warnings=design.warnings,
        details={"treated_units": float(len(one)), "other_units": float(len(other))},
    )


def two_way_did(
    design: PolicyDesign,
    *,
    errors: Errors = "cluster",
    cluster: Mapping[str, Sequence[object] | np.ndarray] | None = None,
) -> EstimationResult:
    """Return the two-way fixed-effects regression on the policy dummy and the covariates.

    Parameters
    ----------
    errors, cluster : as in ``fixed_effects``.

    Notes
    -----
    With several dates the coefficient also compares adopters with units that already adopted
    [Goodman-Bacon 2021]; the weight of those comparisons and of negative weights stands in
    ``details``, and a warning takes the causal tag away where weights are negative.
    """
    found = fixed_effects(design.regression_panel(), errors=errors, cluster=cluster)
    found = replace(found, estimator="two-way difference in differences", evidence=design.evidence)
    found = found.warned(*design.warnings)
    return _weighed(found, design) if len(design.cohorts) > 1 else found


def _weighed(found: EstimationResult, design: PolicyDesign) -> EstimationResult:
    if not design.data.is_balanced or design.data.regressors.shape[1]:
        return replace(found, evidence=Evidence.ASSOCIATIONAL).warned(
            "Several dates: the coefficient also compares with units already treated; use "
            "group_time_effects, interaction_weighted or imputation."
        )
    treated = design.data.cube(design.treated)
    weights = two_way_weights(treated)
    pieces = bacon_comparisons(design.outcome(), treated)
    forbidden = sum(one.weight for one in pieces if one.is_forbidden)
    negative = float(np.abs(weights[weights < 0]).sum())
    details = {"weight_of_forbidden_comparisons": forbidden, "sum_of_negative_weights": negative}
    found = replace(found, details={**found.details, **details}).warned(
        f"Several dates: comparisons with units already treated weigh {forbidden:.0%}; use "
        "group_time_effects, interaction_weighted or imputation."
    )
    return replace(found, evidence=Evidence.ASSOCIATIONAL) if negative > 0 else found


def _single_date(design: PolicyDesign) -> int:
    if len(design.cohorts) != 1 or not design.has_never:
        raise InputError(
            Problem(
                "a two-by-two comparison has one date and units that never adopt",
                expected="one date, and a comparison group",
                found=f"{len(design.cohorts)} dates, "
                f"{int((design.starts == design.never).sum())} units that never adopt",
                fix="Use group_time_effects, interaction_weighted or imputation.",
            )
        )
    return design.cohorts[0]


def _changes(design: PolicyDesign, date: int) -> Float[np.ndarray, " entity"]:
    means = []
    for after in (False, True):
        rows = (design.data.time >= date) == after
        units = len(design.starts)
        counts = np.bincount(design.data.entity[rows], minlength=units)
        if (counts == 0).any():
            lacking = ", ".join(str(e) for e in design.data.entities[counts == 0][:5])
            raise InputError(
                f"no rows {'after' if after else 'before'} the policy date for {lacking}"
            )
        sums = np.bincount(design.data.entity[rows], design.data.dependent[rows], units)
        means.append(sums / counts)
    return np.asarray(means[1] - means[0])


def _welch(one: np.ndarray, other: np.ndarray) -> tuple[float, Convention]:
    sides = [side for side in (one, other) if len(side) > 1]
    if not sides:
        raise InputError("two units give no error: needs a second unit on one side")
    if len(sides) == 1:
        spread, dof = float(sides[0].var(ddof=1)), len(sides[0]) - 1
        variance = spread * (1 / len(one) + 1 / len(other))
        return variance, Convention("units, one variance for both groups", 1.0, "1", dof)
    parts = [float(side.var(ddof=1)) / len(side) for side in sides]
    shares = [part**2 / (len(side) - 1) for part, side in zip(parts, sides, strict=True)]
    dof = int(sum(parts) ** 2 / sum(shares)) if sum(shares) > 0 else len(one) + len(other) - 2
    return sum(parts), Convention("units, a variance for each group (Welch)", 1.0, "1", dof)
