"""Factor prices at which all markets clear."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

from gongfu.core import ConvergenceError, InputError, Problem
from gongfu.economy.markets.anderson import FixedPoint, find_fixed_point
from gongfu.economy.markets.base import MarketBase
from gongfu.economy.markets.outcome import MarketOutcome, account
from gongfu.economy.markets.parameters import MarketParameters
from gongfu.economy.markets.shocks import MarketShocks, check_shocks, no_shocks
from gongfu.economy.markets.slopes import regional_slopes
from gongfu.economy.markets.state import MarketProblem, MarketState, evaluate

__all__ = ["solve_markets"]

Vector = Float[np.ndarray, " unknown"]
Aim = Float[np.ndarray, "region gap wage"]


def solve_markets(
    base: MarketBase,
    shocks: MarketShocks,
    parameters: MarketParameters,
    *,
    step: float = 1.0,
    depth: int = 8,
    tolerance: float = 1e-10,
    limit: int = 200,
    must_converge: bool = True,
) -> MarketOutcome:
    """(E7-E11) Return the equilibrium of one year.

    Parameters
    ----------
    base, shocks, parameters : the economy.
    step : part of the way a region's wages go to where its own labour markets would clear.
    depth : moves the acceleration remembers.
    tolerance : on the largest log gap of a factor market and of the deflator from 1.
    limit : iterations allowed.
    must_converge : raise when the tolerance is missed; otherwise read ``converged``.

    Raises
    ------
    InputError
        If a shock is out of range, or the elasticities are of another number of sectors.
    ConvergenceError
        If the tolerance is missed and ``must_converge``.

    Notes
    -----
    Unknowns are log wages and the log rental. Spending of regions is a linear system solved inside
    (``regional_spending``), so goods markets clear and, by Walras' law, the value of excess
    demand for factors is zero at any prices. In each move the wages of a region aim at clearing its
    own markets (``regional_slopes``) and all prices lose the log deflator, which holds the
    numeraire; what regions do to each other is left to the iteration and its acceleration.
    """
    check_shocks(base, shocks)
    _check_sectors(base, parameters)
    problem = MarketProblem.of(base, shocks, parameters)
    aim = step * _aim(base, parameters)
    shape = base.type_share.shape
    # Outside the economy's range logs are undefined; the search then ends and is reported.
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        found = find_fixed_point(
            lambda point: _improve(problem, aim, point),
            np.zeros(base.type_share.size + 1),
            depth=depth,
            tolerance=tolerance,
            limit=limit,
            longest=1.0,
        )
        wage_hat, rental_hat = _prices(found.point, shape)
        state = evaluate(problem, wage_hat, rental_hat)
        if must_converge and not found.converged:
            raise ConvergenceError(_advice(found, state, tolerance, step, limit))
        unshocked = MarketProblem.of(base, no_shocks(base), parameters)
        return account(
            problem,
            unit=evaluate(unshocked, np.ones(shape), 1.0),
            state=state,
            wage_hat=wage_hat,
            rental_hat=rental_hat,
            found=found,
        )


def _check_sectors(base: MarketBase, parameters: MarketParameters) -> None:
    expected, found = len(base.demand_share), len(parameters.region_substitution)
    if found != expected:
        what = "region_substitution has the wrong number of sectors"
        raise InputError(Problem(what, str(expected), str(found)))


def _aim(base: MarketBase, parameters: MarketParameters) -> Aim:
    """Return the moves of a region's log wages that close its gaps, others' prices given."""
    slopes = regional_slopes(base, parameters)
    regions, sectors, types = base.type_share.shape
    aim: Aim = np.linalg.inv(slopes.reshape(regions, sectors * types, sectors * types))
    return aim


def _improve(problem: MarketProblem, aim: Aim, point: Vector) -> tuple[Vector, float]:
    state = evaluate(problem, *_prices(point, problem.base.type_share.shape))
    labour, capital = state.labour_gap, state.capital_gap
    inflation = float(np.log(state.deflator))
    residual = max(
        float(np.abs(labour).max()), abs(capital), abs(inflation), 1.0 - state.transfers_paid
    )
    wages = aim @ labour.reshape(len(aim), -1, 1)
    return np.append(wages, capital) - inflation, residual


def _prices(
    point: Vector, shape: tuple[int, ...]
) -> tuple[Float[np.ndarray, "region sector type"], float]:
    prices = np.exp(point)
    return prices[:-1].reshape(shape), float(prices[-1])


def _advice(
    found: FixedPoint, state: MarketState, tolerance: float, step: float, limit: int
) -> str:
    if state.transfers_paid < 1.0:
        poorest = int(np.argmin(state.spending / state.sales.sum(1)))
        return (
            f"markets have no equilibrium: region {poorest} cannot pay the net transfers it is to "
            f"give; regions can pay {state.transfers_paid:.0%} of them. Lower the transfers."
        )
    return (
        f"markets did not clear: the largest gap is {found.residual:.3g} after {found.iterations} "
        f"iterations, needed {tolerance:g}. Raise limit (now {limit}), lower step (now {step:g}), "
        "or look for a shock that changes a cell many times over."
    )
