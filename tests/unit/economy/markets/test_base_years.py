"""The markets on the base years built from published figures."""

from dataclasses import fields, replace

import numpy as np
import pytest

from gongfu.economy.base_year import build_base_year
from gongfu.economy.markets import calibrate_base, no_shocks, solve_markets


@pytest.fixture(scope="module", params=[2013, 2023])
def base(request):
    inputs = build_base_year(request.param, households=3_000).markets
    return calibrate_base(**{field.name: getattr(inputs, field.name) for field in fields(inputs)})


def test_base_year_is_an_equilibrium_without_a_shock(base, parameters):
    outcome = solve_markets(base, no_shocks(base), parameters)
    assert outcome.iterations == 0
    assert outcome.real_gdp_hat == 1
    assert (outcome.output == base.output).all()


def test_ten_random_years_are_solved_from_a_published_base(base, parameters):
    rng = np.random.default_rng(8)
    for _ in range(10):
        shocks = replace(
            no_shocks(base),
            productivity_hat=rng.lognormal(0.2, 0.2, base.output.shape),
            labour_hat=rng.lognormal(0, 0.2, base.group_income.shape),
            capital_hat=rng.lognormal(0.3, 0.2),
        )
        outcome = solve_markets(base, shocks, parameters)
        assert outcome.iterations < 80
        # The accounts hold in every province, Xizang with its large transfers among them.
        received = (outcome.spending - outcome.output.sum(1)) / outcome.output.sum()
        expected = base.net_transfers / outcome.output.sum()
        assert received == pytest.approx(expected, abs=1e-12)
