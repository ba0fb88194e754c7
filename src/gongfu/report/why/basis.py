"""What a result document rests on: figures, levers and parameters, below its own numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from gongfu.core import Panel, Variable
from gongfu.core.assumption import Assumption
from gongfu.core.policy import Lever
from gongfu.report.document import Words
from gongfu.report.why.places import Place

__all__ = ["Basis", "Footing", "LeverSet", "Publication", "Wanted"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Cells of one table of a study.

    Parameters
    ----------
    table : its name under ``[data]``; variables : of it.
    units, years : wanted; empty means all.
    """

    table: str
    variables: tuple[str, ...]
    units: tuple[str, ...] = ()
    years: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Publication:
    """Who published a figure, under which title, and where."""

    publisher: Words
    title: Words
    url: str


@dataclass(frozen=True, slots=True)
class LeverSet:
    """A lever of a package, from which year it has which value."""

    lever: Lever
    values: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Footing:
    """What one number rests on.

    Parameters
    ----------
    figures : cells of the study's tables of units and years.
    levers, parameters : of a simulated number.
    is_sampled : whether it rests on rows of a survey, which are nowhere listed.
    """

    figures: tuple[Wanted, ...] = ()
    levers: tuple[LeverSet, ...] = ()
    parameters: tuple[Assumption, ...] = ()
    is_sampled: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Basis:
    """What all numbers of a document rest on.

    Parameters
    ----------
    footing : of a number.
    panels : the study's tables by name, each by the language of its notes.
    publication : of a variable; None for a user's own column.
    term : a unit or price base of a variable in words.
    """

    footing: Callable[[Place], Footing]
    panels: Mapping[str, Mapping[str, Panel]]
    publication: Callable[[Variable], Publication | None]
    term: Callable[[str], Words]
