"""Grow-divide accounts on the terminal: accounts, their parts, the gap to published means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

import polars as pl
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from gongfu.core import Evidence
from gongfu.report.catalogue.numbers import change_percent, log_points
from gongfu.report.document import ResultDocument
from gongfu.report.words import evidence_text, index_label, price_text

__all__ = ["accounts_data", "print_accounts", "print_gap", "print_parts"]

_HEAD = {
    "zh": ("年份、价格", "指数", "做大", "分好", "共富"),
    "en": ("Years, prices", "Index", "Cake", "Division", "Prosperity"),
}
_CAPTION = {
    "zh": "单位：100×对数变化；共富＝做大＋分好。括号内为标准误；公布的汇总数据没有公布误差。",
    "en": "Unit: 100 x log change; prosperity = cake + division. Standard errors in parentheses; "
    "published aggregates have no published error.",
}
_PARTS_HEAD = {"zh": ("部分", "项", "贡献"), "en": ("Part", "Term", "Contribution")}
_TERMS = {
    "zh": {"cake": "做大", "division": "分好"},
    "en": {"cake": "cake", "division": "division"},
}
_GAP = {
    "zh": "{label}：人口份额×地区收入与公布的全国均值相差 {first}（{start}年）"
    "→ {last}（{end}年）。",
    "en": "{label}: population shares x incomes differ from the published national mean by "
    "{first} ({start}) -> {last} ({end}).",
}
_TABLES = ("accounts", "account_parts", "gap")


def accounts_data(document: ResultDocument) -> dict[str, Any]:
    """Return accounts, parts and gap with full precision, for ``--json``."""
    return {
        name: document.table(name).rows.to_dicts() if name in document else [] for name in _TABLES
    }


def print_accounts(document: ResultDocument, language: str) -> None:
    """Print one table per account, one row per index and kind of prices; 100 x log points."""
    console = Console()
    for label, rows in _by_account(document, "accounts", language):
        evidence = evidence_text(Evidence(rows[0]["evidence"]), language)
        table = _grid(_HEAD[language], right=3)
        for row in rows:
            table.add_row(
                f"{row['start']}-{row['end']} {price_text(row['price'], language)}",
                index_label(row["index"], language),
                *(_with_error(row, term) for term in ("cake", "division", "prosperity")),
            )
        console.print(f"[bold]{escape(label)}[/bold] · {escape(evidence)}")
        console.print(table)
    console.print(_CAPTION[language], style="dim")


def print_parts(document: ResultDocument, language: str) -> None:
    """Print the parts of each account, for its first kind of prices and each index."""
    console = Console()
    for label, rows in _by_account(document, "account_parts", language):
        shown = [row for row in rows if row["price"] == rows[0]["price"]]
        for index in dict.fromkeys(row["index"] for row in shown):
            years = f"{rows[0]['start']}-{rows[0]['end']}"
            head = f"{label} · {index_label(index, language)} · {years}"
            console.print(f"[bold]{escape(head)}[/bold]")
            console.print(_parts_table([r for r in shown if r["index"] == index], language))


def _parts_table(rows: Sequence[Mapping[str, Any]], language: str) -> Table:
    table = _grid(_PARTS_HEAD[language], right=1)
    for row in rows:
        part, term = escape(row[f"part_{language}"]), _TERMS[language][row["term"]]
        table.add_row(part, term, log_points(row["value"]))
    return table


def print_gap(document: ResultDocument, language: str) -> None:
    """Print how far means rebuilt from parts stand from the published mean, and why."""
    if "gap" not in document:
        return
    for label, rows in _by_account(document, "gap", language):
        first, last = rows[0], rows[-1]
        print(
            _GAP[language].format(
                label=label,
                first=change_percent(first["gap"]),
                last=change_percent(last["gap"]),
                start=first["year"],
                end=last["year"],
            )
        )
    print(document.table("gap").note[language])


def _by_account(
    document: ResultDocument, table: str, language: str
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield label and rows of each account, in the order of the study."""
    rows = document.table(table).rows
    labels = document.table("accounts").rows.select("account", f"label_{language}")
    for account, label in labels.unique(maintain_order=True).iter_rows():
        own = rows.filter(pl.col("account") == account).to_dicts()
        if own:
            yield label, own


def _with_error(row: dict[str, Any], term: str) -> str:
    value, error = log_points(row[term]), row[f"{term}_error"]
    return value if error is None else f"{value} ({100 * error:.1f})"


def _grid(head: Sequence[str], right: int) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for position, name in enumerate(head):
        is_number = position >= len(head) - right
        justify: Literal["left", "right"] = "right" if is_number else "left"
        table.add_column(name, justify=justify, no_wrap=is_number, overflow="fold")
    return table
