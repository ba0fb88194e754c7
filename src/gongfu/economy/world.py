"""The economy made ready to run: base year, firms at rest, markets that clear, lasting traits.

Everything here is computed once for a base year and shared by every scenario and year.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from jaxtyping import Bool, Float, Int

from gongfu.core.assumption import Assumption
from gongfu.data.assumption_files import load_assumptions
from gongfu.data.lever_files import find_lever
from gongfu.economy.base_year import (
    SECTORS,
    BaseYear,
    Figures,
    build_base_year,
    load_figures,
    output_path,
)
from gongfu.economy.base_year.build import by_sector
from gongfu.economy.draws import Stream, uniform
from gongfu.economy.enterprises import (
    BaseYear as EnterprisesAtRest,
)
from gongfu.economy.enterprises import (
    EnterpriseLevers,
    EnterpriseRules,
    adoption_by_market,
    base_adoption,
    build_enterprises,
    by_region_sector,
    lay_out,
    market_elasticity,
    national_adoption,
    regional_and_digital,
    run_year,
    settle,
    to_markets,
)
from gongfu.economy.enterprises.markets import DIGITAL_MARKETS, REGIONAL_SECTORS
from gongfu.economy.households import (
    Learning,
    ScoreCurve,
    ZoneBlocks,
    destinations,
    fit_curve,
    fit_inheritance,
    labour_income,
    labour_units,
    learning_rates,
    migration_flows,
    online_index,
    online_intercepts,
    online_propensity,
    online_taste,
    training_lags,
)
from gongfu.economy.markets import MarketBase, MarketParameters, calibrate_base

__all__ = ["World", "build_world"]

DIGITAL = SECTORS.index("digital")
YUAN = 1e-4
"""10k persons times yuan per person, in 100m yuan."""
_LEAST_RATIO = 1e-3


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """What does not change from year to year or between scenarios.

    Parameters
    ----------
    base : the base year.
    values : central or drawn values of the assumptions by name.
    enterprises : firms at rest in the base year.
    elasticity : of demand, by market.
    rules : of enterprises.
    markets : base-year equilibrium.
    parameters : elasticities of the markets.
    blocks : households by zone.
    household : what each household keeps for life.
    online_intercept : constants of E12 by zone.
    lag_effect : of training, by years since.
    inheritance : share of the parents' rank that children keep inside a zone (E25).
    worker_share : workers per member of each household.
    labour_units : of the base year, by zone and type.
    adoption : of the base year, by region and sector, 0-1.
    zone_adoption : the same as the workers of each zone meet it.
    usual_growth : its rise in the first year without any policy, which the economy is used to.
    seed : of all draws.
    """

    base: BaseYear
    values: Mapping[str, float]
    enterprises: EnterprisesAtRest
    elasticity: Float[np.ndarray, " market"]
    rules: EnterpriseRules
    markets: MarketBase
    parameters: MarketParameters
    blocks: ZoneBlocks
    household: HouseholdTraits
    online_intercept: Float[np.ndarray, " zone"]
    lag_effect: Float[np.ndarray, " lag"]
    inheritance: float
    worker_share: Float[np.ndarray, " household"]
    labour_units: Float[np.ndarray, "zone type"]
    adoption: Float[np.ndarray, "region sector"]
    zone_adoption: Float[np.ndarray, " zone"]
    usual_growth: Float[np.ndarray, " zone"]
    seed: int


@dataclass(frozen=True, slots=True, eq=False)
class Claim:
    """What a household is due by its rank in the zone, and its own distance from that.

    A claim tied to the household of the base year would lose its correlation with income as ranks
    mix, and the Gini would fall for no reason (E16).
    """

    curve: ScoreCurve
    own: Float[np.ndarray, " household"]

    @classmethod
    def fit(
        cls,
        amount: Float[np.ndarray, " household"],
        score: Float[np.ndarray, " household"],
        blocks: ZoneBlocks,
    ) -> Claim:
        """Return the claim that gives back base-year amounts, which are above zero."""
        curve = fit_curve(score, np.log(amount), blocks)
        return cls(curve, amount / np.exp(curve.at(score, blocks)))

    def at(
        self, score: Float[np.ndarray, " household"], blocks: ZoneBlocks
    ) -> Float[np.ndarray, " household"]:
        """Return the claim of each household at its present rank."""
        return np.asarray(self.own * np.exp(self.curve.at(score, blocks)))


@dataclass(frozen=True, slots=True, eq=False)
class HouseholdTraits:
    """What a household keeps: identity, taste, and its distance from what the equations say.

    Parameters
    ----------
    unit : identity, for draws.
    taste : for being online, 0-1.
    learning : of digital skill in the base year.
    curve : log human capital by score in each zone.
    deviation : of log human capital from the curve.
    labour_claim : labour income of the base year over what E14 says, by rank.
    property_claim, transfer_claim : property and transfer income of the base year, by rank.
    takes_up : whether it claims benefits it is entitled to.
    """

    unit: Int[np.ndarray, " household"]
    taste: Float[np.ndarray, " household"]
    learning: Learning
    curve: ScoreCurve
    deviation: Float[np.ndarray, " household"]
    labour_claim: Claim
    property_claim: Claim
    transfer_claim: Claim
    takes_up: Bool[np.ndarray, " household"]


def build_world(
    year: int,
    *,
    households: int,
    enterprises: int,
    seed: int,
    assumptions: Mapping[str, Assumption] | None = None,
    figures: Figures | None = None,
) -> World:
    """Return the economy of a base year, ready to run.

    Parameters
    ----------
    year : 2013 to 2023.
    households, enterprises : records; they change the grain, not the economy.
    seed : of all draws.
    assumptions : the files, or changed values (a draw over their ranges).
    figures : without them the embedded ones; nothing after ``year`` is read.
    """
    assumptions = load_assumptions() if assumptions is None else assumptions
    values = {name: entry.value for name, entry in assumptions.items()}
    rules = EnterpriseRules.from_values(values)
    seen = (load_figures() if figures is None else figures).until(year)
    output = output_path(seen, [year], values).output[-1]
    elasticity = _elasticity(values, len(output))
    adoption = to_markets(_adoption(seen, year, values), output[:, DIGITAL])
    rested = _firms_at_rest(
        adoption, values, elasticity, rules, year=year, count=enterprises, seed=seed
    )
    found = by_region_sector(
        rested.competition,
        rested.competition,
        digital_elasticity=values["region_substitution_digital"],
    )
    base = build_base_year(
        year, households, seed, markup=found.markup, assumptions=assumptions, figures=seen
    )
    inputs = base.markets
    blocks = ZoneBlocks.of(base.households.zone)
    intercept, taste = _online(base, values, blocks, seed)
    traits = _traits(base, values, blocks, taste, seed)
    worker_share = base.households.workers / base.households.size
    markets = calibrate_base(
        output=inputs.output,
        production_tax=inputs.production_tax,
        markup=inputs.markup,
        capital_share=inputs.capital_share,
        labour_payments=inputs.labour_payments,
        home_share=inputs.home_share,
        home_share_cap=inputs.home_share_cap,
        net_transfers=inputs.net_transfers,
    )
    used = market_table(adoption_by_market(rested.enterprises, by_sales=True))
    zone_adoption = adoption_by_zone(used, markets)
    return World(
        base=base,
        values=MappingProxyType(values),
        enterprises=rested,
        elasticity=elasticity,
        rules=rules,
        markets=markets,
        parameters=MarketParameters.from_values(values),
        blocks=blocks,
        household=traits,
        online_intercept=intercept,
        lag_effect=training_lags(
            values["training_effect"], values["training_first_year"], values["training_last_year"]
        ),
        inheritance=_inheritance(base, values, blocks),
        worker_share=worker_share,
        labour_units=labour_units(
            base.households.log_human_capital,
            base.households.digital_skill,
            base.households.people
            * worker_share
            * traits.labour_claim.at(base.households.score, blocks),
            blocks,
        ),
        adoption=used,
        zone_adoption=zone_adoption,
        usual_growth=_usual_growth(rested, elasticity, rules, markets) - zone_adoption,
        seed=seed,
    )


def adoption_by_zone(
    adoption: Float[np.ndarray, "region sector"], markets: MarketBase
) -> Float[np.ndarray, " zone"]:
    """Return adoption met by the workers of each zone, sectors counted by what they pay there."""
    paid = markets.labour_payments.sum(2)
    share = paid / paid.sum(1, keepdims=True)
    return np.asarray((np.repeat(adoption, 2, axis=0) * share).sum(1))


def _usual_growth(
    rested: EnterprisesAtRest,
    elasticity: Float[np.ndarray, " market"],
    rules: EnterpriseRules,
    markets: MarketBase,
) -> Float[np.ndarray, " zone"]:
    """Return adoption by zone after a first year without policy."""
    ones = np.ones_like(elasticity)
    year = run_year(
        rested.enterprises,
        rested.stocks,
        skill=ones,
        consent=ones,
        elasticity=elasticity,
        levers=neutral_enterprise_levers(len(elasticity)),
        rules=rules,
    )
    return adoption_by_zone(
        market_table(adoption_by_market(year.enterprises, by_sales=True)), markets
    )


def market_table(
    by_market: Float[np.ndarray, " market"],
) -> Float[np.ndarray, "region sector"]:
    """Return a value by region and sector; digital markets are national and counted alike."""
    regional = by_market[:-DIGITAL_MARKETS].reshape(-1, REGIONAL_SECTORS)
    digital = np.full((len(regional), 1), by_market[-DIGITAL_MARKETS:].mean())
    return np.concatenate([regional, digital], axis=1)


def _inheritance(base: BaseYear, values: Mapping[str, float], blocks: ZoneBlocks) -> float:
    """(E25) Return the inheritance inside zones that gives the nation's elasticity."""
    people = base.households
    persons = blocks.totals(people.people)
    log_income = np.log(people.income)
    mean = blocks.means(log_income, people.people)
    variance = blocks.means((log_income - blocks.spread(mean)) ** 2, people.people)
    flows = base_flows(base, values, persons)
    years = round(values["generation_years"])
    return fit_inheritance(
        mean,
        variance,
        persons,
        destinations(flows, persons, years=years),
        mover_gap=math.log(values["mover_productivity"]),
        elasticity=values["intergenerational_elasticity"],
    )


