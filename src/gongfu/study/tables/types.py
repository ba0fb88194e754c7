"""What a loaded table is: a panel with its groups, or sampled rows with their design."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from gongfu.core import Evidence, Microdata, Panel
from gongfu.measure.design import SurveyDesign
from gongfu.study.settings import AccountSettings

__all__ = ["RowTable", "StudyTables", "UnitTable"]


@dataclass(frozen=True, slots=True)
class UnitTable:
    """A panel and the groups its units belong to.

    Parameters
    ----------
    panel : the figures.
    levels : ``{level: {unit: group}}``, such as ``{"region": {"51": "West"}}``.
    embedded : name of the embedded table it is, or empty for a user's file.
    """

    panel: Panel
    levels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    embedded: str = ""


@dataclass(frozen=True, slots=True)
class RowTable:
    """Sampled rows of several years; ``year`` is the column that says which."""

    microdata: Microdata
    year: str

    def design(self, wave: pl.DataFrame) -> SurveyDesign:
        """Return how the rows of one year were sampled."""
        micro = self.microdata
        weight = np.ones(wave.height) if micro.weight is None else wave[micro.weight].to_numpy()
        strata = None if micro.strata is None else wave[micro.strata].to_numpy()
        psu = None if micro.psu is None else wave[micro.psu].to_numpy()
        return SurveyDesign(weight.astype(np.float64), strata, psu)


@dataclass(frozen=True, slots=True)
class StudyTables:
    """Everything a study reads, by the name the study gave it.

    Parameters
    ----------
    notes : what the readers recognised or left out, in sentences.
    """

    units: Mapping[str, UnitTable]
    rows: Mapping[str, RowTable]
    notes: tuple[str, ...] = ()

    def evidence(self, account: AccountSettings) -> Evidence:
        """Return the weakest evidence among the figures an account rests on."""
        if account.data in self.rows:
            return self.rows[account.data].microdata.evidence
        panel = self.units[account.data].panel.select(*account.variables)
        return max(map(Evidence, panel.frame["evidence"].unique()), key=_WEAKER.index)


_WEAKER = list(Evidence)
"""Kinds of evidence from observed to simulated, in the order they are declared."""
