"""Draw docs/explanation/mechanisms/access.svg: who wants to be online, how fast levers work."""

from __future__ import annotations

import numpy as np
from enterprise_base import open_pair, save
from household_base import TOWN, Population, build, next_year, value
from matplotlib.axes import Axes

from gongfu.report.palette import FILL

YEARS = 10
VILLAGES = np.where(TOWN, 0.0, 1.0)


def main() -> None:
    """Draw both plots and print the numbers of the page."""
    figure, left, right = open_pair()
    _draw_propensity(left)
    _draw_path(right)
    save(figure, "access")


def _draw_propensity(axes: Axes) -> None:
    rise = np.linspace(-0.3, 0.3, 121)
    slope = value("online_coverage_effect")
    for age, role in ((35, "first"), (60, "second"), (75, "third")):
        odds = np.log(0.665 / 0.335) - value("online_age_slope") * (age - 55) / 10
        curve = 1 / (1 + np.exp(-(odds + slope * rise)))
        axes.plot(100 * rise, 100 * curve, color=FILL[role], label=f"head of {age}")
        if age >= value("elderly_age"):
            helped = 1 / (1 + np.exp(-(odds + value("online_help_effect") + slope * rise)))
            axes.plot(100 * rise, 100 * helped, color=FILL[role], ls=":")
    axes.plot([], [], color=FILL["total"], ls=":", label="with helpers")
    axes.set(
        title="Want to be online, a village household",
        xlabel="change of coverage, points",
        ylabel="% of such households",
        ylim=(0, 100),
    )
    axes.legend(loc="lower right", fontsize=7)


def _draw_path(axes: Axes) -> None:
    years = np.arange(2023, 2024 + YEARS)
    base = _paths()
    wide = {rate: _paths(coverage=0.2 * VILLAGES, adjustment_rate=rate) for rate in (0.2, 0.4, 0.8)}
    helped = _paths(help_reach=VILLAGES)
    axes.fill_between(
        years, 100 * wide[0.2], 100 * wide[0.8], color=FILL["fifth"], alpha=0.35, lw=0
    )
    axes.plot(years, 100 * base, color=FILL["total"], label="no lever")
    axes.plot(years, 100 * wide[0.4], color=FILL["first"], label="coverage +20 points")
    axes.plot(years, 100 * helped, color=FILL["second"], ls="--", label="helpers for all elderly")
    axes.set(title="People online in villages", ylabel="%", ylim=(60, 80))
    axes.legend(loc="upper left", fontsize=7)
    for name, path in (("none", base), ("coverage", wide[0.4]), ("help", helped)):
        print(name, path.round(4)[[0, 1, 2, 3, 5, 10]])


def _paths(**levers: np.ndarray | float) -> np.ndarray:
    population = build()
    shares = [_rural(population)]
    for year in range(2024, 2024 + YEARS):
        population = next_year(population, year, **levers)
        shares.append(_rural(population))
    return np.array(shares)


def _rural(population: Population) -> float:
    return float(np.average(population.online, weights=population.people * population.rural))


if __name__ == "__main__":
    main()
