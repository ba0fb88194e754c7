from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from gongfu.core import Panel, Variable
from gongfu.core.index_tree import IndexNode, IndexTree, Indicator


@pytest.fixture
def make_tree():
    """A flat tree, or one with the nodes that the parents name."""

    def make(names, *, parents=None, directions=None, marked=(), weights=None, **choices):
        above = parents or ["made-up"] * len(names)
        nodes = dict.fromkeys(name for name in above if name != "made-up")
        return IndexTree(
            name="made-up",
            zh="虚构",
            en="Made up",
            nodes=tuple(IndexNode(name, name, name, "made-up") for name in nodes),
            indicators=tuple(
                Indicator(
                    name=name,
                    zh=name,
                    en=name,
                    parent=above[j],
                    variable=name,
                    unit="share 0-1",
                    direction=directions[j] if directions else "+",
                    reason_zh="试",
                    reason_en="a test",
                    source="nobody",
                    bounds=(0.0, 1.0),
                    weight=weights[j] if weights else 1.0,
                    is_inequality=name in marked,
                )
                for j, name in enumerate(names)
            ),
            **choices,
        )

    return make


@pytest.fixture
def make_panel():
    """A panel from an array of units, years and indicators; NaN has no cell."""

    def make(values, names, *, first_year=2011, totals=()):
        values = np.asarray(values, float)
        units = [f"{i + 11}" for i in range(values.shape[0])]
        rows = [
            (units[i], first_year + t, name, values[i, t, j])
            for i in range(values.shape[0])
            for t in range(values.shape[1])
            for j, name in enumerate(names)
            if not np.isnan(values[i, t, j])
        ]
        frame = pl.DataFrame(rows, ["unit", "year", "variable", "value"], orient="row")
        frame = frame.with_columns(evidence=pl.lit("observed"), note=pl.lit(""))
        entries = {
            name: Variable(name, name, name, "1", "stock", "sum" if name in totals else "none")
            for name in names
        }
        return Panel(frame, entries)

    return make


@pytest.fixture
def rng():
    return np.random.default_rng(20240229)
