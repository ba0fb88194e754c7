"""Markets in the terminal: estimates, entry and exit, and what the rules say."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table

from gongfu.cli.estimates_view import print_estimates, text_of
from gongfu.measure.markets import MarketTable, Verdict

__all__ = ["print_market"]

_WIDE = 90
"""Columns of a terminal from which the meaning of rules has room."""

_NAMES = {
    "hhi": "赫芬达尔指数",
    "cr1": "最大 1 家份额",
    "cr2": "最大 2 家份额",
    "cr3": "最大 3 家份额",
    "cr4": "最大 4 家份额",
    "cr5": "最大 5 家份额",
    "cr8": "最大 8 家份额",
    "entropy": "熵",
    "effective number": "等效企业数",
    "hall-tideman": "霍尔-泰德曼指数",
    "markup accounting": "会计加成率",
    "lerner index": "勒纳指数",
    "markup sales-weighted": "加成率（销售额加权）",
    "markup cost-weighted": "加成率（成本加权）",
}


def print_market(
    table: MarketTable,
    verdicts: Sequence[tuple[str | None, int | None, Verdict]],
    language: str,
) -> None:
    """Print a market table and the rules held against it."""
    print_estimates(f"Markets by {table.sales} 市场结构", table.design, table.estimates, _NAMES)
    console = Console(markup=False, highlight=False)
    if table.turnover:
        console.print(_turnover(table))
    if verdicts:
        console.print(_rules(verdicts, language, is_wide=console.width >= _WIDE))


def _turnover(table: MarketTable) -> Table:
    grid = Table(box=box.SIMPLE_HEAD, pad_edge=False, title_justify="left")
    grid.title = text_of("Entry and exit 进入与退出")
    for head in ("Market\n市场", "Years\n年份"):
        grid.add_column(head, overflow="fold")
    for head in ("Entry\n进入率", "Exit\n退出率", "Share moved\n份额变动"):
        grid.add_column(head, justify="right", no_wrap=True)
    for one in table.turnover:
        rates = (one.turnover.entry_rate, one.turnover.exit_rate, one.turnover.share_moved)
        grid.add_row(
            text_of(one.market or ""),
            f"{one.start}–{one.end}",
            *(f"{100 * rate:.1f} %" for rate in rates),
        )
    return grid


def _rules(
    verdicts: Sequence[tuple[str | None, int | None, Verdict]], language: str, *, is_wide: bool
) -> Table:
    grid = Table(box=box.SIMPLE_HEAD, pad_edge=False, title_justify="left")
    grid.title = text_of("Rules 规则")
    meaning = ("Meaning if crossed\n越线含义",) if is_wide else ()
    for head in ("Market\n市场", "Rule\n规则", *meaning):
        grid.add_column(head, overflow="fold")
    for head in ("Value\n值", "Line\n界线", "Crossed\n越线"):
        grid.add_column(head, justify="right", no_wrap=True)
    for name, year, verdict in verdicts:
        rule = verdict.rule
        where = " ".join(str(part) for part in (name, year) if part is not None)
        decimals = 0 if rule.measure == "hhi" else 3
        grid.add_row(
            text_of(where),
            f"{rule.name} ({rule.measure})",
            *([text_of(rule.says(language))] if is_wide else []),
            f"{verdict.value:,.{decimals}f}",
            f"{'>' if rule.strict else '≥'} {rule.threshold:,.{decimals}f}",
            ("是" if language == "zh" else "yes")
            if verdict.is_crossed
            else ("否" if language == "zh" else "no"),
        )
    return grid
