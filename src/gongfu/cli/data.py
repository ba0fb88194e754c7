"""``gongfu data``: the figures that ship with gongfu, and a user's own file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table as Grid

from gongfu.cli import data_embedded, data_export, data_households, output
from gongfu.core import InputError
from gongfu.data.check import CheckReport, VariableReport, check_file
from gongfu.data.template import TEMPLATE_VARIABLES, write_template

__all__ = ["app"]

app = typer.Typer(
    no_args_is_help=True,
    help="Figures that ship with gongfu, and your own files. 随附数据与自有数据。",
)
app.command("list")(data_embedded.list_variables)
app.command("show")(data_embedded.show_variable)
app.command("cite")(data_embedded.cite)
app.command("export")(data_export.export)
app.command("households")(data_households.households)

YEARS_SHOWN = 6
NAME_WIDTH = 20  # so that names stay whole in a terminal of 60 columns
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command("check")
def check(
    file: Annotated[Path, typer.Argument(help="CSV, TSV, XLSX, Parquet, .dta or .sav file.")],
    *,
    unit: Annotated[str | None, typer.Option(help="Column of regions.")] = None,
    year: Annotated[str | None, typer.Option(help="Column of years.")] = None,
    variable: Annotated[
        list[str] | None, typer.Option(help="Variable to keep; may be given again.")
    ] = None,
    income: Annotated[
        str | None, typer.Option(help="Column of incomes: rows are persons or households.")
    ] = None,
    weight: Annotated[str | None, typer.Option(help="Column of weights.")] = None,
    shape: Annotated[
        Literal["auto", "wide", "long"], typer.Option(help="wide or long; recognised if auto.")
    ] = "auto",
    sheet: Annotated[str | None, typer.Option(help="Sheet of a workbook.")] = None,
    as_json: JsonOption = False,
) -> None:
    """检查自有数据文件。Check your own file: what was recognised, and every problem."""
    report = check_file(
        file,
        unit=unit,
        year=year,
        variables=variable,
        income=income,
        weight=weight,
        shape=shape,
        sheet=sheet,
    )
    if report.ok or not as_json:
        output.emit(
            "data-check/1",
            report.to_dict(),
            as_json=as_json,
            render=lambda: _print_report(report),
            warnings=report.warnings,
        )
    if not report.ok:
        raise InputError(report.problems)


@app.command("template")
def template(
    file: Annotated[Path, typer.Argument(help="New .csv or .xlsx file.")],
    *,
    content: Annotated[
        Literal["wide", "long", "rows"],
        typer.Option(help="wide: a column a variable; long: a row a value; rows: persons."),
    ] = "wide",
    variable: Annotated[
        list[str] | None, typer.Option(help="Variable; may be given again. See `data list`.")
    ] = None,
    year: Annotated[list[int] | None, typer.Option(help="Year; may be given again.")] = None,
    language: Annotated[Literal["zh", "en"], typer.Option("--lang", help="zh or en.")] = "zh",
    force: Annotated[bool, typer.Option("--force", help="Replace a file that exists.")] = False,
    as_json: JsonOption = False,
) -> None:
    """写出待填写的模板。Write a form to fill in."""
    written = write_template(
        file,
        content,
        variables=variable or TEMPLATE_VARIABLES,
        years=year or (),
        language=language,
        force=force,
    )
    output.emit(
        "data-template/1",
        {"file": str(written), "content": content},
        as_json=as_json,
        render=lambda: print(written),
        warnings=[f"Fill it in, then run: gongfu data check {written}"],
    )


def _print_report(report: CheckReport) -> None:
    grid = Grid.grid(padding=(0, 2))
    for name, value in _summary(report).items():
        if value:
            grid.add_row(name, value)
    console = Console(markup=False, highlight=False)
    console.print(grid)
    if report.variables:
        console.print()
        console.print(_variables(report.variables))


def _summary(report: CheckReport) -> dict[str, str]:
    kind = ", ".join(part for part in (report.format, report.encoding, report.delimiter) if part)
    regions = "provinces 省份" if report.are_provinces else "regions 地区"
    count = len(report.problems)
    return {
        "file 文件": report.file,
        "format 格式": kind,
        "sheet 工作表": report.sheet,
        "shape 形状": report.shape,
        "table 表": f"{report.rows:,} rows, {report.columns:,} columns" if report.rows else "",
        "regions 地区": f"{report.regions:,} {regions}" if report.regions else "",
        "years 年份": _years(report.years),
        "result 结果": f"problems 问题: {count}" if count else "no problems 没有问题",
    }


def _years(years: tuple[int, ...]) -> str:
    if len(years) <= YEARS_SHOWN:
        return ", ".join(str(year) for year in years)
    gaps = years[-1] - years[0] + 1 - len(years)
    return f"{years[0]}-{years[-1]}" + (f", {gaps} missing 缺" if gaps else "")


def _variables(variables: tuple[VariableReport, ...]) -> Grid:
    grid = Grid(box=None, pad_edge=False)
    grid.add_column("variable\n指标", overflow="fold", min_width=NAME_WIDTH)
    for name in ("values\n值", "missing\n缺", "lowest\n最小", "highest\n最大"):
        grid.add_column(name, justify="right", no_wrap=True)
    for entry in variables:
        lines = [entry.name, ", ".join(part for part in (entry.label, entry.unit) if part)]
        bounds = (_number(entry.lowest), _number(entry.highest))
        counts = (f"{entry.values:,}", f"{entry.missing:,}")
        grid.add_row("\n".join(line for line in lines if line), *counts, *bounds)
    return grid


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,.6g}"
