"""``gongfu measure access``: supply within reach of people, by the floating catchment methods."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from gongfu.cli import output

if TYPE_CHECKING:
    from gongfu.measure.access import AccessTable

__all__ = ["access"]


def access(
    demand: Annotated[Path, typer.Option(help="Table of places with people. 需求点文件。")],
    supply: Annotated[Path, typer.Option(help="Table of places with capacity. 供给点文件。")],
    catchment: Annotated[
        float, typer.Option(help="Largest distance in km, or minutes with --times. 搜寻半径。")
    ],
    times: Annotated[
        Path | None,
        typer.Option(help="Table with columns demand, supply, minutes. 出行时间表。"),
    ] = None,
    method: Annotated[
        Literal["2sfca", "3sfca", "m2sfca"], typer.Option(help="Method. 方法。")
    ] = "2sfca",
    decay: Annotated[
        Literal["none", "gaussian", "kernel", "steps"], typer.Option(help="Decay. 距离衰减。")
    ] = "none",
    steps: Annotated[
        str, typer.Option(help="Zones of the decay 'steps', as 10:1,20:0.68,30:0.22. 分段权重。")
    ] = "",
    people: Annotated[str, typer.Option(help="Column of people. 人口列。")] = "people",
    capacity: Annotated[str, typer.Option(help="Column of capacity. 供给列。")] = "capacity",
    key: Annotated[str, typer.Option(help="Column of identity in both tables. 标识列。")] = "id",
    longitude: Annotated[str, typer.Option(help="Degrees east. 经度列。")] = "longitude",
    latitude: Annotated[str, typer.Option(help="Degrees north. 纬度列。")] = "latitude",
    out: Annotated[
        Path | None, typer.Option(help="Write every place to this CSV. 结果文件。")
    ] = None,
    force: Annotated[bool, typer.Option(help="Replace the file. 覆盖已有文件。")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Full precision as JSON.")] = False,
) -> None:
    """Access of people to supply within reach. 服务可达性（两步移动搜寻法）。

    两步移动搜寻法及其改进：服务可达性。
    """
    columns = {"key": key, "longitude": longitude, "latitude": latitude}
    table, notes = _measured(
        (demand, supply, times),
        columns | {"people": people, "capacity": capacity},
        {"catchment": catchment, "method": method, "decay": decay, "steps": _zones(steps)},
    )
    if out is not None:
        from gongfu.data.writing import write_csv

        write_csv(out, table.places, force=force)

    def render() -> None:
        from gongfu.cli.measure_access_view import print_access

        print_access(table)

    output.emit("access/1", table.to_dict(), as_json=as_json, render=render, warnings=notes)


def _zones(words: str) -> tuple[tuple[float, float], ...]:
    from gongfu.core import InputError, Problem

    try:
        pairs = [part.split(":") for part in words.split(",") if part.strip()]
        return tuple((float(end), float(weight)) for end, weight in pairs)
    except ValueError:
        expected = "such as 10:1,20:0.68,30:0.22"
        raise InputError(Problem("--steps is no list of zones", expected, words)) from None


def _measured(
    files: tuple[Path, Path, Path | None], columns: dict[str, str], options: dict[str, Any]
) -> tuple[AccessTable, list[str]]:
    from gongfu.data.readers import open_table, require_numbers
    from gongfu.measure.access import Places
    from gongfu.measure.access import access as measure_places

    demand, supply, times = files
    where = [] if times else [columns["longitude"], columns["latitude"]]
    here = require_numbers(open_table(demand), [columns["people"], *where])
    there = require_numbers(open_table(supply), [columns["capacity"], *where])
    ways = None if times is None else require_numbers(open_table(times), ["minutes"])
    table = measure_places(
        here.frame,
        there.frame,
        options.pop("catchment"),
        demand_columns=_places(Places, columns, "people"),
        supply_columns=_places(Places, columns, "capacity"),
        times=None if ways is None else ways.frame,
        **options,
    )
    return table, [*here.notes, *there.notes, *(() if ways is None else ways.notes)]


def _places(kind: Any, columns: dict[str, str], amount: str) -> Any:
    return kind(columns["key"], columns[amount], columns["longitude"], columns["latitude"])
