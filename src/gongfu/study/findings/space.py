"""Whether neighbours are alike, where, and whether they matter to who moves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from gongfu.measure.dynamics import lisa_markov, relative_classes, spatial_markov
from gongfu.measure.dynamics.spatial_markov import SpatialMarkov
from gongfu.measure.space import (
    SpatialWeights,
    geary,
    getis_ord,
    local_geary,
    local_getis_ord,
    local_moran,
    moran,
)
from gongfu.measure.space.local_moran import QUADRANTS
from gongfu.report.document import ResultTable, Words
from gongfu.study.findings.regions import describe_regions
from gongfu.study.regions import Regions

__all__ = ["space_tables"]

_LEVEL = 0.05
_REACH = 1.959963984540054
"""Standard deviations that hold 95 % of a normal distribution."""

_NEIGHBOUR_CLASSES = 3

_LOCAL = 10
"""Draws of a local test for each of a global one: it has to survive a correction for many tests."""

_BY_CHANCE = Words(
    "误差是置换检验的：把同样的数值在地图上随机重排；不是抽样误差，公布数字未附误差。相似不等于相互影响。",
    "Errors are those of permutation: the same values dealt out over the map at random; not "
    "sampling errors; none is published for the figures. Alike does not mean that one influences "
    "the other.",
)
_HISTORIES = Words(
    "置换检验把各地区的整段历史在地图上随机重排；卡方检验把每次转移当作独立抽取，往往过于乐观。",
    "The permutation test deals whole histories of regions out over the map; the chi-square test "
    "takes every move for an independent draw and is often too sure.",
)


def space_tables(regions: Regions) -> Iterator[ResultTable | None]:
    """Yield the tables of spatial autocorrelation; none where no weights were asked for."""
    if not regions.weights:
        return
    name, weights = next(iter(regions.weights.items()))
    yield describe_regions(regions, "moran", _moran(regions), note=_BY_CHANCE)
    yield describe_regions(regions, "lisa", _lisa(regions, name, weights), note=_BY_CHANCE)
    chain = spatial_markov(
        relative_classes(regions.values, regions.classes),
        weights,
        lags=_NEIGHBOUR_CLASSES,
        seed=regions.seed,
        draws=regions.draws,
    )
    yield describe_regions(regions, "spatial_markov", _chain(chain), note=_HISTORIES)
    yield describe_regions(
        regions, "space_tests", _tests(regions, name, weights, chain), note=_HISTORIES
    )


def _moran(regions: Regions) -> Iterator[dict[str, Any]]:
    for name, weights in regions.weights.items():
        for place, year in enumerate(regions.years):
            found = moran(regions.values[:, place], weights, seed=regions.seed, draws=regions.draws)
            drawn = found.permutation
            assert drawn is not None  # a seed was given
            yield {
                "weights": name,
                "year": year,
                "value": found.value,
                "expected": found.expected,
                "low": drawn.mean - _REACH * drawn.deviation,
                "high": drawn.mean + _REACH * drawn.deviation,
                "p": drawn.p,
                "draws": drawn.draws,
            }


def _lisa(regions: Regions, name: str, weights: SpatialWeights) -> Iterator[dict[str, Any]]:
    values = regions.values[:, -1]
    draws = _LOCAL * (regions.draws + 1) - 1
    local = local_moran(values, weights, seed=regions.seed, draws=draws)
    hot = local_getis_ord(values, weights, seed=regions.seed, draws=draws)
    gaps = local_geary(values, weights, seed=regions.seed, draws=draws)
    kept, alone = local.clusters(_LEVEL), local.clusters(_LEVEL, adjusted=False)
    for i, code in enumerate(regions.codes):
        yield {
            "code": code,
            "year": regions.years[-1],
            "weights": name,
            "deviation": local.deviation[i],
            "lag": local.lag[i],
            "value": local.value[i],
            "quadrant": _quadrant(local.quadrant[i]),
            "p": local.p[i],
            "p_adjusted": local.p_adjusted[i],
            "cluster": _quadrant(kept[i]),
            "cluster_alone": _quadrant(alone[i]),
            "hot_spot": hot.z[i],
            "hot_spot_p": hot.p_adjusted[i],
            "geary_p": gaps.p_adjusted[i],
        }


def _quadrant(code: int) -> str:
    return QUADRANTS[code] if code >= 0 else ""


def _chain(chain: SpatialMarkov) -> Iterator[dict[str, Any]]:
    for place in np.ndindex(chain.counts.shape):
        group, origin, destination = place
        yield {
            "neighbours": str(group + 1),
            "origin": str(origin + 1),
            "destination": str(destination + 1),
            "moves": int(chain.counts[place]),
            "probability": chain.probabilities[place],
            "low": chain.interval.low[place],
            "high": chain.interval.high[place],
        }


def _tests(
    regions: Regions, name: str, weights: SpatialWeights, chain: SpatialMarkov
) -> Iterator[dict[str, Any]]:
    values = regions.values[:, -1]
    assert chain.permutation is not None  # a seed was given
    for measure in (moran, geary, getis_ord):
        found = measure(values, weights, seed=regions.seed, draws=regions.draws)
        assert found.permutation is not None
        p_chance = found.permutation.p
        yield _test(measure.__name__, name, found.value, found.randomisation.p, p_chance)
    yield _test(
        "spatial_markov", name, chain.test.pearson, chain.test.pearson_p, chain.permutation.p
    )
    joint = lisa_markov(regions.values, weights)
    yield _test("lisa_markov", name, joint.statistic, joint.p, None)


def _test(
    name: str, weights: str, statistic: float, p: float, p_chance: float | None
) -> dict[str, Any]:
    return {
        "test": name,
        "weights": weights,
        "statistic": statistic,
        "p": p,
        "p_chance": p_chance,
    }
