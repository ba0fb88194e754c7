"""A regression table as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gongfu.report.catalogue import text
from gongfu.report.regression.table import RegressionTable

__all__ = ["to_markdown"]

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#])")


def to_markdown(table: RegressionTable) -> str:
    """Return the table as a Markdown pipe table; text that Markdown would read is escaped."""
    return "\n".join([f"**{_safe(table.title)}**", "", *_lines(table), "", *_notes(table)]) + "\n"


def _lines(table: RegressionTable) -> Iterator[str]:
    columns = len(table.heads)
    yield _line("", [f"({i})" for i in range(1, columns + 1)])
    yield _line("---", ["---:"] * columns, escape=False)
    yield _line("", table.heads)
    yield _line(text("regression.dependent", table.language), table.dependents)
    for row in table.rows:
        yield _line(row.label, [f"{cell.estimate}{cell.stars}" for cell in row.cells])
        yield _line("", [cell.error for cell in row.cells])
    for label, cells in table.foot:
        yield _line(label, cells)


def _line(label: str, cells: Sequence[str], *, escape: bool = True) -> str:
    shown = [_safe(cell) if escape else cell for cell in (label, *cells)]
    return f"| {' | '.join(shown)} |"


def _notes(table: RegressionTable) -> Iterator[str]:
    for note in table.notes:
        yield f"{_safe(note)}  "


def _safe(value: str) -> str:
    return _SPECIAL.sub(r"\\\1", value.replace("\n", " "))
