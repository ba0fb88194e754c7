"""The why-chains of many numbers at once, for a page that answers without any other file.

A ledger holds every number that was asked for and every number that enters it, down to the figures
and parameters. Numbers name each other by their place in it; words that repeat are said once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import polars as pl

from gongfu.core import Evidence, Panel, Variable
from gongfu.core.assumption import Assumption
from gongfu.report.accounts import account_name
from gongfu.report.catalogue import LANGUAGES
from gongfu.report.catalogue.numbers import count, rounded
from gongfu.report.document import ResultDocument, ResultTable, Words
from gongfu.report.regions import regions
from gongfu.report.why.basis import Basis, Footing, LeverSet, Publication, Wanted
from gongfu.report.why.equations import Equation
from gongfu.report.why.explanation import Explainer, Quantity, equation_of, quantity_of
from gongfu.report.why.places import Place, entry_of, row_paths
from gongfu.report.words import (
    evidence_text,
    index_label,
    price_text,
    uncertainty_text,
    unit_text,
)

__all__ = ["ledger_of"]

NODE = (
    "path", "label", "of", "value", "unit", "years", "price", "evidence", "uncertainty", "spread",
    "equation", "inputs", "footing", "table",
)  # fmt: skip
"""Cells of a number in the ledger; those that repeat are places in a list of the ledger."""


def ledger_of(
    document: ResultDocument, paths: Iterable[str], basis: Basis | None = None
) -> tuple[dict[str, Any], dict[str, int]]:
    """Return the ledger of the numbers at these paths, and the place of each path in it.

    Parameters
    ----------
    paths : whole paths of numbers (see :func:`gongfu.report.why.path_of`).
    basis : what the document rests on; without it a chain ends at the document's own numbers.

    Returns
    -------
    JSON values (``nodes`` under the names of ``NODE``, and the lists they point into) and
    ``{path: place}``.

    Raises
    ------
    KeyError
        If a path names no number of the document.
    """
    ledger = _Ledger(document, basis)
    places = {path: ledger.place_of(path) for path in dict.fromkeys(paths)}
    return ledger.to_json(), places


class _Ledger:
    def __init__(self, document: ResultDocument, basis: Basis | None) -> None:
        self._document = document
        self._basis = basis
        self._explain = Explainer(document)
        self._rows = _rows_by_path(document)
        self._nodes: dict[str, list[Any]] = {}
        self._words = _Once()
        self._equations = _Once()
        self._tables = _Once()
        self._footings = _Once()
        self._series = _Once()
        self._parameters = _Once()
        self._levers = _Once()
        self._listed: set[tuple[str, str]] = set()
        tables = {} if basis is None else basis.panels
        self._names = {name: set(panels["en"].names) for name, panels in tables.items()}

    def place_of(self, path: str) -> int:
        """Return the place of a number, entered with all that it is made of."""
        if path not in self._nodes:
            row, _, column = path.rpartition("/")
            table, at = self._rows[row]
            place = Place(table, entry_of(table), at, column, self._explain.cells(table, at))
            return self._enter(place)
        number: int = self._nodes[path][0]
        return number

    def _enter(self, place: Place) -> int:
        path = place.path
        if path not in self._nodes:
            node: list[Any] = [len(self._nodes)]
            self._nodes[path] = node
            node.append([*self._cells(quantity_of(place)), *self._rests_on(place)])
        number: int = self._nodes[path][0]
        return number

    def _cells(self, one: Quantity) -> Iterator[Any]:
        yield one.path
        yield self._words.place(_both(one.label))
        yield [self._words.place(_both(name)) for name in _row_names(self._document, one)]
        yield shown_value(one)
        yield self._words.place([unit_text(one.unit, code) for code in LANGUAGES])
        yield one.years.replace("-", "–")
        yield self._words.place(_prices(one))
        yield self._words.place([evidence_text(one.evidence, code) for code in LANGUAGES])
        yield self._words.place([uncertainty_text(one.uncertainty, code) for code in LANGUAGES])
        yield {name: rounded(value, 4) for name, value in one.spread.items()} or None

    def _rests_on(self, place: Place) -> Iterator[Any]:
        equation = equation_of(place)
        yield None if equation is None else self._equations.place(_equation(equation))
        yield [self._enter(one) for one in self._explain.inputs(place) if one.path != place.path]
        yield self._footing(place)
        table = place.table
        yield self._tables.place([_both(table.source), _both(table.note), place.entry.page])

    def _footing(self, place: Place) -> int | None:
        if self._basis is None:
            return None
        found = self._basis.footing(place)
        if found == Footing():
            return None
        return self._footings.place(
            {
                "figures": [
                    cells
                    for one in found.figures
                    for cells in self._figures(one, is_listed=place.entry.figures != "figure")
                ],
                "levers": [self._levers.place(_lever(one)) for one in found.levers],
                "parameters": [self._parameters.place(_parameter(p)) for p in found.parameters],
                "sampled": found.is_sampled,
            }
        )

    def _figures(self, wanted: Wanted, *, is_listed: bool) -> Iterator[list[Any]]:
        """Yield each series with the units and years that are wanted of it; empty means all.

        A number about a variable as a whole, such as a count of its figures, lists none of them.
        """
        for name in wanted.variables:
            if name in self._names[wanted.table]:
                series = self._series.place((wanted.table, name))
                if is_listed:
                    self._listed.add((wanted.table, name))
                yield [series, list(wanted.units), list(wanted.years), int(is_listed)]

    def to_json(self) -> dict[str, Any]:
        """Return the ledger as JSON values."""
        series = [self._series_data(*one) for one in self._series.items]  # enters words, too
        return {
            "columns": list(NODE),
            "nodes": [cells for _, cells in self._nodes.values()],
            "words": self._words.items,
            "equations": self._equations.items,
            "tables": self._tables.items,
            "footings": self._footings.items,
            "series": series,
            "parameters": self._parameters.items,
            "levers": self._levers.items,
            "command": self._document.meta.command,
            "complete": self._basis is not None,
        }

    def _series_data(self, table: str, name: str) -> dict[str, Any]:
        assert self._basis is not None
        panels = self._basis.panels[table]
        variable = panels["en"].variables.get(name)
        published = variable and self._basis.publication(variable)
        return {
            "name": name,
            **(_OWN | {"label": [name, name]} if variable is None else self._entry(variable)),
            "published": published and _publication(published),
            **(_cells_of(panels, name, self._words) if (table, name) in self._listed else {}),
        }

    def _entry(self, variable: Variable) -> dict[str, list[str]]:
        assert self._basis is not None
        return {
            "label": [variable.label(code) for code in LANGUAGES],
            "unit": _both(self._basis.term(variable.unit)),
            "price": _both(self._basis.term(variable.price_base)),
            "definition": [variable.define(code) for code in LANGUAGES],
        }


_OWN = {"unit": ["", ""], "price": ["", ""], "definition": ["", ""]}
"""What is known of a column of a user's own table: nothing but its name."""


