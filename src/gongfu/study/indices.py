"""The composite indices of a study: their trees, their figures, other readings of the figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from gongfu.core import InputError, Panel, Problem
from gongfu.core.index_tree import IndexTree
from gongfu.data import load_china
from gongfu.data.index_values import indicator_panel
from gongfu.data.prices import regional_deflator
from gongfu.measure.index.build import BuiltIndex, build_index
from gongfu.study.index_files import study_trees
from gongfu.study.settings import IndexSettings
from gongfu.study.tables.types import StudyTables

__all__ = ["StudyIndex", "study_indices"]

REGIONAL = "regional prices"


@dataclass(frozen=True, slots=True, eq=False)
class StudyIndex:
    """An index as stated, and what it was made from.

    Parameters
    ----------
    panel : of its indicators; figures : of the variables behind them.
    vintages : other readings of the indicators by name.
    regions : ``{unit: larger region}``, empty where the table does not say.
    year : whose ranks are told.
    """

    built: BuiltIndex
    panel: Panel
    figures: Panel
    vintages: Mapping[str, Panel]
    regions: Mapping[str, str]
    is_embedded: bool
    year: int

    @property
    def tree(self) -> IndexTree:
        """The tree it was built from."""
        return self.built.tree


def study_indices(
    settings: IndexSettings, tables: StudyTables, folder: Path
) -> tuple[StudyIndex, ...]:
    """Return the indices of a study, each built as its tree states.

    Raises
    ------
    InputError
        If a tree is unknown or wrong, or figures for it are missing; all problems at once.
    """
    found: list[StudyIndex] = []
    problems: list[Problem] = []
    for tree in study_trees(settings, folder):
        try:
            found.append(_study_index(tree, settings, tables))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    return tuple(found)


def _study_index(tree: IndexTree, settings: IndexSettings, tables: StudyTables) -> StudyIndex:
    source = settings.data
    figures = None if source is None else tables.units[source].panel
    panel = indicator_panel(tree, figures)
    used = load_china() if figures is None else figures
    others = {name: indicator_panel(tree, tables.units[name].panel) for name in settings.vintages}
    built = build_index(panel, tree)
    return StudyIndex(
        built=built,
        panel=panel,
        figures=used,
        vintages={**_regional_prices(tree, settings, figures), **others},
        regions=_regions(source, tables),
        is_embedded=source is None or bool(tables.units[source].embedded),
        year=built.years[-1],
    )


def _regional_prices(
    tree: IndexTree, settings: IndexSettings, figures: Panel | None
) -> dict[str, Panel]:
    """Return money at the price levels of each region, where an indicator counts money."""
    bases = {one.prices for one in tree.indicators if one.prices is not None}
    if not settings.regional_prices or len(bases) != 1 or figures is not None:
        return {}
    deflator = regional_deflator(load_china(), base_year=bases.pop())
    return {REGIONAL: indicator_panel(tree, deflator=deflator)}


def _regions(source: str | None, tables: StudyTables) -> Mapping[str, str]:
    """Return the coarsest grouping of the table the figures come from."""
    own = tables.units.get(source or "")
    known = [own] if own else [one for one in tables.units.values() if one.embedded == "provinces"]
    levels = known[0].levels if known else {}
    return next(iter(levels.values()), {})
