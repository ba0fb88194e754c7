"""The households that the pictures of E12-E16, E24 and E25 start from: 62 zones of 2023.

Zone incomes and populations are published; spreads, skill and access inside zones are those of the
assumption files. Labour pays what other sources leave, and wages per unit stay fixed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from gongfu.data import load_zones, provinces, zone_code
from gongfu.data.assumption_files import find_assumption
from gongfu.economy.base_year.normal import normal_quantile
from gongfu.economy.draws import Stream, normal_pair, uniform, uniform_pair
from gongfu.economy.households import (
    Learning,
    ScoreCurve,
    ZoneBlocks,
    adopt_internet,
    churn,
    fit_curve,
    follow_rank,
    keep_level,
    labour_income,
    labour_units,
    learn,
    learning_rates,
    online_index,
    online_intercepts,
    online_propensity,
    online_taste,
    rank_income,
    renew,
    resize,
    share_out,
    train,
    training_lags,
)

YEAR, ZONES, WORKERS = 2023, 62, 0.5
TOWN = np.tile([True, False], ZONES // 2)
SHARES = {"property": 0.085, "transfer": 0.185}
ONLINE = np.tile([0.833, 0.665], ZONES // 2)
SKILL_ONLINE = np.tile([0.24, 0.065], ZONES // 2)


@dataclass(frozen=True)
class Population:
    """Households of one year."""

    blocks: ZoneBlocks
    units: np.ndarray
    weight: np.ndarray
    size: np.ndarray
    age: np.ndarray
    score: np.ndarray
    shift: np.ndarray
    skill: np.ndarray
    online: np.ndarray
    taste: np.ndarray
    trained: np.ndarray
    parents: np.ndarray
    learning: Learning
    capital: ScoreCurve
    ranks: ScoreCurve
    intercept: np.ndarray
    wage: np.ndarray
    income: np.ndarray

    @property
    def people(self) -> np.ndarray:
        """Persons each record stands for."""
        return self.weight * self.size

    @property
    def rank(self) -> np.ndarray:
        """Log income relative to the household in the middle of its zone."""
        return self.ranks.at(self.score, self.blocks)

    @property
    def log_capital(self) -> np.ndarray:
        """Log human capital."""
        return self.capital.at(self.score, self.blocks) + self.shift

    @property
    def rural(self) -> np.ndarray:
        """True for households in villages."""
        return ~TOWN[self.blocks.zone]

    def incomes(self, rank: np.ndarray | None = None) -> np.ndarray:
        """Return income per person, property and transfers by ``rank`` (by default, today's)."""
        per_person = np.full(len(self.units), WORKERS)
        total = labour_income(self.log_capital, self.skill, per_person, self.wage, self.blocks)
        for source, share in SHARES.items():
            total = total + rank_income(
                share * self.income,
                self.rank if rank is None else rank,
                np.ones(len(self.units)),
                self.people,
                self.blocks,
                elasticity=value(f"{source}_income_slope"),
            )
        return total


def build(count: int = 62_000, seed: int = 1) -> Population:
    """Return the base year."""
    mean, persons = zone_figures()
    units = np.arange(count)
    blocks = ZoneBlocks.of(units * ZONES // count)
    place, per_zone = units - blocks.starts[blocks.zone], np.bincount(blocks.zone)[blocks.zone]
    score = normal_quantile((place + 0.5) / per_zone)
    rank = np.where(score < 0, _spread("below")[blocks.zone], _spread("above")[blocks.zone]) * score
    size = np.exp(-value("household_size_slope") * rank)
    weight = (persons / blocks.totals(size))[blocks.zone]
    income = mean * persons
    labour = share_out(income, np.exp(rank), weight * size, blocks)
    for source, share in SHARES.items():
        labour = labour - rank_income(
            share * income,
            rank,
            np.ones(count),
            weight * size,
            blocks,
            elasticity=value(f"{source}_income_slope"),
        )
    age = 25 + 60 * uniform(seed, YEAR, units, Stream.POPULATION)
    raw = index(age, rank, blocks)
    intercept = online_intercepts(raw, ONLINE, weight * size, blocks)
    propensity = online_propensity(raw, intercept, blocks)
    draw, taste = uniform_pair(seed, YEAR, units, Stream.ONLINE_TASTE)
    online = np.where(draw < propensity, 1.0, 0.0)
    odds = (SKILL_ONLINE / (1 - SKILL_ONLINE))[blocks.zone]
    able = odds * np.exp(value("skill_income_slope") * rank)
    skill = able / (1 + able) * np.where(online > 0, 1.0, value("offline_skill_ratio"))
    capital = np.log(labour / labour.mean())
    units_zk = labour_units(capital, skill, weight * size * WORKERS, blocks)
    pay = units_zk * np.array([value("digital_pay_premium"), 1.0])
    pay = pay * ((1 - sum(SHARES.values())) * income / pay.sum(axis=1))[:, None]
    curve = fit_curve(score, capital, blocks)
    return Population(
        blocks=blocks,
        units=units,
        weight=weight,
        size=size,
        age=age,
        score=score,
        shift=capital - curve.at(score, blocks),
        skill=skill,
        online=online,
        taste=online_taste(online, propensity, taste),
        trained=np.zeros((count, len(lags()))),
        parents=np.zeros(count),
        learning=learning_rates(
            skill,
            online,
            forgetting=value("skill_forgetting"),
            offline_ratio=value("offline_skill_ratio"),
        ),
        capital=curve,
        ranks=fit_curve(score, rank, blocks),
        intercept=intercept,
        wage=pay / units_zk,
        income=income,
    )


def next_year(
    p: Population,
    year: int,
    *,
    seed: int = 1,
    coverage: np.ndarray | float = 0.0,
    help_reach: np.ndarray | float = 0.0,
    training: np.ndarray | float = 0.0,
    adjustment_rate: float | None = None,
    persistence: float | None = None,
    generations: bool = True,
) -> Population:
    """Return a year later; coverage (a rise) and help by zone, training by household."""
    rank, count = p.rank, len(p.units)
    join, place = uniform_pair(seed, year, p.units, Stream.ACCESS)
    luck, blood = normal_pair(seed, year, p.units, Stream.RANK)
    raw = index(p.age, rank, p.blocks, coverage=coverage, help_reach=help_reach)
    online = adopt_internet(
        p.online,
        online_propensity(raw, p.intercept, p.blocks),
        p.taste,
        join,
        adjustment_rate=adjustment_rate or value("online_adjustment_rate"),
    )
    trained = train(p.trained, np.broadcast_to(np.asarray(training), count), place)
    skill = learn(
        p.skill,
        online,
        trained,
        learning=p.learning,
        forgetting=value("skill_forgetting"),
        lag_effect=lags(),
    )
    score = churn(
        p.score,
        luck,
        p.weight,
        p.blocks,
        persistence=persistence or value("human_capital_persistence"),
    )
    parents = p.parents
    if generations:
        renewed = renew(
            score,
            parents=parents,
            weight=p.weight,
            draw=uniform(seed, year, p.units, Stream.RENEWAL),
            shock=blood,
            blocks=p.blocks,
            inheritance=0.28,
            generation=value("generation_years"),
        )
        score, parents = renewed.score, renewed.parents
    rise = p.ranks.at(score, p.blocks) - rank
    skill, learning = follow_rank(skill, p.learning, rise, slope=value("skill_income_slope"))
    size = resize(p.size, p.weight, rise, p.blocks, elasticity=-value("household_size_slope"))
    after = replace(
        p,
        online=online,
        trained=trained,
        skill=skill,
        learning=learning,
        score=score,
        parents=parents,
        size=size,
    )
    level = keep_level(after.log_capital, after.people, p.log_capital, p.people, p.blocks)
    return replace(after, shift=p.shift + level)


def index(
    age: np.ndarray,
    rank: np.ndarray,
    blocks: ZoneBlocks,
    *,
    coverage: np.ndarray | float = 0.0,
    help_reach: np.ndarray | float = 0.0,
) -> np.ndarray:
    """Return the log-odds of being online, up to a constant of each zone."""
    slope, part = value("online_income_slope"), value("online_affordability_part")
    return online_index(
        coverage=np.broadcast_to(np.asarray(coverage, float), ZONES),
        affordability=rank,
        age=age,
        education=rank,
        help_reach=np.broadcast_to(np.asarray(help_reach, float), ZONES),
        blocks=blocks,
        coverage_effect=value("online_coverage_effect"),
        affordability_effect=part * slope,
        age_effect=-value("online_age_slope"),
        education_effect=(1 - part) * slope,
        help_effect=value("online_help_effect"),
        elderly_age=value("elderly_age"),
    )


def lags() -> np.ndarray:
    """Return the effect of training by years since."""
    return training_lags(
        value("training_effect"), value("training_first_year"), value("training_last_year")
    )


def zone_figures() -> tuple[np.ndarray, np.ndarray]:
    """Return income per person (yuan) and persons of the 62 zones in 2023."""
    zones = load_zones()
    codes = sorted(place.code for place in provinces())
    order = [zone_code(code, area) for code in codes for area in ("urban", "rural")]
    income, people = (zones.at(name, YEAR) for name in ("income_pc", "population"))
    return np.array([income[z] for z in order]), 1e4 * np.array([people[z] for z in order])


def value(name: str) -> float:
    """Return the central value of an assumption."""
    return find_assumption(name).value


def _spread(side: str) -> np.ndarray:
    pair = [value(f"income_spread_{side}_{area}") for area in ("urban", "rural")]
    return np.tile(pair, ZONES // 2)
