"""Options that the commands about regions by years have in common."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

__all__ = [
    "CountOption",
    "DataOption",
    "DrawsOption",
    "DropOption",
    "FileArgument",
    "FromOption",
    "JsonOption",
    "LevelOption",
    "LimitOption",
    "NeighbourOption",
    "PowerOption",
    "SeedOption",
    "ToOption",
    "UnitOption",
    "VariableOption",
    "WeightOption",
    "YearColumnOption",
]

FileArgument = Annotated[
    Path | None, typer.Argument(help="File of regions by years (unit, year, value). 面板数据文件。")
]
DataOption = Annotated[
    Literal["china"] | None,
    typer.Option(help="The embedded provinces instead of a file. 内置省级数据。"),
]
VariableOption = Annotated[
    str | None, typer.Option(help="What is measured; needed if there are several. 变量。")
]
UnitOption = Annotated[str | None, typer.Option(help="Column of regions. 地区列。")]
YearColumnOption = Annotated[str | None, typer.Option(help="Column of years. 年份列。")]
WeightOption = Annotated[
    str | None, typer.Option(help="Variable of people, to weight means by. 人口变量。")
]
FromOption = Annotated[int | None, typer.Option("--from", help="First year. 首年。")]
ToOption = Annotated[int | None, typer.Option("--to", help="Last year. 末年。")]
DropOption = Annotated[
    bool,
    typer.Option(
        "--drop-incomplete", help="Leave out regions that lack a year. 去掉缺年份的地区。"
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Full precision as JSON.")]

NeighbourOption = Annotated[
    str | None,
    typer.Option(
        help="border, distance, nearest or economic, or a file of pairs (unit, unit, weight). "
        "邻接方式:接壤、距离、最近邻、经济距离或配对文件。"
    ),
]
LimitOption = Annotated[
    float | None, typer.Option(help="distance: neighbours up to so many km. 距离上限(公里)。")
]
CountOption = Annotated[int, typer.Option(help="nearest: how many neighbours. 最近邻个数。")]
PowerOption = Annotated[float, typer.Option(help="distance: weight = km ** -POWER. 距离幂次。")]

SeedOption = Annotated[int, typer.Option(help="Seed of all random draws. 随机种子。")]
DrawsOption = Annotated[int, typer.Option(help="Number of random draws. 抽样次数。")]
LevelOption = Annotated[float, typer.Option(help="Coverage of intervals, 0-1. 置信水平。")]
