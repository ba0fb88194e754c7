"""Income by source in each zone, and the two objects between accounts and survey (steps 5, 6)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

__all__ = ["SOURCES", "SurveyWedges", "income_by_source", "survey_wedges"]

SOURCES = ("wage", "business", "property", "transfer")
"""The source axis: 工资性、经营净、财产净、转移净收入."""


@dataclass(frozen=True, slots=True)
class SurveyWedges:
    """The only two objects between what the accounts pay and what the survey counts.

    Parameters
    ----------
    labour : wage and business income in the survey over labour payments in the accounts, by zone:
        contributions, taxes, self-employment and under-reporting together.
    pass_through : property income in the survey over capital income and profit in the accounts, one
        number for the nation: the rest is retained, foreign or public.
    """

    labour: Float[np.ndarray, " zone"]
    pass_through: float


def income_by_source(
    income: Float[np.ndarray, " zone"], national: Float[np.ndarray, "area source"]
) -> Float[np.ndarray, "zone source"]:
    """(E16) Return income per person by source: the national structure of the area, to zone income.

    Parameters
    ----------
    income : mean per person of a zone, yuan.
    national : urban and rural income per person by source, yuan.
    """
    structure = national / national.sum(axis=1, keepdims=True)
    return income[:, None] * np.tile(structure, (len(income) // 2, 1))


def survey_wedges(
    sources: Float[np.ndarray, "zone source"],
    labour: Float[np.ndarray, " zone"],
    capital_and_profit: float,
) -> SurveyWedges:
    """(E16) Return the labour wedge by zone and the pass-through of capital income and profit.

    Parameters
    ----------
    sources : income of all people by source as the survey counts it, 100m yuan.
    labour : labour payments in the accounts, 100m yuan.
    capital_and_profit : in the accounts, nation, 100m yuan.
    """
    return SurveyWedges(
        labour=sources[:, :2].sum(axis=1) / labour,
        pass_through=float(sources[:, 2].sum() / capital_and_profit),
    )
