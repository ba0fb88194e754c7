"""Draw docs/explanation/mechanisms/skills.svg: one course, and courses for 5 % a year."""

from __future__ import annotations

import numpy as np
from enterprise_base import open_pair, save
from household_base import Population, build, lags, next_year, value
from matplotlib.axes import Axes

from gongfu.economy.households import Learning, learn
from gongfu.report.palette import FILL

YEARS = 12


def main() -> None:
    """Draw both plots and print the numbers of the page."""
    figure, left, right = open_pair()
    _draw_course(left)
    _draw_programme(right)
    save(figure, "skills")


def _draw_course(axes: Axes) -> None:
    years = np.arange(YEARS + 1)
    for forgetting, role in ((0.02, "third"), (0.05, "first"), (0.10, "second")):
        gain = _after_course(forgetting)
        axes.plot(years, 100 * gain, color=FILL[role], label=f"forgetting {forgetting:g}")
        print("one course", forgetting, gain.round(4))
    axes.set(
        title="Skill after one course, less without",
        xlabel="years since the course",
        ylabel="points of work done digitally",
    )
    axes.legend()


def _after_course(forgetting: float, skill: float = 0.065) -> np.ndarray:
    rate = np.array([forgetting * skill / (1 - skill)])
    state, gains = np.array([skill]), []
    for year in range(YEARS + 1):
        history = (np.arange(len(lags())) == year).astype(float)[None, :]
        state = learn(
            state,
            np.ones(1),
            history,
            learning=Learning(rate, rate),
            forgetting=forgetting,
            lag_effect=lags(),
        )
        gains.append(state[0] - skill)
    return np.array(gains)


def _draw_programme(axes: Axes) -> None:
    years = np.arange(2023, 2024 + YEARS)
    base = build()
    none = _path(base)
    everyone = _path(base, training=0.05)
    effect = {rural: everyone[rural] - none[rural] for rural in (False, True)}
    axes.plot(years, 100 * effect[False], color=FILL["first"], label="towns")
    axes.plot(years, 100 * effect[True], color=FILL["second"], label="villages")
    axes.set(title="Training 5 % of people every year: effect", ylabel="points")
    axes.legend()
    print("no lever", {rural: path.round(4)[[0, 5, 12]] for rural, path in none.items()})
    print("effect", {rural: path.round(4)[[1, 2, 3, 5, 10, 12]] for rural, path in effect.items()})
    print("lags", lags(), "forgetting", value("skill_forgetting"))


def _path(population: Population, training: float = 0.0) -> dict[bool, np.ndarray]:
    found = [_skill(population)]
    for year in range(2024, 2024 + YEARS):
        population = next_year(population, year, training=training)
        found.append(_skill(population))
    return {rural: np.array([skill[rural] for skill in found]) for rural in (False, True)}


def _skill(population: Population) -> dict[bool, float]:
    people, rural = population.people, population.rural
    return {
        True: float(np.average(population.skill, weights=people * rural)),
        False: float(np.average(population.skill, weights=people * ~rural)),
    }


if __name__ == "__main__":
    main()
