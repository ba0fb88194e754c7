"""An index under every combination of stated choices: rank intervals and what makes them wide.

References
----------
[Saisana 2005] Saisana, Saltelli, Tarantola: Uncertainty and sensitivity analysis techniques as
tools for the quality assessment of composite indicators. JRSS A 168(2), 307-323.
[OECD 2008] OECD and JRC: Handbook on Constructing Composite Indicators, step 7.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from jaxtyping import Bool, Float

from gongfu.core import InputError, Panel
from gongfu.core.index_tree import Aggregation, IndexTree, Normalisation, Weighting
from gongfu.measure.index.build import BuiltIndex, build_index, index_scores
from gongfu.measure.index.choices import Choices
from gongfu.measure.index.ranks import rank_descending
from gongfu.measure.index.sobol import SobolShare, sobol_shares
from gongfu.measure.index.tree import assemble

__all__ = ["AGGREGATIONS", "NORMALISATIONS", "WEIGHTINGS", "IndexSpread", "RankInterval", "spread"]

NORMALISATIONS: tuple[Normalisation, ...] = ("bounds", "min-max", "z", "rank")
WEIGHTINGS: tuple[Weighting, ...] = ("equal", "standard-deviation", "critic", "pca")
AGGREGATIONS: tuple[Aggregation, ...] = ("arithmetic", "geometric", "mazziotta-pareto-", "topsis")
NOTHING_LEFT_OUT = "none"


@dataclass(frozen=True, slots=True)
class RankInterval:
    """Rank of a unit as stated, and its range over the combinations of choices.

    ``low`` to ``high`` holds the share ``level`` of the combinations, ``best`` and ``worst`` all of
    them. It is a range over choices, not a confidence interval.
    """

    unit: str
    stated: float
    median: float
    low: float
    high: float
    best: float
    worst: float
    level: float


@dataclass(frozen=True, slots=True, eq=False)
class IndexSpread:
    """The index of one year under all combinations.

    Parameters
    ----------
    year, units : units that have an index under every combination.
    stated, stated_index : rank and index of those units under the choices the tree states.
    factors : choice and its levels, in the order of the leading axes.
    index, ranks : one axis per factor, then units.
    left_out : units without an index.
    """

    year: int
    units: tuple[str, ...]
    stated: Float[np.ndarray, " unit"]
    stated_index: Float[np.ndarray, " unit"]
    factors: Mapping[str, tuple[str, ...]]
    index: Float[np.ndarray, " *factor unit"]
    ranks: Float[np.ndarray, " *factor unit"]
    left_out: tuple[str, ...]

    @property
    def combinations(self) -> int:
        """How many ways the index was built."""
        return int(np.prod(self.index.shape[:-1]))

    def intervals(self, level: float = 0.9) -> tuple[RankInterval, ...]:
        """Return the rank interval of each unit, best stated rank first.

        Parameters
        ----------
        level : share of the combinations between ``low`` and ``high``.
        """
        ranks = self.ranks.reshape(-1, len(self.units))
        tail = (1 - level) / 2
        low, median, high = np.quantile(
            ranks, [tail, 0.5, 1 - tail], axis=0, method="inverted_cdf"
        ).tolist()
        best, worst = ranks.min(axis=0).tolist(), ranks.max(axis=0).tolist()
        stated = self.stated.tolist()
        order = np.lexsort((median, stated)).tolist()
        return tuple(
            RankInterval(
                self.units[i], stated[i], median[i], low[i], high[i], best[i], worst[i], level
            )
            for i in order
        )

    def shares(self, unit: str | None = None) -> Mapping[str, SobolShare]:
        """Return the Sobol shares of each choice in the rank of a unit.

        Without a unit: in the mean change of rank against the stated choices [Saisana 2005].
        """
        if unit is None:
            results = np.abs(self.ranks - self.stated).mean(axis=-1)
        else:
            results = self.ranks[..., self.units.index(unit)]
        return sobol_shares(results, list(self.factors))


def spread(
    panel: Panel,
    tree: IndexTree,
    year: int,
    *,
    normalisations: Sequence[Normalisation] = NORMALISATIONS,
    weightings: Sequence[Weighting] = WEIGHTINGS,
    aggregations: Sequence[Aggregation] = AGGREGATIONS,
    leave_one_out: bool = False,
    vintages: Mapping[str, Panel] | None = None,
) -> IndexSpread:
    """Return the index of a year under every combination of the named choices.

    Parameters
    ----------
    panel : its variables are the indicators of the tree, all years that normalisations and weights
        should see.
    year : whose ranks are looked at.
    leave_one_out : also leave out each indicator in turn, as one more factor.
    vintages : other readings of the figures by name, as one more factor beside ``panel``, which
        is called ``stated``.

    Raises
    ------
    InputError
        If a combination cannot be built.

    Notes
    -----
    Units without an index in the year under one of the combinations are left out of all, so that
    ranks stay comparable. ``bounds`` needs bounds; trees without them name other normalisations.
    """
    readings = {"stated": panel, **(vintages or {})}
    stated = build_index(panel, tree)
    omitted = [NOTHING_LEFT_OUT, *([one.name for one in tree.indicators] if leave_one_out else [])]
    factors = {
        "normalisation": tuple(normalisations),
        "weighting": tuple(weightings),
        "aggregation": tuple(aggregations),
        "left out": tuple(omitted),
        "vintage": tuple(readings),
    }
    shape = [len(levels) for levels in factors.values()]
    index = np.empty((*shape, len(stated.units)))
    for v, reading in enumerate(readings.values()):
        built = stated if reading is panel else _same_rows(reading, stated)
        for n, normalisation in enumerate(normalisations):
            index[n, :, :, :, v] = _grid(
                built,
                Choices(normalisation),
                weightings=weightings,
                aggregations=aggregations,
                omitted=omitted,
                year=year,
            )
    return _summary(stated, factors, index, year)


def _same_rows(panel: Panel, stated: BuiltIndex) -> BuiltIndex:
    other = build_index(panel, stated.tree, years=stated.years)
    if other.units != stated.units:
        raise InputError("a vintage of the figures has other units than the stated one")
    return other


def _grid(
    built: BuiltIndex,
    way: Choices,
    *,
    weightings: Sequence[Weighting],
    aggregations: Sequence[Aggregation],
    omitted: Sequence[str],
    year: int,
) -> Float[np.ndarray, "weighting aggregation omitted unit"]:
    scores = index_scores(built.values, built.tree, way).reshape(-1, built.values.shape[-1])
    out = np.empty((len(weightings), len(aggregations), len(omitted), len(built.units)))
    for o, (tree, columns) in enumerate(_trees(built.tree, omitted)):
        for (w, weighting), (a, aggregation) in product(
            enumerate(weightings), enumerate(aggregations)
        ):
            chosen = replace(way, weighting=weighting, aggregation=aggregation)
            root = assemble(scores[:, columns], tree, chosen).nodes[tree.name]
            out[w, a, o] = root.reshape(len(built.units), -1)[:, built.at(year)]
    return out


def _trees(
    tree: IndexTree, omitted: Sequence[str]
) -> Iterator[tuple[IndexTree, Bool[np.ndarray, " indicator"]]]:
    names = np.array([one.name for one in tree.indicators])
    for name in omitted:
        yield tree if name == NOTHING_LEFT_OUT else tree.without(name), names != name


def _summary(
    stated: BuiltIndex,
    factors: Mapping[str, tuple[str, ...]],
    index: Float[np.ndarray, " *factor unit"],
    year: int,
) -> IndexSpread:
    axes = tuple(range(index.ndim - 1))
    complete = ~np.isnan(index).any(axis=axes) & ~np.isnan(stated.index[:, stated.at(year)])
    if not complete.any():
        raise InputError(f"no unit has an index of {year} under every combination")
    kept = index[..., complete]
    flat = kept.reshape(-1, kept.shape[-1])
    ranks = rank_descending(flat.T).T.reshape(kept.shape)
    varied = {name: levels for name, levels in factors.items() if len(levels) > 1}
    shape = [len(levels) for levels in varied.values()] + [kept.shape[-1]]
    units = np.array(stated.units)
    as_stated = stated.index[complete, stated.at(year)]
    return IndexSpread(
        year=year,
        units=tuple(units[complete].tolist()),
        stated=rank_descending(as_stated),
        stated_index=as_stated,
        factors=varied,
        index=kept.reshape(shape),
        ranks=ranks.reshape(shape),
        left_out=tuple(units[~complete].tolist()),
    )
