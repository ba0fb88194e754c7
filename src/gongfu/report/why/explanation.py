"""Why a number of a result document is what it is, as far as the document itself can say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gongfu.core import Evidence, Uncertainty
from gongfu.report.document import Column, ResultDocument, ResultTable, Words
from gongfu.report.why.equations import Equation, InputName
from gongfu.report.why.places import Place, entry_of, find_place, path_of

__all__ = ["Explainer", "Explanation", "Quantity", "equation_of", "quantity_of", "why"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """One value with everything a reader needs to use it.

    Parameters
    ----------
    path : that names it.
    label : what it is; row : the cells that name its row, as text.
    years : such as ``2022`` or ``2013-2022``; empty if it speaks of no year.
    price_base : for money; empty otherwise.
    spread : numbers of the same row that say how sure it is, such as ``{"low": ..., "high": ...}``.
    """

    path: str
    label: Words
    row: Mapping[str, str]
    value: float | int | str | bool | None
    unit: str
    years: str
    price_base: str
    evidence: Evidence
    uncertainty: Uncertainty
    spread: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A number and the next level of its chain.

    Parameters
    ----------
    number : asked for.
    equation : it stands for; none for a name, a year or a tag.
    inputs : numbers of the document that enter the equation, each with its own path.
    source : who published what it rests on; note : what a reader must know.
    command : that makes the whole document again.
    others : paths of rows that the question would also have fitted.
    """

    number: Quantity
    equation: Equation | None
    inputs: tuple[Quantity, ...]
    source: Words
    note: Words
    command: str
    others: tuple[str, ...]


def why(document: ResultDocument, path: str) -> Explanation:
    """Explain the number that a path names, from the document alone.

    Parameters
    ----------
    path : see :func:`gongfu.report.why.find_place`.

    Raises
    ------
    InputError
        If the path leads nowhere.
    """
    return Explainer(document).explain(find_place(document, path))


class Explainer:
    """Explains numbers of one document; the rows of its tables are sorted by their keys once."""

    def __init__(self, document: ResultDocument) -> None:
        self.document = document
        self._rows: dict[str, list[dict[str, Any]]] = {}
        self._found: dict[tuple[str, tuple[str, ...]], dict[tuple[str, ...], list[int]]] = {}

    def explain(self, place: Place) -> Explanation:
        """Return the next level of the chain under a number."""
        equation = equation_of(place)
        return Explanation(
            number=quantity_of(place),
            equation=equation,
            inputs=tuple(quantity_of(one) for one in self.inputs(place)),
            source=place.table.source,
            note=place.table.note,
            command=self.document.meta.command,
            others=tuple(_other_paths(place)),
        )

    def inputs(self, place: Place) -> Iterator[Place]:
        """Yield the numbers that enter the equation of a number, as far as they have values."""
        equation = equation_of(place)
        for name in () if equation is None else equation.inputs:
            yield from (one for one in self._places(place, name) if one.value is not None)

    def cells(self, table: ResultTable, row: int) -> dict[str, Any]:
        """Return the cells of a row by column."""
        if table.name not in self._rows:
            self._rows[table.name] = table.rows.to_dicts()
        return self._rows[table.name][row]

    def _places(self, place: Place, name: InputName) -> Iterator[Place]:
        """Yield the cells of an input: in rows that share every key with the number's row."""
        if not name.table:
            yield Place(place.table, place.entry, place.row, name.column, place.cells)
            return
        if name.table not in self.document:
            return
        table = self.document.table(name.table)
        entry = entry_of(table)
        shared = {key: place.cells[key] for key in entry.keys if key in place.cells}
        wanted = shared | {key: _cell(place, cell) for key, cell in name.where.items()}
        for row in self._fitting(table, wanted)[:MOST_INPUTS]:
            yield Place(table, entry, row, name.column, self.cells(table, row))

    def _fitting(self, table: ResultTable, wanted: Mapping[str, Any]) -> list[int]:
        """Return the rows whose cells say what is wanted."""
        columns = tuple(sorted(wanted))
        if (table.name, columns) not in self._found:
            by_cells: dict[tuple[str, ...], list[int]] = {}
            for row in range(table.rows.height):
                cells = self.cells(table, row)
                by_cells.setdefault(tuple(_word(cells[name]) for name in columns), []).append(row)
            self._found[table.name, columns] = by_cells
        return self._found[table.name, columns].get(tuple(_word(wanted[c]) for c in columns), [])


