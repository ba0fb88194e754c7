"""``gongfu measure kernel``: the shape of the distribution of regions, and where it leads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from gongfu.cli import output
from gongfu.cli.figure import FigureFile, FigureLanguage, Force, check_figure
from gongfu.cli.panel_options import (
    DataOption,
    DropOption,
    FileArgument,
    FromOption,
    JsonOption,
    ToOption,
    UnitOption,
    VariableOption,
    WeightOption,
    YearColumnOption,
)
from gongfu.cli.run import ReportLanguage

if TYPE_CHECKING:
    import numpy as np

    from gongfu.measure.dynamics.density import Density
    from gongfu.measure.dynamics.stochastic_kernel import StochasticKernel

__all__ = ["kernel"]


def kernel(
    file: FileArgument = None,
    data: DataOption = None,
    variable: VariableOption = None,
    weight: WeightOption = None,
    step: Annotated[int, typer.Option(help="Years of one move. 转移步长(年)。")] = 1,
    points: Annotated[int, typer.Option(help="Points of the grid. 网格点数。")] = 128,
    raw: Annotated[
        bool, typer.Option("--raw", help="Raw values, not over the mean of the year. 原始数值。")
    ] = False,
    adaptive: Annotated[
        bool, typer.Option("--adaptive", help="Widen where units are few. 自适应带宽。")
    ] = False,
    first: FromOption = None,
    last: ToOption = None,
    unit: UnitOption = None,
    year: YearColumnOption = None,
    drop_incomplete: DropOption = False,
    figure: FigureFile = None,
    force: Force = False,
    lang: FigureLanguage = ReportLanguage.EN,
    as_json: JsonOption = False,
) -> None:
    """Kernel densities by year and the stochastic kernel. 各年核密度与随机核。

    Values are taken over the mean of their year unless --raw is set. 数值默认除以当年均值。
    """
    check_figure(figure, force=force)
    from gongfu.cli.panel_source import PanelRequest, read_panel_source
    from gongfu.cli.region_figure import refuse_other_choices, write_region_figure
    from gongfu.measure.dynamics import stochastic_kernel
    from gongfu.measure.dynamics.panel_values import relative_to_mean

    refuse_other_choices(
        figure, {"--raw": raw, "--adaptive": adaptive, "--weight": weight is not None}
    )
    source = read_panel_source(
        PanelRequest(
            file=file, data=data, variable=variable, weight=weight, unit=unit, year=year,
            first=first, last=last, drops=drop_incomplete,
        )
    )  # fmt: skip
    values = source.values if raw else relative_to_mean(source.values, source.people)
    found = stochastic_kernel(values, step=step, adaptive=adaptive, points=points)
    shapes = _densities(values, source.people, found.at, adaptive=adaptive)

    def render() -> None:
        from gongfu.cli.measure_kernel_view import print_kernel

        print_kernel(source, shapes, found, lang.value, is_raw=raw)

    output.emit(
        "kernel/1",
        {
            "panel": source.to_dict(),
            "values": "raw" if raw else "over the mean of the year",
            "at": found.at.tolist(),
            "densities": [
                {"year": at, "height": shape.height.tolist(), "bandwidth": shape.bandwidth}
                for at, shape in zip(source.years, shapes, strict=True)
            ],
            "stochastic_kernel": _kernel_data(found),
        },
        as_json=as_json,
        render=render,
        warnings=source.notes,
    )
    if figure is not None:
        write_region_figure("densities", source, figure, language=lang.value, force=force)


def _densities(
    values: np.ndarray, people: np.ndarray | None, at: np.ndarray, *, adaptive: bool
) -> list[Density]:
    from gongfu.measure.dynamics import density

    columns = range(values.shape[1])
    weights = [None if people is None else people[:, j] for j in columns]
    return [density(values[:, j], weights[j], adaptive=adaptive, grid=at) for j in columns]


def _kernel_data(found: StochasticKernel) -> dict[str, Any]:
    return {
        "step": found.step,
        "bandwidths": list(found.bandwidths),
        "conditional": found.conditional.tolist(),
        "start": found.start.tolist(),
        "expected": found.expected.tolist(),
        "long_run": found.long_run.tolist(),
    }
