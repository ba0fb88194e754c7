"""Time of reading and checking a user's rows, against Polars reading the same file unchecked.

Run with ``python -m benchmarks.reading``. Processor seconds, so that other work weighs less. Polars
is the limit in practice: it parses in parallel and refuses nothing.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl

from gongfu.data.readers import read_microdata, read_table

ROWS = 1_000_000
SHEET_ROWS = 100_000


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        frame = rows(ROWS)
        frame.write_csv(folder / "bare.csv")
        frame.write_csv(folder / "quoted.csv", quote_style="always")
        frame.write_parquet(folder / "rows.parquet")
        frame.head(SHEET_ROWS).write_excel(folder / "rows.xlsx")
        print(f"{ROWS:,} rows, {frame.width} columns; workbook {SHEET_ROWS:,} rows")
        for file in ("bare.csv", "quoted.csv"):
            path = folder / file
            compare(
                f"read_table {file}", lambda p=path: read_table(p), lambda p=path: pl.read_csv(p)
            )
        sheet = folder / "rows.xlsx"
        compare("read_table rows.xlsx", lambda: read_table(sheet), lambda: pl.read_excel(sheet))
        stored = folder / "rows.parquet"
        compare(
            "read_microdata rows.parquet",
            lambda: read_microdata(stored, "income", "weight", by="area"),
            lambda: pl.read_parquet(stored, columns=["income", "weight", "area"]),
        )


def rows(count: int) -> pl.DataFrame:
    rng = np.random.default_rng(0)
    return pl.DataFrame(
        {
            "income": rng.lognormal(10, 1, count).round(2),
            "weight": rng.uniform(1, 5, count),
            "area": np.where(rng.random(count) < 0.5, "城镇", "农村"),
            **{f"x{i}": rng.integers(0, 99, count) for i in range(7)},
        }
    )


def compare(name: str, ours: Callable[[], object], peer: Callable[[], object]) -> None:
    own, other = seconds(ours), seconds(peer)
    print(f"  {name:30} {own:7.2f} s  {own / other:6.1f} x Polars unchecked")


def seconds(work: Callable[[], object], repeats: int = 3) -> float:
    taken = []
    for _ in range(repeats):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