def _word(cell: Any) -> str:
    return "" if cell is None else str(cell)


def equation_of(place: Place) -> Equation | None:
    """Return the equation that a number stands for; None for a name, a year or a tag."""
    if place.column in place.entry.keys or not _is_measured(place.table, place.column):
        return None
    return place.entry.equation(place.column, place.cells)


MOST_INPUTS = 24
"""Inputs that are listed; an index has more values than anybody reads."""

_SPREAD = ("low", "high", "standard_error", "p", "best", "worst", "band_low", "band_high")
_YEARS = ("year", "income_year", "start", "end")


def _is_measured(table: ResultTable, column: str) -> bool:
    kind = table.rows.schema[column]
    return kind.is_float() or (kind.is_integer() and column not in _YEARS)


def _cell(place: Place, text: str) -> Any:
    return place.cells[text[1:]] if text.startswith("@") else text


def quantity_of(place: Place) -> Quantity:
    """Return a number with everything a reader needs to use it."""
    cells, column = place.cells, place.table.column(place.column)
    return Quantity(
        path=place.path,
        label=_label(place, column),
        row=dict(_row_names(place)),
        value=place.value,
        unit=_unit(place, column),
        years=_years(place),
        price_base=column.price_base or (cells.get("price") or "" if _is_money(column) else ""),
        evidence=_evidence(place),
        uncertainty=_uncertainty(place),
        spread=_spread(place),
    )


def _label(place: Place, column: Column) -> Words:
    """Return what a number is: in a long table the row says it, not the column."""
    cells = place.cells
    if cells.get("part_zh") and cells.get("part_en") and place.column == place.entry.shown:
        return Words(cells["part_zh"], cells["part_en"])
    equation = place.entry.equation(place.column, cells)
    if place.entry.by and equation is not None and place.column == place.entry.shown:
        return equation.words
    return Words(column.zh, column.en)


def _row_names(place: Place) -> Iterator[tuple[str, str]]:
    for key in place.entry.keys:
        if place.cells[key] not in (None, ""):
            yield key, str(place.cells[key])


def _unit(place: Place, column: Column) -> str:
    return str(place.cells.get("unit") or column.unit) if "see" in column.unit else column.unit


def _is_money(column: Column) -> bool:
    return "yuan" in column.unit or column.unit.startswith("log change")


def _years(place: Place) -> str:
    """Return the year a number speaks of, or its span; in some tables an end is no year."""
    kinds, column = place.table.rows.schema, place.column
    found = {
        name: place.cells[name]
        for name in _YEARS
        if name in kinds and kinds[name].is_integer() and place.cells[name]
    }
    if column == "income_end" and "income_year" in found:
        return str(found["income_year"])
    for end in ("start", "end"):
        if column.endswith(f"_{end}") and end in found:
            return str(found[end])
    if "year" in found:
        return str(found["year"])
    return f"{found['start']}-{found['end']}" if {"start", "end"} <= found.keys() else ""


def _evidence(place: Place) -> Evidence:
    tags = {one.value for one in Evidence}
    own = place.cells.get("evidence")
    return Evidence(own) if own in tags else place.table.evidence


def _uncertainty(place: Place) -> Uncertainty:
    tags = {one.value for one in Uncertainty}
    own = place.cells.get("uncertainty")
    return Uncertainty(own) if own in tags else place.table.uncertainty


def _spread(place: Place) -> dict[str, float]:
    """Return the numbers of the row that bound this one: only of the column the table is about."""
    own = f"{place.column}_error"
    names = [own] if own in place.cells else []
    if place.column in {place.entry.shown, "value", "estimate"}:
        names += [name for name in _SPREAD if name != place.column]
    cells = place.cells
    return {name: cells[name] for name in names if isinstance(cells.get(name), int | float)}


def _other_paths(place: Place) -> Iterator[str]:
    for row in place.others[:MOST_INPUTS]:
        cells = place.table.rows.row(row, named=True)
        yield path_of(place.table, place.entry, cells, place.column)
