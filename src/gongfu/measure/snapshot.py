"""Who had which income in one year, and in which group."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from jaxtyping import Float, Shaped

from gongfu.measure.atkinson import atkinson
from gongfu.measure.design import SurveyDesign
from gongfu.measure.gini import gini
from gongfu.measure.linearised import Linearised
from gongfu.measure.mean import mean

__all__ = ["INDICES", "Index", "Snapshot"]

Index = Literal["gini", "atkinson_1"]
INDICES: tuple[Index, ...] = ("gini", "atkinson_1")


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """Who had which income in one year.

    Parameters
    ----------
    year : of the incomes.
    income : currency per person, in prices that are the same in every snapshot compared.
    weight : people in each row.
    levels : groupings from coarse to fine, such as ``{"region": [...], "area": [...]}``; a group of
        a finer level is read inside its coarser one.
    design : how the rows were sampled; none for published aggregates, which have no such error.
    """

    year: int
    income: Float[np.ndarray, " row"]
    weight: Float[np.ndarray, " row"]
    levels: Mapping[str, Shaped[np.ndarray, " row"]] = field(default_factory=dict)
    design: SurveyDesign | None = None

    def log_mean(self) -> Linearised:
        """Return the log of income per person."""
        return _log(mean(self.income, self.weight))

    def log_equality(self, index: Index) -> Linearised:
        """Return ``ln(1 - I)``: 0 when all have the same, lower the less equal."""
        if index == "gini":
            return _log(1.0 - gini(self.income, self.weight))
        return _log(1.0 - atkinson(self.income, self.weight, epsilon=1.0))

    def paths(self) -> list[Shaped[np.ndarray, " row"]]:
        """Return one label array per level, each label carrying the levels above it."""
        out: list[Shaped[np.ndarray, " row"]] = []
        for labels in self.levels.values():
            text = np.asarray(labels).astype(str)
            out.append(np.char.add(np.char.add(out[-1], "/"), text) if out else text)
        return out


def _log(statistic: Linearised) -> Linearised:
    return statistic.changed(math.log(statistic.value), 1.0 / statistic.value)
