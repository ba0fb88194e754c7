"""How a study's methods fare in worlds whose truth is known: size, power, bias, sign errors.

References
----------
[GC] Gelman, Carlin 2014, Beyond power calculations: assessing Type S (sign) and Type M (magnitude)
errors. Perspectives on Psychological Science 9(6).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

import numpy as np
import polars as pl

from gongfu.core import GongfuError, InputError
from gongfu.explain.chain.sample import Sample
from gongfu.explain.method_audit.methods import Method, Verdict, methods_of
from gongfu.explain.method_audit.worlds import KINDS, Kind, World, calibrate, outcome_of

__all__ = ["MethodAudit", "MethodScore", "audit_methods"]

_SIZE = 0.05
_WIDE = 2.0
"""Monte Carlo errors beyond which a share counts as off its nominal value."""


@dataclass(frozen=True, slots=True)
class MethodScore:
    """One method in one kind of world.

    Parameters
    ----------
    truth : effect planted, as this method ought to find it.
    worlds, failed : drawn, and those in which the method gave no estimate.
    mean, bias : of its estimates, and of them less the truth.
    rejects : share of worlds in which it finds an effect at 5 %: size where the truth is zero,
        power elsewhere.
    rejects_error : Monte Carlo standard error of that share.
    coverage : share of 95 % intervals that hold the truth.
    wrong_sign : share of the effects it finds that point the wrong way [GC type S]; none where the
        truth is zero or it finds nothing.
    own : the same method's estimate on the study's real outcome, with its interval.
    """

    method: str
    world: Kind
    truth: float
    worlds: int
    failed: int
    mean: float
    bias: float
    rejects: float
    rejects_error: float
    coverage: float
    wrong_sign: float | None
    own: float | None
    own_low: float | None
    own_high: float | None


@dataclass(frozen=True, slots=True, eq=False)
class MethodAudit:
    """The scores of all methods in all worlds.

    Parameters
    ----------
    scores : by world, then method.
    calibration : what the worlds were made with.
    """

    scores: tuple[MethodScore, ...]
    calibration: World
    seed: int

    def frame(self) -> pl.DataFrame:
        """Return one row per method and world."""
        return pl.DataFrame([asdict(score) for score in self.scores])

    @property
    def oversized(self) -> tuple[str, ...]:
        """Methods that find an effect where there is none clearly more often than 5 %."""
        return tuple(
            score.method
            for score in self.scores
            if score.world == "zero" and score.rejects > _SIZE + _WIDE * _error(_SIZE, score.worlds)
        )


def audit_methods(
    sample: Sample,
    *,
    worlds: int = 200,
    seed: int = 0,
    kinds: Sequence[Kind] = KINDS,
    progress: Callable[[str], None] = lambda _: None,
) -> MethodAudit:
    """Return how the chain's estimators fare on a study's own regressors.

    Parameters
    ----------
    worlds : drawn of each kind, 20 or more.
    kinds : siphon worlds are left out where the study has no spatial weights.

    Raises
    ------
    InputError
        If the study cannot be calibrated, or too few worlds are asked for.

    Notes
    -----
    All methods see the same worlds. In a siphon world the mean total effect is zero: a unit gains
    what its neighbours lose; methods without neighbours are held to the own effect.
    """
    if worlds < 20:
        raise InputError(f"the method audit needs 20 worlds or more, got {worlds}")
    world = calibrate(sample)
    methods = methods_of(sample)
    own = {name: _tried(method, world) for name, method in methods.items()}
    scores: list[MethodScore] = []
    for kind in kinds:
        if kind == "siphon" and world.weights is None:
            continue
        progress(kind)
        rng = np.random.default_rng([seed, KINDS.index(kind)])
        panels = [outcome_of(world, kind, rng) for _ in range(worlds)]
        for name, method in methods.items():
            progress(f"{kind}: {name}")
            verdicts = [_try(method, panel) for panel in panels]
            scores.append(_score(name, kind, _truth(world, kind, name), verdicts, own[name]))
    return MethodAudit(tuple(scores), world, seed)


def _tried(method: Method, world: World) -> Verdict | None:
    return _try(method, world.panel)


def _try(method: Method, panel: object) -> Verdict | None:
    try:
        return method(panel)  # type: ignore[arg-type]
    except GongfuError:
        return None


def _truth(world: World, kind: Kind, method: str) -> float:
    if kind == "zero" or (kind == "siphon" and method.startswith("SDM total")):
        return 0.0
    return world.effect


def _score(
    name: str, kind: Kind, truth: float, verdicts: list[Verdict | None], own: Verdict | None
) -> MethodScore:
    told = [one for one in verdicts if one is not None]
    estimates = np.array([one.estimate for one in told])
    rejects = np.array([one.rejects for one in told])
    holds = np.array([one.low <= truth <= one.high for one in told])
    found = estimates[rejects] if told else estimates
    share = float(rejects.mean()) if told else math.nan
    mean = float(estimates.mean()) if told else math.nan
    return MethodScore(
        method=name,
        world=kind,
        truth=truth,
        worlds=len(verdicts),
        failed=len(verdicts) - len(told),
        mean=mean,
        bias=mean - truth,
        rejects=share,
        rejects_error=_error(share, len(told)) if told else math.nan,
        coverage=float(holds.mean()) if told else math.nan,
        wrong_sign=float((np.sign(found) != np.sign(truth)).mean())
        if truth and len(found)
        else None,
        own=own.estimate if own else None,
        own_low=own.low if own else None,
        own_high=own.high if own else None,
    )


def _error(share: float, count: int) -> float:
    return math.sqrt(share * (1 - share) / count)
