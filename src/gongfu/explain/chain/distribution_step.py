"""Step *distribution*: whether the association differs between low and high outcomes."""

from __future__ import annotations

import numpy as np
import polars as pl

from gongfu.core import GongfuError
from gongfu.explain.chain.sample import Sample
from gongfu.explain.chain.step import Model, Step, not_possible
from gongfu.explain.chain.words import needs, number
from gongfu.explain.distribution_moments import moment_quantiles
from gongfu.explain.distribution_process import QuantileProcess
from gongfu.explain.distribution_unconditional import unconditional_quantiles
from gongfu.measure.index.finding import Say

__all__ = ["distribution"]

_QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)
_DRAWS = 199
_LEVEL = 0.05
_FEWEST = 10
"""Units below which redrawing them tells nothing of a quantile."""


def distribution(sample: Sample) -> Step:
    """Return unconditional and moment quantile regressions with unit and year effects."""
    question = sample.question
    name = question.treatment
    if len(np.unique(sample.entity)) < _FEWEST:
        return not_possible("distribution", needs(f"至少 {_FEWEST} 个地区", f"{_FEWEST} units"))
    paths: list[pl.DataFrame] = []
    models: list[Model] = []
    says: list[Say] = []
    failed: list[Say] = []
    for key, label, estimate in _METHODS:
        try:
            process = estimate(sample)
        except GongfuError as error:
            failed.append(Say(f"{label.zh}：无法估计（{error}）。", f"{label.en}: {error}"))
            continue
        table = process.path(name, seed=question.seed)
        says.append(_says(sample, label, process, table))
        paths.append(table.with_columns(method=pl.lit(key)))
        models += [
            Model(f"{key} q{q:g}", Say(f"{label.zh} {q:g}", f"{label.en}, {q:g}"),
                  question.outcome, result, ("entity", "time"))
            for q, result in zip(process.quantiles, process.results, strict=True)
            if q in (0.1, 0.5, 0.9)
        ]  # fmt: skip
    if not paths:
        return not_possible("distribution", failed[0])
    return Step(
        "distribution",
        models=tuple(models),
        says=(*says, *failed),
        curves={"quantiles": pl.concat(paths, how="diagonal")},
    )


def _unconditional(sample: Sample) -> QuantileProcess:
    panel = sample.panel(sample.core)
    seed = sample.question.seed
    return unconditional_quantiles(panel, _QUANTILES, replications=_DRAWS, seed=seed)


def _moments(sample: Sample) -> QuantileProcess:
    panel = sample.panel(sample.core)
    seed = sample.question.seed
    return moment_quantiles(panel, _QUANTILES, replications=_DRAWS, seed=seed).process


_METHODS = (
    ("unconditional", Say("无条件分位数", "Unconditional quantile"), _unconditional),
    ("moments", Say("矩分位数", "Quantile by moments"), _moments),
)


def _says(sample: Sample, method: Say, process: QuantileProcess, path: pl.DataFrame) -> Say:
    """Return the coefficients of the lowest and highest quantile, and whether all are alike."""
    p = process.equality_test(sample.question.treatment).p
    zh, en = (sample.question.label(sample.question.outcome, one) for one in ("zh", "en"))
    low, high = (number(path["estimate"][place]) for place in (0, -1))
    tail = (
        ("各分位的系数不同", "they differ")
        if p <= _LEVEL
        else ("数据不能分辨", "the data cannot tell them apart")
    )
    return Say(
        f"{method.zh}：{zh}低分位（0.1）处的系数为 {low}，高分位（0.9）处为 {high}；"
        f"各分位相等的检验 p = {p:.2g}，{tail[0]}。",
        f"{method.en}: the coefficient is {low} at the 0.1 quantile of {en} and {high} at the 0.9 "
        f"quantile; the test that all are equal has p = {p:.2g}: {tail[1]}.",
    )
