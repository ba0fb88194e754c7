"""``gongfu levers``: what can be decided, by whom, within which bounds, at what cost."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gongfu.cli import output
from gongfu.cli.run import ReportLanguage

if TYPE_CHECKING:
    from gongfu.core.policy import Lever

__all__ = ["levers"]

_HEAD = {
    "zh": ("杠杆", "层面", "名称", "单位", "范围"),
    "en": ("lever", "level", "name", "unit", "bounds"),
}
_ROWS = {
    "zh": {
        "level": "层面", "unit": "单位", "bounds": "范围", "neutral": "中性值", "areas": "可及地区",
        "cost": "成本", "payer": "谁付", "mechanism": "进入的方程", "evidence": "证据",
        "source": "来源",
    },
    "en": {
        "level": "level", "unit": "unit", "bounds": "bounds", "neutral": "neutral value",
        "areas": "reaches", "cost": "cost", "payer": "paid by", "mechanism": "enters equations",
        "evidence": "evidence", "source": "source",
    },
}  # fmt: skip


def levers(
    name: Annotated[str | None, typer.Argument(help="One lever in full. 某一杠杆的详情")] = None,
    lang: Annotated[ReportLanguage, typer.Option(help="Language. 语言")] = ReportLanguage.EN,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """List the levers, or show one: bounds, cost, mechanism, evidence. 列出政策杠杆。"""
    from gongfu.data.lever_files import find_lever, load_levers

    chosen = list(load_levers().values()) if name is None else [find_lever(name)]
    output.emit(
        "levers/1",
        {"levers": [_with_cost(lever) for lever in chosen]},
        as_json=as_json,
        render=lambda: _print_all(chosen, lang) if name is None else _print_one(chosen[0], lang),
    )


def _with_cost(lever: Lever) -> dict[str, Any]:
    from gongfu.data.assumption_files import find_assumption

    cost = asdict(find_assumption(lever.unit_cost)) if lever.unit_cost else None
    return {**asdict(lever), "cost": cost}


def _print_all(chosen: list[Lever], language: str) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for head in _HEAD[language]:
        table.add_column(head, overflow="fold")
    for lever in chosen:
        bounds = f"{lever.low:g}-{lever.high:g}"
        unit = lever.unit_zh if language == "zh" else lever.unit
        table.add_row(lever.name, lever.level, lever.label(language), unit, bounds)
    Console().print(table)


def _print_one(lever: Lever, language: str) -> None:
    words = _ROWS[language]
    print(f"{lever.name}: {lever.label(language)}")
    values = {
        "level": lever.level,
        "unit": lever.unit_zh if language == "zh" else lever.unit,
        "bounds": f"{lever.low:g} - {lever.high:g}",
        "neutral": f"{lever.neutral:g}",
        "areas": ", ".join(lever.areas),
        "cost": _cost_words(lever, language),
        "payer": lever.payer,
        "mechanism": ", ".join(lever.mechanism),
        "evidence": lever.evidence.value,
        "source": lever.source,
    }
    for key, value in values.items():
        print(f"  {words[key]}: {value}")


def _cost_words(lever: Lever, language: str) -> str:
    from gongfu.data.assumption_files import find_assumption

    if not lever.unit_cost:
        return lever.cost_basis
    cost = find_assumption(lever.unit_cost)
    return f"{cost.label(language)}: {cost.value:g} ({cost.low:g} - {cost.high:g}) {cost.unit}"