def base_flows(
    base: BaseYear, values: Mapping[str, float], persons: Float[np.ndarray, " zone"]
) -> Float[np.ndarray, "zone zone"]:
    """(E24) Return persons who move in a year at the incomes of the base year, 10k."""
    income = base.zones.income
    return migration_flows(
        persons,
        income,
        income[0::2] / income[1::2],
        np.zeros(len(persons)),
        rate=values["migration_rate"],
        elasticity=values["migration_elasticity"],
    )


def _elasticity(values: Mapping[str, float], regions: int) -> Float[np.ndarray, " market"]:
    home = np.tile(by_sector(values, "home_share")[:DIGITAL], (regions, 1))
    trade = by_sector(values, "region_substitution")[:DIGITAL]
    return market_elasticity(home, trade, digital=values["digital_market_elasticity"])


def _adoption(
    figures: Figures, year: int, values: Mapping[str, float]
) -> Float[np.ndarray, "region sector"]:
    levels = {y: values[f"adoption_level_{y}"] for y in (2020, 2023)}
    return base_adoption(
        figures.regional_filled("ecommerce_firm_share", [year])[0],
        by_sector(values, "adoption_level"),
        national_level=national_adoption(year, level_2020=levels[2020], level_2023=levels[2023]),
        census_level=levels[2023],
        regional_tilt=values["adoption_regional_tilt"],
    )


