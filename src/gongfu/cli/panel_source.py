"""Regions by years that a command of ``gongfu measure`` speaks of: a file or the provinces."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import Float

from gongfu.core import Evidence, InputError, Panel, Problem, Variable
from gongfu.data.plain_text import plain

__all__ = ["PanelRequest", "PanelSource", "read_panel_source"]

_SHOWN = 8
"""Regions named in one message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelRequest:
    """What a user asked for; arguments of the command line as they came."""

    file: Path | None
    data: str | None
    variable: str | None
    weight: str | None
    unit: str | None = None
    year: str | None = None
    first: int | None = None
    last: int | None = None
    drops: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PanelSource:
    """One variable of regions by years, without a gap.

    Parameters
    ----------
    values, people : one row a region, one column a year; no people were asked for: none.
    codes : of the regions; ``are_provinces`` if they are two-digit codes of provinces, and
        ``is_embedded`` if the figures are those that come with gongfu.
    variable : dictionary entry of the variable, if it has one.
    notes : what the reader recognised or left out.
    """

    panel: Panel
    values: Float[np.ndarray, "unit year"]
    people: Float[np.ndarray, "unit year"] | None
    codes: tuple[str, ...]
    years: tuple[int, ...]
    name: str
    variable: Variable | None
    evidence: Evidence
    are_provinces: bool
    is_embedded: bool
    notes: tuple[str, ...]

    def label(self, unit: int, language: str) -> str:
        """Return the name of a region by its position."""
        return plain(self.panel.label(self.codes[unit], language))

    def title(self, language: str) -> str:
        """Return the variable's name with unit and price base, and the years."""
        years = f"{self.years[0]}-{self.years[-1]}"
        if self.variable is None:
            return f"{plain(self.name)}, {years}"
        unit = ", ".join(part for part in (self.variable.unit, self.variable.price_base) if part)
        return f"{self.variable.label(language)} ({unit}), {years}"

    def column(self, name: str, year: int) -> Float[np.ndarray, " unit"]:
        """Return another variable of the same regions in one year.

        Raises
        ------
        InputError
            If there is no such variable, or a region has no value.
        """
        values = self.panel.array(name, self.codes, [year])[:, 0]
        lacking = [self.codes[i] for i in np.flatnonzero(np.isnan(values)).tolist()]
        if lacking:
            raise InputError(
                Problem(f"{name} has no value in {year} for {_listed(self.panel, lacking)}")
            )
        return values

    def to_dict(self) -> dict[str, Any]:
        """Return what was measured, as JSON values."""
        entry = self.variable
        return {
            "variable": self.name,
            "label": {"zh": entry.zh, "en": entry.en} if entry else None,
            "unit": entry.unit if entry else None,
            "price_base": entry.price_base if entry else None,
            "evidence": self.evidence.value,
            "years": list(self.years),
            "units": [
                {"unit": code, "label": {at: self.panel.label(code, at) for at in ("zh", "en")}}
                for code in self.codes
            ],
            "weighted_by_people": self.people is not None,
        }


def read_panel_source(request: PanelRequest, *, more: Sequence[str] = ()) -> PanelSource:
    """Return the variable asked for, of every region in every year.

    Parameters
    ----------
    more : other variables that the command will ask for.

    Raises
    ------
    InputError
        If neither or both of file and embedded data are named, the variable does not exist or is
        not the only one, or a region lacks a year; all problems at once.
    """
    panel, notes = _panel(request, more)
    name = _variable(panel, request, more)
    needed = [name, *([request.weight] if request.weight else [])]
    for other in needed:
        panel.select(other)
    years = _years(panel, needed, request)
    codes = sorted(panel.at(name, years[0]) | panel.at(name, years[-1]))
    arrays = {other: panel.array(other, codes, years) for other in needed}
    whole = ~np.isnan(np.stack(list(arrays.values()))).any(axis=(0, 2))
    lacking = [codes[i] for i in np.flatnonzero(~whole).tolist()]
    if lacking and not request.drops:
        raise InputError(_gaps(panel, arrays, years, codes))
    if lacking:
        notes = (*notes, f"left out for want of a year: {_listed(panel, lacking)}")
    kept = tuple(np.array(codes)[whole].tolist())
    tags = panel.select(*needed).frame["evidence"].unique()
    return PanelSource(
        panel=panel,
        values=arrays[name][whole],
        people=arrays[request.weight][whole] if request.weight else None,
        codes=kept,
        years=tuple(years),
        name=name,
        variable=panel.variables.get(name),
        evidence=max(map(Evidence, tags), key=list(Evidence).index),
        are_provinces=set(kept) <= set(_province_codes()),
        is_embedded=request.data is not None,
        notes=notes,
    )


