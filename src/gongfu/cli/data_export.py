"""``gongfu data export``: the embedded figures as one wide table for a spreadsheet or a measure."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from gongfu.cli import output

__all__ = ["export"]


class Embedded(StrEnum):
    """Tables that ship with gongfu."""

    PROVINCES = "provinces"
    ZONES = "zones"
    NATIONAL = "national"


def export(
    table: Annotated[Embedded, typer.Argument(help="provinces, zones or national. 数据表")],
    file: Annotated[Path, typer.Argument(help="CSV or Parquet file to write. 输出文件")],
    variable: Annotated[
        list[str] | None, typer.Option(help="Variables wanted; repeat; all without. 变量")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that exists.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Write published figures as one row per region and year. 导出内置数据。"""
    from gongfu.data import load_china, load_china_national, load_zones
    from gongfu.data.writing import write_csv, write_parquet

    loaders = {"provinces": load_china, "zones": load_zones, "national": load_china_national}
    panel = loaders[table.value]()
    frame = panel.wide(*(variable or ()))
    write = write_parquet if file.suffix == ".parquet" else write_csv
    write(file, frame, force=force)
    output.emit(
        "data-export/1",
        {"file": str(file), "rows": frame.height, "columns": frame.columns},
        as_json=as_json,
        render=lambda: print(file),
    )
