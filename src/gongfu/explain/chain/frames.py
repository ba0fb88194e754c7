"""The steps of a study as plain tables: models, estimates, numbers at the foot."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import Any

import polars as pl

from gongfu.explain.chain.question import Question
from gongfu.explain.chain.step import Model, Step

__all__ = ["estimates_frame", "models_frame", "name_label", "numbers_frame"]

_MODELS = {
    "step": pl.String, "model": pl.String, "label_zh": pl.String, "label_en": pl.String,
    "dependent": pl.String, "dependent_zh": pl.String, "dependent_en": pl.String,
    "estimator": pl.String, "n": pl.Int64, "clusters": pl.Int64, "r2_within": pl.Float64,
    "log_likelihood": pl.Float64, "errors": pl.String, "rule": pl.String,
    "factor": pl.Float64, "dof": pl.Float64, "marks": pl.String, "warnings": pl.String,
    "evidence": pl.String,
}  # fmt: skip
_ESTIMATES = {
    "step": pl.String, "model": pl.String, "name": pl.String, "name_zh": pl.String,
    "name_en": pl.String, "estimate": pl.Float64, "standard_error": pl.Float64, "low": pl.Float64,
    "high": pl.Float64, "p": pl.Float64,
}  # fmt: skip
_NUMBERS = {"step": pl.String, "model": pl.String, "number": pl.String, "value": pl.Float64}

_WORDS = {
    "(intercept)": ("常数项", "Constant"),
    "policy": ("政策", "Policy"),
    "overall": ("平均效应", "Average effect"),
    "rho": ("空间滞后系数 ρ", "Spatial lag ρ"),
    "lambda": ("空间误差系数 λ", "Spatial error λ"),
}
_KINDS = {"direct": ("直接", "direct"), "indirect": ("间接", "indirect"), "total": ("总", "total")}
_LAG = re.compile(r"(.+), lag (\d+)")
_REGIME = re.compile(r"(.+) \| regime (\d)")


def models_frame(question: Question, steps: Sequence[Step]) -> pl.DataFrame:
    """Return one row per model, in the order of the columns of its table."""
    rows = [_model_row(question, step, model) for step in steps for model in step.models]
    return pl.DataFrame(rows, schema=_MODELS)


def estimates_frame(question: Question, steps: Sequence[Step]) -> pl.DataFrame:
    """Return one row per coefficient, with its 95 % interval."""
    rows = [row for step in steps for model in step.models for row in _rows(question, step, model)]
    return pl.DataFrame(rows, schema=_ESTIMATES)


def numbers_frame(steps: Sequence[Step]) -> pl.DataFrame:
    """Return the further numbers at the foot of each column."""
    rows = [
        {"step": step.name, "model": model.key, "number": name, "value": value}
        for step in steps
        for model in step.models
        for name, value in model.numbers.items()
    ]
    return pl.DataFrame(rows, schema=_NUMBERS)


def name_label(question: Question, name: str, language: str) -> str:
    """Return what people call a coefficient: regressor, spatial lag, effect or regime of one."""
    place = 0 if language == "zh" else 1
    if name in _WORDS:
        return _WORDS[name][place]
    regime = _REGIME.fullmatch(name)
    if regime:
        label = question.label(regime[1], language)
        return f"{label}（第{regime[2]}区间）" if place == 0 else f"{label}, regime {regime[2]}"
    lag = _LAG.fullmatch(name)
    if lag:
        label = question.label(lag[1], language)
        return f"{label}（滞后 {lag[2]} 期）" if place == 0 else f"{label}, lag {lag[2]}"
    kind, _, rest = name.partition(" ")
    if rest and kind == "W":
        return f"W × {question.label(rest, language)}"
    if rest and kind in _KINDS:
        label = question.label(rest, language)
        return f"{label}：{_KINDS[kind][0]}" if place == 0 else f"{label}: {_KINDS[kind][1]}"
    return question.label(name, language)


def _model_row(question: Question, step: Step, model: Model) -> dict[str, Any]:
    result = model.result
    return {
        "step": step.name,
        "model": model.key,
        "label_zh": model.label.zh,
        "label_en": model.label.en,
        "dependent": model.dependent,
        "dependent_zh": question.label(model.dependent, "zh"),
        "dependent_en": question.label(model.dependent, "en"),
        "estimator": result.estimator,
        "n": result.n,
        "clusters": min(result.clusters.values()) if result.clusters else None,
        "r2_within": result.fit.r2_within,
        "log_likelihood": result.fit.log_likelihood,
        "errors": result.convention.errors,
        "rule": result.convention.rule,
        "factor": result.convention.factor,
        "dof": result.convention.dof if math.isfinite(result.convention.dof) else None,
        "marks": ",".join(model.marks),
        "warnings": " ".join(result.warnings),
        "evidence": result.evidence.value,
    }


def _rows(question: Question, step: Step, model: Model) -> Iterator[dict[str, Any]]:
    result = model.result
    bounds = result.interval(0.95)
    for i, name in enumerate(result.names):
        yield {
            "step": step.name,
            "model": model.key,
            "name": name,
            "name_zh": name_label(question, name, "zh"),
            "name_en": name_label(question, name, "en"),
            "estimate": float(result.coefficients[i]),
            "standard_error": float(result.standard_errors[i]),
            "low": float(bounds[i, 0]),
            "high": float(bounds[i, 1]),
            "p": float(result.p[i]),
        }
