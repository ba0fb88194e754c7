"""Jobs lost to digital technology beyond the usual flow, re-hiring, and scars (E15)."""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType

import numpy as np
from jaxtyping import Float

from gongfu.economy.draws import Chance, chance
from gongfu.economy.households.blocks import ZoneBlocks

__all__ = ["Jobs", "displace", "rehire", "update_reference"]


@dataclass(frozen=True, slots=True, eq=False)
class Jobs:
    """What displacement leaves behind in each household.

    Parameters
    ----------
    displaced : share of the household's labour without work, beyond the base year's, 0-1.
    scar : share of earnings lost by past displacement while in work, 0-1.
    """

    displaced: Float[np.ndarray, " household"]
    scar: Float[np.ndarray, " household"]


def displace(
    jobs: Jobs,
    *,
    skill: Float[np.ndarray, " household"],
    workers: Float[np.ndarray, " household"],
    growth: Float[np.ndarray, " zone"],
    reference: Float[np.ndarray, " zone"],
    draw: Float[np.ndarray, " household"],
    blocks: ZoneBlocks,
    displacement_rate: float,
    scar_at_once: float,
    mode: Chance = "hard",
    xp: ModuleType = np,
) -> Jobs:
    """(E15) Return jobs after adoption outran its usual pace; one job of a household at a time.

    Parameters
    ----------
    skill : digital skill, 0-1; routine work (one minus it) is exposed.
    workers : persons in work in a household; below one counts as one.
    growth, reference : rise of enterprise adoption this year and its usual rise, in points 0-1.
    displacement_rate : jobs lost per point of adoption beyond the usual and exposure of one.
    scar_at_once : share of a displaced worker's earnings lost on return.

    Notes
    -----
    A job is lost with probability ``rate max(growth - reference, 0)(1 - skill)``. Base-year
    unemployment is part of the usual flow and is not counted again.
    """
    jobs_held = xp.maximum(workers, 1.0)
    pace = blocks.spread(displacement_rate * xp.maximum(growth - reference, 0.0))
    risk = xp.minimum(pace * (1.0 - skill) * jobs_held * (1.0 - jobs.displaced), 1.0)
    lost = chance(risk, draw, mode=mode, xp=xp) / jobs_held
    lost = xp.minimum(lost, 1.0 - jobs.displaced)  # a job and a half: no more than is left
    return Jobs(jobs.displaced + lost, jobs.scar + scar_at_once * lost * (1.0 - jobs.scar))


def rehire(
    jobs: Jobs,
    skill: Float[np.ndarray, " household"],
    trained: Float[np.ndarray, " household"],
    draw: Float[np.ndarray, " household"],
    *,
    rehire_rate: float,
    training_effect: float,
    scar_recovery: float,
    mode: Chance = "hard",
    xp: ModuleType = np,
) -> Jobs:
    """(E15) Return jobs after the displaced of earlier years found work and scars healed a little.

    Parameters
    ----------
    trained : share of members whose training has begun to work, 0-1.
    rehire_rate : yearly chance of an unskilled, untrained worker.
    training_effect : rise of that chance by training, as a share of it.
    scar_recovery : share of a scar that heals in a year.

    Notes
    -----
    ``f0 (1 + training + d)``, at most one.
    """
    odds = xp.minimum(rehire_rate * (1.0 + training_effect * trained + skill), 1.0)
    found = chance(odds, draw, mode=mode, xp=xp) * jobs.displaced
    return Jobs(jobs.displaced - found, jobs.scar * (1.0 - scar_recovery))


def update_reference(
    reference: Float[np.ndarray, " zone"], growth: Float[np.ndarray, " zone"], *, speed: float
) -> Float[np.ndarray, " zone"]:
    """(E15) Return the usual rise of adoption, which follows the actual one slowly.

    Parameters
    ----------
    speed : share of the gap closed in a year; enterprises and schools plan for the rest.
    """
    return reference + speed * (growth - reference)
