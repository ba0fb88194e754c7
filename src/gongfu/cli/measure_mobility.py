"""``gongfu measure mobility``: who changes places between two dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from gongfu.cli import output
from gongfu.cli.figure import FigureLanguage
from gongfu.cli.panel_options import (
    DataOption,
    DropOption,
    FileArgument,
    FromOption,
    JsonOption,
    LevelOption,
    ToOption,
    UnitOption,
    VariableOption,
    WeightOption,
    YearColumnOption,
)
from gongfu.cli.run import ReportLanguage

if TYPE_CHECKING:
    from gongfu.cli.mobility_source import Pairs

__all__ = ["mobility"]


def mobility(
    file: FileArgument = None,
    data: DataOption = None,
    variable: VariableOption = None,
    origin: Annotated[
        str | None, typer.Option(help="Rows of persons: column at the start. 起点列(个体数据)。")
    ] = None,
    destination: Annotated[
        str | None, typer.Option(help="Rows of persons: column at the end. 终点列(个体数据)。")
    ] = None,
    weight: WeightOption = None,
    k: Annotated[int, typer.Option("-k", help="Classes of the matrix. 矩阵等级数。")] = 5,
    first: FromOption = None,
    last: ToOption = None,
    unit: UnitOption = None,
    year: YearColumnOption = None,
    drop_incomplete: DropOption = False,
    level: LevelOption = 0.95,
    lang: FigureLanguage = ReportLanguage.EN,
    as_json: JsonOption = False,
) -> None:
    """Rank slope, elasticity, Kendall's tau, matrix of two dates. 位次流动与转移矩阵。

    Persons: --origin and --destination. 个体数据用 --origin 与 --destination。
    """
    from gongfu.cli.mobility_source import pairs_of_panel, pairs_of_rows

    if origin is not None or destination is not None:
        pairs = pairs_of_rows(file, origin, destination, weight)
    else:
        from gongfu.cli.panel_source import PanelRequest, read_panel_source

        source = read_panel_source(
            PanelRequest(
                file=file, data=data, variable=variable, weight=weight, unit=unit, year=year,
                first=first, last=last, drops=drop_incomplete,
            )
        )  # fmt: skip
        pairs = pairs_of_panel(source)
    found = _measured(pairs, k, level)

    def render() -> None:
        from gongfu.cli.measure_mobility_view import print_mobility

        print_mobility(pairs, found, lang.value)

    output.emit("mobility/1", found, as_json=as_json, render=render, warnings=pairs.notes)


def _measured(pairs: Pairs, k: int, level: float) -> dict[str, Any]:
    from gongfu.cli.region_numbers import plain_array
    from gongfu.measure.dynamics import rank_concordance
    from gongfu.measure.dynamics.matrix_mobility import matrix_mobility
    from gongfu.measure.dynamics.transitions import count_transitions, probabilities

    codes = pairs.classes(k)
    counts = count_transitions(codes, k)
    matrix = matrix_mobility(counts)
    agreement = rank_concordance(pairs.start, pairs.end)
    return {
        **pairs.to_dict(),
        "rank_slope": _slope(pairs, "rank_slope", level),
        "elasticity": _slope(pairs, "income_elasticity", level) if pairs.is_positive else None,
        "kendall": {
            "tau_b": agreement.tau,
            "overtaken_share": agreement.overtaken_share,
            "p": agreement.p,
        },
        "matrix": {
            "classes": k,
            "counts": counts.tolist(),
            "probabilities": plain_array(probabilities(counts)),
            "prais": matrix.prais,
            "prais_error": matrix.prais_error if pairs.is_sampled else None,
            "leaving": matrix.leaving,
            "steps": matrix.steps,
        },
    }


def _slope(pairs: Pairs, name: str, level: float) -> dict[str, Any]:
    import numpy as np

    from gongfu.measure.design import SurveyDesign, estimate
    from gongfu.measure.dynamics import rank_mobility

    statistic = getattr(rank_mobility, name)(pairs.start, pairs.end, pairs.weight)
    if not pairs.is_sampled:
        return {"value": statistic.value, "standard_error": None, "interval": None}
    weight = np.ones(len(pairs.start)) if pairs.weight is None else pairs.weight
    found = estimate(
        statistic, SurveyDesign(weight), measure=name, unit="slope", convention=name,
        confidence=level,
    )  # fmt: skip
    interval = found.interval
    return {
        "value": found.value,
        "standard_error": found.standard_error,
        "interval": None if interval is None else [interval.low, interval.high],
    }
