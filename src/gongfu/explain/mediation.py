"""The part of an association that runs along a mediator: product of coefficients, fixed effects.

References
----------
[BK] Baron, Kenny 1986, The moderator-mediator variable distinction. JPSP 51(6).
[E] Efron 1987, Better bootstrap confidence intervals. JASA 82(397), 171-185.
[IKY] Imai, Keele, Yamamoto 2010, Identification, inference and sensitivity analysis for causal
mediation effects. Statistical Science 25(1), 51-71.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Shaped

from gongfu.core import Evidence, InputError, Interval
from gongfu.explain.mediation_bootstrap import bca_interval, percentile_interval
from gongfu.explain.mediation_moments import Paths, mediation_moments, paths
from gongfu.measure.index.finding import Say

__all__ = ["MediationPart", "MediationResult", "Sensitivity", "mediation"]

_PARTS = ("first", "second", "indirect", "direct", "total")


@dataclass(frozen=True, slots=True)
class MediationPart:
    """One path: value, standard deviation of its bootstrap draws, and two intervals."""

    value: float
    standard_error: float
    percentile: Interval
    bca: Interval


@dataclass(frozen=True, slots=True, eq=False)
class Sensitivity:
    """What the indirect part would be were the errors of mediator and dependent correlated.

    Parameters
    ----------
    correlation : of the two errors, from a cause of both that the regression does not hold.
    indirect, low, high : indirect part at that correlation, with its percentile interval.
    zero_at : correlation at which the indirect part is zero.
    loses_sign_at : smallest correlation, in absolute value, on the grid whose interval holds zero;
        None if none does.
    """

    correlation: Float[np.ndarray, " grid"]
    indirect: Float[np.ndarray, " grid"]
    low: Float[np.ndarray, " grid"]
    high: Float[np.ndarray, " grid"]
    zero_at: float
    loses_sign_at: float | None


@dataclass(frozen=True, slots=True, eq=False)
class MediationResult:
    """Paths of a mediation with cluster bootstrap.

    Parameters
    ----------
    first : regressor to mediator. second : mediator to dependent, the regressor held.
    indirect : ``first * second``. direct : regressor to dependent, the mediator held.
    total : ``direct + indirect``.
    n, clusters : rows and entities.
    says : the result in words that claim no cause.
    """

    first: MediationPart
    second: MediationPart
    indirect: MediationPart
    direct: MediationPart
    total: MediationPart
    sensitivity: Sensitivity
    n: int
    clusters: int
    evidence: Evidence
    convention: str
    says: Say


def mediation(
    dependent: Float[np.ndarray, " row"],
    mediator: Float[np.ndarray, " row"],
    regressor: Float[np.ndarray, " row"],
    *,
    entity: Shaped[np.ndarray, " row"],
    time: Shaped[np.ndarray, " row"],
    controls: Float[np.ndarray, "row control"] | None = None,
    time_effects: bool = True,
    level: float = 0.95,
    replications: int = 1000,
    seed: int = 0,
) -> MediationResult:
    """Return the paths, their intervals and what an omitted common cause could do to them.

    Parameters
    ----------
    entity, time : labels; unit effects are always taken out, gaps are allowed.
    level : of the intervals, 0-1.
    replications : bootstrap draws of whole entities, at least 100.
    seed : same seed, same intervals.

    Raises
    ------
    InputError
        If a value is missing, a row repeats, or a column is absorbed or collinear.

    Notes
    -----
    ``m = a x + c'z``, ``y = d x + b m + e'z``, all within units and periods; indirect ``a b``,
    direct ``d`` [BK]. It is an effect only if nothing unobserved moves mediator and dependent
    together. With error correlation r the indirect part is
    ``a s1/s2 (p - r sqrt((1 - p^2) / (1 - r^2)))``, where s1, s2, p are the standard deviations and
    the correlation of the errors of y and of m, the mediator left out of y [IKY, theorem 4].
    """
    if replications < 100 or not 0 < level < 1:
        raise InputError(f"needs 100 draws or more and 0 < level < 1, got {replications}, {level}")
    plain = np.empty((len(dependent), 0)) if controls is None else controls
    moments = mediation_moments(
        dependent, mediator, regressor, plain, entity=entity, time=time, time_effects=time_effects
    )
    rng = np.random.default_rng(seed)
    units = len(moments.by_unit)
    counts = rng.multinomial(units, np.full(units, 1 / units), size=replications)
    whole = paths(moments.by_unit.sum(axis=0)[None])
    drawn = paths(np.tensordot(counts.astype(float), moments.by_unit, axes=1))
    without = paths(moments.by_unit.sum(axis=0) - moments.by_unit)
    parts = {name: _part(whole, drawn, without, name, level) for name in _PARTS}
    return MediationResult(
        **parts,
        sensitivity=_sensitivity(whole, drawn, level),
        n=moments.rows,
        clusters=units,
        evidence=Evidence.ASSOCIATIONAL,
        convention=_convention(time_effects, replications, seed, level),
        says=_says(parts["indirect"], parts["total"]),
    )


def _part(whole: Paths, drawn: Paths, without: Paths, name: str, level: float) -> MediationPart:
    value = float(getattr(whole, name)[0])
    draws, left_out = getattr(drawn, name), getattr(without, name)
    return MediationPart(
        value=value,
        standard_error=float(draws.std(ddof=1)),
        percentile=percentile_interval(draws, level),
        bca=bca_interval(value, draws, left_out, level),
    )


def _sensitivity(whole: Paths, drawn: Paths, level: float) -> Sensitivity:
    grid = np.linspace(-0.9, 0.9, 37)
    tail = (1 - level) / 2
    middle = whole.indirect_at(grid)[0]
    low, high = np.quantile(drawn.indirect_at(grid), [tail, 1 - tail], axis=0)
    holds_zero = np.abs(grid[(low <= 0) & (high >= 0)])
    return Sensitivity(
        correlation=grid,
        indirect=middle,
        low=low,
        high=high,
        zero_at=float(whole.correlation[0]),
        loses_sign_at=float(holds_zero.min()) if len(holds_zero) else None,
    )


def _convention(time_effects: bool, replications: int, seed: int, level: float) -> str:
    effects = "unit and time effects" if time_effects else "unit effects"
    return (
        f"product of coefficients; {effects}; {replications} bootstrap draws of whole entities, "
        f"seed {seed}; {level:.0%} percentile and BCa intervals"
    )


def _says(indirect: MediationPart, total: MediationPart) -> Say:
    low, high = indirect.bca.low, indirect.bca.high
    if low <= 0 <= high:
        return Say(
            f"数据不能确定关联是否经由中介变量：间接部分的区间 [{low:.3g}, {high:.3g}] 包含零。",
            "The data do not settle whether the association runs along the mediator: the interval "
            f"of the indirect part, {low:.3g} to {high:.3g}, holds zero.",
        )
    return Say(
        f"总关联 {total.value:.3g} 中，与中介变量一同变动的部分为 {indirect.value:.3g}"
        f"（区间 [{low:.3g}, {high:.3g}]）；这是关联，不是因果。",
        f"Of a total association of {total.value:.3g}, {indirect.value:.3g} goes together with the "
        f"mediator (interval {low:.3g} to {high:.3g}); an association, not a cause.",
    )
