"""From a number of a result down to the rows of data and the parameters it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl

from gongfu.core import Evidence, InputError, Panel, Variable
from gongfu.core.assumption import Assumption
from gongfu.core.errors import Problem, nearest_name
from gongfu.data import (
    Source,
    find_variable,
    load_china,
    load_china_national,
    load_sources,
    load_zones,
    provinces,
)
from gongfu.data.assumption_files import find_assumption
from gongfu.report.document import ResultDocument, Words
from gongfu.report.why import Basis, Explanation, LeverSet, Wanted, find_place, why
from gongfu.study.verify_study import study_of
from gongfu.study.why_basis import basis_of

__all__ = ["DataRow", "Trace", "VariableUsed", "trace"]

NOTHING = Words("", "")


@dataclass(frozen=True, slots=True)
class VariableUsed:
    """An entry of the dictionary and who published it; none for a user's own column."""

    variable: Variable
    source: Source | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DataRow:
    """One figure: where, when, what, how it came to be.

    Parameters
    ----------
    path : that names it, for the next question.
    note : of its provenance, in the language asked for; empty where there is nothing to say.
    """

    path: str
    unit: str
    name: Words
    year: int
    variable: str
    value: float
    evidence: Evidence
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """One level of the chain behind a number.

    Parameters
    ----------
    path : as asked, made complete.
    explanation : from the document; none for a figure or a parameter.
    variables, rows : what it rests on; ``all_rows`` counts those that are not listed too.
    levers, parameters : of a simulated number.
    missing : what could not be followed, and why.
    next : paths that can be asked for.
    """

    path: str
    explanation: Explanation | None = None
    variables: tuple[VariableUsed, ...] = ()
    rows: tuple[DataRow, ...] = ()
    all_rows: int = 0
    levers: tuple[LeverSet, ...] = ()
    parameters: tuple[Assumption, ...] = ()
    missing: Words = NOTHING
    next: tuple[str, ...] = ()


def trace(
    document: ResultDocument,
    path: str,
    *,
    beside: str | Path = ".",
    study: str | Path | None = None,
    language: str = "en",
) -> Trace:
    """Explain a number of a result, a figure it rests on or a parameter.

    Parameters
    ----------
    path : of a number, such as ``accounts/households_gini/cake``; ``data/VARIABLE/UNIT/YEAR`` of a
        figure; ``assumption/NAME`` of a parameter.
    beside : folder of the result; the study file is looked for there.
    study : the study file, where it is named.
    language : of the notes on figures.

    Raises
    ------
    InputError
        If the path leads nowhere, or the study file that was named is wrong.
    """
    head, _, rest = path.strip("/").partition("/")
    if head == "data":
        return _trace_figure(rest, language)
    if head == "assumption":
        one = find_assumption(rest)
        return Trace(path=f"assumption/{one.name}", parameters=(one,))
    explanation = why(document, path)
    found = Trace(path=explanation.number.path, explanation=explanation)
    try:
        settings, folder = study_of(
            document.meta.command,
            document.meta.study,
            Path(beside),
            None if study is None else Path(study),
        )
    except InputError as error:
        if study is not None:
            raise
        return _with_next(replace(found, missing=_no_study(error)))
    return _with_next(_follow(found, document, basis_of(settings, folder), language))


MOST_ROWS = 12
"""Figures that are listed; the rest is counted and can be asked for by variable."""


def _follow(found: Trace, document: ResultDocument, basis: Basis, language: str) -> Trace:
    """Add what a number rests on: figures, or levers and parameters of the simulation."""
    footing = basis.footing(find_place(document, found.path))
    rows = [row for one in footing.figures for row in _rows(one, basis, language)]
    return replace(
        found,
        variables=tuple(_variables(footing.figures, basis)),
        rows=tuple(_fairly(rows)),
        all_rows=len(rows),
        levers=footing.levers,
        parameters=footing.parameters,
        missing=_SAMPLED if footing.is_sampled else NOTHING,
    )


_SAMPLED = Words(
    "此数来自用户的抽样数据；单个住户的记录不在这里列出。",
    "This number rests on rows of a survey of the user's own; single households are not listed.",
)


def _no_study(error: InputError) -> Words:
    text = str(error)
    return Words(f"没有找到研究文件，数据行无法列出：{text}", f"Rows of data not listed: {text}")


