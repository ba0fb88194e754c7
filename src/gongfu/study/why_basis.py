"""What the numbers of a study's result rest on: its figures, levers and parameters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from gongfu.core import InputError, Panel, Variable
from gongfu.core.policy import Scenario
from gongfu.data import load_china, load_china_national, load_sources, load_zones
from gongfu.data.assumption_files import load_assumptions
from gongfu.data.dictionary import translate_term
from gongfu.data.lever_files import find_lever
from gongfu.report.document import ResultDocument, Words
from gongfu.report.why import Basis, Footing, LeverSet, Place, Publication
from gongfu.report.words import unit_text
from gongfu.study.fingerprint import study_hash
from gongfu.study.policies import study_scenarios
from gongfu.study.settings import StudySettings
from gongfu.study.tables import StudyTables, load_tables
from gongfu.study.verify_study import study_of
from gongfu.study.why_figures import FiguresBehind

__all__ = ["StudyBasis", "basis_of", "find_basis", "publication_of", "term_words"]


def find_basis(document: ResultDocument, beside: Path) -> Basis | None:
    """Return what a stored document rests on, or None where that cannot be known any more.

    Parameters
    ----------
    beside : folder of the result; the study file is looked for there.

    Notes
    -----
    A study whose file or figures have changed since is not the one the document came from: its
    figures are not passed off as those behind the document's numbers.
    """
    meta = document.meta
    try:
        settings, folder = study_of(meta.command, meta.study, beside)
        same = study_hash(settings, folder) == meta.study_hash
    except InputError:
        return None
    return basis_of(settings, folder) if same else None


def basis_of(settings: StudySettings, folder: Path) -> Basis:
    """Return what the numbers of a study's result rest on.

    Parameters
    ----------
    folder : where relative paths of the study start.
    """
    study = StudyBasis(settings, load_tables(settings, folder), folder)
    return Basis(
        footing=study.footing, panels=study.panels, publication=publication_of, term=term_words
    )


@dataclass(frozen=True, eq=False)
class StudyBasis:
    """The footing of each number of a study's result, and the tables it leads to."""

    settings: StudySettings
    tables: StudyTables
    folder: Path

    def footing(self, place: Place) -> Footing:
        """Return what a number of the result rests on."""
        if place.entry.figures == "simulation":
            return self._simulated(place.cells.get("scenario"))
        wanted = self._figures.of(place)
        return Footing(
            figures=tuple(one for one in wanted if one.table in self.tables.units),
            is_sampled=any(one.table in self.tables.rows for one in wanted),
        )

    @cached_property
    def panels(self) -> Mapping[str, Mapping[str, Panel]]:
        """Tables of the study, by the language of the notes on their figures."""
        return {
            name: {"en": table.panel, "zh": _in_chinese(table.embedded, table.panel)}
            for name, table in self.tables.units.items()
        }

    def _simulated(self, scenario: str | None) -> Footing:
        """Return the levers of a package and every parameter of the equations they enter."""
        if self.settings.policy is None:
            return Footing()
        levers = tuple(self._levers(scenario))
        tags = {tag for one in levers for tag in one.lever.mechanism}
        costs = {one.lever.unit_cost for one in levers}
        known = load_assumptions().values()
        entering = [
            *(one for one in known if one.name in costs),
            *(one for one in known if one.equation in tags and one.name not in costs),
        ]
        return Footing(levers=levers, parameters=tuple(entering if scenario else known))

    def _levers(self, scenario: str | None) -> Iterator[LeverSet]:
        for package in self._packages:
            if package.name == scenario:
                for setting in package.policy.settings:
                    yield LeverSet(find_lever(setting.lever), setting.values)

    @cached_property
    def _packages(self) -> list[Scenario]:
        policy = self.settings.policy
        return [] if policy is None else [*study_scenarios(policy, self.folder)]

    @cached_property
    def _figures(self) -> FiguresBehind:
        return FiguresBehind(self.settings, self.tables, self.folder)


_IN_CHINESE = {"provinces": load_china, "national": load_china_national, "zones": load_zones}


def _in_chinese(embedded: str, panel: Panel) -> Panel:
    """Return an embedded table with its notes in Chinese; any other as it is."""
    load = _IN_CHINESE.get(embedded)
    return panel if load is None else load(language="zh")


def term_words(term: str) -> Words:
    """Return a unit or price base in both languages; a user's own stays as it is."""
    try:
        return Words(translate_term(term, "zh"), term)
    except InputError:
        return Words(unit_text(term, "zh"), term)


def publication_of(variable: Variable) -> Publication | None:
    """Return who published a variable; None for a user's own column."""
    source = load_sources().get(variable.source)
    if source is None:
        return None
    return Publication(
        Words(source.publisher("zh"), source.publisher("en")),
        Words(source.title("zh"), source.title("en")),
        source.url,
    )
