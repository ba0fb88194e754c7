"""``gongfu measure divide [FILE]``: gaps in access, use and outcome between groups of people."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from gongfu.cli import output
from gongfu.cli.place_problems import placed

if TYPE_CHECKING:
    from gongfu.measure.divide import DivideTable

__all__ = ["divide"]


def divide(
    file: Annotated[
        Path | None,
        typer.Argument(help="Table; without one the embedded figures. 数据文件，缺省为随附数据。"),
    ] = None,
    outcome: Annotated[
        str | None, typer.Option(help="Column of access, use or benefit. 接入、使用或收益列。")
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option(help="Column of groups (area, age, region); repeat. 分组列。"),
    ] = None,
    rank: Annotated[
        str | None, typer.Option(help="Column to rank by (income): concentration. 排序列。")
    ] = None,
    reference: Annotated[
        str | None, typer.Option(help="Group the others are compared with. 参照组。")
    ] = None,
    year: Annotated[str | None, typer.Option(help="Column of years. 年份列。")] = None,
    weight: Annotated[str | None, typer.Option(help="Column of weights. 权数列。")] = None,
    strata: Annotated[str | None, typer.Option(help="Column of strata. 层。")] = None,
    psu: Annotated[str | None, typer.Option(help="Column of sampling units. 抽样单元。")] = None,
    bounds: Annotated[
        tuple[float, float] | None,
        typer.Option(help="Lowest and highest possible outcome: log-odds. 取值上下界。"),
    ] = None,
    correction: Annotated[
        Literal["none", "generalised", "wagstaff", "erreygers"],
        typer.Option(help="Of the concentration index. 集中指数修正。"),
    ] = "none",
    population: Annotated[
        bool,
        typer.Option("--population", help="Published figures, all rows: no error. 全体而非样本。"),
    ] = False,
    confidence: Annotated[float, typer.Option(help="Coverage, 0-1. 置信水平。")] = 0.95,
    lonely: Annotated[
        Literal["error", "centre", "certainty"],
        typer.Option(help="Stratum with one unit. 单一单元层。"),
    ] = "error",
    unit: Annotated[str | None, typer.Option(help="Unit of the outcome. 单位。")] = None,
    language: Annotated[Literal["zh", "en"], typer.Option("--lang", help="zh or en.")] = "en",
    as_json: Annotated[bool, typer.Option("--json", help="Full precision as JSON.")] = False,
) -> None:
    """Digital divide: gaps, concentration on the rich, years behind. 数字鸿沟。

    数字鸿沟：群体差距、集中指数与落后年数。
    """
    if file is None:
        _embedded(outcome, language, as_json=as_json)
        return
    options: dict[str, Any] = {
        "by": by or (),
        "rank": rank,
        "reference": reference,
        "time": year,
        "weight": weight,
        "strata": strata,
        "psu": psu,
        "bounds": bounds,
        "correction": correction,
        "population": population,
        "confidence": confidence,
        "lonely": lonely,
        "unit": unit,
    }
    table, notes = _measured(file, outcome, options)

    def render() -> None:
        from gongfu.cli.measure_divide_view import print_divide

        print_divide(table)

    output.emit("divide/1", table.to_dict(), as_json=as_json, render=render, warnings=notes)


def _measured(
    file: Path, outcome: str | None, options: dict[str, Any]
) -> tuple[DivideTable, list[str]]:
    from gongfu.core import InputError, Problem
    from gongfu.data.readers import open_table, require_numbers
    from gongfu.measure.divide import divide as measure_rows

    if outcome is None:
        fix = "Name the column of access, use or benefit: --outcome COLUMN."
        raise InputError(Problem("a file needs the column to measure", fix=fix))
    numbers = [options[name] for name in ("weight", "rank", "time") if options[name]]
    read = require_numbers(open_table(file), [outcome, *numbers])
    try:
        table = measure_rows(read.frame, outcome, **options)
    except InputError as error:
        raise InputError(placed(error, read)) from error
    return table, [*read.notes, *table.warnings]


def _embedded(outcome: str | None, language: str, *, as_json: bool) -> None:
    """Print the divide between regions in the figures that ship with gongfu."""
    from gongfu.core import InputError, Problem
    from gongfu.core.errors import nearest_name
    from gongfu.study.findings.divide import embedded_divide

    tables = embedded_divide()
    known = tables["divide"].rows["indicator"].unique(maintain_order=True).to_list()
    if outcome is not None and outcome not in known:
        raise InputError(
            Problem(
                f"no indicator {outcome!r} among the embedded figures of the divide",
                expected=f"one of {', '.join(known)}",
                fix=nearest_name(outcome, known),
            )
        )
    data = {
        name: {
            "evidence": table.evidence.value,
            "uncertainty": table.uncertainty.value,
            "source": table.source[language],
            "note": table.note[language],
            "rows": [
                row
                for row in table.rows.to_dicts()
                if outcome is None or row.get("indicator", outcome) == outcome
            ],
        }
        for name, table in tables.items()
    }

    def render() -> None:
        from gongfu.cli.measure_divide_view import print_embedded

        print_embedded(data, language)

    output.emit("divide-embedded/1", data, as_json=as_json, render=render)
