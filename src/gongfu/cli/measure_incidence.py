"""``gongfu measure incidence``: how fast incomes grew at each rank, with bands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gongfu.cli import output
from gongfu.cli.figure import FigureFile, FigureLanguage, Force, check_figure, write_figure
from gongfu.cli.run import ReportLanguage
from gongfu.cli.survey_options import (
    ConfidenceOption,
    JsonOption,
    LonelyOption,
    PsuOption,
    StrataOption,
    WeightOption,
)
from gongfu.cli.survey_source import Sampling
from gongfu.cli.two_waves import TwoWaves, read_two_waves
from gongfu.cli.wave_options import AgainstOption, PanelOption, SeedOption

if TYPE_CHECKING:
    from gongfu.measure.curves import GroupGrowth, GrowthIncidence

__all__ = ["incidence"]


def incidence(
    file: Annotated[
        Path | None,
        typer.Argument(help="Data file; without one, China's published fifths. 数据文件。"),
    ] = None,
    income: Annotated[str | None, typer.Option(help="Column of incomes. 收入列。")] = None,
    year: Annotated[str | None, typer.Option(help="Column of years. 年份列。")] = None,
    start: Annotated[int | None, typer.Option(help="First year. 首年。")] = None,
    end: Annotated[int | None, typer.Option(help="Last year. 末年。")] = None,
    against: AgainstOption = None,
    weight: WeightOption = None,
    strata: StrataOption = None,
    psu: PsuOption = None,
    lonely: LonelyOption = "error",
    panel: PanelOption = False,
    line: Annotated[
        float | None, typer.Option(help="Poverty line: pro-poor growth. 贫困线。")
    ] = None,
    price_base: Annotated[str, typer.Option(help="Prices of the incomes. 价格基期。")] = (
        "prices of the file"
    ),
    confidence: ConfidenceOption = 0.95,
    seed: SeedOption = 1,
    figure: FigureFile = None,
    lang: FigureLanguage = ReportLanguage.EN,
    force: Force = False,
    as_json: JsonOption = False,
) -> None:
    """Growth of income by rank between two years, with bands. 增长发生曲线及其置信带。"""
    check_figure(figure, force=force)
    if file is None:
        _published(start or 2016, end or 2022, figure, lang.value, force=force, as_json=as_json)
        return
    waves = read_two_waves(
        file, income, Sampling(weight, strata, psu, lonely),
        column=year, first=start, second=end, against=against, option="year", same_units=panel,
    )  # fmt: skip
    options = {"line": line, "same_units": panel, "level": confidence, "seed": seed}
    _sampled(waves, _length(start, end), options, price_base, figure, lang.value,
             force=force, as_json=as_json)  # fmt: skip


def _length(start: int | None, end: int | None) -> float:
    from gongfu.core import InputError, Problem

    if start is None or end is None:
        raise InputError(
            Problem("growth per year needs both years", fix="Name them with --start and --end.")
        )
    return float(end - start)


def _sampled(
    waves: TwoWaves,
    years: float,
    options: dict[str, Any],
    price_base: str,
    figure: Path | None,
    language: str,
    *,
    force: bool,
    as_json: bool,
) -> None:
    from gongfu.measure.curves import growth_incidence
    from gongfu.report.charts.measures.incidence import incidence_chart

    found = growth_incidence(
        waves.first, waves.second, years=years, evidence=waves.evidence, **options
    )
    if figure is not None:
        chart = incidence_chart(
            found, waves.origin(found.design), waves.names, price_base, language
        )
        write_figure(chart, figure, force=force)
    output.emit(
        "incidence/1",
        {**found.to_dict(), "evidence": waves.evidence.value, "price_base": price_base},
        as_json=as_json,
        render=lambda: _print_curve(found, waves.names, price_base),
        warnings=waves.notes,
    )


def _published(
    start: int, end: int, figure: Path | None, language: str, *, force: bool, as_json: bool
) -> None:
    from gongfu.cli.fifths_source import published_fifths
    from gongfu.measure.curves import group_growth
    from gongfu.report.charts.measures.incidence import fifths_chart

    fifths = published_fifths(start, end, language)
    found = group_growth(*fifths.means, years=end - start)
    if figure is not None:
        chart = fifths_chart(found, (start, end), fifths.price_base, language)
        write_figure(chart, figure, force=force)
    output.emit(
        "incidence-groups/1",
        {
            **found.to_dict(), "evidence": "observed", "uncertainty": "no published error",
            "price_base": fifths.price_base, "start": start, "end": end,
        },
        as_json=as_json,
        render=lambda: _print_groups(found, f"{start}-{end}, {fifths.price_base}"),
        warnings=[],
    )  # fmt: skip


def _print_curve(found: GrowthIncidence, names: tuple[str, str], price_base: str) -> None:
    from gongfu.cli.curve_grid import curve_grid
    from gongfu.cli.estimate_page import Section, print_page

    level = f"{100 * found.errors.level:g} %"
    print_page(
        f"Growth incidence {names[0]} to {names[1]}, per year 增长发生曲线(年均)",
        found.design,
        [Section("Totals 总体", found.totals, lambda one: (one.measure, _TOTALS[one.measure]))],
        [
            f"growth: log change per year, {price_base}; anonymous (not the same people)",
            f"verdict over all ranks at {level}: {found.verdict} {_VERDICTS[found.verdict]}",
        ],
        curve=curve_grid(found.rank, found.errors, "Growth, % 增长", percent=True),
    )


_TOTALS = {"mean": "均值增长", "mean of ranks": "各位次平均增长", "pro-poor": "益贫式增长率"}
_VERDICTS = {
    "all gain": "各位次均增长",
    "all lose": "各位次均下降",
    "some gain, some lose": "有增有减",
    "cannot tell": "无法判断",
}


def _print_groups(found: GroupGrowth, period: str) -> None:
    from gongfu.cli.curve_grid import print_grid

    rows = [
        (name, f"{before:,.0f}", f"{after:,.0f}", f"{100 * growth:+.1f}")
        for name, before, after, growth in zip(
            found.names, found.start, found.end, found.growth, strict=True
        )
    ]
    print_grid(
        f"Growth of published fifths of households 五等份收入增长: {period}",
        ("Fifth 组", "Start 首年", "End 末年", "Log growth, %/yr 年均增长"),
        rows,
        [
            f"mean of the five: {100 * found.mean:+.1f} %/yr; yuan per person",
            "evidence: observed; uncertainty: the office publishes no error 无公布误差",
        ],
    )
