"""Indices as JSON values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from gongfu.core import Evidence, Panel, Uncertainty
from gongfu.measure.index.build import BuiltIndex
from gongfu.measure.index.index_spread import IndexSpread
from gongfu.measure.index.weight_draws import DRAWN

__all__ = ["index_data", "lacking", "spread_data"]


def index_data(built: BuiltIndex, years: Sequence[int]) -> dict[str, Any]:
    """Return an index with ranks, nodes and weights; a missing value is null."""
    tree = built.tree
    return {
        "name": tree.name,
        "title": {"zh": tree.zh, "en": tree.en},
        "unit": "index 0-1",
        "choices": asdict(built.choices),
        "keeps_history": built.choices.keeps_history,
        "evidence": Evidence.ESTIMATED.value,
        "uncertainty": Uncertainty.ASSUMPTIONS.value,
        "missing": {"zh": tree.missing_zh, "en": tree.missing_en},
        "weights": {name: dict(children) for name, children in built.weights.items()},
        "years": list(years),
        "units": [_unit(built, i, years) for i in range(len(built.units))],
    }


def lacking(built: BuiltIndex, unit: int, year: int) -> list[str]:
    """Return the indicators that a unit lacks in a year, by name."""
    gaps = np.isnan(built.values[unit, built.at(year)])
    return [one.name for one, gap in zip(built.tree.indicators, gaps, strict=True) if gap]


def spread_data(found: IndexSpread, panel: Panel) -> dict[str, Any]:
    """Return rank intervals and the share of each choice in them."""
    return {
        "year": found.year,
        "combinations": found.combinations,
        "uncertainty": "range over choices",
        "choices": {name: _named(levels) for name, levels in found.factors.items()},
        "weight_draws": len(_drawn(found.factors.get("weighting", ()))),
        "ranks": [{**asdict(row), "label": _labels(panel, row.unit)} for row in found.intervals()],
        "shares": {name: asdict(share) for name, share in found.shares().items()},
        "without_index": list(found.left_out),
    }


def _named(levels: Sequence[str]) -> list[str]:
    """Return levels with all drawn weights as one."""
    drawn = _drawn(levels)
    return [*(level for level in levels if level not in drawn), *([DRAWN] if drawn else [])]


def _drawn(levels: Sequence[str]) -> set[str]:
    return {level for level in levels if level.startswith(f"{DRAWN} ")}


def _unit(built: BuiltIndex, unit: int, years: Sequence[int]) -> dict[str, Any]:
    code = built.units[unit]
    return {
        "unit": code,
        "label": {language: built.label(code, language) for language in ("zh", "en")},
        "values": [_value(built, unit, year) for year in years],
    }


def _value(built: BuiltIndex, unit: int, year: int) -> dict[str, Any]:
    place = (unit, built.at(year))
    return {
        "year": year,
        "index": _number(built.index[place]),
        "rank": _number(built.ranks[place]),
        "nodes": {
            name: _number(values[place])
            for name, values in built.nodes.items()
            if name != built.tree.name
        },
        "lacks": lacking(built, unit, year),
    }


def _labels(panel: Panel, unit: str) -> dict[str, str]:
    return {language: panel.label(unit, language) for language in ("zh", "en")}


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
