"""Step *robustness*: the main coefficient over a declared grid of choices, as one curve.

References
----------
[SSN] Simonsohn, Simmons, Nelson 2020, Specification curve analysis. Nature Human Behaviour 4.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
import polars as pl
from jaxtyping import Bool, Float

from gongfu.core import InputError
from gongfu.explain.chain.sample import Sample
from gongfu.explain.chain.step import Step, not_possible
from gongfu.explain.fixed_effects import fixed_effects
from gongfu.explain.panel_data import PanelData
from gongfu.explain.within import within
from gongfu.measure.index.finding import Say

__all__ = ["robustness", "specification_curve"]

_TAIL = 0.01
_LEFT_OUT_CONTROLS = 6
"""More controls than this are left out all together only."""


@dataclass(frozen=True, slots=True)
class _Choice:
    """One point of the grid, each dimension by its name."""

    treatment: str
    controls: str
    window: str
    region: str
    tails: str


def robustness(sample: Sample) -> Step:
    """Return the specification curve and how much of it agrees with the main model."""
    try:
        curve = specification_curve(sample)
    except InputError as error:
        return not_possible("robustness", error)
    return Step("robustness", says=(_says(curve),), curves={"specifications": curve})


def specification_curve(sample: Sample) -> pl.DataFrame:
    """Return two-way estimates of the treatment over every combination of choices.

    Returns
    -------
    polars.DataFrame
        One row per specification, ascending by ``standardised``: its choices, ``estimate``,
        ``standard_error``, ``low``, ``high`` (95 %, clustered by unit), ``standardised`` (within
        standard deviations of the outcome per one of the treatment) with ``standardised_low`` and
        ``standardised_high``, ``n``, ``clusters``, ``is_main``.

    Raises
    ------
    InputError
        If not a single specification can be estimated.

    Notes
    -----
    Choices: the treatment as it is, one time earlier, and in its declared alternative forms; all
    controls, none, and each left out; all times, their first and their second half; all regions,
    and each left out; tails as they are, or drawn in to the 1st and 99th percentile. Every
    specification keeps unit and time effects [SSN]. Specifications share their rows, so the curve
    is a picture of choices, not a test with its own error.
    """
    shifted = _with_lag(sample)
    rows = [row for choice in _grid(shifted) if (row := _estimated(shifted, choice)) is not None]
    if not rows:
        raise InputError("no specification of the grid can be estimated")
    return pl.DataFrame(rows).sort("standardised", maintain_order=True)


def _with_lag(sample: Sample) -> Sample:
    """Return the sample with the treatment one time earlier among its columns."""
    name = sample.question.treatment
    place = {cell: row for row, cell in enumerate(zip(sample.entity, sample.time, strict=True))}
    values = sample.columns[name]
    lagged = [
        values[place[unit, time - 1]] if (unit, time - 1) in place else np.nan
        for unit, time in zip(sample.entity, sample.time, strict=True)
    ]
    return replace(sample, columns={**sample.columns, _lag_name(name): np.array(lagged)})


def _lag_name(name: str) -> str:
    return f"lag({name})"


def _grid(sample: Sample) -> Iterator[_Choice]:
    question = sample.question
    treatments = (question.treatment, _lag_name(question.treatment), *question.alternatives)
    controls = ["all"]
    if question.controls:
        controls.append("none")
    if 1 < len(question.controls) <= _LEFT_OUT_CONTROLS:
        controls += [f"without {name}" for name in question.controls]
    regions = ["all"]
    if sample.region is not None:
        regions += [f"without {name}" for name in sorted(set(sample.region.tolist()))]
    windows = ("all", "first half", "second half")
    for cell in product(treatments, controls, windows, regions, ("as is", "winsorised")):
        yield _Choice(*cell)


def _estimated(sample: Sample, choice: _Choice) -> dict[str, object] | None:
    """Return one row of the curve, or None where the rows left do not identify it."""
    names = (choice.treatment, *_controls(sample, choice))
    try:
        panel = sample.panel(names, keep=_kept(sample, choice))
        panel = _winsorised(panel) if choice.tails == "winsorised" else panel
        result = fixed_effects(panel)
    except InputError:
        return None
    estimate, error = result.coefficient(choice.treatment), result.standard_error(choice.treatment)
    low, high = result.interval(0.95)[0]
    scale = _scale(panel)
    return {
        "treatment": choice.treatment,
        "controls": choice.controls,
        "window": choice.window,
        "region": choice.region,
        "tails": choice.tails,
        "estimate": estimate,
        "standard_error": error,
        "low": float(low),
        "high": float(high),
        "standardised": estimate * scale,
        "standardised_low": float(low) * scale,
        "standardised_high": float(high) * scale,
        "n": result.n,
        "clusters": next(iter(result.clusters.values())),
        "is_main": _is_main(sample, choice),
    }


def _is_main(sample: Sample, choice: _Choice) -> bool:
    plain = _Choice(sample.question.treatment, "all", "all", "all", "as is")
    return choice == plain


def _controls(sample: Sample, choice: _Choice) -> tuple[str, ...]:
    if choice.controls == "none":
        return ()
    return tuple(name for name in sample.question.controls if choice.controls != f"without {name}")


def _kept(sample: Sample, choice: _Choice) -> Bool[np.ndarray, " row"]:
    kept = np.ones(len(sample.time), dtype=bool)
    middle = (sample.time.min() + sample.time.max()) / 2
    if choice.window != "all":
        is_early = sample.time <= middle
        kept &= is_early if choice.window == "first half" else ~is_early
    if choice.region != "all" and sample.region is not None:
        kept &= sample.region != choice.region.removeprefix("without ")
    return kept


def _winsorised(panel: PanelData) -> PanelData:
    dependent = _drawn_in(panel.dependent)
    regressors = panel.regressors.copy()
    regressors[:, 0] = _drawn_in(regressors[:, 0])
    return replace(panel, dependent=dependent, regressors=regressors)


def _drawn_in(values: Float[np.ndarray, " row"]) -> Float[np.ndarray, " row"]:
    return np.asarray(np.clip(values, *np.quantile(values, [_TAIL, 1 - _TAIL])))


def _scale(panel: PanelData) -> float:
    """Return the within standard deviation of the treatment over that of the outcome."""
    columns = np.column_stack([panel.dependent, panel.regressors[:, 0]])
    left = within(panel, "two-way").remove(columns).std(axis=0)
    return float(left[1] / left[0])


def _says(curve: pl.DataFrame) -> Say:
    shares = _shares(curve)
    count = curve.height
    return Say(
        f"{count} 种设定中，{shares['positive']:.0%} 为正；区间不含零的为正 "
        f"{shares['above']:.0%}、为负 {shares['below']:.0%}。",
        f"Of {count} specifications {shares['positive']:.0%} are positive; the interval lies above "
        f"zero in {shares['above']:.0%} and below zero in {shares['below']:.0%}.",
    )


def _shares(curve: pl.DataFrame) -> Mapping[str, float]:
    return {
        "positive": float((curve["estimate"] > 0).mean() or 0.0),  # type: ignore[arg-type]
        "above": float((curve["low"] > 0).mean() or 0.0),  # type: ignore[arg-type]
        "below": float((curve["high"] < 0).mean() or 0.0),  # type: ignore[arg-type]
    }
