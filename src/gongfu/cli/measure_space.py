"""``gongfu measure space``: whether neighbours are alike, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from gongfu.cli import output
from gongfu.cli.figure import FigureFile, FigureLanguage, Force, check_figure
from gongfu.cli.panel_options import (
    CountOption,
    DataOption,
    DrawsOption,
    DropOption,
    FileArgument,
    FromOption,
    JsonOption,
    LimitOption,
    NeighbourOption,
    PowerOption,
    SeedOption,
    ToOption,
    UnitOption,
    VariableOption,
    YearColumnOption,
)
from gongfu.cli.run import ReportLanguage

if TYPE_CHECKING:
    from gongfu.cli.local_space import LocalTables
    from gongfu.cli.panel_source import PanelSource
    from gongfu.measure.space import SpatialWeights
    from gongfu.measure.space.autocorrelation import AutocorrelationTest
    from gongfu.measure.space.permutation import Alternative

__all__ = ["space"]


def space(
    file: FileArgument = None,
    data: DataOption = None,
    variable: VariableOption = None,
    neighbours: NeighbourOption = "border",
    limit: LimitOption = None,
    count: CountOption = 4,
    power: PowerOption = 1.0,
    local: Annotated[
        bool, typer.Option("--local", help="Each region of the last year. 逐地区(末年)。")
    ] = False,
    alternative: Annotated[
        Literal["two-sided", "positive", "negative"], typer.Option(help="Side of tests. 检验方向。")
    ] = "two-sided",
    seed: SeedOption = 1,
    draws: DrawsOption = 999,
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
    """Moran, Geary, Getis-Ord by year; LISA and hot spots by region. 空间自相关。

    全局与局部检验都用置换；局部结果另给错误发现率。
    """
    check_figure(figure, force=force)
    from gongfu.cli.neighbour_source import neighbour_weights
    from gongfu.cli.panel_source import PanelRequest, read_panel_source
    from gongfu.cli.region_figure import refuse_other_choices, write_region_figure

    refuse_other_choices(
        figure, {"--alternative": alternative != "two-sided", "--draws": draws != 999}
    )
    source = read_panel_source(
        PanelRequest(
            file=file, data=data, variable=variable, weight=None, unit=unit, year=year,
            first=first, last=last, drops=drop_incomplete,
        )
    )  # fmt: skip
    weights = neighbour_weights(
        neighbours or "border", source, limit=limit, count=count, power=power
    )
    tests = _global_tests(source, weights, alternative, seed=seed, draws=draws)
    regions = _local(source, weights, alternative, seed=seed) if local else None

    def render() -> None:
        from gongfu.cli.measure_space_view import print_space

        print_space(source, weights, tests, regions, lang.value)

    output.emit(
        "space/1",
        {
            "panel": source.to_dict(),
            "weights": weights.convention,
            "global": {
                name: [_test_data(test, at) for test, at in zip(found, source.years, strict=True)]
                for name, found in tests.items()
            },
            "local": None if regions is None else regions.to_dict(source),
        },
        as_json=as_json,
        render=render,
        warnings=source.notes,
    )
    if figure is not None:
        write_region_figure(
            "moran_scatter",
            source,
            figure,
            language=lang.value,
            force=force,
            weights=weights,
            seed=seed,
        )


def _global_tests(
    source: PanelSource, weights: SpatialWeights, side: Alternative, *, seed: int, draws: int
) -> dict[str, list[AutocorrelationTest]]:
    from gongfu.measure import space as measures

    wanted = {"moran": measures.moran, "geary": measures.geary}
    if source.values.min() >= 0:
        wanted["getis_ord"] = measures.getis_ord
    return {
        name: [
            measure(column, weights, alternative=side, seed=seed, draws=draws)
            for column in source.values.T
        ]
        for name, measure in wanted.items()
    }


def _local(
    source: PanelSource, weights: SpatialWeights, side: Alternative, *, seed: int
) -> LocalTables:
    from gongfu.cli.local_space import LocalTables

    return LocalTables.of(source.values[:, -1], weights, side, seed=seed)


def _test_data(test: AutocorrelationTest, year: int) -> dict[str, Any]:
    drawn = test.permutation
    return {
        "year": year,
        "statistic": test.statistic,
        "value": test.value,
        "expected": test.expected,
        "z": test.randomisation.z,
        "p_randomisation": test.randomisation.p,
        "p_permutation": None if drawn is None else drawn.p,
        "draws": None if drawn is None else drawn.draws,
        "seed": None if drawn is None else drawn.seed,
        "alternative": test.alternative,
        "convention": test.convention,
    }
