"""The whole chain on one question: each step stands alone, all of them run in one call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from narwhals.typing import IntoFrame

from gongfu.core import Evidence, InputError, Problem
from gongfu.core.errors import nearest_name
from gongfu.core.panel import as_polars
from gongfu.explain.chain.audit_step import audit
from gongfu.explain.chain.baseline import baseline
from gongfu.explain.chain.channel import channel
from gongfu.explain.chain.describe_step import describe
from gongfu.explain.chain.distribution_step import distribution
from gongfu.explain.chain.endogeneity import endogeneity
from gongfu.explain.chain.policy_step import policy
from gongfu.explain.chain.question import Question
from gongfu.explain.chain.robustness import robustness
from gongfu.explain.chain.sample import Sample, sample_of
from gongfu.explain.chain.scripts import do_file, r_script
from gongfu.explain.chain.space import space
from gongfu.explain.chain.step import Step
from gongfu.explain.chain.threshold_step import threshold

__all__ = ["STEPS", "Study"]

STEPS: Mapping[str, Callable[[Sample], Step]] = {
    "describe": describe,
    "baseline": baseline,
    "endogeneity": endogeneity,
    "channel": channel,
    "threshold": threshold,
    "space": space,
    "policy": policy,
    "distribution": distribution,
    "robustness": robustness,
}
"""Steps in the order of a paper; the audit comes last and reads the others."""


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """A question, its rows and the steps taken so far; every method returns a further study.

    Examples
    --------
    >>> study = Study.of(frame, outcome="growth(income)", treatment="digital",
    ...                  entity="province", time="year")  # doctest: +SKIP
    >>> study.baseline().robustness().audit().step("baseline")  # doctest: +SKIP
    """

    sample: Sample
    steps: tuple[Step, ...] = ()

    @classmethod
    def of(cls, frame: IntoFrame, **question: Any) -> Study:
        """Return the study of a panel; keywords are those of :class:`Question`.

        Raises
        ------
        InputError
            With everything that is wrong with the question or the rows.
        """
        return cls(sample_of(Question(**question), as_polars(frame)))

    def run(self, progress: Callable[[str], None] = lambda _: None) -> Study:
        """Return the study with every step; steps it declares nothing for say what they need.

        Raises
        ------
        InputError
            If what the study declares does not fit its rows: collinear or absorbed columns, a
            single unit, weights of other units, too many gaps; every problem once.
        """
        study = self
        for name in STEPS:
            progress(name)
            study = study.take(name)
            if name == "baseline" and study.step(name).problems:
                raise InputError(study.step(name).problems)
        if study.problems:
            raise InputError(study.problems)
        progress("audit")
        return study.audit()

    @property
    def problems(self) -> list[Problem]:
        """What the steps taken so far found wrong with what was declared, each once."""
        found: dict[str, Problem] = {}
        for step in self.steps:
            for problem in step.problems:
                named = replace(problem, what=f"{step.name}: {problem.what}")
                found.setdefault(problem.what, named)
        return list(found.values())

    def take(self, name: str) -> Study:
        """Return the study with one more step by its name."""
        if name not in STEPS:
            hint = nearest_name(name, list(STEPS)) or f"Known: {', '.join(STEPS)}."
            raise InputError(f"no step is called {name!r}. {hint}")
        return self._with(STEPS[name](self.sample))

    def describe(self) -> Study:
        """Add the split of variances and correlations."""
        return self.take("describe")

    def baseline(self) -> Study:
        """Add pooled, one-way and two-way regressions."""
        return self.take("baseline")

    def endogeneity(self) -> Study:
        """Add estimates with the declared instruments, and difference GMM."""
        return self.take("endogeneity")

    def channel(self) -> Study:
        """Add the mediations."""
        return self.take("channel")

    def threshold(self) -> Study:
        """Add the threshold regression."""
        return self.take("threshold")

    def space(self) -> Study:
        """Add the spatial models."""
        return self.take("space")

    def policy(self) -> Study:
        """Add the evaluation of the declared policy."""
        return self.take("policy")

    def distribution(self) -> Study:
        """Add the quantile regressions."""
        return self.take("distribution")

    def robustness(self) -> Study:
        """Add the specification curve."""
        return self.take("robustness")

    def audit(self) -> Study:
        """Add the audit of the design and of the steps taken so far."""
        return self._with(audit(self.sample, self.steps))

    def r_script(self) -> str:
        """Return the steps taken so far as an R script (see ``scripts``)."""
        return r_script(self.sample, self.steps)

    def do_file(self) -> str:
        """Return the steps taken so far as a Stata do-file that was not executed."""
        return do_file(self.sample, self.steps)

    def step(self, name: str) -> Step:
        """Return a step taken before."""
        found = {one.name: one for one in self.steps}
        if name not in found:
            raise InputError(f"the study has not taken the step {name!r}; call .{name}() first")
        return found[name]

    def _with(self, step: Step) -> Study:
        others = tuple(one for one in self.steps if one.name != step.name)
        return replace(self, steps=(*others, self._tagged(step)))

    def _tagged(self, step: Step) -> Step:
        """Return a step whose estimates say so where its rows are simulated."""
        tag = self.sample.tag
        if tag is not Evidence.SIMULATED:
            return step
        models = (replace(one, result=replace(one.result, evidence=tag)) for one in step.models)
        return replace(step, models=tuple(models))
