"""Factor prices at which all markets clear."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

from gongfu.core import ConvergenceError
from gongfu.economy.markets.anderson import FixedPoint, find_fixed_point
from gongfu.economy.markets.base import MarketBase
from gongfu.economy.markets.outcome import MarketOutcome, account
from gongfu.economy.markets.parameters import MarketParameters
from gongfu.economy.markets.shocks import MarketShocks, check_shocks, no_shocks
from gongfu.economy.markets.state import MarketProblem, MarketState, evaluate

__all__ = ["solve_markets"]

Vector = Float[np.ndarray, " unknown"]


def solve_markets(
    base: MarketBase,
    shocks: MarketShocks,
    parameters: MarketParameters,
    *,
    step: float = 0.3,
    depth: int = 6,
    tolerance: float = 1e-10,
    limit: int = 200,
    must_converge: bool = True,
) -> MarketOutcome:
    """(E7-E11) Return the equilibrium of one year.

    Parameters
    ----------
    base, shocks, parameters : the economy.
    step : log points by which a price answers a log point of excess demand.
    depth : moves the acceleration remembers.
    tolerance : on the largest log gap of a factor market and of the deflator from 1.
    limit : iterations allowed.
    must_converge : raise when the tolerance is missed; otherwise read ``converged``.

    Raises
    ------
    InputError
        If a shock is out of range.
    ConvergenceError
        If the tolerance is missed and ``must_converge``.

    Notes
    -----
    Unknowns are log wages and the log rental. Spending of regions is a linear system solved inside
    (``regional_spending``), so goods markets clear and, by Walras' law, the value of excess
    demand for factors is zero at any prices. Each move also takes the log deflator off all prices,
    which holds the numeraire.
    """
    check_shocks(base, shocks)
    problem = MarketProblem.of(base, shocks, parameters)
    shape = base.type_share.shape
    # Outside the economy's range logs are undefined; the search then ends and is reported.
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        found = find_fixed_point(
            lambda point: _improve(problem, point, step),
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


def _improve(problem: MarketProblem, point: Vector, step: float) -> tuple[Vector, float]:
    state = evaluate(problem, *_prices(point, problem.base.type_share.shape))
    gaps = np.append(state.labour_gap, state.capital_gap)
    inflation = float(np.log(state.deflator))
    residual = max(float(np.abs(gaps).max()), abs(inflation), 1.0 - state.transfers_paid)
    return step * gaps - inflation, residual


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
