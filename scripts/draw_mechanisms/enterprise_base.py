"""The base year of enterprises that the pictures of E1-E4 start from: values of the files, 2023."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from gongfu.data.assumption_files import load_assumptions
from gongfu.economy.draws import Stream, uniform
from gongfu.economy.enterprises import (
    BaseYear,
    EnterpriseLevers,
    EnterpriseRules,
    EnterpriseYear,
    base_adoption,
    build_enterprises,
    lay_out,
    market_elasticity,
    national_adoption,
    regional_and_digital,
    run_year,
    settle,
    to_markets,
)
from gongfu.report.palette import GRID, INK, MUTED

MARKETS, REGIONS = 103, 31
ONES = np.ones(MARKETS)
PAGES = Path(__file__).parents[2] / "docs" / "explanation" / "mechanisms"
SECTORS = ("agriculture", "industry", "services", "digital")


@dataclass(frozen=True)
class Model:
    """A base year with everything that is needed to run on from it."""

    base: BaseYear
    elasticity: np.ndarray
    levers: EnterpriseLevers
    rules: EnterpriseRules

    def years(self, count: int, *, consent: float = 1.0, **levers: float) -> list[EnterpriseYear]:
        """Return so many years, consent and named levers changed everywhere from the first on."""
        pulled = replace(
            self.levers, **{name: np.full(MARKETS, value) for name, value in levers.items()}
        )
        found: list[EnterpriseYear] = []
        for _ in range(count):
            state = found[-1].enterprises if found else self.base.enterprises
            found.append(
                run_year(
                    state,
                    self.base.stocks,
                    skill=ONES,
                    consent=consent * ONES,
                    elasticity=self.elasticity,
                    levers=pulled,
                    rules=self.rules,
                )
            )
        return found


def assumption_values(**changes: float) -> Mapping[str, float]:
    """Return central values by name, some of them changed."""
    return {name: found.value for name, found in load_assumptions().items()} | changes


def build_model(year: int, *, records: int = 12_000, **changes: float) -> Model:
    """Return the settled enterprises of a base year; regions differ by the draws only."""
    values = assumption_values(**changes)

    def by_market(name: str) -> np.ndarray:
        regional, digital = values[f"{name}_regional"], values[f"{name}_digital"]
        return regional_and_digital(regional, digital, regions=REGIONS)

    laid_out = lay_out(records, by_market("competitors"))
    drawn = build_enterprises(
        laid_out,
        uniform(1, year, laid_out.id, Stream.POPULATION),
        adoption=to_markets(_adoption(year, values), np.ones(REGIONS)),
        productivity_spread=by_market("productivity_spread"),
    )
    home = [values[f"home_share_{sector}"] for sector in SECTORS[:3]]
    trade = [values[f"region_substitution_{sector}"] for sector in SECTORS[:3]]
    elasticity = market_elasticity(
        np.tile(home, (REGIONS, 1)), np.array(trade), digital=values["digital_market_elasticity"]
    )
    levers = EnterpriseLevers.everywhere(MARKETS, data_sharing=0.05)
    rules = EnterpriseRules.from_values(values)
    base = settle(drawn, skill=ONES, elasticity=elasticity, levers=levers, rules=rules)
    return Model(base, elasticity, levers, rules)


def _adoption(year: int, values: Mapping[str, float]) -> np.ndarray:
    late = values["adoption_level_2023"]
    national = national_adoption(year, level_2020=values["adoption_level_2020"], level_2023=late)
    return base_adoption(
        np.ones(REGIONS),
        np.array([values[f"adoption_level_{sector}"] for sector in SECTORS]),
        national_level=national,
        census_level=late,
        regional_tilt=values["adoption_regional_tilt"],
    )


def open_pair() -> tuple[Figure, Axes, Axes]:
    """Return a figure with two plots side by side in the style of the documentation."""
    mpl.rcParams.update(
        {
            "svg.hashsalt": "gongfu",
            "svg.fonttype": "none",
            "font.family": "sans-serif",
            "font.size": 8,
            "text.color": INK,
            "axes.labelcolor": INK,
            "axes.edgecolor": MUTED,
            "axes.titlesize": 8.5,
            "axes.titlelocation": "left",
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.grid": True,
            "grid.color": GRID,
            "xtick.color": MUTED,
            "ytick.color": MUTED,
            "legend.frameon": False,
        }
    )
    figure = Figure(figsize=(7.2, 2.9), layout="constrained")
    left, right = figure.subplots(1, 2)
    return figure, left, right


def save(figure: Figure, name: str) -> None:
    """Write the picture beside its page, the same bytes every time."""
    figure.savefig(PAGES / f"{name}.svg", metadata={"Date": None})
