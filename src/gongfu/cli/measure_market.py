"""``gongfu measure market FILE``: concentration, markups, entry and exit of markets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from gongfu.cli import output
from gongfu.cli.place_problems import placed

if TYPE_CHECKING:
    from gongfu.measure.markets import MarketTable, Verdict

__all__ = ["market"]


def market(
    file: Annotated[
        Path, typer.Argument(help="Table with one row a firm (and year). 企业数据文件。")
    ],
    sales: Annotated[str, typer.Option(help="Column of sales. 销售额列。")],
    firm: Annotated[
        str | None, typer.Option(help="Column of the firm's identity. 企业列。")
    ] = None,
    in_market: Annotated[
        str | None, typer.Option("--market", help="Column of markets. 市场列。")
    ] = None,
    year: Annotated[str | None, typer.Option(help="Column of years. 年份列。")] = None,
    cost: Annotated[
        str | None, typer.Option(help="Column of variable cost: markups. 可变成本列。")
    ] = None,
    elasticity: Annotated[
        float | None, typer.Option(help="Output elasticity of that cost. 产出弹性。")
    ] = None,
    elasticity_error: Annotated[float, typer.Option(help="Its standard error. 弹性标准误。")] = 0.0,
    weight: Annotated[
        str | None, typer.Option(help="Column of weights: the rows are a sample. 权数列（抽样）。")
    ] = None,
    strata: Annotated[str | None, typer.Option(help="Column of strata. 层。")] = None,
    psu: Annotated[str | None, typer.Option(help="Column of sampling units. 抽样单元。")] = None,
    rules: Annotated[
        Literal["none", "all", "us", "eu", "china", "germany"],
        typer.Option(help="Thresholds of competition law. 竞争法阈值。"),
    ] = "none",
    on: Annotated[str, typer.Option(help="Day of the rules, YYYY-MM-DD. 规则日期。")] = "",
    confidence: Annotated[float, typer.Option(help="Coverage, 0-1. 置信水平。")] = 0.95,
    unit: Annotated[str | None, typer.Option(help="Unit of the sales. 销售额单位。")] = None,
    language: Annotated[Literal["zh", "en"], typer.Option("--lang", help="zh or en.")] = "en",
    as_json: Annotated[bool, typer.Option("--json", help="Full precision as JSON.")] = False,
) -> None:
    """Concentration, markups, entry and exit of markets. 市场集中度与加成率。

    市场集中度、加成率与企业进入退出。
    """
    options = {
        "firm": firm,
        "market": in_market,
        "time": year,
        "cost": cost,
        "weight": weight,
        "strata": strata,
        "psu": psu,
        "confidence": confidence,
        "unit": unit,
    }
    day = _day(on)
    table, notes = _measured(file, sales, options, (elasticity, elasticity_error))
    verdicts = [] if rules == "none" else [*_verdicts(table, rules, day)]
    data = {**table.to_dict(), "rules": [_plain(*one) for one in verdicts]}

    def render() -> None:
        from gongfu.cli.measure_market_view import print_market

        print_market(table, verdicts, language)

    output.emit("market/1", data, as_json=as_json, render=render, warnings=notes)


_Held = tuple[str | None, int | None, "Verdict"]
"""Market, year and what a rule says."""


def _day(words: str) -> date:
    from gongfu.core import InputError, Problem

    if not words:
        return date.today()
    try:
        return date.fromisoformat(words)
    except ValueError:
        problem = Problem("--on is no day", expected="such as 2024-06-30", found=words)
        raise InputError(problem) from None


def _measured(
    file: Path, sales: str, options: dict[str, Any], elasticity: tuple[float | None, float]
) -> tuple[MarketTable, list[str]]:
    from gongfu.core import InputError
    from gongfu.data.readers import open_table, require_numbers
    from gongfu.measure.markets import Elasticity
    from gongfu.measure.markets import market as measure_rows

    value, error = elasticity
    given = None if value is None else Elasticity(value, error)
    numbers = [options[name] for name in ("weight", "time", "cost") if options[name]]
    read = require_numbers(open_table(file), [sales, *numbers])
    try:
        table = measure_rows(read.frame, sales, elasticity=given, **options)
    except InputError as problem:
        raise InputError(placed(problem, read)) from problem
    return table, [*read.notes, *table.warnings]


def _verdicts(table: MarketTable, authority: str, day: date) -> Iterator[_Held]:
    from gongfu.data.concentration_rules import load_concentration_rules
    from gongfu.measure.markets import apply_rules, rules_on

    rules = rules_on(load_concentration_rules(), day, None if authority == "all" else authority)
    for name, year in dict.fromkeys((one.group, one.year) for one in table.estimates):
        for verdict in apply_rules(rules, table.values(name, year)):
            yield name, year, verdict


def _plain(name: str | None, year: int | None, verdict: Verdict) -> dict[str, Any]:
    rule = verdict.rule
    return {
        "market": name,
        "year": year,
        "rule": rule.name,
        "measure": rule.measure,
        "value": verdict.value,
        "threshold": rule.threshold,
        "is_crossed": verdict.is_crossed,
        "since": rule.since.isoformat(),
        "until": rule.until.isoformat() if rule.until else None,
        "zh": rule.zh,
        "en": rule.en,
        "source": rule.source,
    }
