"""``gongfu simulate`` and ``gongfu compare``: what a package of measures would do."""

from __future__ import annotations

import sys
import time
from dataclasses import asdict, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gongfu.cli import output, simulate_view
from gongfu.cli.run import ReportLanguage

if TYPE_CHECKING:
    from gongfu.core.policy import Scenario
    from gongfu.economy.simulate import Simulation

__all__ = ["compare", "simulate"]


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
    calibration: Annotated[
        Path | None, typer.Option(help="Estimates in place of assumptions. 校准文件")
    ] = None,
    yearbook: Annotated[
        Path | None, typer.Option(help="Write the simulated yearbook of 62 zones. 写出模拟年鉴")
    ] = None,
    groups: Annotated[
        bool, typer.Option("--groups", help="Who gains, who loses. 谁受益、谁受损")
    ] = False,
    budget: Annotated[bool, typer.Option("--budget", help="Who pays. 由谁承担")] = False,
    lang: Annotated[ReportLanguage, typer.Option(help="Language. 语言")] = ReportLanguage.EN,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Simulate a package beside the baseline: cake, share, division, cost. 模拟政策方案。"""
    begun = time.perf_counter()
    chosen = _scenario(scenario, base, to)
    found = _simulations(chosen, households, enterprises, draws, seed, calibration)
    data = {
        "scenario": chosen.name,
        "base": chosen.base,
        "to": chosen.to,
        "effects": _effects(found),
        "attribution": {} if attribute is None else _shares(found[0], attribute),
        "last_year": _last_year(found),
    }
    if yearbook is not None:
        _write_yearbook(found[0], yearbook)
    output.emit(
        "simulate/1",
        data,
        as_json=as_json,
        render=lambda: simulate_view.print_simulation(
            chosen, data, lang.value, draws=draws, groups=groups, budget=budget
        ),
        warnings=_doubts(calibration),
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
            simulate_view.print_effects(one, rows, lang.value, draws)

    meta = {
        "seed": seed,
        "households": households,
        "enterprises": enterprises,
        "draws": draws,
        "evidence": "simulated",
        "uncertainty": "range over assumptions" if draws else "cannot tell",
    }
    output.emit("compare/1", data, as_json=as_json, render=render, meta=meta)


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


def _doubts(calibration: Path | None) -> list[str]:
    from gongfu.data.calibration_files import outside_range, read_calibration

    return [] if calibration is None else outside_range(read_calibration(calibration))


def _simulations(
    scenario: Scenario,
    households: int,
    enterprises: int,
    draws: int,
    seed: int,
    calibration: Path | None = None,
) -> list[Simulation]:
    """Return the central run and one per draw of the parameters, draw 0 first."""
    from gongfu.data.calibration_files import calibrated, read_calibration
    from gongfu.economy.parameter_draws import draw_assumptions
    from gongfu.economy.simulate import simulate as run

    known = None if calibration is None else calibrated(read_calibration(calibration))
    found = []
    for number, assumptions in enumerate(draw_assumptions(draws, seed, known)):
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
    """Write the reform's zones as published ones are, and the baseline's beside it."""
    import polars as pl

    from gongfu.data.writing import write_csv, write_parquet
    from gongfu.economy.results.yearbook import zone_yearbook

    write = write_parquet if path.suffix == ".parquet" else write_csv
    beside = path.with_name(f"{path.stem}.baseline{path.suffix}")
    for file, years in ((path, simulation.reform), (beside, simulation.baseline)):
        frame = zone_yearbook(simulation.world, years).wide("income_pc", "population")
        write(file, frame.with_columns(evidence=pl.lit("simulated")), force=True)
        output.say(f"{file}")


def _shares(simulation: Simulation, by: Attribution) -> dict[str, dict[str, float]]:
    """Return 100 x log points that each player adds to the terms of the account."""
    from gongfu.economy.results.attribution import TERMS
    from gongfu.economy.results.attribution import attribute as split

    found = split(simulation, len(simulation.years) - 1, by=by.value)
    return {
        name: {term: 100 * getattr(account, term) for term in (*TERMS, "prosperity")}
        for name, account in found.items()
    }


def _last_year(simulations: list[Simulation]) -> dict[str, Any]:
    """Return the last year in detail: nation, distribution, who gains and loses, who pays."""
    from gongfu.economy.results.budgets import budget_lines
    from gongfu.economy.results.distribution import distribution
    from gongfu.economy.results.groups import group_effects
    from gongfu.economy.results.measures import NATIONAL, national_measures

    central = simulations[0]
    both = {"baseline": central.baseline[-1], "reform": central.reform[-1]}
    return {
        "nation": {name: national_measures(central.world, year) for name, year in both.items()},
        "units": dict(NATIONAL),
        "distribution": {
            name: [asdict(band) for band in distribution(central.world, year)]
            for name, year in both.items()
        },
        "groups": [asdict(group) for group in group_effects(simulations, -1)],
        "budget": [
            {**asdict(line), "label": _label(line.name)}
            for line in budget_lines(central.reform[-1])
        ],
    }


def _label(name: str) -> dict[str, str]:
    from gongfu.data.lever_files import load_levers

    found = load_levers().get(name)
    return simulate_view.SOURCES[name] if found is None else {"zh": found.zh, "en": found.en}


def _effects(simulations: list[Simulation]) -> list[dict[str, Any]]:
    """Return the effect of each year with its range over draws."""
    from gongfu.economy.results.effects import effect_rows

    return effect_rows(simulations)