def shown_value(one: Quantity) -> str:
    """Return a value as a page shows it: money and counts in whole units."""
    if isinstance(one.value, bool) or not isinstance(one.value, int | float):
        return str(one.value)
    return count(one.value) if "yuan" in one.unit else rounded(one.value, 4)


def _rows_by_path(document: ResultDocument) -> dict[str, tuple[ResultTable, int]]:
    found: dict[str, tuple[ResultTable, int]] = {}
    for table in document.tables.values():
        path_of_row = row_paths(table)
        for at, cells in enumerate(table.rows.iter_rows(named=True)):
            found.setdefault(path_of_row(cells), (table, at))
    return found


def _row_names(document: ResultDocument, one: Quantity) -> Iterator[Words]:
    """Yield what names the row of a number; years and prices are said anyway."""
    for key, name in one.row.items():
        if key == "code" and name in regions():
            yield Words(regions()[name].zh, regions()[name].en)
        elif key == "account":
            yield Words(*(account_name(document, name, code) for code in LANGUAGES))
        elif key == "index" and "account" in one.row:
            yield Words(*(index_label(name, code) for code in LANGUAGES))
        elif key not in {"year", "price"}:
            yield Words(name, name)


def _prices(one: Quantity) -> list[str]:
    return [price_text(one.price_base, code) if one.price_base else "" for code in LANGUAGES]


def _equation(one: Equation) -> list[Any]:
    return [one.formula, one.tag, _both(one.words), one.page]


def _publication(one: Publication) -> dict[str, Any]:
    return {"by": _both(one.publisher), "title": _both(one.title), "url": one.url}


def _parameter(one: Assumption) -> dict[str, Any]:
    return {
        "name": one.name,
        "label": [one.label(code) for code in LANGUAGES],
        "value": f"{one.value:g} ({one.low:g} – {one.high:g})",
        "unit": [unit_text(one.unit, code) for code in LANGUAGES],
        "evidence": [evidence_text(one.evidence, code) for code in LANGUAGES],
        "source": one.source,
        "equation": one.equation,
    }


def _lever(one: LeverSet) -> dict[str, Any]:
    lever = one.lever
    return {
        "name": lever.name,
        "label": [lever.label(code) for code in LANGUAGES],
        "values": ", ".join(f"{year}: {value:g}" for year, value in sorted(one.values.items())),
        "unit": [lever.unit_zh, lever.unit],
        "equations": list(lever.mechanism),
        "source": lever.source,
    }


def _cells_of(panels: Mapping[str, Panel], name: str, words: _Once) -> dict[str, Any]:
    """Return the figures of a variable: per unit a value for each year, and what is noted of any.

    Parameters
    ----------
    words : where tags and notes are entered.
    """
    zh, en = (panels[code].frame.filter(pl.col("variable") == name) for code in LANGUAGES)
    years = en["year"].unique().sort().to_list()
    units = en["unit"].unique(maintain_order=True).to_list()
    rows = [*en.select("unit", "year", "value", "evidence").iter_rows()]
    values = {(unit, year): value for unit, year, value, _ in rows}
    usual = str(en["evidence"].mode().sort().first())
    notes = zip(en["unit"], en["year"], zh["note"], en["note"], strict=True)
    return {
        "years": years,
        "units": [[unit, panels["zh"].label(unit, "zh"), panels["en"].label(unit, "en")]
                  for unit in units],
        "values": [[values.get((unit, year)) for year in years] for unit in units],
        "evidence": words.place(_evidence(usual)),
        "other": [[unit, year, words.place(_evidence(tag))]
                  for unit, year, _, tag in rows if tag != usual],
        "notes": [[unit, year, words.place([one, other])]
                  for unit, year, one, other in notes if other],
    }  # fmt: skip


def _evidence(tag: str) -> list[str]:
    return [evidence_text(Evidence(tag), code) for code in LANGUAGES]


def _both(words: Words) -> list[str]:
    return [words[code] for code in LANGUAGES]


class _Once:
    """A list in which each thing stands once."""

    def __init__(self) -> None:
        self.items: list[Any] = []
        self._places: dict[str, int] = {}

    def place(self, item: Any) -> int:
        """Return the place of an item, added if it is new."""
        key = repr(item)
        if key not in self._places:
            self._places[key] = len(self.items)
            self.items.append(item)
        return self._places[key]
