"""Draw docs/explanation/mechanisms/migration.svg: who comes to town, and where people live."""

from __future__ import annotations

import numpy as np
from enterprise_base import open_pair, save
from household_base import TOWN, ZONES, Population, build, value, zone_figures
from matplotlib.axes import Axes

from gongfu.economy.households import migration_flows, move_people
from gongfu.report.palette import FILL

YEARS = 12


def main() -> None:
    """Draw both plots and print the numbers of the page."""
    figure, left, right = open_pair()
    base = build()
    _draw_newcomers(left, base)
    _draw_share(right, base)
    save(figure, "migration")


def _draw_newcomers(axes: Axes, base: Population) -> None:
    moves = _move(base, base.people)
    town = ~base.rural
    edges = np.linspace(0, 4, 81)
    level = np.exp(base.log_capital)
    mean = base.blocks.spread(base.blocks.means(level, base.people))
    for weight, role, label in (
        (base.people, "first", "residents"),
        (moves, "second", "newcomers"),
    ):
        share = np.histogram((level / mean)[town], edges, weights=weight[town], density=True)[0]
        axes.stairs(share, edges, color=FILL[role], label=label, lw=1.2)
    relative = np.average((level / mean)[town], weights=moves[town])
    ages = [np.average(base.age[town], weights=w[town]) for w in (base.people, moves)]
    print("newcomers' productivity", relative, "age", ages)
    axes.set(
        title="Human capital in towns", xlabel="mean of the town = 1", ylabel="density", xlim=(0, 4)
    )
    axes.legend()


def _draw_share(axes: Axes, base: Population) -> None:
    years = np.arange(2023, 2024 + YEARS)
    low, middle, high = (_urban_share(base, rate=value_of) for value_of in (0.015, 0.022, 0.03))
    narrow = _urban_share(base, rate=0.022, narrowing=0.01)
    axes.fill_between(years, 100 * low, 100 * high, color=FILL["fifth"], alpha=0.35, lw=0)
    axes.plot(years, 100 * middle, color=FILL["first"], label="gap as in 2023")
    axes.plot(years, 100 * narrow, color=FILL["second"], ls="--", label="gap narrows 1 % a year")
    axes.set(title="Share of people in towns", ylabel="%")
    axes.legend()
    print("urban share", middle.round(4)[[0, 5, 10, 12]], "narrowing", narrow.round(4)[[5, 10, 12]])
    print("band", low[-1].round(4), high[-1].round(4))


def _urban_share(base: Population, *, rate: float, narrowing: float = 0.0) -> np.ndarray:
    people, shares = base.people, []
    for year in range(YEARS + 1):
        shares.append(people[~base.rural].sum() / people.sum())
        people = people + _move(base, people, rate=rate, gap=(1 - narrowing) ** year, net=True)
    return np.array(shares)


def _move(
    base: Population,
    people: np.ndarray,
    *,
    rate: float = 0.022,
    gap: float = 1.0,
    net: bool = False,
) -> np.ndarray:
    income, _ = zone_figures()
    ratio = income[0::2] / income[1::2]
    flows = migration_flows(
        base.blocks.totals(people),
        np.where(TOWN, income * gap, income),
        ratio,
        np.zeros(ZONES),
        rate=rate,
        elasticity=value("migration_elasticity"),
    )
    moves = move_people(
        people,
        base.log_capital,
        base.age,
        flows,
        base.blocks,
        mover_productivity=value("mover_productivity"),
        age_effect=value("migration_age_effect"),
    )
    return moves.people - people if net else moves.arrived


if __name__ == "__main__":
    main()
