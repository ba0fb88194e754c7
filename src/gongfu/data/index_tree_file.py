"""What a user writes in an index file; the published JSON Schema is made from these classes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from gongfu.core.index_tree import Aggregation, Direction, Normalisation, Weighting

__all__ = ["IndicatorEntry", "NodeEntry", "TreeFile", "known_keys"]

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Text = Annotated[str, Field(min_length=1, max_length=1000)]
Year = Annotated[int, Field(ge=1900, le=2100)]
Number = Annotated[float, Field(allow_inf_nan=False)]
Weight = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Words(_Settings):
    zh: Text
    en: Text


class NodeEntry(_Settings):
    """A dimension."""

    title: _Words
    parent: str = Field("", description="node above; the index itself when left out")
    weight: Weight = 1.0
    aggregation: Aggregation | None = Field(
        None, description="of this node alone; it then keeps its way when others are tried"
    )


class IndicatorEntry(_Settings):
    """A figure: ``factor * variable / per``."""

    title: _Words
    parent: str = Field("", description="node above; the index itself when left out")
    variable: str = Field("", description="of the data; the indicator's own name when left out")
    per: str = Field("", description="variable to divide by, so that size does not count")
    factor: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 1.0
    prices: Year | None = Field(None, description="count money at prices of this year")
    unit: Text
    direction: Direction = Field(description="'+' more is better, '-' less is better")
    bounds: tuple[Number, Number] | None = Field(None, description="ends of the scale, low, high")
    weight: Weight = Field(1.0, description="expert weight relative to its siblings")
    inequality: bool = Field(False, description="it says how unequally something is shared")
    reason: _Words = Field(description="why it is here, and why the bounds stand where they do")
    source: Text

    @model_validator(mode="after")
    def _bounds_in_order(self) -> IndicatorEntry:
        if self.bounds is not None and not self.bounds[0] < self.bounds[1]:
            raise ValueError("bounds need low < high; 'direction' says which end is good")
        return self


class TreeFile(_Settings):
    """A whole index."""

    schema_: Literal["gongfu/index/1"] = Field(alias="schema")
    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]
    title: _Words
    data: Literal["", "china"] = Field("", description="'china' for the figures of gongfu")
    years: tuple[Year, Year] | None = None
    normalisation: Normalisation = "bounds"
    weighting: Weighting = "equal"
    aggregation: Aggregation = "mazziotta-pareto-"
    score_range: tuple[Number, Number] = (0.0, 1.0)
    penalty_scale: tuple[Number, Number] = (70.0, 130.0)
    missing: _Words | None = Field(None, description="what the index ought to hold and does not")
    nodes: dict[Name, NodeEntry] = Field(default_factory=dict)
    indicators: dict[Name, IndicatorEntry] = Field(min_length=1)

    @model_validator(mode="after")
    def _in_order(self) -> TreeFile:
        if self.years is not None and self.years[1] < self.years[0]:
            raise ValueError("'years' needs the first year before the last")
        if not self.score_range[0] < self.score_range[1]:
            raise ValueError("'score_range' needs low < high")
        low, high = self.penalty_scale
        if not 0 <= low < high:
            raise ValueError("'penalty_scale' needs 0 <= low < high")
        return self


def known_keys() -> list[str]:
    """Return every key an index file may hold, to find the one meant by a typo."""
    models = (TreeFile, NodeEntry, IndicatorEntry)
    return sorted({field.alias or name for m in models for name, field in m.model_fields.items()})
