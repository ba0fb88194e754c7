"""Scenario files: dated lever values, where they hold and who pays, every problem at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from gongfu.core import InputError, Problem
from gongfu.core.errors import nearest_name
from gongfu.core.policy import Closure, Lever, Policy, Scenario, Setting
from gongfu.data.lever_files import load_levers
from gongfu.data.places import find_province, provinces, recognise_area
from gongfu.data.toml_files import parse_toml, read_toml_text
from gongfu.data.zones import zone_code

__all__ = ["load_presets", "preset", "preset_text", "read_scenario", "scenario_schema"]

FIRST_BASE, LAST_BASE, LAST_YEAR = 2013, 2023, 2060


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Title(_Settings):
    zh: str = Field(max_length=200)
    en: str = Field(max_length=200)


class _Financing(_Settings):
    closure: Closure = Field(description="who pays: vat, income_tax, reallocation or deficit")


class _LeverEntry(_Settings):
    values: dict[int, float] = Field(min_length=1, description="value by year it starts")
    where: tuple[str, ...] = Field(
        (), description="provinces, regions (West), 'urban' or 'rural'; everywhere when left out"
    )


class ScenarioFile(_Settings):
    """A scenario as a user writes it."""

    schema_: Literal["gongfu/scenario/1"] = Field(alias="schema")
    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=60)]
    title: _Title
    base: Annotated[int, Field(ge=FIRST_BASE, le=LAST_BASE)] = LAST_BASE
    to: Annotated[int, Field(le=LAST_YEAR)] = 2035
    notes: _Title | None = None
    financing: _Financing
    levers: dict[str, _LeverEntry] = Field(default_factory=dict)


def read_scenario(path: str | Path) -> Scenario:
    """Return the scenario of a file.

    Raises
    ------
    InputError
        If the file is missing or not TOML, or names an unknown lever or place, a value out of
        bounds or an impossible date; all problems at once.
    """
    presets = list(load_presets())
    meant = nearest_name(Path(path).stem, presets) or f"Presets: {', '.join(presets)}."
    return _parse(read_toml_text(path, "scenario", otherwise=meant), str(path))


def preset(name: str) -> Scenario:
    """Return a scenario that ships with gongfu, or say which name was probably meant."""
    known = load_presets()
    if name not in known:
        fix = nearest_name(name, list(known)) or f"Presets: {', '.join(known)}."
        raise InputError(Problem(f"no preset is called {name!r}", fix=fix))
    return known[name]


def preset_text(name: str) -> str:
    """Return a preset as its file says it, to start a scenario of one's own from."""
    preset(name)
    return (resources.files("gongfu.data") / "policy" / "presets" / f"{name}.toml").read_text(
        "utf-8"
    )


def load_presets() -> Mapping[str, Scenario]:
    """Return every preset by name."""
    folder = resources.files("gongfu.data") / "policy" / "presets"
    files = sorted(folder.iterdir(), key=lambda entry: entry.name)
    scenarios = [_parse(f.read_text("utf-8"), f.name) for f in files if f.name.endswith(".toml")]
    return {scenario.name: scenario for scenario in scenarios}


def scenario_schema() -> dict[str, Any]:
    """Return the JSON Schema of scenario files."""
    return ScenarioFile.model_json_schema()


def _parse(text: str, file: str) -> Scenario:
    raw = parse_toml(text, file)
    problems = [*_unknown_levers(raw.get("levers"), file)]
    try:
        written = ScenarioFile.model_validate(raw)
    except ValidationError as error:
        raise InputError([*problems, *_shape_problems(error, file)]) from error
    settings, more = _settings(written, file)
    problems += more
    if written.to <= written.base:
        problems.append(
            Problem(
                "'to' must come after 'base'",
                expected=f"a year from {written.base + 1} to {LAST_YEAR}",
                found=str(written.to),
                file=file,
                column="to",
            )
        )
    if problems:
        raise InputError(problems)
    policy = Policy(tuple(settings), written.financing.closure)
    notes = {} if written.notes is None else written.notes.model_dump()
    title = written.title
    return Scenario(written.name, title.zh, title.en, policy, written.base, written.to, notes)


