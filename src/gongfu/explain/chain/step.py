"""What each step of a study gives: models side by side, sentences, findings, curves to draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from gongfu.core import GongfuError, InputError, Problem
from gongfu.explain.result import EstimationResult
from gongfu.measure.index.finding import Finding, Say

__all__ = ["Model", "Step", "not_possible", "problems_of"]


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """One column of a table.

    Parameters
    ----------
    key : of the column, such as ``two-way``.
    label : above the column.
    dependent : formula of what is explained.
    result : its estimates.
    marks : effects and the like that a table lists with yes or no: ``entity``, ``time``,
        ``trends``, ``controls``.
    numbers : further rows at the foot, by name, such as ``wild p``.
    """

    key: str
    label: Say
    dependent: str
    result: EstimationResult
    marks: tuple[str, ...] = ()
    numbers: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One step of the chain.

    Parameters
    ----------
    name : such as ``baseline``.
    models : columns of its table, in order; empty where it has no table.
    says : what it shows, hedged by its interval, sentence by sentence.
    findings : of the audits that belong to it.
    curves : data of its figures, by name.
    needs : what was missing where the step was not possible here.
    problems : what is wrong with what the study declared for this step; a whole run stops on them.
    """

    name: str
    models: tuple[Model, ...] = ()
    says: tuple[Say, ...] = ()
    findings: tuple[Finding, ...] = ()
    curves: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    needs: Say | None = None
    problems: tuple[Problem, ...] = ()

    def model(self, key: str) -> Model:
        """Return one column by its key."""
        found = {one.key: one for one in self.models}
        if key not in found:
            raise InputError(f"step {self.name} has no model {key!r}; it has {', '.join(found)}")
        return found[key]


def not_possible(name: str, needs: Say | InputError) -> Step:
    """Return a step that the data cannot support, with what it would need."""
    if isinstance(needs, Say):
        return Step(name, needs=needs)
    why = "; ".join(problem.what for problem in needs.problems)
    says = Say(f"这里无法进行：{why}", f"Not possible here: {why}")
    return Step(name, needs=says, problems=tuple(needs.problems))


def problems_of(error: GongfuError) -> tuple[Problem, ...]:
    """Return what a user declared wrongly; an estimate that does not converge is no such thing."""
    return tuple(error.problems) if isinstance(error, InputError) else ()
