"""``gongfu measure convergence``: whether regions draw together, in three senses of the word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from gongfu.cli import output
from gongfu.cli.figure import FigureFile, FigureLanguage, Force, check_figure
from gongfu.cli.panel_options import (
    CountOption,
    DataOption,
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
    from gongfu.measure.dynamics.beta import BetaConvergence, Coefficient
    from gongfu.measure.dynamics.clubs import ConvergenceClubs
    from gongfu.measure.dynamics.sigma import SigmaConvergence
    from gongfu.measure.space import SpatialWeights

__all__ = ["convergence"]


def convergence(
    file: FileArgument = None,
    data: DataOption = None,
    variable: VariableOption = None,
    weight: WeightOption = None,
    control: Annotated[
        list[str] | None,
        typer.Option(help="Variable held fixed at its first year; repeat. 控制变量（首年值）。"),
    ] = None,
    neighbours: NeighbourOption = None,
    limit: LimitOption = None,
    count: CountOption = 4,
    power: PowerOption = 1.0,
    smoothness: Annotated[
        float, typer.Option(help="Of the trend that clubs are found in; yearly 6.25. 趋势平滑度。")
    ] = 6.25,
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
    """Sigma, beta (conditional, spatial) and club convergence of regions. 区域收敛。

    区域收敛：σ 收敛、β 收敛（条件、空间）与俱乐部收敛。
    """
    check_figure(figure, force=force)
    from gongfu.cli.neighbour_source import neighbour_weights
    from gongfu.cli.panel_source import PanelRequest, read_panel_source

    source = read_panel_source(
        PanelRequest(
            file=file, data=data, variable=variable, weight=weight, unit=unit, year=year,
            first=first, last=last, drops=drop_incomplete,
        ),
        more=control or (),
    )  # fmt: skip
    weights = None
    if neighbours is not None:
        weights = neighbour_weights(neighbours, source, limit=limit, count=count, power=power)
    sigma, betas = _sigma(source), _betas(source, control or [], weights, level)
    clubs, clubs_note = _clubs(source, smoothness)
    notes = [*source.notes, *([clubs_note] if clubs_note else [])]

    def render() -> None:
        from gongfu.cli.measure_convergence_view import print_convergence

        print_convergence(source, sigma, betas, clubs, lang.value)

    output.emit(
        "convergence/1",
        {
            "panel": source.to_dict(),
            "sigma": _sigma_data(sigma, level) if sigma else None,
            "beta": {name: _beta_data(found) for name, found in betas.items()},
            "clubs": _clubs_data(clubs, source) if clubs else None,
            "uncertainty": _UNCERTAINTY,
        },
        as_json=as_json,
        render=render,
        warnings=notes,
    )
    if figure is not None:
        from gongfu.cli.region_figure import write_region_figure

        write_region_figure("beta", source, figure, language=lang.value, force=force)


_UNCERTAINTY = (
    "Errors come from the scatter of regions around the line and of years around the trend: the "
    "regions are all there are, and no error is published for their figures."
)


def _sigma(source: PanelSource) -> SigmaConvergence | None:
    from gongfu.measure.dynamics import sigma_convergence

    if len(source.years) < 5:  # fewest years of a trend with an error
        return None
    return sigma_convergence(source.values, source.years, weight=source.people)


def _betas(
    source: PanelSource, controls: list[str], weights: SpatialWeights | None, level: float
) -> dict[str, BetaConvergence]:
    from gongfu.measure.dynamics import beta_convergence

    start, end = source.values[:, 0], source.values[:, -1]
    span = source.years[-1] - source.years[0]
    held = {name: source.column(name, source.years[0]) for name in controls}
    out = {"unconditional": beta_convergence(start, end, span, level=level)}
    if held:
        out["conditional"] = beta_convergence(start, end, span, controls=held, level=level)
    if weights is not None:
        out["spatial"] = beta_convergence(
            start, end, span, controls=held, weights=weights, level=level
        )
    return out


def _clubs(source: PanelSource, smoothness: float) -> tuple[ConvergenceClubs | None, str]:
    import numpy as np

    from gongfu.core import InputError
    from gongfu.measure.dynamics import convergence_clubs, hp_trend

    try:
        return convergence_clubs(hp_trend(np.log(source.values), smoothness)), ""
    except InputError as error:
        return None, f"no clubs: {error}"


def _sigma_data(found: SigmaConvergence, level: float) -> dict[str, Any]:
    from gongfu.measure.dynamics.sigma import trend_interval

    return {
        "years": list(found.years),
        "measures": [
            {
                "name": one.name,
                "by_year": one.by_year.tolist(),
                "trend": one.trend.value,
                "standard_error": one.trend.standard_error,
                "interval": list(trend_interval(one, level)),
            }
            for one in (found.log_deviation, found.variation, found.deviation)
        ],
        "disagreement": {at: found.disagreement(at) for at in ("zh", "en")},
        "convention": found.convention,
    }


def _beta_data(found: BetaConvergence) -> dict[str, Any]:
    moran = found.residual_moran
    return {
        "beta": _coefficient(found.beta),
        "speed": _finite(found.speed),
        "speed_interval": [_finite(end) for end in found.speed_interval],
        "half_life_years": _finite(found.half_life_years),
        "controls": {name: _coefficient(one) for name, one in found.controls.items()},
        "r_squared": found.r_squared,
        "n": found.n,
        "residual_moran": None if moran is None else {"z": moran.z, "p": moran.p},
        "convention": found.convention,
    }


def _coefficient(one: Coefficient) -> dict[str, Any]:
    return {
        "value": one.value,
        "standard_error": one.standard_error,
        "interval": [one.interval.low, one.interval.high],
        "level": one.interval.level,
    }


def _clubs_data(found: ConvergenceClubs, source: PanelSource) -> dict[str, Any]:
    return {
        "overall": {"slope": found.overall.value, "t": _finite(found.overall.t)},
        "clubs": [
            {
                "members": [source.codes[i] for i in club.members.tolist()],
                "slope": None if club.test is None else club.test.value,
                "t": None if club.test is None else _finite(club.test.t),
            }
            for club in found.clubs
        ],
        "diverging": [source.codes[i] for i in found.diverging.tolist()],
        "convention": found.convention,
    }


def _finite(value: float) -> float | None:
    return value if abs(value) < float("inf") else None
