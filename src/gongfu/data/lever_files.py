"""The levers that ship with gongfu, read and checked once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from gongfu.core import Evidence, InputError, Problem
from gongfu.core.errors import nearest_name
from gongfu.core.policy import CostBasis, Lever, LeverLevel
from gongfu.data.assumption_files import load_assumptions

__all__ = ["find_lever", "load_levers"]

Text = Annotated[str, Field(min_length=1)]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    zh: Text
    en: Text
    level: LeverLevel
    unit: Text
    unit_zh: Text
    low: float
    high: float
    neutral: float
    cost_basis: CostBasis
    unit_cost: str
    payer: Literal["government", "enterprises"]
    areas: tuple[Literal["urban", "rural"], ...] = Field(min_length=1)
    mechanism: tuple[str, ...] = Field(min_length=1)
    evidence: Evidence
    source: Text

    @model_validator(mode="after")
    def _consistent(self) -> _Entry:
        if not self.low <= self.neutral <= self.high:
            raise ValueError("the neutral value lies outside the bounds")
        if self.unit_cost and self.unit_cost not in load_assumptions():
            raise ValueError(f"unit_cost {self.unit_cost!r} is no assumption")
        return self


@cache
def load_levers() -> Mapping[str, Lever]:
    """Return every lever by name, in the order of the file."""
    text = (resources.files("gongfu.data") / "policy" / "levers.toml").read_text("utf-8")
    entries = tomllib.loads(text).items()
    return MappingProxyType(
        {name: Lever(name, **_Entry.model_validate(entry).model_dump()) for name, entry in entries}
    )


def find_lever(name: str) -> Lever:
    """Return one lever, or say which name was probably meant."""
    known = load_levers()
    if name not in known:
        fix = nearest_name(name, list(known)) or "`gongfu levers` lists them."
        raise InputError(Problem(f"no lever is called {name!r}", fix=fix))
    return known[name]