def _firms_at_rest(
    adoption: Float[np.ndarray, " market"],
    values: Mapping[str, float],
    elasticity: Float[np.ndarray, " market"],
    rules: EnterpriseRules,
    *,
    year: int,
    count: int,
    seed: int,
) -> EnterprisesAtRest:
    def by_market(name: str) -> Float[np.ndarray, " market"]:
        pair = values[f"{name}_regional"], values[f"{name}_digital"]
        regions = (len(elasticity) - DIGITAL_MARKETS) // REGIONAL_SECTORS
        return regional_and_digital(*pair, regions=regions)

    records = lay_out(count, by_market("competitors"))
    drawn = build_enterprises(
        records,
        uniform(seed, year, records.id, Stream.ENTERPRISES),
        adoption=adoption,
        productivity_spread=by_market("productivity_spread"),
    )
    # Skill counts relative to each market's own base year; what it was then is in productivity.
    return settle(
        drawn,
        skill=np.ones_like(elasticity),
        elasticity=elasticity,
        levers=neutral_enterprise_levers(len(elasticity)),
        rules=rules,
    )


def neutral_enterprise_levers(markets: int) -> EnterpriseLevers:
    """Return enterprise levers at the neutral values of the lever file."""
    sharing = find_lever("data_sharing").neutral
    return EnterpriseLevers.everywhere(markets, data_sharing=sharing)


