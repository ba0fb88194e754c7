"""A Parquet file of 100 million rows measured within 4 GB, against reading it once.

Run with ``python -m benchmarks.large [ROWS]``. The file (income and weight as float64, province as
int32) is made piece by piece in a temporary folder and deleted afterwards. Making and measuring run
in processes of their own, so that each has its own peak of memory.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROWS = 100_000_000
PIECE = 1 << 21
PROVINCES = 31
BAR_GB = 4.0
READ, MEASURE, BY_PROVINCE = "read", "measure", "by province"


def main() -> None:
    rows = int(float(sys.argv[1])) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "rows.parquet"
        seconds, _ = child("make", file, rows)
        print(
            f"{rows:,} rows, {file.stat().st_size / 1e9:.2f} GB of Parquet, made in {seconds:.0f} s"
        )
        limit, _ = child(READ, file, rows)
        print(f"  sums of two columns, Polars streaming   {limit:8.1f} s")
        for work in (MEASURE, BY_PROVINCE):
            seconds, peak = child(work, file, rows)
            verdict = "met" if peak <= BAR_GB else "MISSED"
            print(f"  {WORDS[work]:<39} {seconds:8.1f} s  {seconds / limit:6.1f} x, ", end="")
            print(f"peak {peak:.2f} GB, bar {BAR_GB:g} GB: {verdict}", flush=True)


WORDS = {
    MEASURE: "ten measures with errors",
    BY_PROVINCE: "the same by 31 provinces, and Dagum",
}


def child(work: str, file: Path, rows: int) -> tuple[float, float]:
    """Run one work in a process of its own; return its seconds and its peak of memory in GB."""
    start = time.perf_counter()
    words = [sys.executable, "-m", "benchmarks.large", "--child", work, str(file), str(rows)]
    peak = float(subprocess.run(words, check=True, capture_output=True, text=True).stdout)
    return time.perf_counter() - start, peak


def make(file: Path, rows: int) -> None:
    import numpy as np  # noqa: PLC0415
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    rng = np.random.default_rng(2024)
    schema = pa.schema(
        [("income", pa.float64()), ("weight", pa.float64()), ("province", pa.int32())]
    )
    with pq.ParquetWriter(file, schema, use_dictionary=["province"]) as out:
        for start in range(0, rows, PIECE):
            count = min(PIECE, rows - start)
            province = rng.integers(0, PROVINCES, count).astype(np.int32)
            income = rng.lognormal(10 + province / 60, 0.7)
            weight = rng.uniform(0.5, 2, count)
            out.write_table(pa.table([income, weight, province], schema=schema))


def measure(work: str, file: Path) -> None:
    import polars as pl  # noqa: PLC0415

    from gongfu.measure.table import inequality  # noqa: PLC0415

    frame = pl.scan_parquet(file)
    if work == READ:
        frame.select(pl.col("income", "weight").sum()).collect(engine="streaming")
    elif work == MEASURE:
        inequality(frame, "income", weight="weight", stream=True)
    else:
        options = {"by": "province", "groups": "province", "decompose": "dagum"}
        inequality(frame, "income", weight="weight", stream=True, **options)


def run_child(work: str, file: Path, rows: int) -> None:
    make(file, rows) if work == "make" else measure(work, file)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(peak * (1 if sys.platform == "darwin" else 1024) / 1e9)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        run_child(sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
    else:
        main()
