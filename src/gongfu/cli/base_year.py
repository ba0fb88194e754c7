"""``gongfu base-year``: targets, published, reproduced, how, and which gives way."""

from __future__ import annotations

from typing import Annotated

import typer

from gongfu.cli import output
from gongfu.cli.run import ReportLanguage

__all__ = ["base_year"]


def base_year(
    year: Annotated[int, typer.Option(help="2013-2023. 基准年")] = 2023,
    households: Annotated[int, typer.Option(help="Household records. 住户记录数")] = 20_000,
    lang: Annotated[ReportLanguage, typer.Option(help="Language. 语言")] = ReportLanguage.EN,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Build the base year of the economy and show how it meets the figures. 基准年对照表。"""
    from gongfu.economy.base_year import base_year_targets, build_base_year, target_frame

    frame = target_frame(base_year_targets(build_base_year(year, households)), language=lang.value)

    def render() -> None:
        from rich import box
        from rich.console import Console
        from rich.table import Table

        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for name, kind in frame.schema.items():
            justify = "right" if kind.is_numeric() else "left"
            table.add_column(name, justify=justify, overflow="fold")  # type: ignore[arg-type]
        for row in frame.iter_rows():
            table.add_row(*("" if cell is None else _cell(cell) for cell in row))
        Console().print(table)

    output.emit("base-year/1", {"targets": frame.to_dicts()}, as_json=as_json, render=render)


def _cell(value: object) -> str:
    return f"{value:,.4g}" if isinstance(value, float) else str(value)
