"""``gongfu data list``, ``show`` and ``cite``: what figures ship with gongfu, and where from."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import polars as pl
import typer
from rich.console import Console
from rich.table import Table as Grid

from gongfu.cli import output
from gongfu.data.dictionary import find_variable, load_dictionary, translate_term
from gongfu.data.places import province_code, provinces
from gongfu.data.quality import quality_table
from gongfu.data.sources import cite as cite_source
from gongfu.data.sources import find_source
from gongfu.data.yearbook import NATION, Table, exclusion_line, load_cells

__all__ = ["cite", "list_variables", "show_variable"]

Tables = Literal["provinces", "national", "secondary"]
Languages = Literal["zh", "en"]
_TABLES: tuple[Table, ...] = ("provinces", "national", "secondary")

LanguageOption = Annotated[Languages, typer.Option("--lang", help="zh or en.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def list_variables(
    search: Annotated[str, typer.Argument(help="Part of a name, label or theme.")] = "",
    *,
    table: Annotated[Tables, typer.Option(help="provinces, national or secondary.")] = "provinces",
    language: LanguageOption = "en",
    as_json: JsonOption = False,
) -> None:
    """列出随附的指标。List the figures that ship with gongfu."""
    rows = [row for row in _listing(table, language) if _matches(row, search)]
    output.emit(
        "variables/1",
        {"table": table, "variables": rows},
        as_json=as_json,
        render=lambda: _print_listing(rows),
        warnings=[exclusion_line(table, language=language)],
    )


def show_variable(
    name: Annotated[str, typer.Argument(help="Variable, such as income_pc_all.")],
    *,
    place: Annotated[str, typer.Option(help="Province: values of its years.")] = "",
    year: Annotated[int | None, typer.Option(help="Year: values of the provinces.")] = None,
    table: Annotated[Tables | None, typer.Option(help="Table; the first that has it.")] = None,
    language: LanguageOption = "en",
    as_json: JsonOption = False,
) -> None:
    """说明一个指标并列出数值。Explain one variable and print its figures."""
    find_variable(name)
    chosen = table or _table_of(name)
    described = _description(name, chosen, language)
    cells = _figures(name, chosen, place, year, language)
    output.emit(
        "variable/1",
        {**described, "values": cells},
        as_json=as_json,
        render=lambda: _print_variable(described, cells),
        warnings=[_doubt_warning(cells, language)] if any(c["doubtful"] for c in cells) else [],
    )


def cite(
    name: Annotated[str, typer.Argument(help="Variable or source, such as nbs.")] = "nbs",
    *,
    style: Annotated[Literal["text", "bibtex"], typer.Option(help="text or bibtex.")] = "text",
    language: LanguageOption = "en",
    as_json: JsonOption = False,
) -> None:
    """输出引用格式与使用条款。Print how to cite the source of a figure."""
    source = find_source(name)
    text = cite_source(name, language=language, style=style)
    output.emit(
        "citation/1",
        {"source": source.key, "citation": text, "terms": source.terms(language)},
        as_json=as_json,
        render=lambda: print(text),
        warnings=[source.terms(language)],
    )


def _listing(table: Table, language: Languages) -> list[dict[str, Any]]:
    known = load_dictionary()
    return [
        {
            "name": row["variable"],
            "label": known[row["variable"]].label(language),
            "other_label": known[row["variable"]].label("en" if language == "zh" else "zh"),
            "theme": translate_term(known[row["variable"]].theme, language),
            "unit": translate_term(row["unit_of_measure"], language),
            "first_year": row["first_year"],
            "last_year": row["last_year"],
            "cells": row["cells"],
            "excluded": row["excluded"],
        }
        for row in quality_table(table).iter_rows(named=True)
    ]


def _matches(row: dict[str, Any], search: str) -> bool:
    wanted = search.casefold()
    return any(
        wanted in str(row[key]).casefold() for key in ("name", "label", "other_label", "theme")
    )


def _print_listing(rows: list[dict[str, Any]]) -> None:
    grid = Grid("theme", "name", "label", "unit", "years", "figures", box=None, pad_edge=False)
    for row in sorted(rows, key=lambda row: (row["theme"], row["name"])):
        years = f"{row['first_year']}-{row['last_year']}"
        cells = [row["theme"], row["name"], row["label"], row["unit"], years, str(row["cells"])]
        grid.add_row(*cells)
    _print_grid(grid)


def _table_of(name: str) -> Table:
    holding = (table for table in _TABLES if name in load_cells(table)["variable"])
    return next(holding, "provinces")


def _description(name: str, table: Table, language: Languages) -> dict[str, Any]:
    entry = find_variable(name)
    source = find_source(name)
    return {
        "name": name,
        "label": entry.label(language),
        "definition": entry.define(language),
        "unit": translate_term(entry.unit, language),
        "kind": entry.kind,
        "aggregation": entry.aggregation,
        "price_base": translate_term(entry.price_base, language),
        "vintage": translate_term(entry.vintage, language),
        "source": source.publisher(language),
        "table": table,
        **_quality(name, table),
    }


def _quality(name: str, table: Table) -> dict[str, Any]:
    quality = quality_table(table, name)
    if quality.is_empty():
        return {}
    return quality.drop("variable", "unit_of_measure").row(0, named=True)


def _figures(
    name: str, table: Table, place: str, year: int | None, language: Languages
) -> list[dict[str, Any]]:
    cells = load_cells(table, language=language).filter(pl.col("variable") == name)
    if place:
        cells = cells.filter(pl.col("unit") == province_code(place))
    if year is not None:
        cells = cells.filter(pl.col("year") == year)
    if not place and year is None and table != "national":
        return []
    names = {place.code: place.label(language) for place in provinces()}
    names[NATION] = "全国" if language == "zh" else "China"
    labelled = cells.with_columns(place=pl.col("unit").replace(names))
    columns = ("unit", "place", "year", "value", "evidence", "copies", "doubtful", "note")
    return labelled.select(columns).sort("unit", "year").to_dicts()


def _doubt_warning(cells: list[dict[str, Any]], language: Languages) -> str:
    doubtful = sum(cell["doubtful"] for cell in cells)
    if language == "zh":
        return f"{doubtful} 个数存疑（标 ?），默认不采用。"
    return f"{doubtful} figures are doubtful (marked ?) and not used by default."


def _print_variable(described: dict[str, Any], cells: list[dict[str, Any]]) -> None:
    grid = Grid(show_header=False, box=None, pad_edge=False)
    for key, value in described.items():
        if value not in ("", None):
            shown = f"{value:.4g}" if isinstance(value, float) else str(value)
            grid.add_row(key.replace("_", " "), shown)
    _print_grid(grid)
    if cells:
        _print_figures(cells, described["unit"])


def _print_figures(cells: list[dict[str, Any]], unit: str) -> None:
    grid = Grid("code", "place", "year", unit, "evidence", "note", box=None, pad_edge=False)
    for cell in cells:
        value = f"{cell['value']:,.10g}{' ?' if cell['doubtful'] else ''}"
        year = str(cell["year"])
        grid.add_row(cell["unit"], cell["place"], year, value, cell["evidence"], cell["note"])
    print()
    _print_grid(grid)


def _print_grid(grid: Grid) -> None:
    console = Console(markup=False, highlight=False)
    if console.is_terminal:
        console.print(grid)
        return
    Console(markup=False, highlight=False, width=240).print(grid)
