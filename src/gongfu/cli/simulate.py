"""``gongfu simulate`` and ``gongfu compare``: what a package of measures would do."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gongfu.cli import output
from gongfu.cli.run import ReportLanguage

if TYPE_CHECKING:
    from gongfu.core.policy import Scenario
    from gongfu.economy.simulate import Simulation

__all__ = ["compare", "simulate"]

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


class Attribution(StrEnum):
    """Players of the exact attribution."""

    LEVEL = "level"
    LEVER = "lever"
    MECHANISM = "mechanism"


def simulate(
    scenario: Annotated[str, typer.Argument(help="Scenario file or preset name. 方案文件或预设")],
    base: Annotated[int | None, typer.Option(help="Base year, 2013-2023. 基准年")] = None,
    to: Annotated[int | None, typer.Option(help="Last year. 终止年")] = None,
    households: Annotated[int, typer.Option(help="Household records. 住户记录数")] = 20_000,
    enterprises: Annotated[int, typer.Option(help="Enterprise records. 企业记录数")] = 4_000,
    draws: Annotated[int, typer.Option(help="Parameter draws; 0 for none. 参数抽样数")] = 0,
    seed: Annotated[int, typer.Option(help="Seed of all draws. 随机种子")] = 1,
    attribute: Annotated[
        Attribution | None, typer.Option(help="Split the last year's effect exactly. 贡献分解")
    ] = None,
    yearbook: Annotated[
        Path | None, typer.Option(help="Write the simulated yearbook of 62 zones. 写出模拟年鉴")
    ] = None,
    lang: Annotated[ReportLanguage, typer.Option(help="Language. 语言")] = ReportLanguage.EN,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Simulate a package beside the baseline: cake, share, division, cost. 模拟政策方案。"""
    begun = time.perf_counter()
    chosen = _scenario(scenario, base, to)
    found = _simulations(chosen, households, enterprises, draws, seed)
    rows = _effects(found)
    shares = {} if attribute is None else _shares(found[0], attribute)
    if yearbook is not None:
        _write_yearbook(found[0], yearbook)

    def render() -> None:
        _print(chosen, rows, lang.value, draws)
        if shares:
            _print_shares(shares, chosen.to, lang.value)

    output.emit(
        "simulate/1",
        {
            "scenario": chosen.name,
            "effects": rows,
            "base": chosen.base,
            "to": chosen.to,
            "attribution": shares,
        },
        as_json=as_json,
        render=render,
        meta={
            "seed": seed,
            "households": households,
            "enterprises": enterprises,
            "draws": draws,
            "evidence": "simulated",
            "uncertainty": "range over assumptions" if draws else "cannot tell",
            "seconds": round(time.perf_counter() - begun, 3),
        },
    )


def compare(
    first: Annotated[str, typer.Argument(help="Scenario file or preset. 方案一")],
    second: Annotated[str, typer.Argument(help="Scenario file or preset. 方案二")],
    households: Annotated[int, typer.Option(help="Household records. 住户记录数")] = 20_000,
    enterprises: Annotated[int, typer.Option(help="Enterprise records. 企业记录数")] = 4_000,
    draws: Annotated[int, typer.Option(help="Parameter draws; 0 for none. 参数抽样数")] = 0,
    seed: Annotated[int, typer.Option(help="Seed of all draws. 随机种子")] = 1,
    lang: Annotated[ReportLanguage, typer.Option(help="Language. 语言")] = ReportLanguage.EN,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Show two packages against the same baseline. 比较两个方案。"""
    chosen = [_scenario(name, None, None) for name in (first, second)]
    found = [_effects(_simulations(one, households, enterprises, draws, seed)) for one in chosen]
    data = {one.name: rows for one, rows in zip(chosen, found, strict=True)}

    def render() -> None:
        for one, rows in zip(chosen, found, strict=True):
            _print(one, rows, lang.value, draws)

    output.emit("compare/1", data, as_json=as_json, render=render, meta={"seed": seed})


def _scenario(name: str, base: int | None, to: int | None) -> Scenario:
    from gongfu.core import InputError, Problem
    from gongfu.data.scenario_files import load_presets, preset, read_scenario

    path = Path(name)
    is_file = path.suffix == ".toml" or path.exists()
    found = read_scenario(path) if is_file else preset(name)
    changed = replace(found, base=base or found.base, to=to or found.to)
    if changed.to <= changed.base:
        raise InputError(
            Problem(
                "the last year must come after the base year",
                found=f"{changed.base} to {changed.to}",
                fix=f"Presets: {', '.join(load_presets())}.",
            )
        )
    return changed


def _simulations(
    scenario: Scenario, households: int, enterprises: int, draws: int, seed: int
) -> list[Simulation]:
    """Return the central run and one per draw of the parameters, draw 0 first."""
    from gongfu.economy.parameter_draws import draw_assumptions
    from gongfu.economy.simulate import simulate as run

    found = []
    for number, assumptions in enumerate(draw_assumptions(draws, seed)):
        if sys.stderr.isatty():
            output.say(f"{scenario.name}: {number + 1}/{draws + 1}")
        found.append(
            run(
                scenario,
                households=households,
                enterprises=enterprises,
                seed=seed,
                assumptions=assumptions,
            )
        )
    return found


def _write_yearbook(simulation: Simulation, path: Path) -> None:
    """Write baseline and reform in the schema of the zones, as CSV or Parquet."""
    import polars as pl

    from gongfu.data.writing import write_csv, write_parquet
    from gongfu.economy.results.yearbook import zone_yearbook

    parts = [
        zone_yearbook(simulation.world, years)
        .wide("income_pc", "population")
        .with_columns(scenario=pl.lit(name), evidence=pl.lit("simulated"))
        for name, years in (
            ("baseline", simulation.baseline),
            (simulation.scenario.name, simulation.reform),
        )
    ]
    write = write_parquet if path.suffix == ".parquet" else write_csv
    write(path, pl.concat(parts), force=True)
    output.say(f"{path}")


def _shares(simulation: Simulation, by: Attribution) -> dict[str, dict[str, float]]:
    """Return 100 x log points that each player adds to the terms of the account."""
    from gongfu.economy.results.attribution import TERMS
    from gongfu.economy.results.attribution import attribute as split

    found = split(simulation, len(simulation.years) - 1, by=by.value)
    return {
        name: {term: 100 * getattr(account, term) for term in (*TERMS, "prosperity")}
        for name, account in found.items()
    }


def _print_shares(shares: dict[str, dict[str, float]], year: int, language: str) -> None:
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


def _effects(simulations: list[Simulation]) -> list[dict[str, Any]]:
    """Return the effect of each year with its range over draws."""
    from gongfu.economy.results.effects import effect_rows

    return effect_rows(simulations)


def _print(scenario: Scenario, rows: list[dict[str, Any]], language: str, draws: int) -> None:
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
