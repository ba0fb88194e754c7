"""A regression table as LaTeX with booktabs rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gongfu.report.catalogue import text
from gongfu.report.regression.table import RegressionTable

__all__ = ["to_latex"]

_SPECIAL: Mapping[int, str] = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "{": r"\{",
        "}": r"\}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "−": r"$-$",
        "×": r"$\times$",
        "ρ": r"$\rho$",
        "λ": r"$\lambda$",
        "\n": " ",
    }
)


def to_latex(table: RegressionTable) -> str:
    """Return a table environment; needs booktabs and threeparttable, Chinese needs ctex."""
    return "\n".join(_lines(table)) + "\n"


def _lines(table: RegressionTable) -> Iterator[str]:
    columns = len(table.heads)
    yield from (r"\begin{table}[htbp]", r"\centering", r"\begin{threeparttable}")
    yield rf"\caption{{{_safe(table.title)}}}"
    yield rf"\begin{{tabular}}{{l*{{{columns}}}{{c}}}}"
    yield r"\toprule"
    yield _line("", [f"({i})" for i in range(1, columns + 1)])
    yield _line("", table.heads)
    yield _line(text("regression.dependent", table.language), table.dependents)
    yield r"\midrule"
    for row in table.rows:
        cells = [_estimate(cell.estimate, cell.stars) for cell in row.cells]
        yield _line(row.label, cells, escape=False)
        yield _line("", [cell.error for cell in row.cells])
    yield r"\midrule"
    for label, foot in table.foot:
        yield _line(label, foot)
    yield from (r"\bottomrule", r"\end{tabular}", r"\begin{tablenotes}\footnotesize")
    for note in table.notes:
        yield rf"\item {_safe(note)}"
    yield from (r"\end{tablenotes}", r"\end{threeparttable}", r"\end{table}")


def _line(label: str, cells: Sequence[str], *, escape: bool = True) -> str:
    shown = [_safe(cell) if escape else cell for cell in cells]
    return f"{' & '.join([_safe(label), *shown])} \\\\"


def _estimate(value: str, stars: str) -> str:
    return f"{_safe(value)}$^{{{stars}}}$" if stars else _safe(value)


def _safe(value: str) -> str:
    return value.translate(_SPECIAL)
