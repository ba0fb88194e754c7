"""What changes from year to year: households, enterprises, capital, debt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from gongfu.economy.base_year.build import BaseYear
from gongfu.economy.enterprises import Enterprises
from gongfu.economy.households import Jobs, Learning
from gongfu.economy.world import World

__all__ = ["People", "State", "first_state"]


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """Households at the end of a year; arrays are sorted by zone.

    Parameters
    ----------
    people : persons each record stands for, 10k, as the survey weights them.
    size : persons per household.
    score, parents : standard normal rank of income inside the zone, own and the parents'.
    human_capital : log, relative to the base-year mean of the zone.
    skill : digital skill, 0-1.
    online : 0 or 1.
    learning : of digital skill.
    trained : share of members trained this year, last year and so on.
    jobs : lost work and scars.
    income : disposable income per person, yuan in base-year prices.
    """

    people: Float[np.ndarray, " household"]
    size: Float[np.ndarray, " household"]
    score: Float[np.ndarray, " household"]
    parents: Float[np.ndarray, " household"]
    human_capital: Float[np.ndarray, " household"]
    skill: Float[np.ndarray, " household"]
    online: Float[np.ndarray, " household"]
    learning: Learning
    trained: Float[np.ndarray, "household lag"]
    jobs: Jobs
    income: Float[np.ndarray, " household"]

    @property
    def households(self) -> Float[np.ndarray, " household"]:
        """Households each record stands for, 10k."""
        return np.asarray(self.people / self.size)


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """The economy at the end of a year.

    Parameters
    ----------
    year : calendar year.
    people : households.
    enterprises : firms.
    capital_hat : national capital stock relative to the base year.
    output : GDP, 100m yuan in base-year prices.
    adoption : mean use of digital technology by zone, 0-1, firms counted by sales.
    reference : usual yearly rise of adoption by zone (E15).
    debt : public debt of the package, 100m yuan.
    """

    year: int
    people: People
    enterprises: Enterprises
    capital_hat: float
    output: float
    adoption: Float[np.ndarray, " zone"]
    reference: Float[np.ndarray, " zone"]
    debt: float


def first_state(world: World) -> State:
    """Return the base year as the state that the first simulated year starts from."""
    return State(
        year=world.base.year,
        people=_first_people(world.base, len(world.lag_effect), world.household.learning),
        enterprises=world.enterprises.enterprises,
        capital_hat=1.0,
        output=float(world.markets.output.sum()),
        adoption=world.zone_adoption,
        reference=world.usual_growth,
        debt=0.0,
    )


def _first_people(base: BaseYear, lags: int, learning: Learning) -> People:
    found = base.households
    nothing = np.zeros(len(found.zone))
    return People(
        people=found.people,
        size=found.size,
        score=found.score,
        parents=found.parents_score,
        human_capital=found.log_human_capital,
        skill=found.digital_skill,
        online=found.is_online.astype(np.float64),
        learning=learning,
        trained=np.zeros((len(nothing), lags)),
        jobs=Jobs(nothing, nothing),
        income=found.income,
    )
