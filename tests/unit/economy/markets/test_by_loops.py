"""The equations of the specification written out cell by cell, solved by another program.

Here wages, rental and sales are all unknown, nothing is eliminated and no array is shared with the
package; the numeraire is left to the transfers, which are money of the GDP deflator.
"""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from scipy.optimize import root

from gongfu.economy.markets import no_shocks, solve_markets

AGREES = 1e-8  # both solvers stop at about 1e-10; the Jacobian's inverse is below 10

R = S = K = 2


def residuals(unknown, base, shocks, p):
    wage = np.exp(unknown[:8]).reshape(R, S, K)
    rental = np.exp(unknown[8])
    sold = np.exp(unknown[9:13]).reshape(R, S) * base.output
    a, mu0, t0 = base.capital_share, base.markup, base.production_tax
    price, type_share = np.empty((R, S)), np.empty((R, S, K))
    for r, s in product(range(R), range(S)):
        paid = base.labour_payments[2 * r : 2 * r + 2, s].sum(0)
        b = paid / paid.sum() * np.exp([shocks.digital_bias[r, s], 0])
        b = b / b.sum()
        parts = [b[k] * wage[r, s, k] ** (1 - p.skill_substitution) for k in range(K)]
        w = sum(parts) ** (1 / (1 - p.skill_substitution))
        type_share[r, s] = np.array(parts) / sum(parts)
        price[r, s] = shocks.markup[r, s] / mu0[r, s] * w ** (1 - a[s]) * rental ** a[s]
        price[r, s] *= (1 - t0[r, s]) / (1 - shocks.production_tax[r, s])
        price[r, s] /= shocks.productivity_hat[r, s]
    theta = p.region_substitution
    pool = [
        sum(base.pool_share[r, s] * price[r, s] ** (1 - theta[s]) for r in range(R))
        ** (1 / (1 - theta[s]))
        for s in range(S)
    ]
    spending = sold.sum(1) + shocks.transfers
    demand = np.empty((R, S))
    for r in range(R):
        h = base.home_share[r]
        buy = [price[r, s] ** h[s] * pool[s] ** (1 - h[s]) for s in range(S)]
        taste = [base.demand_share[s] * shocks.demand_shift[s] for s in range(S)]
        parts = [taste[s] * buy[s] ** (1 - p.sector_substitution) for s in range(S)]
        demand[r] = np.array(parts) / sum(parts) * spending[r]
    out = []
    for r, s in product(range(R), range(S)):
        market = sum((1 - base.home_share[q, s]) * demand[q, s] for q in range(R))
        share = base.pool_share[r, s] * (price[r, s] / pool[s]) ** (1 - theta[s])
        out.append(np.log((base.home_share[r, s] * demand[r, s] + share * market) / sold[r, s]))
    cost = (1 - shocks.production_tax) * sold / shocks.markup
    for r, s, k in product(range(R), range(S), range(K)):
        supply = 0.0
        for z in (2 * r, 2 * r + 1):
            income = base.labour_payments[z, :, k].sum()
            pull = [
                base.labour_payments[z, j, k] / income * wage[r, j, k] ** p.labour_mobility
                for j in range(S)
            ]
            income *= shocks.labour_hat[z, k] * sum(pull) ** (1 / p.labour_mobility)
            supply += income * pull[s] / sum(pull)
        out.append(np.log(cost[r, s] * (1 - a[s]) * type_share[r, s, k] / supply))
    out.append(np.log((cost * a).sum() / (base.capital_income * shocks.capital_hat * rental)))
    deflator = (base.output * price).sum() / base.output.sum()
    deflator *= sold.sum() / (sold / price).sum()
    out.append(np.log(deflator))
    return np.array(out[1:])  # Walras' law clears the goods market left out


def shaken(base, seed):
    rng = np.random.default_rng(seed)
    moved = rng.normal(0, 8)
    return replace(
        no_shocks(base),
        productivity_hat=rng.lognormal(0.1, 0.2, (R, S)),
        markup=rng.uniform(1, 1.5, (R, S)),
        labour_hat=rng.lognormal(0, 0.3, (2 * R, K)),
        digital_bias=rng.normal(0, 0.2, (R, S)),
        production_tax=rng.uniform(0, 0.3, (R, S)),
        capital_hat=1.3,
        demand_shift=rng.lognormal(0, 0.2, S),
        transfers=np.array([-moved, moved]),
    )


@pytest.mark.parametrize("seed", range(5))
def test_equilibrium_equals_that_of_a_general_root_finder(pair, pair_parameters, seed):
    shocks = shaken(pair, seed)
    ours = solve_markets(pair, shocks, pair_parameters)
    theirs = root(residuals, np.zeros(13), (pair, shocks, pair_parameters), tol=1e-12)
    assert np.abs(theirs.fun).max() < 1e-9
    assert np.exp(theirs.x[:8]).reshape(R, S, K) == pytest.approx(ours.wage_hat, rel=AGREES)
    assert np.exp(theirs.x[8]) == pytest.approx(ours.rental_hat, rel=AGREES)
    assert np.exp(theirs.x[9:]).reshape(R, S) == pytest.approx(ours.output_hat, rel=AGREES)
