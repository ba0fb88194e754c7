"""Which figures stand behind a number of a result: variables, units, years of a study's tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from gongfu.core.index_tree import IndexTree
from gongfu.explain.chain.expressions import parse_formula
from gongfu.report.why import Place, Wanted
from gongfu.study.findings.describe import read_packaged_csv
from gongfu.study.index_files import study_trees
from gongfu.study.settings import AccountSettings, StudySettings
from gongfu.study.tables import StudyTables

__all__ = ["FiguresBehind"]


@dataclass(frozen=True, eq=False)
class FiguresBehind:
    """Which figures of a study stand behind the numbers of its result.

    Parameters
    ----------
    folder : where relative paths of the study start.
    """

    settings: StudySettings
    tables: StudyTables
    folder: Path

    def of(self, place: Place) -> list[Wanted]:
        """Return the figures a number rests on; none where it rests on no table."""
        find = _FINDERS.get(place.entry.figures)
        found = [] if find is None else find(place, self)
        return [
            one for one in found if one.table in self.tables.units or one.table in self.tables.rows
        ]

    @cached_property
    def trees(self) -> tuple[IndexTree, ...]:
        """The indices of the study."""
        index = self.settings.index
        return () if index is None else study_trees(index, self.folder)

    def embedded(self, name: str) -> str:
        """Return what the study calls an embedded table, or nothing."""
        tables = self.tables.units.items()
        return next((key for key, table in tables if table.embedded == name), "")


def _of_account(place: Place, study: FiguresBehind) -> Iterator[Wanted]:
    for account in study.settings.account:
        if account.name == place.cells.get("account"):
            yield Wanted(account.data, _of_term(account, place.column), years=_years(place))
            table, _, variable = (account.published_mean or "").partition(".")
            if place.table.name == "gap" and variable:
                yield Wanted(table, (variable,), years=_years(place))
            yield from _of_prices(place, study)


def _of_term(account: AccountSettings, column: str) -> tuple[str, ...]:
    """Return what a mean or an inequality rests on alone, where each has figures of its own."""
    apart = account.inequality_from in {"gini", "quintiles"}
    if apart and column.startswith(("mean", "cake")):
        return (account.income,)
    if apart and column.startswith(("equality", "division")):
        return account.quintile_means or tuple(filter(None, [account.inequality]))
    return account.variables


def _of_prices(place: Place, study: FiguresBehind) -> Iterator[Wanted]:
    """Yield the figures of the national deflator, where money is real."""
    is_real = str(place.cells.get("price", "")).endswith(" prices") and (
        place.cells["price"] != "current prices"
    )
    table = study.embedded("provinces")
    if is_real and table and study.settings.prices.deflator == "china":
        yield Wanted(table, ("gdp", "gdp_index"), years=_years(place))


def _of_province(place: Place, study: FiguresBehind) -> Iterator[Wanted]:
    """Yield the province itself, then its urban and its rural part."""
    code = str(place.cells["code"])
    is_income = place.column.startswith("income") or place.column in {"growth", "population"}
    for account in study.settings.account:
        table = study.tables.units.get(account.data)
        if table is not None and table.embedded == "provinces" and is_income:
            variables = _one_of(account, place.column)
            yield Wanted(account.data, variables, (code,), _years(place))
        if table is not None and table.embedded == "zones" and not is_income:
            units = (f"{code}-urban", f"{code}-rural")
            yield Wanted(account.data, account.variables, units, _years(place))
    if place.column == "growth" and study.embedded("provinces"):
        yield Wanted(study.embedded("provinces"), ("gdp", "gdp_index"), (code,), _years(place))


def _one_of(account: AccountSettings, column: str) -> tuple[str, ...]:
    people = account.population or ""
    return (people,) if column == "population" else (account.income,)


def _of_fifths(place: Place, study: FiguresBehind) -> Iterator[Wanted]:
    """Yield the means of fifths (of one, where the row is one), and the published Gini beside."""
    own = place.cells.get("account")
    for account in study.settings.account:
        if account.inequality_from in {"quintiles", "gini"} and own in {None, account.name}:
            names = account.quintile_means or (account.inequality or "",)
            if place.column == "published_growth":
                names = (account.income,)
            elif place.cells.get("fifth") and place.column != "mean_growth":
                names = names[place.cells["fifth"] - 1 : place.cells["fifth"]]
            yield Wanted(account.data, names, years=_years(place))
    yield from _of_prices(place, study)


def _of_regions(place: Place, study: FiguresBehind) -> Iterator[Wanted]:
    regions = study.settings.regions
    if regions is not None:
        names = (regions.variable, *filter(None, [regions.population]))
        years = _years(place) or (regions.start, regions.end)
        yield Wanted(regions.data, names, _units(place), years)


def _of_indicator(place: Place, study: FiguresBehind) -> Iterator[Wanted]:
    table = study.embedded("provinces")
    for row in _divide_indicators():
        if row["indicator"] == place.cells["indicator"] and table:
            names = tuple(filter(None, (row["variable"], row["per"])))
            yield Wanted(table, names, _units(place), _years(place))


@cache
def _divide_indicators() -> list[dict[str, Any]]:
    return read_packaged_csv("divide_indicators.csv").to_dicts()


def _of_index(place: Place, study: FiguresBehind) -> Iterator[Wanted]:
    index = study.settings.index
    if index is None:
        return
    table = index.data or study.embedded("provinces")
    for tree in study.trees:
        if tree.name in {place.cells["index"], place.cells.get("other")}:
            chosen = place.cells.get("indicator")
            used = [one for one in tree.indicators if chosen in {None, one.name}]
            pairs = ((one.variable, one.per) for one in used)
            names = dict.fromkeys(name for pair in pairs for name in pair if name)
            yield Wanted(table, tuple(names), _units(place), _years(place))


def _of_question(place: Place, study: FiguresBehind) -> Iterator[Wanted]:
    explain = study.settings.explain
    for question in explain.question if explain else ():
        if explain is not None and question.name == place.cells["question"]:
            formulas = (
                question.outcome,
                question.treatment,
                *question.controls,
                *question.mediators,
            )
            yield Wanted(explain.data, tuple(_names(formulas)))


def _names(formulas: Iterable[str]) -> dict[str, None]:
    """Return the variables that formulas are made of; an index has its own path."""
    names = (name for text in formulas for name in parse_formula(text).names)
    return dict.fromkeys(name for name in names if ":" not in name)


def _of_figure(place: Place, study: FiguresBehind) -> Iterator[Wanted]:
    variable = str(place.cells["variable"])
    units = filter(None, [place.cells.get("unit")])
    for name, table in study.tables.units.items():
        if variable in table.panel.names:
            yield Wanted(name, (variable,), tuple(map(str, units)), _years(place))


_FINDERS: Mapping[str, Callable[[Place, FiguresBehind], Iterator[Wanted]]] = {
    "account": _of_account,
    "halves": _of_province,
    "fifths": _of_fifths,
    "region": _of_regions,
    "indicator": _of_indicator,
    "index": _of_index,
    "question": _of_question,
    "figure": _of_figure,
}


def _units(place: Place) -> tuple[str, ...]:
    code = place.cells.get("code")
    return (str(code),) if code else ()


def _years(place: Place) -> tuple[int, ...]:
    """Return the year a number speaks of, or both ends of its span."""
    kinds = place.table.rows.schema
    cells: Mapping[str, Any] = {
        name: cell for name, cell in place.cells.items() if kinds[name].is_integer()
    }
    ends = {"_start": cells.get("start"), "_end": cells.get("income_year") or cells.get("end")}
    if place.column == "ratio_end":
        ends["_end"] = cells.get("end")
    for ending, year in ends.items():
        if place.column.endswith(ending) and year:
            return (int(year),)
    if cells.get("year"):
        return (int(cells["year"]),)
    span = (cells.get("start"), cells.get("end"))
    return tuple(int(year) for year in span if year)
