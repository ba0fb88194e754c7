"""The assumption files: every parameter with its range and source, read and checked once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from gongfu.core import Evidence, InputError, Problem
from gongfu.core.assumption import Assumption
from gongfu.core.errors import nearest_name

__all__ = ["find_assumption", "load_assumptions"]

Text = Annotated[str, Field(min_length=1)]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    value: float
    low: float
    high: float
    unit: Text
    evidence: Evidence
    source: Text
    equation: Annotated[str, Field(pattern=r"^E\d+(-E\d+)?$")]
    zh: Text
    en: Text

    @model_validator(mode="after")
    def _in_range(self) -> _Entry:
        if not self.low <= self.value <= self.high:
            raise ValueError(f"value {self.value} lies outside {self.low} to {self.high}")
        return self


@cache
def load_assumptions() -> Mapping[str, Assumption]:
    """Return every assumption by name.

    Raises
    ------
    InputError
        If a name stands in two files.
    """
    found: dict[str, Assumption] = {}
    for file, name, entry in _entries():
        if name in found:
            raise InputError(Problem(f"assumption {name!r} stands twice", file=file))
        found[name] = Assumption(name, **_Entry.model_validate(entry).model_dump())
    return MappingProxyType(found)


def find_assumption(name: str) -> Assumption:
    """Return one assumption, or say which name was probably meant."""
    known = load_assumptions()
    if name not in known:
        fix = nearest_name(name, list(known))
        raise InputError(Problem(f"no assumption is called {name!r}", fix=fix))
    return known[name]


def _entries() -> Iterator[tuple[str, str, object]]:
    folder = resources.files("gongfu.data") / "assumptions"
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            for name, entry in tomllib.loads(file.read_text("utf-8")).items():
                yield file.name, name, entry
