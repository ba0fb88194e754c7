"""``gongfu base-year``: targets, published, reproduced, how, and which gives way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from gongfu.cli import output
from gongfu.cli.run import ReportLanguage

if TYPE_CHECKING:
    import polars as pl

__all__ = ["base_year"]

_HEAD = {
    "zh": {
        "target": "目标",
        "unit": "单位",
        "published": "公布值",
        "reproduced": "模型值",
        "difference": "差额",
        "how": "如何达到",
        "gives_way": "哪一方让步",
    },
    "en": {
        "target": "target",
        "unit": "unit",
        "published": "published",
        "reproduced": "reproduced",
        "difference": "difference",
        "how": "how",
        "gives_way": "what gives way",
    },
}
_HOW_ZH = {
    "by construction": "按构造相等",
    "fitted": "拟合",
    "left over": "余差",
    "named object": "单列项目",
    "not published": "未公布",
}


def base_year(
    year: Annotated[int, typer.Option(help="2013-2023. 基准年")] = 2023,
    households: Annotated[int, typer.Option(help="Household records. 住户记录数")] = 20_000,
    lang: Annotated[ReportLanguage, typer.Option(help="Language. 语言")] = ReportLanguage.EN,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Build the base year of the economy and show how it meets the figures. 基准年对照表。"""
    from gongfu.economy.base_year import base_year_targets, build_base_year, target_frame

    frame = target_frame(base_year_targets(build_base_year(year, households)), language=lang.value)

    output.emit(
        "base-year/1",
        {"targets": frame.to_dicts()},
        as_json=as_json,
        render=lambda: _print(frame, year, lang.value),
    )


def _print(frame: pl.DataFrame, year: int, language: str) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    heads = {**_HEAD[language], "target": f"{_HEAD[language]['target']}, {year}"}
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name, head in heads.items():
        numeric = frame.schema[name].is_numeric()
        table.add_column(head, justify="right" if numeric else "left", overflow="fold")
    for row in frame.iter_rows(named=True):
        if language == "zh":
            row["how"] = _HOW_ZH.get(row["how"], row["how"])
        is_relative = row["difference_kind"] == "relative"
        table.add_row(*(_cell(row[name], name, is_relative=is_relative) for name in heads))
    Console().print(table)


def _cell(value: object, name: str, *, is_relative: bool) -> str:
    if value is None:
        return ""
    if not isinstance(value, float):
        return str(value)
    if name == "difference":
        text = f"{value:+.2%}" if is_relative else f"{round(value, 4) + 0.0:+.4f}"
        return text.replace("-", "\N{MINUS SIGN}")
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.4f}"
