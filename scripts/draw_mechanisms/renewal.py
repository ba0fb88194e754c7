"""Draw docs/explanation/mechanisms/renewal.svg: inheritance that moves ask for, and dynasties."""

from __future__ import annotations

import math

import numpy as np
from enterprise_base import open_pair, save
from household_base import TOWN, ZONES, value, zone_figures
from matplotlib.axes import Axes

from gongfu.core import InputError
from gongfu.economy.households import (
    destinations,
    fit_inheritance,
    intergenerational_elasticity,
    migration_flows,
)
from gongfu.report.palette import FILL

DYNASTIES = 400_000
GAP = math.log(0.7)


def main() -> None:
    """Draw both plots and print the numbers of the page."""
    figure, left, right = open_pair()
    _draw_fit(left)
    _draw_dynasties(right)
    save(figure, "renewal")


def _draw_fit(axes: Axes) -> None:
    rates = np.linspace(0, 0.03, 31)
    for elasticity, role in ((0.39, "third"), (0.44, "first"), (0.50, "second"), (0.63, "fourth")):
        fitted = np.array([_inheritance(rate, elasticity) for rate in rates])
        axes.plot(100 * rates, fitted, color=FILL[role], label=f"elasticity {elasticity:.2f}")
        print(elasticity, fitted.round(3)[[0, 10, 22, 30]])
    axes.set(
        title="Inheritance inside zones that fits",
        xlabel="villagers who move to town, % a year",
        ylabel="share of the parents' distance",
        ylim=(0, 1),
    )
    axes.legend(fontsize=7)


def _draw_dynasties(axes: Axes) -> None:
    parent, child, stays = _dynasties(_inheritance(value("migration_rate"), 0.44))
    edges = np.quantile(parent, np.linspace(0.01, 0.99, 21))
    for group, role, label in (
        (np.full(DYNASTIES, True), "total", "all"),
        (stays, "first", "stay in their zone"),
        (~stays, "second", "move"),
    ):
        inside = np.digitize(parent[group], edges)
        count = np.bincount(inside, minlength=22)[1:-1]
        means = [
            np.bincount(inside, x[group], 22)[1:-1] / np.maximum(count, 1) for x in (parent, child)
        ]
        axes.plot(*means, ".-", color=FILL[role], ms=3, lw=0.8, label=label)
    slope = intergenerational_elasticity(child, parent, np.ones(DYNASTIES))
    print(
        "slope of all",
        slope,
        "stayers",
        intergenerational_elasticity(child[stays], parent[stays], np.ones(stays.sum())),
        "movers",
        (~stays).mean(),
    )
    axes.set(
        title=f"Simulated dynasties: slope {slope:.3f}",
        xlabel="log income of parents",
        ylabel="log income of children",
    )
    axes.legend()


def _inheritance(rate: float, elasticity: float) -> float:
    income, variance, people, moves = _nation(rate)
    try:
        return fit_inheritance(
            income, variance, people, moves, mover_gap=GAP, elasticity=elasticity
        )
    except InputError:
        return math.nan


def _nation(rate: float) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    mean, people = zone_figures()
    spread = np.where(TOWN, 0.58, 0.70)
    flows = migration_flows(
        people, mean, mean[0::2] / mean[1::2], np.zeros(ZONES), rate=rate, elasticity=1.5
    )
    moves = destinations(flows, people, years=round(value("generation_years")))
    return np.log(mean) - spread**2 / 2, spread**2, people, moves


def _dynasties(inheritance: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    income, variance, people, moves = _nation(value("migration_rate"))
    rng, spread = np.random.default_rng(1), np.sqrt(variance)
    origin = rng.choice(ZONES, DYNASTIES, p=people / people.sum())
    chances = np.cumsum(moves, axis=1)[origin]
    home = np.minimum((rng.random(DYNASTIES)[:, None] > chances).sum(axis=1), ZONES - 1)
    rank, luck = rng.normal(size=(2, DYNASTIES))
    stays = home == origin
    kept = inheritance * rank + math.sqrt(1 - inheritance**2) * luck
    child = income[home] + np.where(stays, spread[home] * kept, GAP + spread[home] * luck)
    return income[origin] + spread[origin] * rank, child, stays


if __name__ == "__main__":
    main()
