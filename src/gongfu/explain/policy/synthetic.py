"""Synthetic difference in differences, synthetic control and plain difference in differences.

References
----------
[Arkhangelsky 2021] Arkhangelsky, Athey, Hirshberg, Imbens, Wager: Synthetic
difference-in-differences. American Economic Review 111(12), 4088-4118.
[Abadie 2010] Abadie, Diamond, Hainmueller: Synthetic control methods for comparative case studies.
Journal of the American Statistical Association 105(490), 493-505.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError, Problem
from gongfu.explain.policy.design import POLICY, PolicyDesign
from gongfu.explain.policy.synthetic_errors import jackknife_error, placebo_effects
from gongfu.explain.policy.synthetic_weights import (
    Block,
    Method,
    Weights,
    block_effect,
    block_gap,
    block_weights,
    noise,
)
from gongfu.explain.result import Convention, EstimationResult, Fit

__all__ = ["SyntheticEffect", "synthetic_did"]

_WORDS = {
    "sdid": "synthetic difference in differences",
    "sc": "synthetic control",
    "did": "difference in differences, equal weights",
}
_FEWEST_PLACEBOS = 20


@dataclass(frozen=True, slots=True, eq=False)
class SyntheticEffect:
    """Effect on the treated after adoption, against a weighted average of the others.

    Parameters
    ----------
    result : one coefficient, ``policy``.
    unit_weights, time_weights : of each unit that never adopts, of each time before adoption.
    controls, times : labels of those units and of all times.
    gap : treated mean less weighted controls at each time.
    placebo_effects : effect of each placebo policy; empty for the jackknife.
    p : share of placebo effects at least as large in absolute value, the estimate counted too.
    """

    result: EstimationResult
    unit_weights: Float[np.ndarray, " control"]
    time_weights: Float[np.ndarray, " before"]
    controls: np.ndarray
    times: np.ndarray
    gap: Float[np.ndarray, " time"]
    placebo_effects: Float[np.ndarray, " placebo"]
    p: float | None


def synthetic_did(
    design: PolicyDesign,
    *,
    method: Method = "sdid",
    errors: Literal["placebo", "jackknife"] = "placebo",
    replications: int = 200,
    seed: int = 0,
) -> SyntheticEffect:
    """Return the mean effect on units that adopt, all at one date.

    Parameters
    ----------
    method : ``sdid`` weighs units and times, ``sc`` units alone, ``did`` neither.
    errors : ``placebo`` gives the policy to units that never adopt; ``jackknife`` leaves units out
        one at a time with the weights kept.
    replications : placebo draws; where there are no more ways than draws, each is used once.
    seed : of the draws.

    Raises
    ------
    InputError
        If the panel has holes, dates differ, nobody never adopts, there are fewer than two times
        before adoption, or the errors need more units.

    Notes
    -----
    ``(mean treated - sum w_j y_j)`` after, less its weighted value before. Weights solve eq. 4 and
    6 of [Arkhangelsky 2021] with ``zeta = (N1 T1)**(1/4) s``, s the standard deviation of first
    differences of the controls before adoption; for times and for ``sc`` ``1e-6 s``. Placebo errors
    take the controls' noise for that of the treated (algorithm 4); the jackknife is algorithm 3;
    the p-value counts placebos [Abadie 2010]. Covariates are not used.
    """
    block = _block(design)
    scale = noise(block)
    weights = block_weights(block, method, scale)
    placebos = (
        placebo_effects(block, method, scale, weights, replications=replications, seed=seed)
        if errors == "placebo"
        else np.empty(0)
    )
    error = float(placebos.std()) if len(placebos) else jackknife_error(block, weights)
    effect = block_effect(block, weights)
    return SyntheticEffect(
        result=_result(
            design, block, method, weights, effect=effect, error=error, placebos=len(placebos)
        ),
        unit_weights=weights[0],
        time_weights=weights[1],
        controls=design.data.entities[design.starts == design.never],
        times=design.data.times,
        gap=block_gap(block, weights),
        placebo_effects=placebos,
        p=_share(placebos, effect) if len(placebos) else None,
    )


def _block(design: PolicyDesign) -> Block:
    outcome = design.outcome()
    if len(design.cohorts) != 1 or not design.has_never or design.cohorts[0] < 2:
        raise InputError(
            Problem(
                "a synthetic comparison has one date, two times before it and units that never "
                "adopt",
                found=f"{len(design.cohorts)} dates, the first after {design.cohorts[0]} times, "
                f"{int((design.starts == design.never).sum())} units that never adopt",
                fix="Evaluate one date at a time, or use group_time_effects or imputation.",
            )
        )
    order = np.argsort(design.starts < design.never, kind="stable")
    treated = int((design.starts < design.never).sum())
    return Block(outcome[order], treated, design.cohorts[0])


def _share(placebos: Float[np.ndarray, " placebo"], effect: float) -> float:
    at_least = int((np.abs(placebos) >= abs(effect)).sum())
    return (1 + at_least) / (1 + len(placebos))


def _result(
    design: PolicyDesign,
    block: Block,
    method: Method,
    weights: Weights,
    *,
    effect: float,
    error: float,
    placebos: int,
) -> EstimationResult:
    gap = block_gap(block, weights)
    before = gap[: block.before]
    missed = before - (before.mean() if method != "sc" else 0.0)
    words = f"placebo, {placebos} draws" if placebos else "jackknife, weights kept"
    return EstimationResult(
        estimator=_WORDS[method],
        names=(POLICY,),
        coefficients=np.array([effect]),
        vcov=np.array([[error**2]]),
        convention=Convention(words, 1.0, "1", math.inf),
        n=design.data.n,
        clusters={"entity": len(block.rows)},
        fit=Fit(float((missed**2).mean())),
        residuals=missed,
        evidence=design.evidence,
        warnings=_warnings(design, placebos),
        details={
            "treated_units": float(block.treated),
            "controls_with_weight": float(np.count_nonzero(weights[0])),
            "root_mean_square_gap_before": float(np.sqrt((missed**2).mean())),
        },
    )


def _warnings(design: PolicyDesign, placebos: int) -> tuple[str, ...]:
    # The design's remark on few treated units points here.
    kept = tuple(note for note in design.warnings if "see the placebo" not in note)
    if design.data.regressors.shape[1]:
        kept += ("Covariates are not used by this estimator.",)
    if 0 < placebos < _FEWEST_PLACEBOS:
        kept += (f"Only {placebos} placebos exist: p cannot fall below {1 / (placebos + 1):.2g}.",)
    return kept
