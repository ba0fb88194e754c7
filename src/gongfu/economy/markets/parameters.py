"""Elasticities of the markets, checked once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError, Problem

__all__ = ["MarketParameters"]

SECTORS = ("agriculture", "industry", "services", "digital")


@dataclass(frozen=True, slots=True, eq=False)
class MarketParameters:
    """Elasticities of E7, E9 and E10.

    Parameters
    ----------
    skill_substitution : xi (E7), between labour types; above 0.
    sector_substitution : nu (E9), between sectors in spending; above 0.
    region_substitution : theta (E9), between regions in the national pool, by sector; above 1.
    labour_mobility : kappa (E10), Frechet shape of ability over sectors; above 1.

    Raises
    ------
    InputError
        If a value lies outside its range.
    """

    skill_substitution: float
    sector_substitution: float
    region_substitution: Float[np.ndarray, " sector"]
    labour_mobility: float

    def __post_init__(self) -> None:
        floors = (
            ("skill_substitution", self.skill_substitution, 0.0),
            ("sector_substitution", self.sector_substitution, 0.0),
            ("region_substitution", float(np.min(self.region_substitution)), 1.0),
            ("labour_mobility", self.labour_mobility, 1.0),
        )
        problems = [
            Problem(f"{name} is out of range", f"above {floor:g}", f"{value:g}")
            for name, value, floor in floors
            if not floor < value < np.inf
        ]
        if problems:
            raise InputError(problems)

    @classmethod
    def from_values(cls, values: Mapping[str, float]) -> MarketParameters:
        """Return the elasticities out of a mapping with the names of ``markets.toml``."""
        return cls(
            skill_substitution=values["skill_substitution"],
            sector_substitution=values["sector_substitution"],
            region_substitution=np.array([values[f"region_substitution_{s}"] for s in SECTORS]),
            labour_mobility=values["labour_mobility"],
        )
