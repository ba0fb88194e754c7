"""Calibration files: estimates of our own that take the place of an assumption, with their error.

An estimate crosses from the explanations to the economy in this form only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import NormalDist
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from gongfu.core import Evidence, InputError, Problem
from gongfu.core.assumption import Assumption
from gongfu.core.errors import nearest_name
from gongfu.data.assumption_files import load_assumptions
from gongfu.data.plain_text import plain
from gongfu.data.toml_files import parse_toml, read_toml_text
from gongfu.data.writing import write_text

__all__ = [
    "SCHEMA",
    "Calibration",
    "calibrated",
    "outside_range",
    "read_calibration",
    "write_calibration",
]

SCHEMA = "gongfu/calibration/1"
_REACH = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True, slots=True)
class Calibration:
    """One estimate that a parameter of the economy takes.

    Parameters
    ----------
    name : of the assumption it replaces.
    value, error : estimate and standard error, in ``unit``.
    unit : that of the assumption.
    evidence : ``associational``, ``causal``, ``estimated`` or ``calibrated``.
    source : which estimate, from which figures.
    """

    name: str
    value: float
    error: float
    unit: str
    evidence: Evidence
    source: str


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    value: Annotated[float, Field(allow_inf_nan=False)]
    error: Annotated[float, Field(ge=0, allow_inf_nan=False)]
    unit: Annotated[str, Field(min_length=1, max_length=100)]
    evidence: Literal["associational", "causal", "estimated", "calibrated"]
    source: Annotated[str, Field(min_length=1, max_length=1000)]


def read_calibration(path: str | Path) -> tuple[Calibration, ...]:
    """Return the estimates of a calibration file.

    Raises
    ------
    InputError
        If the file is missing or wrong, names no assumption, or has another unit; all at once.
    """
    text = read_toml_text(path, "calibration", otherwise="`gongfu explain --calibrate` writes one.")
    content = parse_toml(text, str(path))
    schema = content.pop("schema", None)
    problems: list[Problem] = []
    if schema != SCHEMA:
        problems.append(
            Problem("another kind of file", expected=f'schema = "{SCHEMA}"', found=str(schema))
        )
    found = [*_entries(content, problems)]
    if problems:
        raise InputError(replace(problem, file=plain(path)) for problem in problems)
    return tuple(found)


def write_calibration(
    path: str | Path, calibrations: tuple[Calibration, ...], *, force: bool = False
) -> Path:
    """Write estimates as a calibration file and return its path.

    Raises
    ------
    InputError
        If the file exists without ``force`` or cannot be written.
    """
    lines = [
        f'schema = "{SCHEMA}"',
        "# Whoever asked for this file states that each estimate is in the unit given here.",
    ]
    for one in calibrations:
        lines += [
            f"\n[{one.name}]",
            f"value = {one.value!r}",
            f"error = {one.error!r}",
            f"unit = {_quoted(one.unit)}",
            f'evidence = "{one.evidence.value}"',
            f"source = {_quoted(one.source)}",
        ]
    return write_text(path, "\n".join(lines) + "\n", force=force)


def outside_range(calibrations: tuple[Calibration, ...]) -> list[str]:
    """Return a sentence for every estimate beyond the stated range of its assumption."""
    known = load_assumptions()
    return [
        f"{one.name}: the estimate {one.value:.4g} lies outside the assumed range "
        f"{known[one.name].low:.4g} to {known[one.name].high:.4g} "
        f"({known[one.name].zh}：估计值超出假设范围)"
        for one in calibrations
        if not known[one.name].low <= one.value <= known[one.name].high
    ]


def calibrated(
    calibrations: tuple[Calibration, ...], known: Mapping[str, Assumption] | None = None
) -> Mapping[str, Assumption]:
    """Return the assumptions with estimates in their place.

    Parameters
    ----------
    known : assumptions to start from; those of the files by default.

    Notes
    -----
    The range of a calibrated parameter is its 95 % interval; draws cover it like any other range.
    """
    found = dict(load_assumptions() if known is None else known)
    for one in calibrations:
        reach = _REACH * one.error
        found[one.name] = replace(
            found[one.name],
            value=one.value,
            low=one.value - reach,
            high=one.value + reach,
            evidence=one.evidence,
            source=one.source,
        )
    return MappingProxyType(found)


def _entries(content: Mapping[str, object], problems: list[Problem]) -> Iterator[Calibration]:
    known = load_assumptions()
    for name, table in content.items():
        if name not in known:
            fix = nearest_name(name, list(known)) or "See docs/explanation/economy.md."
            problems.append(Problem(f"no assumption is called {plain(name)!r}", fix=fix))
            continue
        try:
            entry = _Entry.model_validate(table)
        except ValidationError as error:
            for one in error.errors():
                place = ".".join(str(part) for part in one["loc"])
                problems.append(Problem(f"[{name}] {place}: {one['msg']}"))
            continue
        if entry.unit != known[name].unit:
            problems.append(
                Problem(
                    f"[{name}] is in another unit than the assumption",
                    expected=known[name].unit,
                    found=plain(entry.unit),
                    fix="Convert value and error, then state the assumption's unit.",
                )
            )
            continue
        yield Calibration(
            name, entry.value, entry.error, entry.unit, Evidence(entry.evidence), entry.source
        )


def _quoted(text: str) -> str:
    escaped = plain(text, limit=1000).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
