"""Firms of a market set their markups: Cournot, Bertrand or between them (E4).

References
----------
[AB] Atkeson & Burstein (2008) Pricing-to-market, trade costs, and international relative prices.
American Economic Review 98(5), section I.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType

import numpy as np
from jaxtyping import Float, Int

from gongfu.core import ConvergenceError
from gongfu.economy.enterprises.markets import market_max, market_sum, refuse_bad_elasticity

__all__ = ["Competition", "compete", "inverse_elasticity"]


@dataclass(frozen=True, slots=True, eq=False)
class Competition:
    """Equilibrium of all markets.

    Parameters
    ----------
    share : market share of one firm (a record holds ``weight`` times as much).
    markup : price over marginal cost of each firm.
    market_markup : sales over costs of each market.
    price : price index of each market over its unit input cost.
    productivity : ``market_markup / price``; only its ratio to another year means anything.
    iterations : Newton steps taken.
    """

    share: Float[np.ndarray, " firm"]
    markup: Float[np.ndarray, " firm"]
    market_markup: Float[np.ndarray, " market"]
    price: Float[np.ndarray, " market"]
    productivity: Float[np.ndarray, " market"]
    iterations: int


def compete(
    log_productivity: Float[np.ndarray, " firm"],
    market: Int[np.ndarray, " firm"],
    weight: Float[np.ndarray, " firm"],
    *,
    substitution: float,
    elasticity: Float[np.ndarray, " market"],
    conduct: Float[np.ndarray, " market"],
    tolerance: float = 1e-7,
    max_iterations: int = 60,
    xp: ModuleType = np,
) -> Competition:
    """(E4) Return shares, markups and prices of all markets at once.

    Parameters
    ----------
    log_productivity : of each firm.
    market : ascending, no market is empty.
    weight : firms a record stands for.
    substitution : elasticity between firms of a market (sigma).
    elasticity : of demand for the whole market (theta), above 1 and at most sigma.
    conduct : weight of competitive conduct, 0 Cournot to 1 Bertrand.
    tolerance : largest last step of a log share; what is left is about its square.

    Raises
    ------
    InputError
        If an elasticity is 1 or less, or above the substitution between firms.
    ConvergenceError
        If the tolerance is not met.

    Notes
    -----
    Demand gives ``s_f = (p_f / P)^(1 - sigma)`` with ``p_f = mu_f / a_f`` and
    ``P = [sum w p^(1 - sigma)]^(1 / (1 - sigma))``; the markup follows from the share
    (:func:`inverse_elasticity`); ``1 / mu_m = sum w s / mu`` and ``A_m = mu_m / P``. In logs a
    share depends on other firms through P alone, so the Jacobian is a diagonal with one border a
    market, and a full Newton step costs no more than one pass of a damped fixed point.
    """
    refuse_bad_elasticity(elasticity, substitution)
    game = _Game(market, weight, substitution, elasticity[market], conduct[market], len(elasticity))
    log_share = _equal_markup_shares(log_productivity, game, xp)
    step = log_share
    for iteration in range(1, max_iterations + 1):
        step = _newton_step(log_share, log_productivity, game, xp)
        log_share = log_share + step
        if float(xp.max(xp.abs(step))) < tolerance:
            return _equilibrium(log_share, log_productivity, game, iteration, xp)
    worst = int(xp.argmax(xp.where(xp.isfinite(step), xp.abs(step), xp.inf)))
    raise ConvergenceError(
        f"competition did not converge in {max_iterations} steps: market {int(market[worst])}, "
        f"last step of a log share {float(step[worst]):.1e}, tolerance {tolerance:.0e}. "
        "Look for productivities that are not finite, or lower firm_substitution."
    )


def inverse_elasticity(
    share: Float[np.ndarray, " firm"],
    *,
    substitution: float,
    elasticity: Float[np.ndarray, " firm"] | float,
    conduct: Float[np.ndarray, " firm"] | float,
) -> Float[np.ndarray, " firm"]:
    """(E4) Return 1 over the demand elasticity a firm acts on; its markup is ``1 / (1 - this)``.

    Parameters
    ----------
    share : market share of the firm, 0-1.
    substitution, elasticity : between firms of the market, and of demand for all of it.
    conduct : weight of competitive conduct, 0 Cournot to 1 Bertrand.

    Notes
    -----
    Cournot ``(1 - s) / sigma + s / theta``, Bertrand ``1 / ((1 - s) sigma + s theta)`` [AB];
    conduct is the weight between the two. Bertrand is never above Cournot, equal at s = 0 and 1.
    """
    cournot = (1 - share) / substitution + share / elasticity
    bertrand = 1 / ((1 - share) * substitution + share * elasticity)
    return (1 - conduct) * cournot + conduct * bertrand


@dataclass(frozen=True, slots=True, eq=False)
class _Game:
    """What does not change between Newton steps; elasticity and conduct laid out by firm."""

    market: Int[np.ndarray, " firm"]
    weight: Float[np.ndarray, " firm"]
    sigma: float
    theta: Float[np.ndarray, " firm"]
    kappa: Float[np.ndarray, " firm"]
    markets: int


def _equal_markup_shares(
    log_a: Float[np.ndarray, " firm"], game: _Game, xp: ModuleType
) -> Float[np.ndarray, " firm"]:
    """Return the log shares of firms that all had the same markup: where Newton starts."""
    best = market_max(log_a, game.market, game.markets, xp=xp)
    appeal = (game.sigma - 1) * (log_a - best[game.market])
    total = _sum(game.weight * xp.exp(appeal), game, xp)
    start: Float[np.ndarray, " firm"] = appeal - xp.log(total)[game.market]
    return start


def _newton_step(
    log_share: Float[np.ndarray, " firm"],
    log_a: Float[np.ndarray, " firm"],
    game: _Game,
    xp: ModuleType,
) -> Float[np.ndarray, " firm"]:
    """Return the step of the log shares, at most to a record's filling the whole market.

    Unknown are the log shares x and, by market, ``K = (sigma - 1) ln P``; the equations are
    ``x + (sigma - 1) (ln mu(x) - ln a) = K`` and ``sum w exp(x) = 1``.
    """
    share = xp.exp(log_share)
    log_markup, slope = _log_markup(share, game, xp)
    excess = log_share + (game.sigma - 1) * (log_markup - log_a)
    stiffness = 1 + (game.sigma - 1) * slope
    sales = game.weight * share
    eased = sales / stiffness
    missing = 1 - _sum(sales, game, xp)
    index = (missing + _sum(eased * excess, game, xp)) / _sum(eased, game, xp)
    step = (index[game.market] - excess) / stiffness
    bounded: Float[np.ndarray, " firm"] = xp.minimum(step, -xp.log(game.weight) - log_share)
    return bounded


def _log_markup(
    share: Float[np.ndarray, " firm"], game: _Game, xp: ModuleType
) -> tuple[Float[np.ndarray, " firm"], Float[np.ndarray, " firm"]]:
    """Return log markups and their derivative with respect to the log share."""
    inverse = inverse_elasticity(
        share, substitution=game.sigma, elasticity=game.theta, conduct=game.kappa
    )
    bertrand = 1 / ((1 - share) * game.sigma + share * game.theta)
    cournot_slope = 1 / game.theta - 1 / game.sigma
    bertrand_slope = (game.sigma - game.theta) * bertrand**2
    slope = (1 - game.kappa) * cournot_slope + game.kappa * bertrand_slope
    return -xp.log1p(-inverse), share * slope / (1 - inverse)


def _equilibrium(
    log_share: Float[np.ndarray, " firm"],
    log_a: Float[np.ndarray, " firm"],
    game: _Game,
    iterations: int,
    xp: ModuleType,
) -> Competition:
    share = xp.exp(log_share)
    log_markup, _ = _log_markup(share, game, xp)
    sales = game.weight * share
    index = _sum(sales * (log_share + (game.sigma - 1) * (log_markup - log_a)), game, xp)
    price = xp.exp(index / _sum(sales, game, xp) / (game.sigma - 1))
    markup = xp.exp(log_markup)
    market_markup = 1 / _sum(sales / markup, game, xp)
    return Competition(share, markup, market_markup, price, market_markup / price, iterations)


def _sum(
    values: Float[np.ndarray, " firm"], game: _Game, xp: ModuleType
) -> Float[np.ndarray, " market"]:
    return market_sum(values, game.market, game.markets, xp=xp)