def _online(
    base: BaseYear, values: Mapping[str, float], blocks: ZoneBlocks, seed: int
) -> tuple[Float[np.ndarray, " zone"], Float[np.ndarray, " household"]]:
    """Return the constants of E12 and each household's taste, so that the base year is steady."""
    people = base.households
    index = log_odds_online(
        income=people.income,
        human_capital=people.log_human_capital,
        base=base,
        values=values,
        blocks=blocks,
        coverage=np.zeros(len(blocks.starts)),
        help_reach=np.zeros(len(blocks.starts)),
    )
    intercept = online_intercepts(index, base.zones.internet, people.people, blocks)
    draw = uniform(seed, base.year, np.arange(len(people.zone)), Stream.ONLINE_TASTE)
    propensity = online_propensity(index, intercept, blocks)
    return intercept, online_taste(people.is_online.astype(np.float64), propensity, draw)


def log_odds_online(
    *,
    income: Float[np.ndarray, " household"],
    human_capital: Float[np.ndarray, " household"],
    base: BaseYear,
    values: Mapping[str, float],
    blocks: ZoneBlocks,
    coverage: Float[np.ndarray, " zone"],
    help_reach: Float[np.ndarray, " zone"],
) -> Float[np.ndarray, " household"]:
    """(E12) Return the log-odds of being online, up to the constant of each zone.

    Parameters
    ----------
    income : yuan per person, in base-year prices; the price of access is that of the base year.
    coverage : rise of coverage since the base year, 0-1.
    help_reach : share of elderly households that helpers visit, 0-1.
    """
    slope, part = values["online_income_slope"], values["online_affordability_part"]
    return online_index(
        coverage=coverage,
        affordability=np.log(income),
        age=base.households.age,
        education=human_capital,
        help_reach=help_reach,
        blocks=blocks,
        coverage_effect=values["online_coverage_effect"],
        affordability_effect=part * slope,
        age_effect=-values["online_age_slope"],
        education_effect=(1.0 - part) * slope,
        help_effect=values["online_help_effect"],
        elderly_age=values["elderly_age"],
    )


def _traits(
    base: BaseYear,
    values: Mapping[str, float],
    blocks: ZoneBlocks,
    taste: Float[np.ndarray, " household"],
    seed: int,
) -> HouseholdTraits:
    people = base.households
    unit = np.arange(len(people.zone))
    h, skill = people.log_human_capital, people.digital_skill
    curve = fit_curve(people.score, h, blocks)
    return HouseholdTraits(
        unit=unit,
        taste=taste,
        learning=learning_rates(
            skill,
            people.is_online.astype(np.float64),
            forgetting=values["skill_forgetting"],
            offline_ratio=max(values["offline_skill_ratio"], _LEAST_RATIO),
        ),
        curve=curve,
        deviation=h - curve.at(people.score, blocks),
        labour_claim=Claim.fit(_labour_claim(base, blocks), people.score, blocks),
        property_claim=Claim.fit(people.sources[:, 2], people.score, blocks),
        transfer_claim=Claim.fit(people.sources[:, 3], people.score, blocks),
        takes_up=uniform(seed, base.year, unit, Stream.ALLOWANCE) < values["allowance_take_up"],
    )


def _labour_claim(base: BaseYear, blocks: ZoneBlocks) -> Float[np.ndarray, " household"]:
    """Return labour income in the survey over what E14 says of the same household."""
    people = base.households
    h, skill = people.log_human_capital, people.digital_skill
    per_person = people.workers / people.size
    units = labour_units(h, skill, people.people * per_person, blocks)
    wage = survey_payments(base, base.markets.labour_payments) / units
    said = labour_income(h, skill, per_person, wage / YUAN, blocks)
    return np.asarray(people.sources[:, :2].sum(1) / said)


def survey_payments(
    base: BaseYear, payments: Float[np.ndarray, "zone sector type"]
) -> Float[np.ndarray, "zone type"]:
    """Return labour income as the survey counts it, 100m yuan: payments times the zone's wedge."""
    return np.asarray(payments.sum(1) * base.wedges.labour[:, None])
