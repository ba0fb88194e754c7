"""``gongfu data households``: simulated household rows, to try measures on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gongfu.cli import output

__all__ = ["households"]


def households(
    file: Annotated[Path, typer.Argument(help="CSV or Parquet file to write. 输出文件")],
    count: Annotated[
        int, typer.Option("--households", help="Sampled, 1,000-50,000. 样本户数")
    ] = 5_000,
    start: Annotated[int, typer.Option(help="First visit, 2013-2023. 第一次调查")] = 2018,
    end: Annotated[int, typer.Option(help="Second visit. 第二次调查")] = 2023,
    seed: Annotated[int, typer.Option(help="Of economy and sample. 随机种子")] = 1,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that exists.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Write a survey of the simulated economy, tagged simulated. 生成模拟住户调查数据。"""
    from gongfu.data.writing import write_csv, write_parquet
    from gongfu.economy.results.survey import household_survey

    frame = household_survey(count, start=start, end=end, seed=seed)
    write = write_parquet if file.suffix == ".parquet" else write_csv
    write(file, frame, force=force)
    output.emit(
        "data-households/1",
        {
            "file": str(file),
            "rows": frame.height,
            "columns": frame.columns,
            "evidence": "simulated",
            "price_base": f"{start} prices",
            "seed": seed,
        },
        as_json=as_json,
        render=lambda: print(file),
        warnings=[
            f"Every number is simulated; income in yuan per person, {start} prices. "
            f"全部为模拟数据；收入为每人元，{start}年价格。"
        ],
    )
