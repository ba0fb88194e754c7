"""Dominance: whether one distribution is better at every rank, and how sure that is.

References
----------
[Shorrocks 1983] Ranking income distributions. Economica 50 (generalised Lorenz).
[Beach-Davidson 1983] Distribution-free statistical inference with Lorenz curves and income shares.
Review of Economic Studies 50(4).
[Bishop-Formby-Thistle 1992] Convergence of the South and non-South income distributions,
1969-1979. American Economic Review 82(1).
[Davidson-Duclos 2013] Testing for restricted stochastic dominance. Econometric Reviews 32(1).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from gongfu.core import InputError, Problem
from gongfu.core.errors import nearest_name
from gongfu.measure.curves.incidence import RANKS
from gongfu.measure.curves.joint import JointErrors, joint_errors
from gongfu.measure.difference import stacked_design
from gongfu.measure.linearised import Linearised
from gongfu.measure.lorenz import lorenz
from gongfu.measure.mean import mean
from gongfu.measure.quantiles import quantile
from gongfu.measure.sample import Sample
from gongfu.measure.student import two_sided_t
from gongfu.measure.survey import Wave

__all__ = ["CURVES", "Curve", "Dominance", "Verdict", "dominance"]

Curve = Literal["lorenz", "generalised-lorenz", "quantile"]
"""``lorenz``: who is more equal. ``generalised-lorenz``: whose distribution everybody who dislikes
poverty and inequality prefers (second order). ``quantile``: who has more at every rank (first
order)."""

CURVES: tuple[Curve, ...] = get_args(Curve)

Verdict = Literal["first dominates", "second dominates", "curves cross", "cannot tell"]


@dataclass(frozen=True, slots=True, eq=False)
class Dominance:
    """Two curves compared.

    Parameters
    ----------
    curve : which kind.
    rank : share of people, 0-1.
    first, second : both curves.
    errors : first less second, with errors.
    verdict : by the uniform band: ``first dominates`` when it lies above somewhere and below
        nowhere (weakly dominates), ``curves cross`` when both occur, else ``cannot tell``.
    is_strict : true when every point differs on its own in the same direction (one-sided), which
        rejects that there is no dominance over these ranks.
    design : how both samples were drawn, in words.
    """

    curve: Curve
    rank: Float[np.ndarray, " point"]
    first: Float[np.ndarray, " point"]
    second: Float[np.ndarray, " point"]
    errors: JointErrors
    verdict: Verdict
    is_strict: bool
    design: str

    def to_dict(self) -> dict[str, Any]:
        """Return full-precision JSON values."""
        low, high = self.errors.band(uniform=True)
        curves = {
            "rank": self.rank,
            "first": self.first,
            "second": self.second,
            "difference": self.errors.value,
            "standard_error": self.errors.standard_error,
            "uniform_low": low,
            "uniform_high": high,
        }
        return {
            "curve": self.curve,
            "verdict": self.verdict,
            "strict": self.is_strict,
            "level": self.errors.level,
            "critical": self.errors.uniform,
            "design": self.design,
            "points": [
                dict(zip(curves, map(float, row), strict=True))
                for row in zip(*curves.values(), strict=True)
            ],
        }


def dominance(
    first: Wave,
    second: Wave,
    *,
    curve: Curve = "lorenz",
    ranks: ArrayLike | None = None,
    same_units: bool = False,
    level: float = 0.95,
    seed: int = 1,
) -> Dominance:
    """Return whether one distribution dominates the other over a set of ranks.

    Parameters
    ----------
    first, second : incomes of two samples, in the same prices; at least 0 for Lorenz curves.
    curve : see ``Curve``.
    ranks : shares of people; every twentieth, and for the generalised Lorenz curve also 1 (the
        mean), if not given.
    same_units : true where a PSU label means the same unit in both samples.
    level : confidence of the verdict, 0-1.
    seed : of the draws that make the uniform band.

    Raises
    ------
    InputError
        If the curve is unknown, incomes are out of range, or the designs do not fit.

    Notes
    -----
    Points and their covariance come from the influence of each ordinate under the design
    [Beach-Davidson 1983]. Weak dominance is a union-intersection test: the largest ``|t|`` is
    compared with its joint critical value [Bishop-Formby-Thistle 1992], so that the level holds
    for all ranks together. Strict dominance is an intersection-union test: the smallest t must
    pass the one-sided critical value [Davidson-Duclos 2013]. Both speak of the ranks given only.
    """
    _check(curve)
    at = np.asarray(_default_ranks(curve) if ranks is None else ranks, dtype=np.float64)
    samples = [Sample.of(wave.income, wave.weight) for wave in (first, second)]
    design = stacked_design(first.design, second.design, same_units=same_units)
    pairs = [[_ORDINATE[curve](rows, float(p)) for rows in samples] for p in at]
    differences = (
        Linearised(one.value - two.value, np.concatenate([one.influence, -two.influence]))
        for one, two in pairs
    )
    errors = joint_errors(differences, design, level=level, seed=seed)
    ordinates = np.array([[one.value for one in pair] for pair in pairs])
    verdict, is_strict = _judge(errors)
    return Dominance(
        curve, at, ordinates[:, 0], ordinates[:, 1], errors, verdict, is_strict, design.words
    )


def _default_ranks(curve: Curve) -> tuple[float, ...]:
    return (*RANKS, 1.0) if curve == "generalised-lorenz" else RANKS


def _check(curve: str) -> None:
    if curve not in CURVES:
        raise InputError(
            Problem(
                f"no curve {curve!r}",
                expected=f"one of {', '.join(CURVES)}",
                fix=nearest_name(curve, CURVES),
            )
        )


def _generalised(rows: Sample, rank: float) -> Linearised:
    return mean(rows) * lorenz(rows, share=rank)


_ORDINATE: Mapping[Curve, Callable[[Sample, float], Linearised]] = {
    "lorenz": lambda rows, rank: lorenz(rows, share=rank),
    "generalised-lorenz": _generalised,
    "quantile": lambda rows, rank: quantile(rows, probability=rank),
}


def _judge(errors: JointErrors) -> tuple[Verdict, bool]:
    low, high = errors.band(uniform=True)
    above, below = bool((low > 0).any()), bool((high < 0).any())
    reach = two_sided_t(2 * errors.level - 1, errors.freedom) * errors.standard_error
    if above and below:
        return "curves cross", False
    if above:
        return "first dominates", bool((errors.value > reach).all())
    if below:
        return "second dominates", bool((errors.value < -reach).all())
    return "cannot tell", False
