"""Tables that ``gongfu simulate`` and ``gongfu compare`` print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from gongfu.core.policy import Scenario

__all__ = [
    "SOURCES",
    "print_budget",
    "print_effects",
    "print_groups",
    "print_shares",
    "print_simulation",
]

_HEAD = {
    "zh": ("年份", "GDP", "住户份额", "分配", "共富", "均值", "基尼", "城乡比", "成本"),
    "en": ("year", "GDP", "share", "division", "prosperity", "mean", "Gini", "ratio", "cost"),
}
_UNITS = {
    "zh": "GDP、住户份额、分配、共富：100×对数变化（E26）；均值、城乡比：%；基尼：百分点；"
    "成本：占GDP的%。模拟值，相对基准，{price}；{draws}。",
    "en": "GDP, share, division, prosperity: 100 x log change (E26); mean, ratio: %; Gini: points; "
    "cost: % of GDP. Simulated, against the baseline, {price}; {draws}.",
}
_DRAWS = {
    "zh": {
        False: "参数取中心值，未给出范围",
        True: "下行为{n}组参数抽样的5%—95%范围，不是置信区间",
    },
    "en": {
        False: "central parameters, no range given",
        True: "below it the 5 to 95 % range over {n} parameter draws, not a confidence interval",
    },
}
_SHAPLEY = {"zh": "夏普利分解（各项相加等于总效应）", "en": "exact Shapley shares"}
_PRICE = {"zh": "{base}年价格", "en": "{base} prices"}
_GROUP_HEAD = {
    "zh": (
        "谁受益、谁受损",
        "人均变化，元",
        "变化，%",
        "受益超1%的人，%",
        "受损超1%的人，%",
        "结论",
    ),
    "en": ("who gains, who loses", "yuan a head", "%", "up > 1 %", "down > 1 %", "verdict"),
}
_FIFTH = {"zh": "收入第{number}个五等分", "en": "income fifth {number}"}
_GROUPS = {
    "zh": {
        ("all", "all"): "全体居民",
        ("area", "urban"): "城镇",
        ("area", "rural"): "农村",
        ("age", "elderly"): "户主60岁及以上",
        ("age", "younger"): "户主60岁以下",
        ("skill", "high"): "数字技能较高（前40%）",
        ("skill", "low"): "数字技能较低（后60%）",
    },
    "en": {
        ("all", "all"): "all residents",
        ("area", "urban"): "urban",
        ("area", "rural"): "rural",
        ("age", "elderly"): "head 60 or older",
        ("age", "younger"): "head under 60",
        ("skill", "high"): "digital skill, top 40 %",
        ("skill", "low"): "digital skill, lower 60 %",
    },
}
_VERDICTS = {
    "zh": {"gains": "受益", "loses": "受损", "cannot tell": "无法判断"},
    "en": {"gains": "gains", "loses": "loses", "cannot tell": "cannot tell"},
}
_BUDGET_HEAD = {
    "zh": ("预算（亿元）", "中央", "地方", "企业", "层级划分依据"),
    "en": ("budget, 100m yuan", "central", "local", "enterprises", "split by"),
}
_SIDES = {
    "zh": {"spent": "支出合计", "financed": "筹资合计"},
    "en": {"spent": "all spent", "financed": "all financed"},
}
_SPLITS = {
    "zh": {"law": "法规", "assumed": "假设", "by construction": ""},
    "en": {"law": "law", "assumed": "assumed", "by construction": ""},
}
SOURCES = {
    "vat": {"zh": "增值税", "en": "value-added tax"},
    "income_tax": {"zh": "个人所得税", "en": "income tax"},
    "reallocation": {"zh": "压减其他公共服务", "en": "cuts of other public services"},
    "deficit": {"zh": "赤字", "en": "deficit"},
    "profits": {"zh": "企业利润", "en": "profits"},
}


def print_simulation(
    scenario: Scenario,
    data: dict[str, Any],
    language: str,
    *,
    draws: int,
    groups: bool,
    budget: bool,
) -> None:
    """Print what was asked for: effects always; shares, groups and the budget where wanted."""
    print_effects(scenario, data["effects"], language, draws)
    if data["attribution"]:
        print_shares(data["attribution"], scenario.to, language)
    if groups:
        print_groups(data["last_year"]["groups"], scenario.to, language)
    if budget:
        print_budget(data["last_year"]["budget"], scenario.to, language)


def print_effects(
    scenario: Scenario, rows: list[dict[str, Any]], language: str, draws: int
) -> None:
    """Print the effects by year."""
    from rich import box
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console()
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for position, head in enumerate(_HEAD[language]):
        table.add_column(head, justify="left" if position == 0 else "right", overflow="fold")
    for row in _some(rows) if draws else rows:
        table.add_row(str(row["year"]), *(_cell(row[name]) for name in _SHOWN))
    console.print(f"[bold]{escape(scenario.label(language))}[/bold]")
    console.print(table)
    words = _DRAWS[language][draws > 0].format(n=draws)
    price = _PRICE[language].format(base=scenario.base)
    console.print(_UNITS[language].format(price=price, draws=words), style="dim")


def _some(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the first, fifth, tenth and last year: a range takes room."""
    wanted = {1, 5, 10, len(rows)}
    return [row for number, row in enumerate(rows, 1) if number in wanted]


