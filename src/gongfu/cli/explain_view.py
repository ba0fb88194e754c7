"""What ``gongfu explain`` prints: sentences, tables, findings."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from gongfu.data.plain_text import plain
from gongfu.explain.chain.step import Step
from gongfu.measure.index.finding import Say
from gongfu.report.catalogue import has_text, text
from gongfu.report.regression.answers import answer_tables
from gongfu.report.regression.table import RegressionTable
from gongfu.study.explain import Asked
from gongfu.study.findings.explain import explain_frames

__all__ = ["print_answers"]

_COLUMN = 15
"""Columns of a terminal that one model needs."""


def print_answers(
    asked: Sequence[Asked], language: str, *, steps: Sequence[str] = (), stars: bool = True
) -> None:
    """Print the answers to standard output.

    Parameters
    ----------
    steps : shown; all by default.
    """
    console = Console(markup=False, highlight=False)
    tables = answer_tables(explain_frames(asked), language, stars=stars)
    found = {(one.question, one.step): one.table for one in tables}
    for one in asked:
        title = one.title.zh if language == "zh" else one.title.en
        console.print(_text(title), style="bold")
        for step in one.study.steps:
            if not steps or step.name in steps:
                _print_step(console, step, found.get((one.name, step.name)), language)


def _print_step(console: Console, step: Step, table: RegressionTable | None, language: str) -> None:
    key = f"explain.step.{step.name}"
    name = text(key, language) if has_text(key, language) else step.name
    console.print(_text(f"\n{name} ({step.name})"), style="bold")
    for say in step.says if step.needs is None else (step.needs,):
        console.print(_text(_in(say, language)))
    if table is not None:
        _print_table(console, table)
    if step.name == "audit":
        _print_findings(console, step, language)


def _print_table(console: Console, table: RegressionTable) -> None:
    """Print the columns that fit, then the next ones below."""
    room = max((console.width - 26) // _COLUMN, 1)
    for first in range(0, len(table.heads), room):
        console.print(_grid(table, range(first, min(first + room, len(table.heads)))))
    for note in table.notes:
        console.print(_text(note), style="dim")


def _grid(table: RegressionTable, columns: range) -> Table:
    grid = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    grid.add_column("", overflow="fold", max_width=34)
    for j in columns:
        head = f"({j + 1})\n{table.heads[j]}\n{table.dependents[j]}"
        grid.add_column(_text(head), justify="right", overflow="fold")
    for row in table.rows:
        cells = (f"{row.cells[j].estimate}{row.cells[j].stars}\n{row.cells[j].error}".strip()
                 for j in columns)  # fmt: skip
        grid.add_row(_text(row.label), *map(_text, cells))
    grid.add_section()
    for label, foot in table.foot:
        grid.add_row(_text(label), *(_text(foot[j]) for j in columns))
    return grid


def _print_findings(console: Console, step: Step, language: str) -> None:
    for finding in step.findings:
        mark = {"found": "!", "clean": "✓", "not possible": "–"}[finding.outcome]
        console.print(_text(f"{mark} {finding.check}: {_in(finding.says, language)}"))
        if finding.outcome == "found":
            console.print(_text(f"  → {_in(finding.fix, language)} [{finding.citation}]"))


def _in(say: Say, language: str) -> str:
    return say.zh if language == "zh" else say.en


def _text(words: str) -> Text:
    return Text("\n".join(plain(line, limit=600) for line in words.split("\n")))
