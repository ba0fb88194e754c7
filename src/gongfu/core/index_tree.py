"""A composite index as a tree: its indicators, where they hang, how they are put together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

__all__ = [
    "Aggregation",
    "Direction",
    "IndexNode",
    "IndexTree",
    "Indicator",
    "Normalisation",
    "Weighting",
]

Direction: TypeAlias = Literal["+", "-"]
Normalisation: TypeAlias = Literal["bounds", "min-max", "z", "rank"]
Weighting: TypeAlias = Literal[
    "equal",
    "expert",
    "standard-deviation",
    "entropy",
    "critic",
    "pca",
    "merec",
    "cilos",
    "idocriw",
]
Aggregation: TypeAlias = Literal[
    "arithmetic",
    "geometric",
    "mazziotta-pareto-",
    "mazziotta-pareto+",
    "topsis",
    "vikor",
    "promethee",
    "benefit-of-doubt",
]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure of an index.

    Parameters
    ----------
    name, zh, en : key and labels.
    parent : node it belongs to, or the name of the tree.
    variable, per, factor : its value is ``factor * variable / per``; ``per`` may be empty.
    prices : count ``variable`` at prices of this year; none leaves it as published.
    unit : of that value.
    direction : ``+`` more is better, ``-`` less is better.
    bounds : values, in ``unit``, that score 0 and 1 (or 1 and 0 where less is better) in every
        year; none where the tree does not use bounds.
    weight : expert weight relative to its siblings.
    is_inequality : it says how unequally something is shared.
    reason_zh, reason_en : why it is in the index and why the bounds stand where they do.
    source : key of the publisher, or words.
    """

    name: str
    zh: str
    en: str
    parent: str
    variable: str
    unit: str
    direction: Direction
    reason_zh: str
    reason_en: str
    source: str
    bounds: tuple[float, float] | None = None
    per: str = ""
    factor: float = 1.0
    prices: int | None = None
    weight: float = 1.0
    is_inequality: bool = False

    def label(self, language: str) -> str:
        """Return the label in ``zh`` or ``en``."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class IndexNode:
    """A dimension of an index.

    Parameters
    ----------
    name, zh, en : key and labels.
    parent : node it belongs to, or the name of the tree.
    weight : expert weight relative to its siblings.
    aggregation : how its children are put together; none takes the tree's way, and follows it
        when other ways are tried.
    """

    name: str
    zh: str
    en: str
    parent: str
    weight: float = 1.0
    aggregation: Aggregation | None = None

    def label(self, language: str) -> str:
        """Return the label in ``zh`` or ``en``."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class IndexTree:
    """A composite index.

    Parameters
    ----------
    name, zh, en : key of the root and titles.
    nodes, indicators : in the order of the file; every name differs.
    data : ``china`` for the embedded figures, or empty.
    years : first and last year it is meant for.
    normalisation, weighting, aggregation : the stated choices; others are sensitivity checks.
    score_range : scores that the two bounds get.
    penalty_scale : where scores 0 and 1 lie when a Mazziotta-Pareto penalty is computed.
    missing_zh, missing_en : what the index ought to hold and does not, for want of figures.
    """

    name: str
    zh: str
    en: str
    nodes: tuple[IndexNode, ...]
    indicators: tuple[Indicator, ...]
    data: str = ""
    years: tuple[int, int] | None = None
    normalisation: Normalisation = "bounds"
    weighting: Weighting = "equal"
    aggregation: Aggregation = "mazziotta-pareto-"
    score_range: tuple[float, float] = (0.0, 1.0)
    penalty_scale: tuple[float, float] = (70.0, 130.0)
    missing_zh: str = ""
    missing_en: str = ""

    def label(self, language: str) -> str:
        """Return the title in ``zh`` or ``en``."""
        return self.zh if language == "zh" else self.en

    def children(self, name: str) -> tuple[IndexNode | Indicator, ...]:
        """Return what hangs directly under a node or the root, dimensions first."""
        nodes = (node for node in self.nodes if node.parent == name)
        return (*nodes, *(one for one in self.indicators if one.parent == name))

    def upwards(self) -> tuple[str, ...]:
        """Return nodes and root in an order in which every node stands after its children."""
        return tuple(self._below(self.name))

    def without(self, indicator: str) -> IndexTree:
        """Return the tree without one indicator and without a node that is left empty."""
        kept = tuple(one for one in self.indicators if one.name != indicator)
        above = {node.name: node.parent for node in self.nodes}
        used = set()
        for one in kept:
            place = one.parent
            while place in above:
                used.add(place)
                place = above[place]
        nodes = tuple(node for node in self.nodes if node.name in used)
        return replace(self, nodes=nodes, indicators=kept)

    def _below(self, name: str) -> Iterator[str]:
        for child in self.children(name):
            if isinstance(child, IndexNode):
                yield from self._below(child.name)
        yield name
