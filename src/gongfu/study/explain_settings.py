"""What a study file declares under ``[explain]``: questions to a panel, and what they share."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from gongfu.core import InputError
from gongfu.explain.chain.expressions import parse_formula
from gongfu.study.declared import Declared, Name, Title, Year

__all__ = ["ExplainSettings", "Formula", "QuestionSettings", "WeightsFile"]

Formula = Annotated[str, Field(max_length=200)]
"""A column, or a function of columns: ``log(x)``, ``lag(x)``, ``growth(x)``, ``ratio(a, b)``.

``index:NAME`` is an index of ``[index]`` or a ready tree."""

_FORMULAS = ("outcome", "treatment", "controls", "mediators", "threshold", "instruments",
             "alternatives")  # fmt: skip


class WeightsFile(Declared):
    """A user's spatial weights: one row and one column per unit, named by the first column."""

    name: Name
    title: Title
    path: str = Field(description="CSV relative to the study file, or absolute")


class QuestionSettings(Declared):
    """One question: what is explained, by what, with which controls, for which steps."""

    name: Name
    title: Title
    outcome: Formula
    treatment: Formula
    controls: tuple[Formula, ...] = Field((), max_length=30)
    mediators: tuple[Formula, ...] = Field((), max_length=10)
    threshold: Formula | None = Field(None, description="past which the slope may change")
    instruments: tuple[Formula, ...] = Field(
        (), max_length=20, description="of the treatment; none is ever invented"
    )
    policy: str | None = Field(
        None, description="variable with the year from which a unit is treated; empty for never"
    )
    policy_source: str = Field(
        "", max_length=300, description="document that sets the dates; without it: associations"
    )
    alternatives: tuple[Formula, ...] = Field(
        (), max_length=10, description="other forms of the treatment, for the robustness curve"
    )
    start: Year | None = None
    end: Year | None = None

    @field_validator(*_FORMULAS)
    @classmethod
    def _readable(cls, value: str | tuple[str, ...] | None) -> str | tuple[str, ...] | None:
        texts = (value,) if isinstance(value, str) else value or ()
        for text in texts:
            try:
                parse_formula(text)
            except InputError as error:
                raise ValueError(str(error)) from error
        return value

    @property
    def formulas(self) -> tuple[str, ...]:
        """Every formula of the question, each once."""
        single = (self.outcome, self.treatment, *((self.threshold,) if self.threshold else ()))
        lists = (self.controls, self.mediators, self.instruments, self.alternatives)
        return tuple(dict.fromkeys([*single, *(text for one in lists for text in one)]))

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column its formulas need, and that of the policy."""
        names = [name for text in self.formulas for name in parse_formula(text).names]
        return tuple(dict.fromkeys([*names, *([self.policy] if self.policy else [])]))


class ExplainSettings(Declared):
    """Questions to one panel."""

    data: Name = Field(description="name of a table under [data]")
    region: Name | None = Field(None, description="grouping of the units, for subsamples")
    weights: tuple[Literal["border", "distance", "economic"], ...] = Field(
        (), description="spatial weights of the embedded provinces"
    )
    weights_file: tuple[WeightsFile, ...] = ()
    replications: Annotated[int, Field(ge=100, le=9_999)] = 499
    labels: dict[str, Title] = Field(
        default_factory=dict, description="what people call a formula or a column"
    )
    question: tuple[QuestionSettings, ...] = Field(min_length=1, max_length=20)

    @model_validator(mode="after")
    def _names_differ(self) -> ExplainSettings:
        names = [one.name for one in self.question]
        repeated = sorted({name for name in names if names.count(name) > 1})
        if repeated:
            raise ValueError(f"question names must differ, {', '.join(repeated)} stands twice")
        return self
