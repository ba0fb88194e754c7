"""Digital skill: learned online and in training, and forgotten (E13)."""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError, Problem
from gongfu.economy.draws import Chance, chance

__all__ = ["Learning", "follow_rank", "learn", "learning_rates", "train", "training_lags"]


@dataclass(frozen=True, slots=True, eq=False)
class Learning:
    """Share a year of the skill still missing that a household acquires, online and offline."""

    online: Float[np.ndarray, " household"]
    offline: Float[np.ndarray, " household"]


def learn(
    skill: Float[np.ndarray, " household"],
    online: Float[np.ndarray, " household"],
    trained: Float[np.ndarray, "household lag"],
    *,
    learning: Learning,
    forgetting: float,
    lag_effect: Float[np.ndarray, " lag"],
) -> Float[np.ndarray, " household"]:
    """(E13) Return digital skill after the year: the share of work done with it, 0-1.

    Parameters
    ----------
    online : 0-1.
    trained : share of members trained this year, last year and so on (see `train`).
    learning : from `learning_rates`.
    forgetting : share of the skill that is lost in a year.
    lag_effect : share of the missing skill acquired per person trained, by years since.

    Notes
    -----
    ``d' = d + (learning + trained . lag_effect)(1 - d) - forgetting d``. Learning, not forgetting,
    differs between households: the base year is steady, and what a villager with little skill
    learned in a course lasts as long as what an engineer learned.
    """
    by_use = learning.offline + online * (learning.online - learning.offline)
    return skill + (by_use + trained @ lag_effect) * (1.0 - skill) - forgetting * skill


def learning_rates(
    skill: Float[np.ndarray, " household"],
    online: Float[np.ndarray, " household"],
    *,
    forgetting: float,
    offline_ratio: float,
) -> Learning:
    """(E13) Return the learning that keeps base-year skill exactly where it is.

    Parameters
    ----------
    skill, online : of the base year; online 0 or 1.
    offline_ratio : skill offline over the skill of the same household online, above 0.

    Raises
    ------
    InputError
        If a skill, or the skill a household would have online, is not at least 0 and below 1.

    Notes
    -----
    ``learning = forgetting d / (1 - d)`` for d online and for d offline, so that whoever changes
    moves towards the skill of the other state by about ``forgetting / (1 - d)`` a year.
    """
    is_online = online > 0.5
    above = np.where(is_online, skill, skill / offline_ratio)
    _refuse_skills(above)
    below = np.where(is_online, skill * offline_ratio, skill)
    return Learning(forgetting * above / (1.0 - above), forgetting * below / (1.0 - below))


def follow_rank(
    skill: Float[np.ndarray, " household"],
    learning: Learning,
    rise: Float[np.ndarray, " household"],
    *,
    slope: float,
    xp: ModuleType = np,
) -> tuple[Float[np.ndarray, " household"], Learning]:
    """(E13) Return skill and learning after ranks changed by chance.

    Parameters
    ----------
    rise : of log income by the change of rank (see `gongfu.economy.households.churn`).
    slope : rise of the log-odds of skill with log income inside a zone, as in the base year.

    Notes
    -----
    Odds grow by ``e^(slope rise)``. Chance makes households change places, skill included; were
    it left behind, the skilled would cease to be the well-paid, and digital labour would shrink
    for no reason.
    """
    growth = xp.exp(slope * rise)
    moved = skill * growth / (1.0 - skill + skill * growth)
    return moved, Learning(learning.online * growth, learning.offline * growth)


def train(
    trained: Float[np.ndarray, "household lag"],
    reach: Float[np.ndarray, " household"],
    draw: Float[np.ndarray, " household"],
    *,
    mode: Chance = "hard",
    xp: ModuleType = np,
) -> Float[np.ndarray, "household lag"]:
    """(E13) Return the training history one year on, with this year's courses in front.

    Parameters
    ----------
    trained : history; as many years as ``lag_effect`` is long.
    reach : chance of a place this year, 0-1.
    """
    now = chance(reach, draw, mode=mode, xp=xp)
    return xp.concatenate([now[:, None], trained[:, :-1]], axis=1)


def training_lags(effect: float, first: float, last: float) -> Float[np.ndarray, " lag"]:
    """(E13) Return the effect by years since training: nothing at first, ``effect`` in some years.

    Parameters
    ----------
    effect : share of the missing skill acquired per person trained, in each effective year.
    first, last : years since training in which it works; 0 is the year of the course.

    Notes
    -----
    Evaluations of training find about nothing in the first year and gains after two or three
    years (Card, Kluve and Weber, JEEA 2018).
    """
    return np.where(np.arange(int(last) + 1) >= first, effect, 0.0)


def _refuse_skills(skill: Float[np.ndarray, " household"]) -> None:
    wrong = skill[~((skill >= 0.0) & (skill < 1.0))]
    if wrong.size:
        raise InputError(
            Problem(
                f"digital skill of {wrong.size} households, were they online",
                expected="at least 0 and below 1",
                found=f"{wrong[0]:g}",
            )
        )
