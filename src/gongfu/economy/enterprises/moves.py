"""The moves of enterprises in one year, in order: adopt, collect data, compete (E1-E4)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import ModuleType

import numpy as np
from jaxtyping import Float

from gongfu.economy.enterprises.adoption import (
    adopt,
    adoption_cost,
    adoption_gain,
    peer_adoption,
    voucher_outlay,
)
from gongfu.economy.enterprises.competition import Competition, compete
from gongfu.economy.enterprises.data_market import DataTrade, trade_data
from gongfu.economy.enterprises.data_stock import Access, BaseStocks, access, collect
from gongfu.economy.enterprises.markets import market_sum
from gongfu.economy.enterprises.population import Enterprises
from gongfu.economy.enterprises.productivity import digital_gain, log_productivity
from gongfu.economy.enterprises.rules import EnterpriseLevers, EnterpriseRules

__all__ = [
    "EnterpriseYear",
    "adopt_technology",
    "collect_data",
    "compete_for_sales",
    "reach_data",
    "run_year",
    "sell_data",
    "technology_gain",
    "vouchers",
]


@dataclass(frozen=True, slots=True, eq=False)
class EnterpriseYear:
    """What one year brought.

    Parameters
    ----------
    enterprises : their state at the end of the year.
    competition : shares, markups and prices of the year.
    reached : data each firm could use.
    voucher_outlay : vouchers paid in each market, as a share of its sales.
    """

    enterprises: Enterprises
    competition: Competition
    reached: Access
    voucher_outlay: Float[np.ndarray, " market"]


def run_year(
    enterprises: Enterprises,
    stocks: BaseStocks,
    *,
    skill: Float[np.ndarray, " market"],
    consent: Float[np.ndarray, " market"],
    elasticity: Float[np.ndarray, " market"],
    levers: EnterpriseLevers,
    rules: EnterpriseRules,
    xp: ModuleType = np,
) -> EnterpriseYear:
    """(E1-E4) Return enterprises one year later.

    Parameters
    ----------
    stocks : data of the base year, from ``settle``.
    skill : digital skill of the workforce relative to the national mean of the base year.
    consent : share of people who let their data be kept, ratio to the base year.
    elasticity : of demand for each market, from ``market_elasticity``.
    """
    before = enterprises
    reached = reach_data(before, stocks, levers=levers, rules=rules, xp=xp)
    adopted = adopt_technology(before, reached, skill=skill, levers=levers, rules=rules, xp=xp)
    outlay = vouchers(before, adopted, levers=levers, rules=rules, xp=xp)
    collected = collect_data(adopted, consent=consent, rules=rules)
    reached = reach_data(collected, stocks, levers=levers, rules=rules, xp=xp)
    after, competition = compete_for_sales(
        collected, reached, skill=skill, elasticity=elasticity, levers=levers, rules=rules, xp=xp
    )
    return EnterpriseYear(after, competition, reached, outlay)


def reach_data(
    enterprises: Enterprises,
    stocks: BaseStocks,
    *,
    levers: EnterpriseLevers,
    rules: EnterpriseRules,
    xp: ModuleType = np,
) -> Access:
    """(E3) Return the data each firm can use under the levers."""
    return access(
        enterprises.data,
        enterprises.adoption,
        enterprises.market,
        enterprises.weight,
        stocks,
        sharing=levers.data_sharing,
        public=levers.open_public_data,
        interoperability=levers.interoperability,
        relevance=rules.data_relevance,
        xp=xp,
    )


def adopt_technology(
    enterprises: Enterprises,
    reached: Access,
    *,
    skill: Float[np.ndarray, " market"],
    levers: EnterpriseLevers,
    rules: EnterpriseRules,
    xp: ModuleType = np,
) -> Enterprises:
    """(E1) Return enterprises after a year of adoption."""
    gain = adoption_gain(
        skill[enterprises.market],
        reached.relative,
        digital_productivity=rules.digital_productivity,
        skill_complementarity=rules.skill_complementarity,
        data_elasticity=rules.data_elasticity,
        xp=xp,
    )
    cost = _own_cost(enterprises, _voucher(enterprises, levers, rules, xp), rules, xp)
    adoption = adopt(
        enterprises.adoption,
        gain,
        cost,
        speed=rules.adoption_speed,
        dispersion=rules.adoption_dispersion,
        ceiling=rules.adoption_ceiling,
        xp=xp,
    )
    return replace(enterprises, adoption=adoption)


def vouchers(
    before: Enterprises,
    after: Enterprises,
    *,
    levers: EnterpriseLevers,
    rules: EnterpriseRules,
    xp: ModuleType = np,
) -> Float[np.ndarray, " market"]:
    """(E1) Return vouchers paid for this year's adoption, as a share of each market's sales."""
    voucher = _voucher(before, levers, rules, xp)
    firms = before.firms(xp=xp)
    outlay = voucher_outlay(
        after.adoption - before.adoption,
        _own_cost(before, 0.0, rules, xp),
        voucher,
        before.size / firms[before.market],
        user_cost=rules.technology_user_cost,
    )
    return market_sum(before.weight * outlay, before.market, len(firms), xp=xp)


def collect_data(
    enterprises: Enterprises, *, consent: Float[np.ndarray, " market"], rules: EnterpriseRules
) -> Enterprises:
    """(E3) Return enterprises with this year's data collected and last year's aged."""
    data = collect(
        enterprises.data,
        enterprises.size,
        consent[enterprises.market],
        depreciation=rules.data_depreciation,
    )
    return replace(enterprises, data=data)


def compete_for_sales(
    enterprises: Enterprises,
    reached: Access,
    *,
    skill: Float[np.ndarray, " market"],
    elasticity: Float[np.ndarray, " market"],
    levers: EnterpriseLevers,
    rules: EnterpriseRules,
    xp: ModuleType = np,
) -> tuple[Enterprises, Competition]:
    """(E2, E4) Return enterprises with their new sizes, and the equilibrium they come from."""
    gain = technology_gain(enterprises, reached, skill=skill, rules=rules, xp=xp)
    log_a = log_productivity(
        enterprises.productivity,
        gain,
        enterprises.digital_gain,
        levers.compliance_cost[enterprises.market],
        enterprises.size_base,
        xp=xp,
    )
    competition = compete(
        log_a,
        enterprises.market,
        enterprises.weight,
        substitution=rules.firm_substitution,
        elasticity=elasticity,
        conduct=levers.competition_conduct,
        xp=xp,
    )
    firms = enterprises.firms(xp=xp)
    return replace(enterprises, size=competition.share * firms[enterprises.market]), competition


def sell_data(
    year: EnterpriseYear,
    stocks: BaseStocks,
    *,
    levers: EnterpriseLevers,
    rules: EnterpriseRules,
    xp: ModuleType = np,
) -> DataTrade:
    """(E3) Return who pays and who is paid for data in a year, and the dividend of the people."""
    enterprises = year.enterprises
    return trade_data(
        enterprises.data,
        enterprises.adoption,
        year.competition.share / year.competition.markup,
        year.reached,
        stocks,
        market=enterprises.market,
        weight=enterprises.weight,
        data_elasticity=rules.data_elasticity,
        dividend_share=levers.dividend_share,
        xp=xp,
    )


def technology_gain(
    enterprises: Enterprises,
    reached: Access,
    *,
    skill: Float[np.ndarray, " market"],
    rules: EnterpriseRules,
    xp: ModuleType = np,
) -> Float[np.ndarray, " firm"]:
    """(E2) Return the log productivity that digital technology and data bring each firm."""
    return digital_gain(
        enterprises.adoption,
        skill[enterprises.market],
        reached.relative,
        digital_productivity=rules.digital_productivity,
        skill_complementarity=rules.skill_complementarity,
        data_elasticity=rules.data_elasticity,
        xp=xp,
    )


def _voucher(
    enterprises: Enterprises, levers: EnterpriseLevers, rules: EnterpriseRules, xp: ModuleType
) -> Float[np.ndarray, " firm"]:
    small = enterprises.size <= rules.small_firm_size
    voucher: Float[np.ndarray, " firm"] = xp.where(small, levers.sme_voucher[enterprises.market], 0)
    return voucher


def _own_cost(
    enterprises: Enterprises,
    voucher: Float[np.ndarray, " firm"] | float,
    rules: EnterpriseRules,
    xp: ModuleType,
) -> Float[np.ndarray, " firm"]:
    market, weight = enterprises.market, enterprises.weight
    peers = peer_adoption(enterprises.adoption, market, weight, enterprises.markets, xp=xp)
    return adoption_cost(
        peers[market],
        enterprises.size,
        voucher,
        base=rules.adoption_cost,
        peer_effect=rules.adoption_peer_effect,
        size_effect=rules.adoption_size_effect,
        xp=xp,
    )