_SHOWN = (
    "cake", "household_share", "division", "prosperity", "mean_income", "gini",
    "urban_rural_ratio", "package_cost",
)  # fmt: skip


def _cell(effect: dict[str, float | None]) -> str:
    value = f"{effect['value']:+.2f}".replace("-", "−")
    if effect["low"] is None:
        return value
    return f"{value}\n{effect['low']:+.2f}\n{effect['high']:+.2f}".replace("-", "−")


def print_shares(shares: dict[str, dict[str, float]], year: int, language: str) -> None:
    """Print who or what brings which part of the effect."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    heads = _HEAD[language][1:5]
    table.add_column(f"{_SHAPLEY[language]}, {year}", overflow="fold")
    for head in heads:
        table.add_column(head, justify="right")
    for name, terms in shares.items():
        table.add_row(name, *(f"{value:+.2f}".replace("-", "−") for value in terms.values()))
    Console().print(table)


def print_groups(groups: Sequence[dict[str, Any]], year: int, language: str) -> None:
    """Print who gains and who loses in one year."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for number, head in enumerate(_GROUP_HEAD[language]):
        table.add_column(f"{head}, {year}" if number == 0 else head, overflow="fold")
    for row in groups:
        name = _words(row["dimension"], row["group"], language)
        loses = 100 * sum(row["shares"][:2])
        gains = 100 * sum(row["shares"][3:])
        cells = (f"{row['mean_change']:+.0f}", _range(row), f"{gains:.0f}", f"{loses:.0f}")
        verdict = _VERDICTS[language][row["verdict"]]
        table.add_row(name, *(cell.replace("-", "\N{MINUS SIGN}") for cell in cells), verdict)
    Console().print(table)


def print_budget(lines: Sequence[dict[str, Any]], year: int, language: str) -> None:
    """Print who pays for the package in one year, by level of government."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for number, head in enumerate(_BUDGET_HEAD[language]):
        justify: Literal["left", "right"] = "right" if 0 < number < len(_LEVELS) + 1 else "left"
        title = f"{head}, {year}" if number == 0 else head
        table.add_column(title, justify=justify, overflow="fold")
    for side in ("spent", "financed"):
        chosen = [line for line in lines if line["side"] == side]
        for name in dict.fromkeys(line["name"] for line in chosen):
            same = [line for line in chosen if line["name"] == name]
            basis = _SPLITS[language][same[0]["evidence"]]
            table.add_row(same[0]["label"][language], *_by_level(same), basis)
        table.add_row(_SIDES[language][side], *_by_level(chosen), "", style="bold")
    Console().print(table)


_LEVELS = ("central", "local", "enterprises")


def _by_level(lines: Sequence[dict[str, Any]]) -> list[str]:
    sums = [sum(line["amount"] for line in lines if line["level"] == level) for level in _LEVELS]
    return [f"{amount:,.0f}".replace("-", "\N{MINUS SIGN}") if amount else "" for amount in sums]


def _range(row: dict[str, Any]) -> str:
    if row["low"] is None:
        return f"{row['percent']:+.2f}"
    return f"{row['percent']:+.2f} [{row['low']:+.2f}, {row['high']:+.2f}]"


def _words(dimension: str, group: str, language: str) -> str:
    if dimension == "fifth":
        return _FIFTH[language].format(number=group)
    return _GROUPS[language][dimension, group]
