"""Composite indices of a study: values, ranks with their ranges, weights, coupling over time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from gongfu.core import Evidence, InputError, Uncertainty
from gongfu.measure.index.effective import EffectiveWeight, effective_weights
from gongfu.measure.index.index_spread import IndexSpread
from gongfu.measure.index.moves import rank_moves
from gongfu.measure.index.ranks import rank_descending
from gongfu.measure.index.uncertainty import spread
from gongfu.report.document import ResultTable, Words
from gongfu.study.findings.describe import NBS, describe
from gongfu.study.findings.index_audit import audit_rows
from gongfu.study.findings.index_together import area_rows, coupling_rows
from gongfu.study.indices import StudyIndex
from gongfu.study.settings import IndexSettings

__all__ = ["index_tables"]

_OWN = Words("使用者提供的数据", "Figures of the user")
_NOTE = Words(
    "由公布数字按所述方法合成。名次区间是换用其他做法后的变动范围，不是置信区间；区间相交的地区，名次分不清。",
    "Composed of published figures in the stated way. Rank ranges are what other choices give, not "
    "confidence intervals; places whose ranges overlap cannot be told apart.",
)


def index_tables(
    indices: Sequence[StudyIndex], settings: IndexSettings, seed: int
) -> Iterator[ResultTable | None]:
    """Yield the tables of the indices, the first of which is told first.

    Parameters
    ----------
    seed : of the random weights.
    """
    told: dict[str, Any] = {
        "evidence": Evidence.ESTIMATED,
        "uncertainty": Uncertainty.ASSUMPTIONS,
        "source": NBS if all(one.is_embedded for one in indices) else _OWN,
        "note": _NOTE,
    }
    spreads = [_spread(one, settings, seed) for one in indices]
    pairs = list(zip(indices, spreads, strict=True))
    made = {
        "index_setup": (_setup(one, found, settings) for one, found in pairs),
        "index_values": (row for one in indices for row in _values(one)),
        "index_ranks": (row for one, found in pairs for row in _ranks(one, found, settings)),
        "index_moves": (row for one in indices for row in _moves(one, settings, seed)),
        "index_shares": (row for one, found in pairs for row in _shares(one, found)),
        "index_indicators": (row for one in indices for row in _indicators(one)),
        "index_audit": audit_rows(indices),
        "index_areas": (row for one in indices for row in area_rows(one)),
        "index_coupling": coupling_rows(indices, settings),
    }
    for name, rows in made.items():
        yield describe(name, rows, **told)


def _spread(one: StudyIndex, settings: IndexSettings, seed: int) -> IndexSpread:
    return spread(
        one.panel,
        one.tree,
        one.year,
        normalisations=settings.normalisations,
        weightings=settings.weightings,
        aggregations=settings.aggregations,
        leave_one_out=settings.leave_one_out,
        vintages=one.vintages,
        weight_draws=settings.weight_draws,
        seed=seed,
    )


def _setup(one: StudyIndex, found: IndexSpread, settings: IndexSettings) -> dict[str, Any]:
    tree, built = one.tree, one.built
    return {
        "index": tree.name,
        "label_zh": tree.zh,
        "label_en": tree.en,
        "start": built.years[0],
        "end": built.years[-1],
        "year": one.year,
        "indicators": len(tree.indicators),
        "units": len(found.units),
        "normalisation": built.choices.normalisation,
        "weighting": built.choices.weighting,
        "aggregation": built.choices.aggregation,
        "keeps_history": built.choices.keeps_history,
        "combinations": found.combinations,
        "weight_draws": settings.weight_draws,
        "vintages": len(one.vintages),
        "level": settings.level,
        "missing_zh": tree.missing_zh,
        "missing_en": tree.missing_en,
    }


def _values(one: StudyIndex) -> Iterator[dict[str, Any]]:
    built, tree = one.built, one.tree
    labels = {node.name: node for node in tree.nodes}
    for node in (tree.name, *(child.name for child in tree.nodes)):
        values, ranks = built.nodes[node], rank_descending(built.nodes[node])
        label = labels.get(node, tree)
        for i, j in zip(*(place.tolist() for place in np.nonzero(~np.isnan(values))), strict=True):
            yield {
                "index": tree.name,
                "node": node,
                "label_zh": label.zh,
                "label_en": label.en,
                "code": built.units[i],
                "year": built.years[j],
                "value": float(values[i, j]),
                "rank": int(ranks[i, j]),
            }


def _ranks(
    one: StudyIndex, found: IndexSpread, settings: IndexSettings
) -> Iterator[dict[str, Any]]:
    for row in found.intervals(settings.level):
        yield {
            "index": one.tree.name,
            "code": row.unit,
            "year": found.year,
            "value": float(found.stated_index[found.units.index(row.unit)]),
            **{
                name: int(getattr(row, name))
                for name in ("stated", "median", "low", "high", "best", "worst")
            },
        }


def _moves(one: StudyIndex, settings: IndexSettings, seed: int) -> Iterator[dict[str, Any]]:
    moves = rank_moves(
        one.built,
        one.panel,
        one.year,
        normalisations=settings.normalisations,
        weightings=settings.weightings,
        aggregations=settings.aggregations,
        vintages=one.vintages,
        weight_draws=settings.weight_draws,
        seed=seed,
    )
    for move in moves:
        yield {
            "index": one.tree.name,
            "choice": move.choice,
            "level": move.level,
            "mean": move.mean,
            "largest": move.largest,
            "code": move.unit,
        }


def _shares(one: StudyIndex, found: IndexSpread) -> Iterator[dict[str, Any]]:
    for choice, share in found.shares().items():
        yield {
            "index": one.tree.name,
            "choice": choice,
            "alone": share.first,
            "together": share.total,
        }


def _indicators(one: StudyIndex) -> Iterator[dict[str, Any]]:
    effective = _effective(one)
    for each, weight in one.built.global_weights().items():
        indicator = next(i for i in one.tree.indicators if i.name == each)
        low, high = indicator.bounds or (None, None)
        found = effective.get(each)
        yield {
            "index": one.tree.name,
            "indicator": each,
            "label_zh": indicator.zh,
            "label_en": indicator.en,
            "node": indicator.parent,
            "direction": indicator.direction,
            "unit": indicator.unit,
            "low": low,
            "high": high,
            "weight": weight,
            "effective": found.effective if found else None,
            "correlation": found.correlation if found else None,
            "reason_zh": indicator.reason_zh,
            "reason_en": indicator.reason_en,
            "source": indicator.source,
        }


def _effective(one: StudyIndex) -> Mapping[str, EffectiveWeight]:
    """Return effective weights by indicator; none where too few units and years have an index."""
    try:
        return {found.name: found for found in effective_weights(one.built)}
    except InputError:
        return {}