def _panel(request: PanelRequest, more: Sequence[str]) -> tuple[Panel, tuple[str, ...]]:
    from gongfu.data import exclusion_line, load_china
    from gongfu.data.readers import ReadingNote, read_panel

    if (request.file is None) == (request.data is None):
        found = "both" if request.file else "neither"
        fix = "Name a file, or say --data china --variable income_pc_all."
        raise InputError(
            Problem("name a file of regions by years, or --data china", found=found, fix=fix)
        )
    if request.file is None:
        return load_china(), (exclusion_line(),)
    wanted = [request.variable, request.weight, *more] if request.variable else []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", ReadingNote)
        panel = read_panel(
            request.file,
            unit=request.unit,
            year=request.year,
            variables=[name for name in wanted if name] or None,
        )
    return panel, tuple(str(w.message) for w in caught if issubclass(w.category, ReadingNote))


def _variable(panel: Panel, request: PanelRequest, more: Sequence[str]) -> str:
    """Return the variable as the panel spells it."""
    from gongfu.data.headers import recognise_variable

    others = {request.weight, *more}
    if request.variable is not None:
        known = recognise_variable(request.variable).name
        return known if known in panel.names else request.variable
    names = [name for name in panel.names if name not in others]
    if len(names) == 1:
        return names[0]
    shown = ", ".join(names[:_SHOWN]) + (len(names) > _SHOWN) * ", ..."
    raise InputError(
        Problem("say which variable with --variable", expected="one name", found=plain(shown))
    )


def _years(panel: Panel, names: Sequence[str], request: PanelRequest) -> list[int]:
    years = panel.years(*names)
    first = request.first if request.first is not None else min(years, default=0)
    last = request.last if request.last is not None else max(years, default=0)
    chosen = [year for year in years if first <= year <= last]
    missing = [end for end in (request.first, request.last) if end is not None and end not in years]
    if not chosen or missing:
        span = f"{years[0]}-{years[-1]}" if years else "none"
        wanted = f"{first} to {last}" if not missing else ", ".join(map(str, missing))
        raise InputError(
            Problem(f"{' and '.join(names)} not there", expected=f"years in {span}", found=wanted)
        )
    return chosen


def _gaps(
    panel: Panel,
    arrays: Mapping[str, Float[np.ndarray, "unit year"]],
    years: Sequence[int],
    codes: Sequence[str],
) -> Iterator[Problem]:
    for name, values in arrays.items():
        gaps = np.isnan(values)
        units = [codes[i] for i in np.flatnonzero(gaps.any(axis=1)).tolist()]
        if units:
            when = [years[j] for j in np.flatnonzero(gaps.any(axis=0)).tolist()]
            yield Problem(
                f"{name} has no value for {_listed(panel, units)}",
                expected="every region in every year",
                found=f"gaps in {', '.join(map(str, when))}",
                fix="Take other years with --from and --to, or --drop-incomplete.",
            )


def _listed(panel: Panel, codes: Sequence[str]) -> str:
    names = ", ".join(plain(panel.label(code, "en")) for code in codes[:_SHOWN])
    return names + (f" and {len(codes) - _SHOWN} more" if len(codes) > _SHOWN else "")


def _province_codes() -> list[str]:
    from gongfu.data import provinces

    return [place.code for place in provinces()]
