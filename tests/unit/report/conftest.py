from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from gongfu.report.chart import Chart
from gongfu.report.charts import build_charts
from gongfu.report.document import ResultDocument
from gongfu.report.storage import read_document

Change = Callable[..., ResultDocument]


@pytest.fixture(scope="session")
def document() -> ResultDocument:
    return read_document(Path(__file__).with_name("made_up.json"))


@pytest.fixture(scope="session")
def zh(document: ResultDocument) -> dict[str, Chart]:
    return build_charts(document, "zh")


@pytest.fixture(scope="session")
def en(document: ResultDocument) -> dict[str, Chart]:
    return build_charts(document, "en")


@pytest.fixture(scope="session")
def with_rows(document: ResultDocument) -> Change:
    """Returns a copy of the document in which one table holds other rows."""

    def change(
        name: str, *expressions: pl.Expr, keep: pl.Expr | None = None, **named: pl.Expr
    ) -> ResultDocument:
        table = document.table(name)
        rows = table.rows if keep is None else table.rows.filter(keep)
        changed = replace(table, rows=rows.with_columns(*expressions, **named))
        return replace(document, tables={**document.tables, name: changed})

    return change


@pytest.fixture(scope="session")
def without(document: ResultDocument) -> Change:
    """Returns a copy of the document without some tables."""

    def drop(*names: str) -> ResultDocument:
        kept = {name: table for name, table in document.tables.items() if name not in names}
        return replace(document, tables=kept)

    return drop
