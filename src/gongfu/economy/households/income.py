"""Labour of two types, and income by source that follows current rank (E14, E16)."""

from __future__ import annotations

from types import ModuleType

import numpy as np
from jaxtyping import Float

from gongfu.economy.households.blocks import ZoneBlocks, share_out

__all__ = ["labour_income", "labour_units", "rank_income"]


def labour_units(
    human_capital: Float[np.ndarray, " household"],
    skill: Float[np.ndarray, " household"],
    labour: Float[np.ndarray, " household"],
    blocks: ZoneBlocks,
    *,
    xp: ModuleType = np,
) -> Float[np.ndarray, "zone type"]:
    """(E14) Return each zone's labour in efficiency units: digital, then routine.

    Parameters
    ----------
    human_capital : natural logarithm.
    skill : digital skill, 0-1.
    labour : workers each record stands for who are in work, less the share that scars take.

    Notes
    -----
    ``sum e^h d labour`` and ``sum e^h (1 - d) labour``.
    """
    units = xp.exp(human_capital) * labour
    digital = blocks.totals(units * skill, xp=xp)
    return xp.stack([digital, blocks.totals(units * (1.0 - skill), xp=xp)], axis=1)


def labour_income(
    human_capital: Float[np.ndarray, " household"],
    skill: Float[np.ndarray, " household"],
    labour_per_person: Float[np.ndarray, " household"],
    wage: Float[np.ndarray, "zone type"],
    blocks: ZoneBlocks,
    *,
    xp: ModuleType = np,
) -> Float[np.ndarray, " household"]:
    """(E14) Return labour income per person, yuan a year.

    Parameters
    ----------
    labour_per_person : workers in work per member, less the share that scars take.
    wage : yuan per efficiency unit: the zone's payments over its `labour_units`, so that the
        incomes of all households add up to the payments.
    """
    digital, routine = blocks.spread(wage[:, 0]), blocks.spread(wage[:, 1])
    per_unit = routine + skill * (digital - routine)
    return xp.exp(human_capital) * labour_per_person * per_unit


def rank_income(
    total: Float[np.ndarray, " zone"],
    rank: Float[np.ndarray, " household"],
    claim: Float[np.ndarray, " household"],
    people: Float[np.ndarray, " household"],
    blocks: ZoneBlocks,
    *,
    elasticity: float,
    xp: ModuleType = np,
) -> Float[np.ndarray, " household"]:
    """(E16) Return property or transfer income per person by *current* rank, yuan a year.

    Parameters
    ----------
    total : the zone's income of this source, yuan a year.
    rank : log income relative to the household in the middle of the zone.
    claim : what else counts, such as more for pensioners; 1 where nothing does.
    elasticity : of the amount to income inside a zone; above 1 for property, below for transfers.

    Notes
    -----
    ``claim e^(elasticity rank)``, scaled to the total. Were it tied to the rank of the base year,
    the sources would lose their correlation and the Gini would fall for no reason. To start from
    given amounts exactly, fit a curve to their logarithm (`fit_curve`), take it as rank with an
    elasticity of 1, and ``e`` to the power of what a household deviates from it as claim.
    """
    return share_out(total, claim * xp.exp(elasticity * rank), people, blocks, xp=xp)
