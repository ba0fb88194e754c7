"""Time of one market equilibrium, against general solvers on the same equations.

Run with ``python benchmarks/markets.py``. 31 regions, 4 sectors, 62 zones, 2 labour types: 249
unknown factor prices. One evaluation of all equations is the unit of work; no solver can do with
fewer than a few of them. Times are processor time, so that other programs do not count.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
from scipy.optimize import NoConvergence, anderson, newton_krylov

from gongfu.data.assumption_files import load_assumptions
from gongfu.economy.markets import (
    MarketBase,
    MarketOutcome,
    MarketParameters,
    MarketShocks,
    calibrate_base,
    labour_bill,
    no_shocks,
    solve_markets,
)
from gongfu.economy.markets.state import MarketProblem, evaluate

REGIONS, SECTORS = 31, 4
YEARS = 60


def main() -> None:
    rng = np.random.default_rng(2023)
    base, parameters = economy(rng), elasticities()
    years = [shaken(base, rng) for _ in range(YEARS)]
    problem = MarketProblem.of(base, years[0], parameters)
    wages = np.ones((REGIONS, SECTORS, 2))
    once = seconds([lambda: evaluate(problem, wages, 1.0)] * 500)
    outcomes: list[MarketOutcome] = []
    ours = seconds([solver(base, year, parameters, outcomes) for year in years])
    iterations = [outcome.iterations for outcome in outcomes]
    print(f"{YEARS} random years of a decade's size, 249 prices, log gaps below 1e-10")
    print(f"  one evaluation of all equations  {once * 1e3:8.3f} ms")
    print(
        f"  solve_markets, median            {ours * 1e3:8.3f} ms  {ours / once:6.1f} x evaluation"
    )
    print(f"    iterations {min(iterations)} to {max(iterations)}, ", end="")
    print(f"median {statistics.median(iterations):g}")
    peers(problem, outcomes[0], ours)


def peers(problem: MarketProblem, ours: MarketOutcome, our_time: float) -> None:
    gaps = Gaps(problem)
    print("  the first of these years by others, 1e-10, evaluations and time over ours")
    for name, solve in {
        "scipy anderson (M=6, mixing .3)": lambda: anderson(
            gaps, gaps.start, M=6, alpha=-0.3, f_tol=1e-10, maxiter=500
        ),
        "scipy newton_krylov": lambda: newton_krylov(gaps, gaps.start, f_tol=1e-10),
        "plain damping, step .3": lambda: damped(gaps, 0.3),
        "plain damping, step .6": lambda: damped(gaps, 0.6),
    }.items():
        gaps.evaluations = 0
        start = time.process_time()
        try:
            found = np.exp(solve())
            gap = np.abs(found[:-1].reshape(ours.wage_hat.shape) / ours.wage_hat - 1).max()
            note = f"largest difference of a wage {gap:.0e}"
        except (NoConvergence, ArithmeticError):
            note = "did not converge"
        ratio = (time.process_time() - start) / our_time
        print(f"    {name:33s}{gaps.evaluations:6d}  {ratio:6.1f} x  {note}")


class Gaps:
    """Excess demand in logs, with the numeraire, as a function of log prices."""

    def __init__(self, problem: MarketProblem) -> None:
        self.problem = problem
        self.start = np.zeros(problem.base.type_share.size + 1)
        self.evaluations = 0

    def __call__(self, point: np.ndarray) -> np.ndarray:
        self.evaluations += 1
        prices = np.exp(point)
        wages = prices[:-1].reshape(self.problem.base.type_share.shape)
        state = evaluate(self.problem, wages, float(prices[-1]))
        return np.append(state.labour_gap, state.capital_gap) - np.log(state.deflator)


def damped(gaps: Gaps, step: float) -> np.ndarray:
    point = gaps.start
    for _ in range(500):
        gap = gaps(point)
        if np.abs(gap).max() < 1e-10:
            return point
        point = point + step * gap
    raise ArithmeticError


def solver(
    base: MarketBase,
    year: MarketShocks,
    parameters: MarketParameters,
    outcomes: list[MarketOutcome],
) -> Callable[[], None]:
    return lambda: outcomes.append(solve_markets(base, year, parameters))


def seconds(work: list[Callable[[], object]]) -> float:
    times = []
    for job in work:
        start = time.process_time()
        job()
        times.append(time.process_time() - start)
    return statistics.median(times)


def elasticities() -> MarketParameters:
    return MarketParameters.from_values({k: v.value for k, v in load_assumptions().items()})


def economy(rng: np.random.Generator) -> MarketBase:
    shape = (REGIONS, SECTORS)
    output = rng.lognormal(8, 0.8, (REGIONS, 1)) * rng.lognormal(0, 0.3, shape)
    output *= [0.15, 0.8, 1.0, 0.2]
    tax, markup = np.full(shape, 0.1), np.tile([1.05, 1.2, 1.15, 1.3], (REGIONS, 1))
    capital = np.array([0.15, 0.37, 0.32, 0.45])
    bill = labour_bill(output, tax, markup, capital)
    rural, digital = np.array([0.9, 0.25, 0.2, 0.05]), np.array([0.02, 0.15, 0.2, 0.6])
    zones = np.stack([bill * (1 - rural), bill * rural], axis=1).reshape(-1, SECTORS)
    return calibrate_base(
        output=output,
        production_tax=tax,
        markup=markup,
        capital_share=capital,
        labour_payments=np.stack([zones * digital, zones * (1 - digital)], axis=-1),
        home_share=np.array([0.4, 0.35, 0.75, 0.1]),
        home_share_cap=0.8,
        net_transfers=np.zeros(REGIONS),
    )


def shaken(base: MarketBase, rng: np.random.Generator) -> MarketShocks:
    moved = rng.normal(0, 0.05, REGIONS) * base.output.sum(1)
    return replace(
        no_shocks(base),
        productivity_hat=rng.lognormal(0.2, 0.2, base.output.shape),
        labour_hat=rng.lognormal(0, 0.25, base.group_income.shape),
        markup=1 + (base.markup - 1) * rng.uniform(0.5, 1.5, base.output.shape),
        capital_hat=rng.lognormal(0.3, 0.2),
        transfers=moved - base.output.sum(1) * moved.sum() / base.output.sum(),
    )


if __name__ == "__main__":
    main()
