"""The files beside a result document, and whether they hold what the document says."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import polars as pl

from gongfu.core import InputError, Problem
from gongfu.report.cells import csv_bytes
from gongfu.report.chart import Chart
from gongfu.report.charts import build_charts
from gongfu.report.document import ResultDocument, ResultTable
from gongfu.report.page.agreement import page_problems
from gongfu.report.page.reading import PageText, read_page
from gongfu.report.page.seal import seal_problems
from gongfu.report.storage import from_json

__all__ = ["check_copies", "page_and_seal", "read_limited", "read_report", "read_result"]

MAX_BYTES = 256_000_000
"""Largest file that is read: a hundred times the embedded study's."""


def read_limited(path: Path) -> bytes:
    """Return a file's bytes, or refuse it with the reason."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise InputError(
                Problem("too large", f"at most {MAX_BYTES:,} bytes", f"{size:,}", file=str(path))
            )
        return path.read_bytes()
    except OSError as error:
        raise InputError(Problem("cannot be read", found=str(error), file=str(path))) from error


def read_result(path: Path) -> ResultDocument:
    """Read a ``result.json`` that somebody else may have written."""
    try:
        return from_json(_text(path), file=str(path))
    except RecursionError as error:
        raise InputError(Problem("is nested too deeply", file=str(path))) from error
    except (OverflowError, UnicodeEncodeError, pl.exceptions.PolarsError) as error:
        what = "holds a value that no table can hold"
        raise InputError(Problem(what, found=str(error)[:120], file=str(path))) from error


def read_report(path: Path) -> tuple[PageText, list[Problem]]:
    """Return what a page says, and where it differs from its own seal."""
    html = _text(path)
    return read_page(html), seal_problems(html, path.name)


def check_copies(document: ResultDocument, folder: Path) -> tuple[list[str], list[Problem]]:
    """Compare every file made from a document with it, exactly.

    Parameters
    ----------
    folder : that holds ``tables/``, ``figures/`` and ``report.<language>.html``; what is not there
        is not checked.

    Returns
    -------
    The names of the files that were compared, and what is wrong with them.
    """
    checked: list[str] = []
    problems: list[Problem] = []
    for name, found in _copies(document, folder):
        checked.append(name)
        problems += found
    return checked, problems


def _copies(document: ResultDocument, folder: Path) -> Iterator[tuple[str, list[Problem]]]:
    for name, table in document.tables.items():
        for ending in ("parquet", "csv"):
            path = folder / "tables" / f"{name}.{ending}"
            if path.is_file():
                yield f"tables/{path.name}", [*_table_copy(table, path)]
    for language in ("zh", "en"):
        page = folder / f"report.{language}.html"
        if page.is_file():
            said, broken = read_report(page)
            yield page.name, page_and_seal(page_problems(document, said, page.name), broken)
            charts = build_charts(document, language)
            for chart in charts.values():
                yield from _figure_copies(chart, folder / "figures")


def page_and_seal(differing: list[Problem], broken: list[Problem]) -> list[Problem]:
    """Return what is wrong with a page: the document says what was right, the seal only where.

    A page whose seal holds is as it was written, so other words come from other code.
    """
    if differing and not broken:
        return [replace(differing[0], fix=_OTHER_CODE), *differing[1:]]
    return differing or broken


_OTHER_CODE = (
    "The seal of the page holds: nobody changed it since, it was written from other numbers or by "
    "another edition of gongfu."
)


def _table_copy(table: ResultTable, path: Path) -> Iterator[Problem]:
    name = f"tables/{path.name}"
    rows = _parquet(path) if path.suffix == ".parquet" else _csv(path, table)
    if rows.schema != table.rows.schema or rows.height != table.rows.height:
        what = f"table {table.name}: columns or rows differ from the document"
        yield Problem(what, str(table.rows.shape), str(rows.shape), file=name)
        return
    for column in rows.columns:
        wrong = ~rows[column].eq_missing(table.rows[column])
        for row in wrong.arg_true().head(20):
            yield Problem(
                f"table {table.name}: this file and the document differ in a cell",
                expected=repr(table.rows[column][row]),
                found=repr(rows[column][row]),
                file=name,
                row=row + 1,
                column=column,
            )


def _parquet(path: Path) -> pl.DataFrame:
    try:
        return pl.read_parquet(io.BytesIO(read_limited(path)))
    except pl.exceptions.PolarsError as error:
        raise InputError(Problem("is not Parquet", found=str(error), file=str(path))) from error


def _csv(path: Path, table: ResultTable) -> pl.DataFrame:
    try:
        return pl.read_csv(io.BytesIO(read_limited(path)), schema=table.rows.schema)
    except pl.exceptions.PolarsError as error:
        raise InputError(Problem("is not its table", found=str(error), file=str(path))) from error


def _figure_copies(chart: Chart, folder: Path) -> Iterator[tuple[str, list[Problem]]]:
    stem = f"{chart.key}.{chart.language}"
    numbers, specification = folder / f"{stem}.csv", folder / f"{stem}.json"
    if numbers.is_file():
        right = csv_bytes(chart.twin).decode("utf-8-sig")
        name = f"figures/{numbers.name}"
        yield name, [*_csv_problems(_text(numbers).removeprefix("\ufeff"), right, name)]
    if specification.is_file():
        same = _json_or_none(_text(specification)) == json.loads(chart.to_json())
        name = f"figures/{specification.name}"
        what = "the specification of the figure differs from the document"
        yield name, [] if same else [Problem(what, file=name)]


def _csv_problems(stated: str, right: str, name: str) -> Iterator[Problem]:
    said, wanted = ([*csv.reader(io.StringIO(text, newline=""))] for text in (stated, right))
    if len(said) != len(wanted):
        yield Problem("rows are missing or added", f"{len(wanted)}", f"{len(said)}", file=name)
        return
    heads = wanted[0]
    for number, (row, other) in enumerate(zip(said, wanted, strict=True), 1):
        if len(row) != len(other):
            yield Problem("cells are missing or added", file=name, row=number)
            continue
        for head, cell, value in zip(heads, row, other, strict=True):
            if cell != value:
                what = "a cell differs from the document"
                yield Problem(what, value, cell, name, number, head)


def _json_or_none(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _text(path: Path) -> str:
    try:
        return read_limited(path).decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(Problem("is not UTF-8 text", found=str(error), file=str(path))) from error
