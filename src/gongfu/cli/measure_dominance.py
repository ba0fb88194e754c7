"""``gongfu measure dominance``: which of two distributions is better at every rank."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from gongfu.cli import output
from gongfu.cli.figure import FigureFile, FigureLanguage, Force, check_figure, write_figure
from gongfu.cli.run import ReportLanguage
from gongfu.cli.survey_options import (
    ConfidenceOption,
    FileArgument,
    IncomeOption,
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
    from gongfu.measure.curves import Dominance

__all__ = ["dominance"]


def dominance(
    file: FileArgument,
    income: IncomeOption,
    by: Annotated[
        str | None, typer.Option(help="Column that tells the two apart, such as year. 分组列。")
    ] = None,
    first: Annotated[str | None, typer.Option(help="Its first label. 第一组。")] = None,
    second: Annotated[str | None, typer.Option(help="Its second label. 第二组。")] = None,
    against: AgainstOption = None,
    curve: Annotated[
        Literal["lorenz", "generalised-lorenz", "quantile"],
        typer.Option(help="lorenz: equality; others: income too. 曲线类型。"),
    ] = "lorenz",
    weight: WeightOption = None,
    strata: StrataOption = None,
    psu: PsuOption = None,
    lonely: LonelyOption = "error",
    panel: PanelOption = False,
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
    """Lorenz, generalised Lorenz or quantile dominance, tested. 占优检验。"""
    from gongfu.measure.curves import dominance as compare

    check_figure(figure, force=force)
    waves = read_two_waves(
        file, income, Sampling(weight, strata, psu, lonely),
        column=by, first=first, second=second, against=against, option="by", same_units=panel,
    )  # fmt: skip
    found = compare(
        waves.first, waves.second, curve=curve, same_units=panel, level=confidence, seed=seed
    )
    if figure is not None:
        _draw(found, waves, price_base, lang.value, figure, force=force)
    output.emit(
        "dominance/1",
        {
            **found.to_dict(), "names": list(waves.names), "price_base": price_base,
            "evidence": waves.evidence.value,
        },
        as_json=as_json,
        render=lambda: _print(found, waves, price_base),
        warnings=waves.notes,
    )  # fmt: skip


def _draw(
    found: Dominance, waves: TwoWaves, price_base: str, language: str, figure: Path, *, force: bool
) -> None:
    from gongfu.report.charts.measures.dominance import dominance_chart

    chart = dominance_chart(found, waves.origin(found.design), waves.names, price_base, language)
    write_figure(chart, figure, force=force)


_VERDICTS = {
    "first dominates": "第一组占优",
    "second dominates": "第二组占优",
    "curves cross": "曲线相交",
    "cannot tell": "无法判断",
}


def _print(found: Dominance, waves: TwoWaves, price_base: str) -> None:
    from gongfu.cli.curve_grid import curve_grid
    from gongfu.cli.estimate_page import print_page

    is_share = found.curve == "lorenz"
    strict = "yes 是" if found.is_strict else "no 否"
    counted = "percentage points of all income" if is_share else f"currency, {price_base}"
    print_page(
        f"{found.curve}: {waves.names[0]} less {waves.names[1]} 占优检验",
        found.design,
        feet=[
            f"verdict at {100 * found.errors.level:g} % over all ranks: {found.verdict} "
            f"{_VERDICTS[found.verdict]}; at every rank one by one: {strict}",
            f"difference in {counted}; largest |t| against {found.errors.uniform:.2f} "
            "(union-intersection), smallest t for strict dominance (intersection-union)",
            f"evidence: {waves.evidence.value}; uncertainty: sampling",
        ],
        curve=curve_grid(
            found.rank,
            found.errors,
            "Difference, points 差" if is_share else "Difference 差",
            percent=is_share,
        ),
    )
