"""Step *channel*: how much of the association runs along each mediator."""

from __future__ import annotations

import numpy as np
import polars as pl

from gongfu.core import InputError, Problem
from gongfu.explain.chain.sample import Sample
from gongfu.explain.chain.step import Model, Step, not_possible
from gongfu.explain.chain.words import needs
from gongfu.explain.fixed_effects import fixed_effects
from gongfu.explain.mediation import MediationResult, mediation
from gongfu.measure.index.finding import Say

__all__ = ["channel"]

_PARTS = ("first", "second", "indirect", "direct", "total")


def channel(sample: Sample) -> Step:
    """Return, for each mediator, both regressions and the paths with their cluster bootstrap."""
    question = sample.question
    if not question.mediators:
        return not_possible("channel", needs("声明中介变量", "a declared mediator"))
    models: list[Model] = []
    says: list[Say] = []
    problems: list[Problem] = []
    frames = []
    for mediator in question.mediators:
        try:
            found = _paths(sample, mediator)
            models += _models(sample, mediator)
        except InputError as error:
            failed = not_possible(mediator, error)
            problems += failed.problems
            says += [failed.needs] if failed.needs else []
            continue
        says.append(_named(sample, mediator, found))
        frames.append(_frame(mediator, found))
    if not frames:
        return Step("channel", needs=says[0], problems=tuple(problems))
    return Step(
        "channel",
        tuple(models),
        tuple(says),
        curves={"paths": pl.concat(frames)},
        problems=tuple(problems),
    )


def _paths(sample: Sample, mediator: str) -> MediationResult:
    question = sample.question
    names = (mediator, *sample.core)
    panel = sample.panel(names)
    return mediation(
        panel.dependent,
        panel.regressors[:, 0],
        panel.regressors[:, 1],
        entity=panel.entity,
        time=panel.time,
        controls=panel.regressors[:, 2:],
        replications=question.replications,
        seed=question.seed,
    )


def _models(sample: Sample, mediator: str) -> list[Model]:
    """Return mediator on treatment, and outcome on both, on the rows that have all."""
    question = sample.question
    has_all = np.isfinite(sample.columns[mediator])
    marks = ("entity", "time", *(("controls",) if question.controls else ()))
    zh, en = (question.label(mediator, language) for language in ("zh", "en"))
    first = fixed_effects(sample.panel(sample.core, outcome=mediator, keep=has_all))
    second = fixed_effects(sample.panel((question.treatment, mediator, *question.controls)))
    return [
        Model(f"to {mediator}", Say(f"对{zh}", f"On {en}"), mediator, first, marks),
        Model(
            f"through {mediator}", Say(f"加入{zh}", f"With {en}"), question.outcome, second, marks
        ),
    ]


def _named(sample: Sample, mediator: str, found: MediationResult) -> Say:
    zh, en = (sample.question.label(mediator, language) for language in ("zh", "en"))
    return Say(f"{zh}：{found.says.zh}", f"{en}: {found.says.en}")


def _frame(mediator: str, found: MediationResult) -> pl.DataFrame:
    parts = [getattr(found, name) for name in _PARTS]
    return pl.DataFrame(
        {
            "mediator": [mediator] * len(parts),
            "part": _PARTS,
            "value": [part.value for part in parts],
            "standard_error": [part.standard_error for part in parts],
            "low": [part.bca.low for part in parts],
            "high": [part.bca.high for part in parts],
        }
    )