def _unknown_levers(levers: object, file: str) -> Iterator[Problem]:
    known = list(load_levers())
    for name in levers if isinstance(levers, dict) else ():
        if name not in known:
            fix = nearest_name(str(name), known) or "`gongfu levers` lists them."
            yield Problem("no such lever", found=str(name), file=file, column="levers", fix=fix)


def _settings(written: ScenarioFile, file: str) -> tuple[list[Setting], list[Problem]]:
    settings, problems = [], []
    for name, entry in written.levers.items():
        lever = load_levers().get(name)
        if lever is None:
            continue
        zones, unknown = _zones(entry.where)
        problems += [_unknown_place(name, place, file) for place in unknown]
        problems += [*_value_problems(lever, entry.values, written, file)]
        settings.append(Setting(name, entry.values, zones))
    return settings, problems


def _zones(where: Sequence[str]) -> tuple[tuple[str, ...], list[str]]:
    """Return the zones that places and areas name together, and the names that mean nothing.

    Places add up (``["West", "Hebei"]``); an area narrows them (``["West", "rural"]``).
    """
    codes: set[str] = set()
    areas: set[str] = set()
    unknown = []
    regions = {place.region.lower() for place in provinces()}
    for name in where:
        area, province = recognise_area(name), find_province(name)
        if area is not None:
            areas.add(area)
        elif province is not None and province.has_data:
            codes.add(province.code)
        elif name.lower() in regions:
            codes |= {p.code for p in provinces() if p.region.lower() == name.lower()}
        else:
            unknown.append(name)
    if not codes and not areas:
        return (), unknown
    chosen = sorted(codes) or [place.code for place in provinces()]
    return tuple(
        zone_code(code, area)
        for code in chosen
        for area in ("urban", "rural")
        if area in (areas or {"urban", "rural"})
    ), unknown


def _unknown_place(lever: str, place: str, file: str) -> Problem:
    names = [name for p in provinces() for name in (p.en, p.zh)]
    regions = sorted({p.region for p in provinces()})
    return Problem(
        f"no place or area is called {place!r}",
        expected=f"a province, one of {', '.join(regions)}, 'urban' or 'rural'",
        file=file,
        column=f"levers.{lever}.where",
        fix=nearest_name(place, [*names, *regions, "urban", "rural"]),
    )


def _value_problems(
    lever: Lever, values: Mapping[int, float], written: ScenarioFile, file: str
) -> Iterator[Problem]:
    column = f"levers.{lever.name}.values"
    for year, value in values.items():
        if not lever.low <= value <= lever.high:
            yield Problem(
                f"value of {year} is out of bounds",
                expected=f"{lever.low:g} to {lever.high:g} ({lever.unit})",
                found=f"{value:g}",
                file=file,
                column=column,
            )
        if not written.base < year <= written.to:
            yield Problem(
                "impossible date",
                expected=f"a year from {written.base + 1} to {written.to}",
                found=str(year),
                file=file,
                column=column,
                fix="The base year is observed; a lever starts after it.",
            )


def _shape_problems(error: ValidationError, file: str) -> Iterator[Problem]:
    models = (ScenarioFile, _Financing, _LeverEntry)
    known = sorted({f.alias or n for m in models for n, f in m.model_fields.items()})
    for one in error.errors(include_url=False):
        place = ".".join(str(part) for part in one["loc"])
        if one["type"] == "extra_forbidden":
            fix = nearest_name(str(one["loc"][-1]), known)
            yield Problem("unknown key", file=file, column=place, fix=fix)
            continue
        found = "" if one["type"] == "missing" else repr(one.get("input"))[:80]
        fix = "Financing is mandatory: vat, income_tax, reallocation or deficit."
        is_closure = one["loc"][0] == "financing"
        yield Problem(
            str(one["msg"]), found=found, file=file, column=place, fix=fix if is_closure else ""
        )
