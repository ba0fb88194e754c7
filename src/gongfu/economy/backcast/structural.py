"""The economy as a forecaster: its baseline from the origin on, blind to all later figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from gongfu.core import Panel
from gongfu.core.policy import Policy
from gongfu.data.assumption_files import load_assumptions
from gongfu.economy.backcast.rules import linear_trend
from gongfu.economy.backcast.targets import Model, Sources
from gongfu.economy.base_year import Figures
from gongfu.economy.decisions import zone_codes
from gongfu.economy.simulate import run_policy
from gongfu.economy.world import World, build_world
from gongfu.economy.year import Year

__all__ = ["StructuralPath", "damp", "models_of", "structural_forecast", "structural_path"]

_YEARS_BACK = 5


@dataclass(frozen=True, slots=True, eq=False)
class StructuralPath:
    """The baseline of the economy after the origin, relative to the nation of each year.

    Parameters
    ----------
    origin : base year of the economy; nothing later was read.
    ratio : urban over rural income of the nation, base year first.
    zones : income of each zone over the national mean, base year first.
    people : share of the nation's people in each zone, base year first.
    nominal : national mean income in current prices after the origin, by a straight line through
        the last years: the model has no prices of its own.
    """

    origin: int
    ratio: Float[np.ndarray, " year"]
    zones: Float[np.ndarray, "year zone"]
    people: Float[np.ndarray, "year zone"]
    nominal: Float[np.ndarray, " horizon"]


def structural_path(
    sources: Sources, secondary: Panel, *, origin: int, last: int, households: int, seed: int = 1
) -> StructuralPath:
    """Return the baseline from an origin.

    Parameters
    ----------
    sources, secondary : figures; they are cut at the origin here.
    origin : 2013 to 2023.
    last : last year forecast.
    households : records.
    """
    seen = sources.until(origin)
    figures = Figures(seen.provinces, seen.nation, secondary.until(origin))
    world = build_world(
        origin, households=households, enterprises=2_500, seed=seed, figures=figures,
        assumptions=load_assumptions(),
    )  # fmt: skip
    years = run_policy(world, Policy(), tuple(range(origin + 1, last + 1)), "baseline")
    base = world.base.zones
    income = np.array([base.income, *(_zone_income(world, year) for year in years)])
    people = np.array([base.people, *(_zone_people(world, year) for year in years)])
    mean = (income * people).sum(1) / people.sum(1)
    urban, rural = (
        (income[:, i::2] * people[:, i::2]).sum(1) / people[:, i::2].sum(1) for i in (0, 1)
    )
    return StructuralPath(
        origin=origin,
        ratio=urban / rural,
        zones=income / mean[:, None],
        people=people / people.sum(1, keepdims=True),
        nominal=_nominal(seen.nation, origin, last),
    )


def structural_forecast(
    path: StructuralPath, target: str, sources: Sources, *, phi: float
) -> Float[np.ndarray, "unit horizon"]:
    """Return the forecast of a target by the model.

    Parameters
    ----------
    target : a key of ``TARGETS``.
    sources : cut at the origin.
    phi : damping of the model's relative movements a year, 0-1; 1 leaves them.
    """
    if target == "national_ratio":
        years = sources.nation.array("income_pc_urban", ["CN"], [path.origin])
        rural = sources.nation.array("income_pc_rural", ["CN"], [path.origin])
        start = float((years / rural)[0, 0])
        return start * damp(path.ratio / path.ratio[0], phi)[None, 1:]
    relative = damp(path.zones / path.zones[0], phi)[1:]
    seen = sources.zones.array("income_pc", list(zone_codes()), [path.origin])[:, 0]
    zones = seen[:, None] * relative.T * path.nominal / _national(sources.nation, path.origin)
    if target == "zones":
        return _in_panel_order(zones, sources.zones)
    weight = path.people[1:].T
    pairs = (zones * weight).reshape(-1, 2, zones.shape[1]).sum(1)
    pairs = pairs / weight.reshape(-1, 2, zones.shape[1]).sum(1)
    before = path.people[0]
    start = (seen * before).reshape(-1, 2).sum(1) / before.reshape(-1, 2).sum(1)
    published = sources.provinces.array(
        "income_pc_all", sources.provinces.select("income_pc_all").units, [path.origin]
    )
    return np.asarray(published * pairs / start[:, None])


def damp(growth: Float[np.ndarray, year * rest], phi: float) -> Float[np.ndarray, year * rest]:
    """Return a path of ratios whose yearly log changes fade by ``phi`` a year."""
    steps = np.diff(np.log(growth), axis=0)
    fade = phi ** np.arange(1, len(steps) + 1)
    faded = steps * fade.reshape(-1, *[1] * (growth.ndim - 1))
    return np.concatenate([growth[:1], growth[:1] * np.exp(np.cumsum(faded, axis=0))])


def _nominal(nation: Panel, origin: int, last: int) -> Float[np.ndarray, " horizon"]:
    years = [y for y in nation.years("income_pc_all") if origin - _YEARS_BACK < y <= origin]
    values = nation.array("income_pc_all", ["CN"], years)
    return linear_trend(np.array(years), values, np.arange(1, last - origin + 1))[0]


def _national(nation: Panel, year: int) -> float:
    return nation.at("income_pc_all", year)["CN"]


def _in_panel_order(
    zones: Float[np.ndarray, "zone horizon"], panel: Panel
) -> Float[np.ndarray, "unit horizon"]:
    position: Mapping[str, int] = {code: i for i, code in enumerate(zone_codes())}
    return zones[[position[unit] for unit in panel.units]]


def _zone_income(world: World, year: Year) -> Float[np.ndarray, " zone"]:
    return world.blocks.means(year.people.income, year.people.people)


def _zone_people(world: World, year: Year) -> Float[np.ndarray, " zone"]:
    return world.blocks.totals(year.people.people)


def models_of(paths: Mapping[int, StructuralPath], phis: Sequence[float]) -> dict[str, Model]:
    """Return one forecaster per damping, reading the path of each origin.

    Parameters
    ----------
    paths : by origin, each to the last year that is scored.
    phis : dampings a year; 1 leaves the model's movements as they are.
    """

    def forecaster(phi: float) -> Model:
        return lambda target, seen, origin, _: structural_forecast(
            paths[origin], target, seen, phi=phi
        )

    return {f"structural, damping {phi:g}": forecaster(phi) for phi in phis}
