"""Processor time of one year of enterprises: adopt, collect data, compete.

Run with ``python -m benchmarks.enterprises``. The peer of the competition solver is the damped
fixed point on markups that it replaces; the physical limit is one exponential of every record.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import numpy as np

from gongfu.data.assumption_files import load_assumptions
from gongfu.economy.enterprises import (
    EnterpriseLevers,
    EnterpriseRules,
    build_enterprises,
    compete,
    lay_out,
    market_elasticity,
    market_sum,
    regional_and_digital,
    run_year,
    settle,
)
from gongfu.economy.enterprises.competition import inverse_elasticity

MARKETS, BAR = 103, 15.0  # bar in milliseconds, for 12,000 records
DAMPING = 0.2


def main() -> None:
    for wanted in (3_000, 12_000, 48_000):
        report(wanted)


def report(wanted: int) -> None:
    drawn, elasticity, levers, rules = drawn_enterprises(wanted)
    ones = np.ones(MARKETS)
    start = time.process_time()
    base = settle(drawn, skill=ones, elasticity=elasticity, levers=levers, rules=rules)
    settling = 1e3 * (time.process_time() - start)
    firms = base.enterprises

    def year() -> object:
        return run_year(
            firms,
            base.stocks,
            skill=ones,
            consent=ones,
            elasticity=elasticity,
            levers=levers,
            rules=rules,
        )

    def newton() -> object:
        return compete(
            firms.productivity,
            firms.market,
            firms.weight,
            substitution=rules.firm_substitution,
            elasticity=elasticity,
            conduct=levers.competition_conduct,
        )

    def damped() -> int:
        return damped_passes(firms, elasticity, rules.firm_substitution)

    limit = milliseconds(lambda: np.exp(firms.productivity), 99)
    full, solver, peer = milliseconds(year, 51), milliseconds(newton, 51), milliseconds(damped, 3)
    bar = f" (bar {BAR:.0f})" if wanted == 12_000 else ""
    print(f"{len(firms.market):,} records in {MARKETS} markets, processor time, median of runs")
    print(
        f"  one year, all moves    {full:7.2f} ms{bar}, {full / limit:.0f} x np.exp of the records"
    )
    print(f"  competition, Newton    {solver:7.2f} ms, {newton().iterations} steps")
    print(
        f"  competition, damped    {peer:7.2f} ms, {damped()} passes, {peer / solver:.0f} x Newton"
    )
    print(f"  base year at rest      {settling:7.2f} ms, {base.passes} passes")


def drawn_enterprises(wanted: int):
    values = {name: found.value for name, found in load_assumptions().items()}

    def by_market(name: str) -> np.ndarray:
        return regional_and_digital(
            values[f"{name}_regional"], values[f"{name}_digital"], regions=31
        )

    records = lay_out(wanted, by_market("competitors"))
    drawn = build_enterprises(
        records,
        np.random.default_rng(2024).random(len(records.id)),
        adoption=np.full(MARKETS, values["adoption_level_2023"]),
        productivity_spread=by_market("productivity_spread"),
    )
    elasticity = market_elasticity(
        np.tile([0.4, 0.35, 0.75], (31, 1)),
        np.array([5.0, 5.0, 3.0]),
        digital=values["digital_market_elasticity"],
    )
    levers = EnterpriseLevers.everywhere(MARKETS, data_sharing=0.05)
    return drawn, elasticity, levers, EnterpriseRules.from_values(values)


def damped_passes(firms, elasticity: np.ndarray, sigma: float, tolerance: float = 1e-12) -> int:
    """Return the passes a damped fixed point takes to the accuracy Newton's method ends with."""
    market, weight, theta = firms.market, firms.weight, elasticity[firms.market]
    markup = np.full(len(market), sigma / (sigma - 1))
    for done in range(1, 1000):
        share = np.exp((sigma - 1) * (firms.productivity - np.log(markup)))
        share /= market_sum(weight * share, market, MARKETS)[market]
        inverse = inverse_elasticity(share, substitution=sigma, elasticity=theta, conduct=0.0)
        step = DAMPING * (np.log(1 / (1 - inverse)) - np.log(markup))
        markup = markup * np.exp(step)
        if np.abs(step).max() < tolerance:
            return done
    raise RuntimeError("the damped fixed point did not converge")


def milliseconds(work: Callable[[], object], runs: int) -> float:
    """Return processor time: everything here runs on one core, and other work may share it."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return 1e3 * statistics.median(times)


if __name__ == "__main__":
    main()
