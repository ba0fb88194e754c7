"""Gaps between groups: difference, ratio and log-odds of their means, with influence values.

References
----------
[Deville 1999] Variance estimation for complex statistics and estimators: linearization and
residual techniques. Survey Methodology 25(2).
[van Dijk 2020] The Digital Divide. Polity. (access, use and outcome as three levels of one divide)
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Shaped
from numpy.typing import ArrayLike

from gongfu.core import InputError, Problem
from gongfu.core.errors import nearest_name
from gongfu.measure.linearised import Linearised
from gongfu.measure.mean import mean
from gongfu.measure.sample import Sample

__all__ = ["Gap", "gap_between", "group_gaps", "log_odds"]


@dataclass(frozen=True, slots=True, eq=False)
class Gap:
    """How far a group lies behind a reference group; positive or above one when it is behind.

    Parameters
    ----------
    group, reference : labels.
    mean, reference_mean : in the unit of the outcome.
    difference : reference less group, in the unit of the outcome.
    ratio : reference over group; none where the group's mean is not above zero.
    log_odds : log-odds of the reference less those of the group; none unless the outcome has
        bounds that both means lie between.
    """

    group: str
    reference: str
    mean: Linearised
    reference_mean: Linearised
    difference: Linearised
    ratio: Linearised | None
    log_odds: Linearised | None


def group_gaps(
    outcome: ArrayLike,
    groups: Shaped[np.ndarray, " row"],
    weight: ArrayLike | None = None,
    *,
    reference: str | None = None,
    bounds: tuple[float, float] | None = None,
) -> tuple[Gap, ...]:
    """Return the gap of every group behind one of them.

    Parameters
    ----------
    outcome : access, use or benefit of each row, in any unit.
    groups : label of each row.
    weight : people each row stands for, above zero.
    reference : group the others are compared with; none takes the one with the highest mean.
    bounds : lowest and highest possible outcome, such as (0, 1); without them no log-odds.

    Raises
    ------
    InputError
        If a value is missing, there is one group only, or no group bears the reference's name.

    Notes
    -----
    Means of groups are domain means: their influence is zero outside the group [Deville 1999], so
    that differences, ratios and log-odds have their errors under any survey design.
    """
    rows = Sample.of(outcome, weight)
    labels = np.asarray(groups).astype(np.str_)
    _require_groups(labels, rows, reference)
    means = {str(name): _domain_mean(rows, labels == name) for name in np.unique(labels)}
    best = reference or max(means, key=lambda name: means[name].value)
    return tuple(
        gap_between(found, means[best], group=name, reference=best, bounds=bounds)
        for name, found in means.items()
        if name != best
    )


def gap_between(
    mean: Linearised,
    reference_mean: Linearised,
    *,
    group: str = "group",
    reference: str = "reference",
    bounds: tuple[float, float] | None = None,
) -> Gap:
    """Return the gap between two means of the same rows.

    Parameters
    ----------
    mean, reference_mean : in the unit of the outcome; published means have an influence of zero.
    group, reference : labels.
    bounds : lowest and highest possible outcome; without them no log-odds.
    """
    odds = [None if bounds is None else log_odds(one, bounds) for one in (mean, reference_mean)]
    return Gap(
        group=group,
        reference=reference,
        mean=mean,
        reference_mean=reference_mean,
        difference=reference_mean - mean,
        ratio=reference_mean / mean if mean.value > 0 else None,
        log_odds=None if odds[0] is None or odds[1] is None else odds[1] - odds[0],
    )


def log_odds(mean: Linearised, bounds: tuple[float, float] = (0.0, 1.0)) -> Linearised | None:
    """Return ``ln((m - a) / (b - m))`` of a mean between bounds a and b, or none outside them."""
    low, high = bounds
    above, below = mean.value - low, high - mean.value
    if above <= 0 or below <= 0:
        return None
    return mean.changed(math.log(above / below), 1.0 / above + 1.0 / below)


def _domain_mean(rows: Sample, member: Bool[np.ndarray, " row"]) -> Linearised:
    return mean(rows.income[member], rows.weight[member]).in_domain(member)


def _require_groups(
    labels: Shaped[np.ndarray, " row"], rows: Sample, reference: str | None
) -> None:
    if labels.shape != rows.income.shape:
        raise InputError(
            Problem(
                "there is not one group label per outcome",
                expected=f"{len(rows.income)} labels",
                found=f"an array of shape {labels.shape}",
            )
        )
    names = [str(name) for name in np.unique(labels)]
    if len(names) < 2:
        raise InputError(Problem("a gap needs at least two groups", found=", ".join(names)))
    if reference is not None and reference not in names:
        raise InputError(
            Problem(
                f"no group {reference!r}",
                expected=f"one of {', '.join(names)}",
                fix=nearest_name(reference, names),
            )
        )