def _variables(wanted: Iterable[Wanted], basis: Basis) -> Iterator[VariableUsed]:
    seen: set[str] = set()
    for one in wanted:
        known = basis.panels[one.table]["en"].variables
        for name in one.variables:
            if name in known and name not in seen:
                seen.add(name)
                yield _used(known[name])


def _used(variable: Variable) -> VariableUsed:
    return VariableUsed(variable, load_sources().get(variable.source))


def _rows(wanted: Wanted, basis: Basis, language: str) -> list[DataRow]:
    panel = basis.panels[wanted.table]["zh" if language == "zh" else "en"]
    rows = panel.frame.filter(pl.col("variable").is_in(list(wanted.variables)))
    if wanted.units:
        rows = rows.filter(pl.col("unit").is_in(list(wanted.units)))
    if wanted.years:
        rows = rows.filter(pl.col("year").is_in(list(wanted.years)))
    return [_row(panel, cell) for cell in rows.iter_rows(named=True)]


def _row(panel: Panel, cell: Mapping[str, Any]) -> DataRow:
    unit = cell["unit"]
    return DataRow(
        path=f"data/{cell['variable']}/{unit}/{cell['year']}",
        unit=unit,
        name=Words(panel.label(unit, "zh"), panel.label(unit, "en")),
        year=cell["year"],
        variable=cell["variable"],
        value=cell["value"],
        evidence=Evidence(cell["evidence"]),
        note=cell["note"],
    )


def _fairly(rows: Sequence[DataRow]) -> list[DataRow]:
    """Return the rows that are listed: of every variable the same number, in order."""
    names = list(dict.fromkeys(row.variable for row in rows))
    each = max(MOST_ROWS // max(len(names), 1), 1)
    picked = (row for name in names for row in [one for one in rows if one.variable == name][:each])
    return list(picked)[:MOST_ROWS]


def _with_next(found: Trace) -> Trace:
    assert found.explanation is not None
    paths = (
        *(one.path for one in found.explanation.inputs),
        *(row.path for row in found.rows),
        *(f"data/{used.variable.name}" for used in found.variables),
        *(f"assumption/{one.name}" for one in found.parameters),
        *found.explanation.others,
    )
    return replace(found, next=tuple(dict.fromkeys(paths)))


def _trace_figure(rest: str, language: str) -> Trace:
    """Return a variable, or its figures of one unit, or one figure."""
    name, _, where = rest.partition("/")
    panels = [panel for panel in _panels(language) if name in panel.names]
    variable = panels[0].variables[name] if panels else find_variable(name)
    cells = [_row(panel, row) for panel in panels for row in _cells(panel, name)]
    unit, _, year = where.partition("/")
    fitting = [
        row
        for row in cells
        if unit in {"", row.unit, row.name.zh, row.name.en, _code(unit, row)}
        and year in {"", str(row.year)}
    ]
    if not fitting:
        raise InputError(_no_figure(rest, cells, unit))
    path = "/".join(["data", *filter(None, (name, unit, year))])
    listed = fitting[-1:] + fitting[: MOST_ROWS - 1] if len(fitting) > MOST_ROWS else fitting
    return Trace(
        path=path,
        variables=(_used(variable),),
        rows=tuple(sorted(listed, key=lambda row: (row.unit, row.year))),
        all_rows=len(fitting),
        next=tuple(row.path for row in listed) if len(fitting) > 1 else (),
    )


def _panels(language: str) -> tuple[Panel, ...]:
    chosen = "zh" if language == "zh" else "en"
    return load_china(language=chosen), load_china_national(language=chosen), load_zones()


def _cells(panel: Panel, name: str) -> Iterable[Mapping[str, Any]]:
    return panel.frame.filter(pl.col("variable") == name).iter_rows(named=True)


def _code(name: str, row: DataRow) -> str:
    """Return the unit of a row if a name, such as 四川 or Sichuan, means its province."""
    means = any(name in {one.zh, one.en} and one.code == row.unit for one in provinces())
    return name if means else row.unit + "?"


def _no_figure(rest: str, cells: Sequence[DataRow], unit: str) -> Problem:
    units = sorted({row.unit for row in cells})
    years = sorted({row.year for row in cells})
    return Problem(
        f"no figure at data/{rest}",
        expected=f"units such as {', '.join(units[:5])}; years {years[0]}-{years[-1]}"
        if cells
        else "",
        fix=nearest_name(unit, units),
    )
