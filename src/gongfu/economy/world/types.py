"""What does not change from year to year, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from gongfu.economy.base_year import (
    BaseYear,
)
from gongfu.economy.enterprises import (
    BaseYear as EnterprisesAtRest,
)
from gongfu.economy.enterprises import (
    EnterpriseRules,
)
from gongfu.economy.households import (
    Learning,
    ScoreCurve,
    ZoneBlocks,
    fit_curve,
)
from gongfu.economy.markets import MarketBase, MarketParameters
from gongfu.economy.world.taxes import IncomeTax

__all__ = ["Claim", "HouseholdTraits", "World"]


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
    tax : on labour income.
    base_tax : paid per person in each zone in the base year, yuan.
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
    tax: IncomeTax
    base_tax: Float[np.ndarray, " zone"]
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
    property_claim : property income of the base year, by rank.
    transfer_claim : transfers received in the base year, before income tax, by rank.
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
