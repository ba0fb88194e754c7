"""``gongfu measure markov``: how regions move between classes, alone and among neighbours."""

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
    LevelOption,
    LimitOption,
    NeighbourOption,
    PowerOption,
    ToOption,
    UnitOption,
    VariableOption,
    WeightOption,
    YearColumnOption,
)
from gongfu.cli.run import ReportLanguage

if TYPE_CHECKING:
    from gongfu.cli.panel_source import PanelSource
    from gongfu.measure.dynamics.classes import Classes
    from gongfu.measure.dynamics.intervals import ProbabilityIntervals
    from gongfu.measure.dynamics.lisa_markov import LisaMarkov
    from gongfu.measure.dynamics.markov import MarkovChain
    from gongfu.measure.dynamics.markov_tests import HomogeneityTest
    from gongfu.measure.dynamics.spatial_markov import SpatialMarkov

__all__ = ["markov"]


def markov(
    file: FileArgument = None,
    data: DataOption = None,
    variable: VariableOption = None,
    weight: WeightOption = None,
    classes: Annotated[
        Literal["relative", "rank", "raw"],
        typer.Option(
            help="relative: value over mean of its year; rank: quantiles of each year; raw: pooled "
            "values, with a warning where a trend moves everyone. 等级口径。"
        ),
    ] = "relative",
    k: Annotated[int, typer.Option("-k", help="Number of classes. 等级数。")] = 4,
    cutoffs: Annotated[
        str | None, typer.Option(help="Rising cutoffs instead, such as 0.75,1,1.25. 分界值。")
    ] = None,
    step: Annotated[int, typer.Option(help="Years of one move. 转移步长(年)。")] = 1,
    neighbours: NeighbourOption = None,
    limit: LimitOption = None,
    count: CountOption = 4,
    power: PowerOption = 1.0,
    lisa: Annotated[
        bool, typer.Option("--lisa", help="Also moves of region and neighbours. LISA 马尔可夫。")
    ] = False,
    seed: Annotated[
        int | None,
        typer.Option(help="Intervals by drawing whole regions, and permutation test. 随机种子。"),
    ] = None,
    draws: DrawsOption = 999,
    first: FromOption = None,
    last: ToOption = None,
    unit: UnitOption = None,
    year: YearColumnOption = None,
    drop_incomplete: DropOption = False,
    level: LevelOption = 0.95,
    figure: FigureFile = None,
    force: Force = False,
    lang: FigureLanguage = ReportLanguage.EN,
    as_json: JsonOption = False,
) -> None:
    """Chances to move between classes; spatial and LISA chains. 等级转移与空间马尔可夫。

    转移概率附区间；用原始数值划分等级时提示共同趋势陷阱。
    """
    check_figure(figure, force=force)
    from gongfu.cli.neighbour_source import neighbour_weights
    from gongfu.cli.panel_source import PanelRequest, read_panel_source
    from gongfu.cli.region_figure import refuse_other_choices, write_region_figure
    from gongfu.measure import dynamics

    refuse_other_choices(
        figure,
        {
            "--classes": classes != "relative", "--cutoffs": cutoffs is not None,
            "--step": step != 1, "--weight": weight is not None, "--level": level != 0.95,
            "--draws": draws != 999,
        },
    )  # fmt: skip
    if figure is not None and seed is None:
        seed = 1  # intervals of the figure come from drawing whole regions
    source = read_panel_source(
        PanelRequest(
            file=file, data=data, variable=variable, weight=weight, unit=unit, year=year,
            first=first, last=last, drops=drop_incomplete,
        )
    )  # fmt: skip
    cut = _classes(source, classes, k, cutoffs)
    chain = dynamics.markov(cut, step=step, level=level, seed=seed, draws=draws)
    spatial = quadrants = None
    if neighbours is not None or lisa:
        weights = neighbour_weights(
            neighbours or "border", source, limit=limit, count=count, power=power
        )
        quadrants = dynamics.lisa_markov(source.values, weights) if lisa else None
    if neighbours is not None:
        spatial = dynamics.spatial_markov(
            cut, weights, lags=min(3, cut.k), level=level, seed=seed, draws=draws
        )

    def render() -> None:
        from gongfu.cli.measure_markov_view import print_markov

        print_markov(source, cut, chain, (spatial, quadrants), lang.value)

    output.emit(
        "markov/1",
        {
            "panel": source.to_dict(),
            "classes": _classes_data(cut),
            "chain": _chain_data(chain),
            "spatial": None if spatial is None else _spatial_data(spatial),
            "lisa": None if quadrants is None else _lisa_data(quadrants),
        },
        as_json=as_json,
        render=render,
        warnings=[*source.notes, *([cut.warning.message(lang.value)] if cut.warning else [])],
    )
    if figure is not None:
        write_region_figure(
            "markov", source, figure, language=lang.value, force=force, classes=k, seed=seed or 0
        )


