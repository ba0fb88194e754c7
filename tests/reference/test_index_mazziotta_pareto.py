"""A published index with all inputs: one region, 2016-2025, thirteen indicators, three blocks."""

import json

import numpy as np
import polars as pl
import pytest

from gongfu.core import Panel
from gongfu.core.index_tree import IndexNode, IndexTree, Indicator
from gongfu.measure.index.build import build_index

pytestmark = pytest.mark.reference

BLOCKS = {"S": "US", "D": "UD", "E": "UE"}

PUBLISHED = {
    "US": [0.537, 0.575, 0.617, 0.615, 0.619, 0.626, 0.615, 0.661, 0.688, 0.715],
    "UD": [0.467, 0.483, 0.489, 0.519, 0.484, 0.528, 0.539, 0.672, 0.713, 0.718],
    "UE": [0.267, 0.423, 0.499, 0.542, 0.634, 0.657, 0.686, 0.710, 0.733, 0.843],
    "MPI": [0.393, 0.486, 0.528, 0.556, 0.571, 0.598, 0.607, 0.680, 0.711, 0.754],
}

TOLERANCE = {
    "US": 0.0005 + 1e-5,  # printed with three decimals
    "UE": 0.0005 + 1e-5,
    "UD": 0.0047 + 5e-5,  # the publisher declares that older raw values were used
    "MPI": 0.0023 + 5e-5,  # carries the difference of UD
}


@pytest.fixture
def series(reference_folder):
    path = reference_folder / "measure" / "mazziotta_pareto_series.json"
    if not path.is_file():
        pytest.skip(f"{path.name} is not in the reference folder")
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture
def built(series):
    raw = {name: np.array(values, float) for name, values in series["inputs"].items()}
    ratio, rural = raw["ur"] - raw["nu"] / raw["nr"], raw["rur"] / raw["nr"] * 100
    computed = {
        "fis*1e4/pop": raw["fis"] * 1e4 / raw["pop"],
        "ur - nu/nr": ratio,
        "rur/nr*100": rural,
        "trade/gdp*100": raw["trade"] / raw["gdp"] * 100,
        "tour/pop": raw["tour"] / raw["pop"],
    }
    indicators, cells = [], []
    for j, (block, formula, low, high, direction) in enumerate(series["indicators"]):
        name = f"i{j}"
        words = (name, name, name, BLOCKS[block], name, "1", direction, "试", "test", "nobody")
        indicators.append(Indicator(*words, (float(low), float(high))))
        values = computed.get(formula, raw.get(formula))
        cells += [(year, name, value) for year, value in zip(series["years"], values, strict=True)]
    frame = pl.DataFrame(cells, ["year", "variable", "value"], orient="row").with_columns(
        unit=pl.lit("54"), evidence=pl.lit("observed"), note=pl.lit("")
    )
    tree = IndexTree(
        "MPI",
        "指数",
        "Index",
        tuple(IndexNode(b, b, b, "MPI", 1.0, "arithmetic") for b in BLOCKS.values()),
        tuple(indicators),
        score_range=(0.01, 0.99),
        penalty_scale=(0.0, 1.0),
    )
    return build_index(Panel(frame), tree)


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_published_series_is_reproduced(built, name):
    np.testing.assert_allclose(built.nodes[name][0], PUBLISHED[name], atol=TOLERANCE[name])


def test_blocks_whose_inputs_are_the_published_ones_differ_by_rounding_only(built):
    for name in ("US", "UE"):
        gap = np.abs(built.nodes[name][0] - PUBLISHED[name])
        assert gap.max() <= 0.0005 + 1e-5
