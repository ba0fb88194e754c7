"""Deprivation files: TOML that names indicators, cut-offs, weights and k; every problem at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from gongfu.core import InputError, Problem
from gongfu.core.deprivations import Comparison, Deprivation, DeprivationSpec
from gongfu.core.errors import nearest_name
from gongfu.data.toml_files import parse_toml, read_toml_text

__all__ = ["deprivation_schema", "parse_deprivations", "read_deprivations"]

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Text = Annotated[str, Field(min_length=1, max_length=200)]
Number = Annotated[float, Field(allow_inf_nan=False)]
Weight = Annotated[float, Field(gt=0, allow_inf_nan=False)]

_COMPARISONS: tuple[Comparison, ...] = ("below", "at_most", "above", "at_least", "one_of")


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Words(_Settings):
    zh: Text
    en: Text


class DimensionEntry(_Settings):
    """A dimension; its weight is shared among its indicators."""

    weight: Weight = 1.0


class IndicatorEntry(_Settings):
    """An indicator with exactly one cut-off, from ``below`` to ``one_of``."""

    title: _Words
    column: Text | None = Field(None, description="of the data; the indicator's name if left out")
    dimension: Name | None = Field(None, description="shares its weight; its own if left out")
    weight: Weight = Field(1.0, description="relative to its siblings")
    below: Number | None = None
    at_most: Number | None = None
    above: Number | None = None
    at_least: Number | None = None
    one_of: Annotated[list[str | bool | int], Field(min_length=1)] | None = Field(
        None, description="answers that mean deprivation"
    )
    reason: Text | None = Field(None, description="why it is here and the cut-off stands there")


class DeprivationFile(_Settings):
    """A whole file."""

    schema_: Literal["gongfu/deprivations/1"] = Field(alias="schema")
    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]
    title: _Words
    k: Annotated[float, Field(gt=0, le=1)] = Field(
        description="share of weighted indicators from which one is poor"
    )
    dimensions: dict[Name, DimensionEntry] = Field(default_factory=dict)
    indicators: dict[Name, IndicatorEntry] = Field(min_length=1)


def read_deprivations(path: str | Path) -> DeprivationSpec:
    """Return the indicators and cut-offs of a file.

    Raises
    ------
    InputError
        If the file is missing or not TOML, or a key, cut-off, weight or dimension is wrong; all
        problems at once.
    """
    otherwise = "docs/reference/measures/deprivation.md shows one."
    return parse_deprivations(read_toml_text(path, "deprivation", otherwise=otherwise), str(path))


def parse_deprivations(text: str, file: str) -> DeprivationSpec:
    """Return the indicators and cut-offs of a TOML text; ``file`` is named in its problems."""
    raw = parse_toml(text, file)
    problems = [replace(one, file=file) for one in _problems(raw)]
    try:
        written = DeprivationFile.model_validate(raw)
    except ValidationError as error:
        raise InputError([*_shape_problems(error, file), *problems]) from error
    if problems:
        raise InputError(problems)
    return _spec(written)


def deprivation_schema() -> dict[str, Any]:
    """Return the JSON Schema of deprivation files."""
    return DeprivationFile.model_json_schema()


def _spec(written: DeprivationFile) -> DeprivationSpec:
    weights = _weights(written)
    indicators = tuple(
        Deprivation(
            name=name,
            zh=entry.title.zh,
            en=entry.title.en,
            column=entry.column or name,
            comparison=_comparisons(entry.model_dump(exclude_none=True))[0],
            cutoff=_cutoff(entry),
            weight=weights[name],
            dimension=entry.dimension or "",
        )
        for name, entry in written.indicators.items()
    )
    return DeprivationSpec(written.name, written.title.zh, written.title.en, written.k, indicators)


def _weights(written: DeprivationFile) -> dict[str, float]:
    """Return weights that add up to 1: of dimensions first, then of indicators inside each."""
    above = {name: entry.dimension or name for name, entry in written.indicators.items()}
    inside: dict[str, float] = {}
    for name, entry in written.indicators.items():
        inside[above[name]] = inside.get(above[name], 0.0) + entry.weight
    of_group = {
        group: written.dimensions[group].weight if group in written.dimensions else total
        for group, total in inside.items()
    }
    everything = sum(of_group.values())
    return {
        name: of_group[above[name]] / everything * entry.weight / inside[above[name]]
        for name, entry in written.indicators.items()
    }


def _cutoff(entry: IndicatorEntry) -> float | tuple[str, ...]:
    if entry.one_of is not None:
        return tuple(_answer(answer) for answer in entry.one_of)
    numbers = (entry.below, entry.at_most, entry.above, entry.at_least)
    return next(number for number in numbers if number is not None)


def _answer(answer: str | bool | int) -> str:
    return str(answer).lower() if isinstance(answer, bool) else str(answer)


def _comparisons(entry: Mapping[str, Any]) -> list[Comparison]:
    return [name for name in _COMPARISONS if name in entry]


def _problems(raw: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what the shape alone does not show."""
    dimensions, indicators = _tables(raw, "dimensions"), _tables(raw, "indicators")
    used = {str(entry.get("dimension", "")) for entry in indicators.values()}
    for name, entry in indicators.items():
        yield from _rule_problems(name, entry)
        dimension = entry.get("dimension")
        if isinstance(dimension, str) and dimension not in dimensions:
            yield Problem(
                "no such dimension",
                expected=f"one of {', '.join(dimensions)}" if dimensions else "[dimensions.NAME]",
                found=dimension,
                column=f"indicators.{name}.dimension",
                fix=nearest_name(dimension, list(dimensions)),
            )
        if name in dimensions:
            yield Problem(
                "name stands twice",
                expected="a name of its own",
                found=name,
                column=f"indicators.{name}",
            )
    for name in dimensions:
        if name not in used:
            yield Problem(
                "a dimension without indicators",
                column=f"dimensions.{name}",
                fix="Give it one, or take it out: its weight would be lost.",
            )


def _rule_problems(name: str, entry: Mapping[str, Any]) -> Iterator[Problem]:
    rules = _comparisons(entry)
    if len(rules) != 1:
        yield Problem(
            "an indicator needs exactly one cut-off",
            expected=f"one of {', '.join(_COMPARISONS)}",
            found=", ".join(rules) or "none",
            column=f"indicators.{name}",
        )


def _tables(raw: Mapping[str, Any], key: str) -> dict[str, dict[str, Any]]:
    entries = raw.get(key)
    if not isinstance(entries, dict):
        return {}
    return {name: entry for name, entry in entries.items() if isinstance(entry, dict)}


def _shape_problems(error: ValidationError, file: str) -> Iterator[Problem]:
    for one in error.errors(include_url=False, include_context=False):
        place = [str(part) for part in one["loc"] if part != "[key]"]
        is_typo = one["type"] == "extra_forbidden"
        yield Problem(
            "no such key" if is_typo else one["msg"],
            file=file,
            column=".".join(place),
            found="" if one["type"] == "missing" else str(one["input"])[:60],
            fix=nearest_name(place[-1], _keys()) if is_typo else "",
        )


def _keys() -> list[str]:
    models = (DeprivationFile, DimensionEntry, IndicatorEntry)
    return sorted({field.alias or name for m in models for name, field in m.model_fields.items()})
