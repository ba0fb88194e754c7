"""Draw docs/explanation/mechanisms/income.svg: why sources follow rank, and how places change."""

from __future__ import annotations

import numpy as np
from enterprise_base import open_pair, save
from household_base import Population, build, next_year
from matplotlib.axes import Axes

from gongfu.measure.gini import gini
from gongfu.report.palette import FILL

YEARS = 15


def main() -> None:
    """Draw both plots and print the numbers of the page."""
    figure, left, right = open_pair()
    _draw_gini(left)
    _draw_mobility(right)
    save(figure, "income")


def _draw_gini(axes: Axes) -> None:
    years = np.arange(2023, 2024 + YEARS)
    for count, style in ((62_000, "-"), (12_400, ":")):
        states = _years(build(count))
        rank = states[0].rank
        follow = np.array([gini(p.incomes(), p.people).value for p in states])
        tied = np.array([gini(p.incomes(rank), p.people).value for p in states])
        axes.plot(years, follow, style, color=FILL["first"], label=f"{count:,} records")
        axes.plot(years, tied, style, color=FILL["second"])
        print(
            count, "follow", follow.round(4)[[0, 5, 10, 15]], "tied", tied.round(4)[[0, 5, 10, 15]]
        )
        end = states[-1]
        print("trap", [_trap(states[0]), _trap(end)], "mean", [_mean(states[0]), _mean(end)])
    axes.plot([], [], color=FILL["second"], label="sources tied to the base rank")
    axes.set(title="Gini, no lever and no moves", ylim=(0.36, 0.41))
    axes.legend(fontsize=7, loc="lower left")


def _draw_mobility(axes: Axes) -> None:
    years = np.arange(YEARS + 1)
    for persistence, role in ((0.93, "second"), (0.97, "first"), (0.99, "third")):
        states = _years(build(31_000), persistence=persistence)
        poor = [_poorest_fifth(p) for p in states]
        stays = np.array([(poor[0] & now).sum() / poor[0].sum() for now in poor])
        axes.plot(years, 100 * stays, color=FILL[role], label=f"persistence {persistence}")
        print(persistence, stays.round(3)[[0, 1, 5, 10, 15]])
    axes.axhline(20, color=FILL["neutral"], ls="--", label="by lot")
    axes.set(
        title="Of the poorest fifth of each zone, still in it",
        xlabel="years later",
        ylabel="%",
        ylim=(0, 102),
    )
    axes.legend()


def _years(population: Population, **changes: float) -> list[Population]:
    states = [population]
    for year in range(2024, 2024 + YEARS):
        states.append(next_year(states[-1], year, **changes))
    return states


def _poorest_fifth(population: Population) -> np.ndarray:
    place = np.lexsort((population.score, population.blocks.zone))
    order = np.empty_like(place)
    order[place] = np.arange(len(place))
    per_zone = np.bincount(population.blocks.zone)[population.blocks.zone]
    return (order - population.blocks.starts[population.blocks.zone]) < 0.2 * per_zone


def _trap(population: Population) -> float:
    per_household = np.average(population.incomes(), weights=population.weight)
    return round(float(per_household / _mean(population)), 4)


def _mean(population: Population) -> float:
    return round(float(np.average(population.incomes(), weights=population.people)), 1)


if __name__ == "__main__":
    main()
