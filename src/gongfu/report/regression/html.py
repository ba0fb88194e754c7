"""A regression table as HTML that pastes into a word processor with its three lines."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from gongfu.report.catalogue import text
from gongfu.report.regression.table import RegressionTable

__all__ = ["to_html"]

_LINE = "border-top:1.5px solid"
_THIN = "border-top:.75px solid"


def to_html(table: RegressionTable) -> Markup:
    """Return a ``table`` element; every text is escaped, its rules stand in its own style.

    A cell that shows a number of a result document has its path as ``data-why``.
    """
    columns = len(table.heads)
    body = Markup("").join(_estimates(table))
    foot = Markup("").join(
        _row(label, cells, paths, style=_THIN if i == 0 else "")
        for i, ((label, cells), paths) in enumerate(zip(table.foot, table.foot_paths, strict=True))
    )
    notes = Markup("<br>").join(table.notes)
    return Markup(
        '<table class="regression" style="border-collapse:collapse">'
        "<caption>{title}</caption><thead>{numbers}{heads}{dependents}</thead>"
        '<tbody>{body}{foot}</tbody><tfoot><tr><td colspan="{width}" style="{line}">{notes}</td>'
        "</tr></tfoot></table>"
    ).format(
        title=table.title,
        numbers=_row("", [f"({i})" for i in range(1, columns + 1)], style=_LINE, tag="th"),
        heads=_row("", table.heads, tag="th"),
        dependents=_row(text("regression.dependent", table.language), table.dependents, tag="th"),
        body=body,
        foot=foot,
        width=columns + 1,
        line=_LINE,
        notes=notes,
    )


def _estimates(table: RegressionTable) -> list[Markup]:
    rows = []
    for i, row in enumerate(table.rows):
        estimates = [f"{cell.estimate}{cell.stars}" for cell in row.cells]
        errors = [cell.error for cell in row.cells]
        style = _THIN if i == 0 else ""
        rows.append(_row(row.label, estimates, [cell.path for cell in row.cells], style=style))
        rows.append(_row("", errors, [cell.error_path for cell in row.cells]))
    return rows


def _row(
    label: str,
    cells: Sequence[str],
    paths: Sequence[str] = (),
    *,
    style: str = "",
    tag: str = "td",
) -> Markup:
    own = _attribute("style", style)
    first = "th" if label else "td"
    head = Markup("<{0}{1}>{2}</{0}>").format(Markup(first), own, label)
    rest = Markup("").join(
        Markup('<{0} class="n"{1}{2}>{3}</{0}>').format(
            Markup(tag), own, _attribute("data-why", path), cell
        )
        for cell, path in zip(cells, paths or [""] * len(cells), strict=True)
    )
    return Markup("<tr>{}{}</tr>").format(head, rest)


def _attribute(name: str, value: str) -> Markup:
    return Markup(' {}="{}"').format(Markup(name), value) if value else Markup("")
