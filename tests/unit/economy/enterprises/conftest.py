"""A settled economy of all 103 markets from the values in the assumption files."""

from dataclasses import dataclass

import numpy as np
import pytest

from gongfu.data.assumption_files import load_assumptions
from gongfu.economy.enterprises import (
    BaseYear,
    EnterpriseLevers,
    EnterpriseRules,
    build_enterprises,
    lay_out,
    market_elasticity,
    regional_and_digital,
    run_year,
    settle,
)

MARKETS = 103
ONES = np.ones(MARKETS)
# Home shares and trade elasticities of agriculture, industry and services as in the specification.
HOME_SHARE, TRADE_ELASTICITY = np.tile([0.4, 0.35, 0.75], (31, 1)), np.array([5.0, 5.0, 3.0])


@dataclass(frozen=True)
class Economy:
    base: BaseYear
    elasticity: np.ndarray
    levers: EnterpriseLevers
    rules: EnterpriseRules

    def run(self, years, *, levers=None, skill=ONES, consent=ONES, rules=None):
        """Return the last of so many years from the base year on."""
        state = self.base.enterprises
        for _ in range(years):
            year = run_year(
                state,
                self.base.stocks,
                skill=skill,
                consent=consent,
                elasticity=self.elasticity,
                levers=levers or self.levers,
                rules=rules or self.rules,
            )
            state = year.enterprises
        return year


def keyed_uniform(ids, seed):
    """Numbers in 0-1 that depend on id and seed only, as the draws of the economy do."""
    bits = ids.astype(np.uint64) + np.full(1, seed, np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    for factor in (0xBF58476D1CE4E5B9, 0x94D049BB133111EB):
        bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(factor)
    return ((bits ^ (bits >> np.uint64(31))) >> np.uint64(11)) / 2.0**53


def build_economy(n=2000, *, seed=1, adoption=0.3, equal_markets=False, **changes):
    values = {name: found.value for name, found in load_assumptions().items()} | changes
    rules = EnterpriseRules.from_values(values)

    def spread_out(name):
        return regional_and_digital(
            values[f"{name}_regional"], values[f"{name}_digital"], regions=31
        )

    records = lay_out(n, spread_out("competitors"))
    uniform = keyed_uniform(records.id, seed)
    drawn = build_enterprises(
        records,
        np.full_like(uniform, 0.5) if equal_markets else uniform,
        adoption=np.full(MARKETS, adoption),
        productivity_spread=spread_out("productivity_spread"),
    )
    elasticity = market_elasticity(
        HOME_SHARE, TRADE_ELASTICITY, digital=values["digital_market_elasticity"]
    )
    levers = EnterpriseLevers.everywhere(MARKETS, data_sharing=0.05)
    base = settle(drawn, skill=ONES, elasticity=elasticity, levers=levers, rules=rules)
    return Economy(base, elasticity, levers, rules)


@pytest.fixture(scope="session")
def economy():
    return build_economy()


@pytest.fixture(scope="session")
def make_economy():
    return build_economy
