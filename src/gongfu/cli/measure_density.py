"""``gongfu measure density``: the shape of a distribution, with bands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

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
from gongfu.cli.survey_source import Sampling, SurveyFile, read_survey_file
from gongfu.cli.wave_options import SeedOption

if TYPE_CHECKING:
    from gongfu.measure.curves import DensityCurve
    from gongfu.measure.survey import Wave

__all__ = ["density"]


def density(
    file: FileArgument,
    income: IncomeOption,
    by: Annotated[str | None, typer.Option(help="A curve per group. 分组列。")] = None,
    weight: WeightOption = None,
    strata: StrataOption = None,
    psu: PsuOption = None,
    lonely: LonelyOption = "error",
    logs: Annotated[
        bool, typer.Option("--logs", help="Smooth logs: for incomes. 按对数平滑。")
    ] = False,
    bandwidth: Annotated[
        float | None, typer.Option(help="Of the kernel; by rule if not given. 带宽。")
    ] = None,
    points: Annotated[int, typer.Option(min=5, max=1000, help="Of the grid. 网格点数。")] = 80,
    unit: Annotated[str, typer.Option(help="Unit of the values. 单位。")] = "currency",
    confidence: ConfidenceOption = 0.95,
    seed: SeedOption = 1,
    figure: FigureFile = None,
    lang: FigureLanguage = ReportLanguage.EN,
    force: Force = False,
    as_json: JsonOption = False,
) -> None:
    """Kernel density with pointwise and uniform bands. 核密度及其置信带。"""
    from gongfu.measure.curves import density_curve

    check_figure(figure, force=force)
    read = read_survey_file(
        file, [income], Sampling(weight, strata, psu, lonely), labels=[by] if by else []
    )
    options: dict[str, Any] = {"in_logs": logs, "bandwidth": bandwidth, "points": points}
    found = {
        name: density_curve(wave, level=confidence, seed=seed, **options)
        for name, wave in _waves(read, income, by)
    }
    if figure is not None:
        _draw(found, read, (income, unit), lang.value, figure, force=force)
    output.emit(
        "density/1",
        {
            "column": income, "unit": unit, "evidence": read.survey.evidence.value,
            "groups": {name: curve.to_dict() for name, curve in found.items()},
        },
        as_json=as_json,
        render=lambda: _print(found, read, income, unit),
        warnings=read.notes,
    )  # fmt: skip


def _waves(read: SurveyFile, income: str, by: str | None) -> list[tuple[str, Wave]]:
    import numpy as np

    from gongfu.core import InputError, Problem
    from gongfu.measure.survey import Wave
    from gongfu.report.charts.measures.density import MOST_GROUPS

    survey = read.survey
    if by is None:
        return [(income, Wave(survey.values[income], survey.design))]
    labels = np.unique(survey.labels[by]).tolist()
    if len(labels) > MOST_GROUPS:
        raise InputError(
            Problem(
                f"too many groups in {by}",
                expected=f"at most {MOST_GROUPS}",
                found=f"{len(labels)}",
                fix="Choose a coarser grouping.",
            )
        )
    return [(label, survey.wave(income, by, label)) for label in labels]


def _draw(
    found: dict[str, DensityCurve],
    read: SurveyFile,
    named: tuple[str, str],
    language: str,
    figure: Path,
    *,
    force: bool,
) -> None:
    from gongfu.report.charts.measures.density import density_chart

    write_figure(density_chart(found, read.origin, *named, language), figure, force=force)


def _print(found: dict[str, DensityCurve], read: SurveyFile, income: str, unit: str) -> None:
    from gongfu.cli.curve_grid import print_grid
    from gongfu.measure.quantiles import quantile_value
    from gongfu.measure.sample import Sample

    rows = []
    for name, curve in found.items():
        at = Sample.of(curve.at, curve.errors.value)
        inner = " to ".join(f"{quantile_value(at, p):,.0f}" for p in (0.25, 0.75))
        rows.append((name, f"{curve.mode:,.0f}", inner, f"{curve.bandwidth:,.4g}"))
    first = next(iter(found.values()))
    kernel = "logs, turned back" if first.in_logs else "values"
    print_grid(
        f"Density of {income}, {unit} 核密度",
        ("Group 组", "Mode 众数", "Middle half 中间一半", "Bandwidth 带宽"),
        rows,
        [
            read.survey.words,
            f"Gaussian kernel of {kernel}; bands hold the variance, not the smoothing bias; "
            "--json has every point, --figure draws them",
            f"evidence: {read.survey.evidence.value}; uncertainty: {read.survey.uncertainty.value}",
        ],
    )
