"""An index under every combination of stated choices: rank intervals and what makes them wide.

References
----------
[Saisana 2005] Saisana, Saltelli, Tarantola: Uncertainty and sensitivity analysis techniques as
tools for the quality assessment of composite indicators. JRSS A 168(2), 307-323.
[OECD 2008] OECD and JRC: Handbook on Constructing Composite Indicators, step 7.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from jaxtyping import Bool, Float

from gongfu.core import InputError, Panel
from gongfu.core.index_tree import Aggregation, IndexTree, Normalisation, Weighting
from gongfu.measure.index.build import BuiltIndex, build_index, index_scores
from gongfu.measure.index.choices import Choices
from gongfu.measure.index.index_spread import IndexSpread
from gongfu.measure.index.ranks import rank_descending
from gongfu.measure.index.tree import assemble, assemble_draws
from gongfu.measure.index.weight_draws import DRAWN, GivenWeights, draw_weights

__all__ = ["AGGREGATIONS", "NORMALISATIONS", "NOTHING_LEFT_OUT", "WEIGHTINGS", "spread"]

NORMALISATIONS: tuple[Normalisation, ...] = ("bounds", "min-max", "z", "rank")
WEIGHTINGS: tuple[Weighting, ...] = ("equal", "standard-deviation", "critic", "pca")
AGGREGATIONS: tuple[Aggregation, ...] = ("arithmetic", "geometric", "mazziotta-pareto-", "topsis")
NOTHING_LEFT_OUT = "none"


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
    weight_draws: int = 0,
    seed: int = 0,
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
    weight_draws : sets of weights drawn at random (:func:`draw_weights`), which together are one
        more weighting, as likely as each of the others.
    seed : of the draws.

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
    drawn = draw_weights(tree, weight_draws, seed=seed)
    factors = {
        "normalisation": tuple(normalisations),
        "weighting": (*weightings, *(f"{DRAWN} {i + 1}" for i in range(weight_draws))),
        "aggregation": tuple(aggregations),
        "left out": tuple(omitted),
        "vintage": tuple(readings),
    }
    chances = {name: _even(len(levels)) for name, levels in factors.items()}
    chances["weighting"] = _chances_of_weights(len(weightings), weight_draws)
    shape = [len(levels) for levels in factors.values()]
    index = np.empty((*shape, len(stated.units)))
    for v, reading in enumerate(readings.values()):
        built = stated if reading is panel else _same_rows(reading, stated)
        for n, normalisation in enumerate(normalisations):
            way = Choices(normalisation)
            index[n, :, :, :, v] = _grid(
                built,
                way,
                year,
                weightings=weightings,
                draws=drawn,
                aggregations=aggregations,
                omitted=omitted,
            )
    return _summary(stated, factors, chances, index, year)


def _even(levels: int) -> tuple[float, ...]:
    return (1.0 / levels,) * levels


def _chances_of_weights(methods: int, draws: int) -> tuple[float, ...]:
    """Return the chance of each method and of each draw; all draws together are one method."""
    share = 1.0 / (methods + (draws > 0))
    return (share,) * methods + (share / max(draws, 1),) * draws


def _same_rows(panel: Panel, stated: BuiltIndex) -> BuiltIndex:
    other = build_index(panel, stated.tree, years=stated.years)
    if other.units != stated.units:
        raise InputError("a vintage of the figures has other units than the stated one")
    return other


def _grid(
    built: BuiltIndex,
    way: Choices,
    year: int,
    *,
    weightings: Sequence[Weighting],
    draws: Sequence[GivenWeights],
    aggregations: Sequence[Aggregation],
    omitted: Sequence[str],
) -> Float[np.ndarray, "weighting aggregation omitted unit"]:
    """Return the index of a year; all years take part in weights and in ways that compare rows."""
    scores = index_scores(built.values, built.tree, way).reshape(-1, built.values.shape[-1])
    methods, units, column = len(weightings), len(built.units), built.at(year)
    out = np.empty((methods + len(draws), len(aggregations), len(omitted), units))
    for o, (tree, columns) in enumerate(_trees(built.tree, omitted)):
        for a, aggregation in enumerate(aggregations):
            chosen = replace(way, aggregation=aggregation)
            own = scores[:, columns]
            for w, weighting in enumerate(weightings):
                made = assemble(own, tree, replace(chosen, weighting=weighting))
                out[w, a, o] = made.nodes[tree.name].reshape(units, -1)[:, column]
            if draws:
                drawn = assemble_draws(own, tree, chosen, draws)
                out[methods:, a, o] = drawn.reshape(len(draws), units, -1)[..., column]
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
    chances: Mapping[str, tuple[float, ...]],
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
        chances={name: chances[name] for name in varied},
        index=kept.reshape(shape),
        ranks=ranks.reshape(shape),
        left_out=tuple(units[~complete].tolist()),
    )
