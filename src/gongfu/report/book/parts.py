"""Views of the page as blocks: charts, grids, regression tables, notes of tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gongfu.report.book.blocks import (
    Annexed,
    Block,
    Pair,
    Paragraph,
    Picture,
    Points,
    Table,
    Terms,
)
from gongfu.report.catalogue import text
from gongfu.report.chart import Chart
from gongfu.report.document import ResultDocument
from gongfu.report.page.answers import Answer
from gongfu.report.page.figure import facts_of
from gongfu.report.page.grid import Grid
from gongfu.report.regression import RegressionTable

__all__ = [
    "annexed",
    "answers_of",
    "note_of",
    "pair",
    "pictures",
    "points",
    "regression_of",
    "table_of",
    "terms",
    "transposed",
]


def pictures(charts: Mapping[str, Chart], *keys: str) -> Iterator[Picture]:
    """Yield the figures of those charts that there are."""
    for key in keys:
        if key in charts:
            yield _picture(charts[key])


def pair(charts: Mapping[str, Chart], *keys: str) -> Iterator[Picture | Pair]:
    """Yield two figures beside each other; those that have no partner stand alone."""
    found = [*pictures(charts, *keys)]
    if len(found) == 2:
        yield Pair(*found)
    else:
        yield from found


def transposed(grid: Grid) -> Grid:
    """Return the grid with what its columns were as rows: for many columns and few rows."""
    corner, *heads = grid.heads
    names, *columns = zip(*grid.rows, strict=True)
    rows = tuple((head, *cells) for head, cells in zip(heads, columns, strict=True))
    return Grid(grid.caption, (corner, *names), (False, *(True for _ in names)), rows)


def table_of(grid: Grid | None, title: str = "") -> Iterator[Table]:
    """Yield a grid as a table; nothing where there is none or it has no rows.

    With a ``title`` of its own, what the page has as caption stands below the table.
    """
    if grid is not None and grid.rows:
        notes = (grid.caption,) if title else ()
        yield Table(title or grid.caption, (grid.heads,), grid.numeric, grid.rows, notes=notes)


def annexed(grid: Grid | None, title: str = "") -> Iterator[Annexed]:
    """Yield a grid as a table for the annex."""
    for table in table_of(grid, title):
        yield Annexed(table)


def terms(items: Sequence[tuple[str, str]]) -> Iterator[Terms]:
    """Yield names with their meanings; nothing where there are none."""
    if items:
        yield Terms(tuple(items))


def points(items: Sequence[str]) -> Iterator[Points]:
    """Yield a list of sentences; nothing where there are none."""
    if items:
        yield Points(tuple(items))


def answers_of(answers: Sequence[Answer]) -> Iterator[Terms]:
    """Yield questions with their answers."""
    yield from terms([(answer.question, answer.says) for answer in answers])


def note_of(document: ResultDocument, name: str, language: str) -> Iterator[Block]:
    """Yield what a reader must know of a table, and who published its figures."""
    if name not in document:
        return
    table = document.table(name)
    if table.note[language]:
        yield Paragraph(table.note[language], "note")
    source = text("footer.source", language, source=table.source[language])
    yield Paragraph(source, "source")


def regression_of(table: RegressionTable) -> Table:
    """Return a regression table with its three rules; errors stand below their estimates."""
    columns = len(table.heads)
    numbers = tuple(f"({i})" for i in range(1, columns + 1))
    body: list[tuple[str, ...]] = []
    for row in table.rows:
        body.append((row.label, *(f"{cell.estimate}{cell.stars}" for cell in row.cells)))
        body.append(("", *(cell.error for cell in row.cells)))
    dependent = text("regression.dependent", table.language)
    return Table(
        caption=table.title,
        heads=(("", *numbers), ("", *table.heads), (dependent, *table.dependents)),
        numeric=(False, *([True] * columns)),
        rows=(*body, *((label, *map(_in_two_lines, cells)) for label, cells in table.foot)),
        rules=(len(body),),
        notes=table.notes,
        is_regression=True,
    )


def _in_two_lines(cell: str) -> str:
    """Return an interval with its ends below each other: on one line it would widen its column."""
    return cell.replace(", ", ",\n", 1) if cell.startswith("[") else cell


def _picture(chart: Chart) -> Picture:
    between = "；" if chart.language == "zh" else "; "
    colon = "：" if chart.language == "zh" else ": "
    stop = "。" if chart.language == "zh" else ". "
    facts = between.join(f"{label}{colon}{value}" for label, value in facts_of(chart))
    return Picture(
        key=chart.key,
        title=chart.title,
        subtitle=chart.subtitle,
        note=chart.note,
        facts=f"{facts}{stop}{chart.source}",
        alt=chart.alt,
    )
