"""Spatial autocorrelation as tables for the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from gongfu.cli.local_space import LocalTables
from gongfu.cli.panel_source import PanelSource
from gongfu.cli.region_grid import chance, number, print_grid, print_line
from gongfu.measure.space import SpatialWeights
from gongfu.measure.space.autocorrelation import AutocorrelationTest
from gongfu.measure.space.local_moran import QUADRANTS

__all__ = ["print_space"]

_LEVEL = 0.05

_WORDS = {
    "zh": {
        "year": "年份", "unit": "地区", "weights": "权重", "moran": "Moran I", "geary": "Geary C",
        "getis_ord": "Getis G", "quadrant": "象限", "hot": "冷热 z", "adjusted": "FDR p",
        "note": "p：把数值在地图上随机重排的置换检验；地区即全体，公布数字未附误差。"
        "相似不等于相互影响。",
        "count": "逐个检验 p≤.05 的地区 {alone} 个，校正 {n} 次检验（FDR）后 {kept} 个。",
        "high-high": "高-高", "low-high": "低-高", "low-low": "低-低", "high-low": "高-低",
    },
    "en": {
        "year": "year", "unit": "region", "weights": "weights", "moran": "Moran's I",
        "geary": "Geary's C", "getis_ord": "Getis G", "quadrant": "", "hot": "hot z",
        "adjusted": "FDR p",
        "note": "p: permutation test, the values dealt out over the map at random; the regions "
        "are all there are. Alike does not mean that one influences the other.",
        "count": "{alone} regions have p <= .05 one by one, {kept} after the correction for {n} "
        "tests (false discovery rate).",
        "high-high": "HH", "low-high": "LH", "low-low": "LL", "high-low": "HL",
    },
}  # fmt: skip


def print_space(
    source: PanelSource,
    weights: SpatialWeights,
    tests: Mapping[str, Sequence[AutocorrelationTest]],
    local: LocalTables | None,
    language: str,
) -> None:
    """Print the tests of each year and, where asked for, each region of the last one."""
    words = _WORDS[language]
    print_line(source.title(language))
    print_line(f"{words['weights']}: {weights.convention}")
    heads = [words["year"]]
    for name in tests:
        heads += [words[name], "p"]
    rows = []
    for place, year in enumerate(source.years):
        row = [str(year)]
        for found in tests.values():
            drawn = found[place].permutation
            row += [number(found[place].value), "" if drawn is None else chance(drawn.p)]
        rows.append(row)
    print_grid("", heads, rows)
    if local is not None:
        _print_local(source, local, words, language)
    print_line(words["note"])


def _print_local(
    source: PanelSource, local: LocalTables, words: Mapping[str, str], language: str
) -> None:
    heads = [words["unit"], words["quadrant"], "I"]
    rows = []
    for i in np.argsort(local.moran.p, kind="stable").tolist():
        code = int(local.moran.quadrant[i])
        rows.append(
            [source.label(i, language), words[QUADRANTS[code]] if code >= 0 else "-",
             number(local.moran.value[i], 2), chance(local.moran.p[i]),
             chance(local.moran.p_adjusted[i]), number(local.hot_spots.z[i], 2),
             chance(local.geary.p[i])]
        )  # fmt: skip
    heads += ["p", words["adjusted"], words["hot"], "C p"]
    print_grid(str(source.years[-1]), heads, rows, words=(0, 1))
    alone = int(np.count_nonzero(local.moran.p <= _LEVEL))
    kept = int(np.count_nonzero(local.moran.p_adjusted <= _LEVEL))
    print_line(words["count"].format(alone=alone, kept=kept, n=len(source.codes)))
