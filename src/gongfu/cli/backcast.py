"""``gongfu backcast``: would the baseline have known? Every rule side by side, losses included."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from gongfu.cli import output
from gongfu.cli.run import ReportLanguage

if TYPE_CHECKING:
    import polars as pl

__all__ = ["backcast"]

_ORIGINS = (2015, 2016, 2017, 2018, 2019)
_WINDOWS = (2010, 2011, 2013)
_DAMPING = 0.85
_PHIS = (1.0, 0.95, 0.85)
_TARGETS = {
    "national_ratio": {
        "zh": "全国城乡收入比（倍）",
        "en": "national urban-rural ratio (points)",
    },
    "zones": {"zh": "62个城乡分区人均收入（对数）", "en": "income of 62 zones (logs)"},
    "provinces": {"zh": "31省人均收入（对数）", "en": "income of 31 provinces (logs)"},
}
_CAPTION = {
    "zh": "均方根误差，起点后各年至{last}年；当年价格；预测只用起点年份及以前的数字。"
    "MASE、90%区间覆盖率和各期误差见 --json。所有起点同属一段历史：不能推而广之。",
    "en": "Root mean squared error over all years after the origin to {last}; current prices; "
    "forecasts see figures up to the origin only. MASE, coverage of 90 % bands and each horizon: "
    "--json. All origins share one episode: claim no more.",
}


def backcast(
    origin: Annotated[
        list[int] | None, typer.Option(help="Origin, 2013-2023; repeat. 起点年份")
    ] = None,
    last: Annotated[int, typer.Option(help="Last year scored. 终止年")] = 2024,
    households: Annotated[int, typer.Option(help="Household records. 住户记录数")] = 5_000,
    lang: Annotated[ReportLanguage, typer.Option(help="Language. 语言")] = ReportLanguage.EN,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Score the baseline and every simple rule on years they did not see. 回溯检验。"""
    origins = sorted(set(origin or _ORIGINS))
    _check(origins, last)
    table = _table(origins, last, households)
    output.emit(
        "backcast/1",
        {"scores": table.to_dicts()},
        as_json=as_json,
        render=lambda: _print(table, origins, last, lang.value),
        meta={"households": households, "evidence": "estimated"},
    )


def _check(origins: list[int], last: int) -> None:
    from gongfu.core import InputError, Problem

    wrong = [year for year in origins if not 2013 <= year < last]
    if wrong or last > 2024:
        raise InputError(
            Problem(
                "no backcast from these years",
                expected="origins from 2013 on, before the last year; figures end in 2024",
                found=f"origins {', '.join(map(str, origins))}, last {last}",
            )
        )


def _table(origins: list[int], last: int, households: int) -> pl.DataFrame:
    from gongfu.data import load_china, load_china_national, load_secondary, load_zones
    from gongfu.economy.backcast.rules import rulers
    from gongfu.economy.backcast.structural import models_of, structural_path
    from gongfu.economy.backcast.table import backcast as score
    from gongfu.economy.backcast.targets import Sources

    sources, secondary = (
        Sources(load_china(), load_zones(), load_china_national()),
        load_secondary(),
    )
    paths = {
        year: structural_path(sources, secondary, origin=year, last=last, households=households)
        for year in origins
    }
    return score(
        sources,
        rulers(_WINDOWS, _DAMPING),
        origins,
        last=last,
        horizons=5,
        models=models_of(paths, _PHIS),
    )


def _print(table: pl.DataFrame, origins: list[int], last: int, language: str) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    console = Console()
    for target, words in _TARGETS.items():
        own = table.filter(target=target, horizon=0)
        grid = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        grid.add_column("规则" if language == "zh" else "rule", overflow="fold")
        for head in (*map(str, origins), "均值" if language == "zh" else "mean"):
            grid.add_column(head, justify="right", no_wrap=True)
        for rule, errors in _ranked(own):
            cells = [f"{errors[year]:.3f}" if year in errors else "–" for year in origins]
            grid.add_row(rule, *cells, f"{sum(errors.values()) / len(errors):.3f}")
        console.print(f"[bold]{words[language]}[/bold]")
        console.print(grid)
    console.print(_CAPTION[language].format(last=last), style="dim")


def _ranked(table: pl.DataFrame) -> list[tuple[str, dict[int, float]]]:
    """Return the errors of each rule by origin, best mean first, incomplete rules last."""
    found: dict[str, dict[int, float]] = {}
    for row in table.iter_rows(named=True):
        found.setdefault(row["rule"], {})[row["origin"]] = row["rmse"]
    most = max(len(errors) for errors in found.values())
    return sorted(found.items(), key=lambda i: (len(i[1]) < most, sum(i[1].values()) / len(i[1])))
