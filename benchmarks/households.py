"""Time of a household year, move by move, and of the keyed draws.

Run with ``python benchmarks/households.py``. The draws are compared with NumPy's own Philox, which
has no key for each household; a household year with a copy of its arrays, the physical limit.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import numpy as np

from gongfu.data.assumption_files import find_assumption
from gongfu.economy.draws import Stream, normal_pair, standard_normal, uniform, uniform_pair
from gongfu.economy.households import (
    Jobs,
    Learning,
    ZoneBlocks,
    adopt_internet,
    carry,
    churn,
    displace,
    donations,
    fit_curve,
    follow_rank,
    keep_level,
    labour_income,
    labour_units,
    learn,
    migration_flows,
    move_people,
    online_index,
    online_propensity,
    rank_income,
    receive_donations,
    rehire,
    renew,
    resize,
    train,
    training_lags,
)

ZONES, YEAR, SEED = 62, 2024, 1
RUNS = 15


def main() -> None:
    draws(1_000_000)
    for count in (20_000, 100_000):
        household_year(count)


def draws(count: int) -> None:
    units, generator = np.arange(count), np.random.Generator(np.random.Philox(SEED))
    peer = {"uniform": generator.random, "normal": generator.standard_normal}
    ours: dict[str, Callable[[], object]] = {
        "uniform": lambda: uniform(SEED, YEAR, units, Stream.ACCESS),
        "uniform, both of a pair": lambda: uniform_pair(SEED, YEAR, units[::2], Stream.ACCESS),
        "normal, both of a pair": lambda: normal_pair(SEED, YEAR, units[::2], Stream.ACCESS),
    }
    print(f"{count:,} keyed draws, milliseconds: median, fastest, and over NumPy's Philox")
    for name, work in ours.items():
        median, fastest = milliseconds(work)
        theirs, _ = milliseconds(lambda name=name: peer[name.split(",", maxsplit=1)[0]](count))
        print(f"  {name:28s} {median:8.1f} {fastest:8.1f} {median / theirs:8.1f} x")


def household_year(count: int) -> None:
    moves = moves_of_a_year(count)
    print(f"{count:,} households, {ZONES} zones, milliseconds: median, fastest")
    total = quickest = 0.0
    for name, work in moves.items():
        median, fastest = milliseconds(work)
        total, quickest = total + median, quickest + fastest
        print(f"  {name:28s} {median:8.2f} {fastest:8.2f}")
    state = np.zeros((16, count))
    copy, _ = milliseconds(state.copy)
    print(f"  {'whole year':28s} {total:8.2f} {quickest:8.2f}", end="")
    print(f" {total / copy:8.0f} x a copy of 16 arrays")


def moves_of_a_year(count: int) -> dict[str, Callable[[], object]]:
    units, blocks = np.arange(count), ZoneBlocks.of(np.arange(count) * ZONES // count)
    score = standard_normal(SEED, 2023, units, Stream.POPULATION)
    first, age = uniform_pair(SEED, 2022, units, Stream.POPULATION)
    shock = standard_normal(SEED, 2021, units, Stream.POPULATION)
    age, rank = 25 + 60 * age, 0.58 * score
    weight, size, ones, zone = np.full(count, 5e3), 3 - 0.2 * rank, np.ones(count), np.ones(ZONES)
    people, skill, online = weight * size, 0.4 * first, np.where(first < 0.7, 1.0, 0.0)
    curve, history = fit_curve(score, rank, blocks), np.zeros((count, 4))
    learning, lags = Learning(0.02 * ones, 0.002 * ones), training_lags(0.04, 2.0, 3.0)
    jobs = Jobs(0.01 * ones, 0.01 * ones)
    units_zk = labour_units(rank, skill, people, blocks)
    flows = migration_flows(
        blocks.totals(people),
        np.tile([5.0, 2.0], ZONES // 2),
        np.full(ZONES // 2, 2.5),
        np.tile([0.001, -0.001], ZONES // 2),
        rate=value("migration_rate"),
        elasticity=value("migration_elasticity"),
    )
    moved = relocate(people, rank, age, flows, blocks)
    return {
        "draws: 5 uniform, 2 normal": lambda: (
            uniform_pair(SEED, YEAR, units, Stream.ACCESS),
            uniform_pair(SEED, YEAR, units, Stream.WORK),
            uniform(SEED, YEAR, units, Stream.RENEWAL),
            normal_pair(SEED, YEAR, units, Stream.RANK),
        ),
        "access (E12)": lambda: adopt_internet(
            online,
            online_propensity(index(rank, age, zone, blocks), zone, blocks),
            first,
            first,
            adjustment_rate=0.4,
        ),
        "skills (E13)": lambda: learn(
            skill,
            online,
            train(history, 0.05 * ones, first),
            learning=learning,
            forgetting=0.05,
            lag_effect=lags,
        ),
        "labour units (E14)": lambda: labour_units(rank, skill, people, blocks),
        "displacement (E15)": lambda: rehire(
            displace(
                jobs,
                skill=skill,
                workers=size,
                growth=0.03 * zone,
                reference=0.02 * zone,
                draw=first,
                blocks=blocks,
                displacement_rate=0.5,
                scar_at_once=0.3,
            ),
            skill,
            history[:, 0],
            first,
            rehire_rate=0.5,
            training_effect=0.12,
            scar_recovery=0.023,
        ),
        "incomes (E14, E16)": lambda: (
            labour_income(rank, skill, ones, units_zk, blocks)
            + rank_income(zone, rank, ones, people, blocks, elasticity=1.5)
            + rank_income(zone, rank, ones, people, blocks, elasticity=0.4)
        ),
        "giving (E22)": lambda: receive_donations(
            float(people @ donations(age, rate=0.001)), age, people, line=30.0
        ),
        "migration (E24)": lambda: relocate(people, rank, age, flows, blocks),
        "wealth of movers (E24)": lambda: carry(age, people, moved, blocks),
        "churn (E16)": lambda: churn(score, shock, weight, blocks, persistence=0.97),
        "renewal (E25)": lambda: renew(
            score,
            parents=rank,
            weight=weight,
            draw=first,
            shock=shock,
            blocks=blocks,
            inheritance=0.3,
            generation=28.0,
        ),
        "curves, size, level (E16)": lambda: (
            follow_rank(skill, learning, curve.at(score, blocks) - rank, slope=1.0),
            resize(size, weight, shock, blocks, elasticity=-0.2),
            keep_level(curve.at(score, blocks), people, rank, people, blocks),
        ),
    }


def relocate(people, human_capital, age, flows, blocks):
    return move_people(
        people,
        human_capital,
        age,
        flows,
        blocks,
        mover_productivity=value("mover_productivity"),
        age_effect=value("migration_age_effect"),
    )


def index(rank, age, zone, blocks):
    return online_index(
        coverage=zone,
        affordability=rank,
        age=age,
        education=rank,
        help_reach=zone,
        blocks=blocks,
        coverage_effect=2.0,
        affordability_effect=0.4,
        age_effect=-0.7,
        education_effect=0.4,
        help_effect=0.8,
        elderly_age=60.0,
    )


def value(name: str) -> float:
    return find_assumption(name).value


def milliseconds(work: Callable[[], object]) -> tuple[float, float]:
    work()
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        times.append(1e3 * (time.perf_counter() - start))
    return statistics.median(times), min(times)


if __name__ == "__main__":
    main()