def _classes(source: PanelSource, kind: str, k: int, cutoffs: str | None) -> Classes:
    from gongfu.core import InputError, Problem
    from gongfu.measure.dynamics import pooled_classes, relative_classes, yearly_classes

    given = None if cutoffs is None else _numbers(cutoffs)
    if kind == "relative":
        return relative_classes(source.values, k, weight=source.people, cutoffs=given)
    if kind == "raw":
        return pooled_classes(source.values, k, cutoffs=given)
    if given is not None:
        fix = "Leave --cutoffs out, or take --classes relative."
        raise InputError(Problem("classes by rank have no cutoffs", fix=fix))
    return yearly_classes(source.values, k)


def _numbers(text: str) -> list[float]:
    from gongfu.core import InputError, Problem

    try:
        return [float(part) for part in text.split(",")]
    except ValueError:
        raise InputError(
            Problem("cutoffs must be numbers between commas", "0.75,1,1.25", found=text)
        ) from None


def _classes_data(cut: Classes) -> dict[str, Any]:
    warning = cut.warning
    return {
        "convention": cut.convention,
        "cutoffs": cut.cutoffs.tolist(),
        "warning": warning and {"zh": warning.message("zh"), "en": warning.message("en")},
    }


def _chain_data(chain: MarkovChain) -> dict[str, Any]:
    from gongfu.cli.region_numbers import long_run_of, plain_array
    from gongfu.measure.dynamics.matrix_mobility import matrix_mobility

    counts = chain.counts
    known = (counts.sum(axis=1) > 0).all()
    return {
        "step": chain.step,
        "counts": counts.tolist(),
        "probabilities": plain_array(chain.probabilities),
        **_interval_data(chain.interval),
        "long_run": long_run_of(chain.probabilities),
        "half_life_years": plain_array(chain.half_life_years) if known else None,
        "mobility": None if not known else _mobility_data(matrix_mobility(counts)),
    }


def _mobility_data(found: Any) -> dict[str, float | None]:
    from gongfu.cli.region_numbers import plain_array

    names = ("prais", "prais_error", "eigenvalue", "determinant", "leaving", "steps")
    return {name: plain_array(getattr(found, name)) for name in names}


def _interval_data(found: ProbabilityIntervals) -> dict[str, Any]:
    from gongfu.cli.region_numbers import plain_array

    return {
        "low": plain_array(found.low),
        "high": plain_array(found.high),
        "level": found.level,
        "interval": found.convention,
    }


def _spatial_data(found: SpatialMarkov) -> dict[str, Any]:
    from gongfu.cli.region_numbers import plain_array

    return {
        "counts": found.counts.tolist(),
        "probabilities": plain_array(found.probabilities),
        **_interval_data(found.interval),
        "lag_cutoffs": found.lag_cutoffs.tolist(),
        "test": _test_data(found.test),
        "permutation": found.permutation
        and {
            "p": found.permutation.p,
            "draws": found.permutation.draws,
            "seed": found.permutation.seed,
        },
        "convention": found.convention,
    }


def _test_data(test: HomogeneityTest) -> dict[str, Any]:
    names = ("pearson", "pearson_p", "likelihood_ratio", "likelihood_ratio_p",
             "degrees_of_freedom", "sparse_share")  # fmt: skip
    return {name: getattr(test, name) for name in names}


def _lisa_data(found: LisaMarkov) -> dict[str, Any]:
    from gongfu.cli.region_numbers import plain_array
    from gongfu.measure.space.local_moran import QUADRANTS

    return {
        "quadrants": list(QUADRANTS),
        "counts": found.counts.tolist(),
        "probabilities": plain_array(found.probabilities),
        "expected": plain_array(found.expected),
        "statistic": found.statistic,
        "p": found.p,
        "convention": found.convention,
    }
