"""Markov chains of regions as tables for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from jaxtyping import Float

from gongfu.cli.panel_source import PanelSource
from gongfu.cli.region_grid import chance, number, print_grid, print_line
from gongfu.cli.region_numbers import long_run_of
from gongfu.measure.dynamics.classes import Classes
from gongfu.measure.dynamics.lisa_markov import LisaMarkov
from gongfu.measure.dynamics.markov import MarkovChain
from gongfu.measure.dynamics.spatial_markov import SpatialMarkov
from gongfu.measure.space.local_moran import QUADRANTS

__all__ = ["print_markov"]

_WORDS = {
    "zh": {
        "chain": "转移概率（行：起点；列：终点）", "from": "起点", "moves": "次数",
        "long": "长期分布", "trap": "有等级从未被离开，长期分布不存在或只有一类：不给出数字。",
        "forecast": "若样本期的转移一直持续才会出现的分布，不是预测。",
        "interval": "区间", "spatial": "邻居均值的等级", "test": "检验：邻居不同，转移概率是否不同",
        "permutation": "把各地区的历史在地图上随机重排",
        "lisa": "莫兰象限之间的转移", "together": "与邻居各自独立移动的卡方检验",
        "half": "离长期分布的距离减半（年）",
        "high-high": "高-高", "low-high": "低-高", "low-low": "低-低", "high-low": "高-低",
    },
    "en": {
        "chain": "Transition probabilities (row: origin, column: destination)", "from": "from",
        "moves": "moves", "long": "Long-run distribution",
        "trap": "Some class was never left (or never reached): the moves of these years have no "
        "long run worth a number.",
        "forecast": "What would come if the moves of these years went on for ever: no forecast.",
        "interval": "intervals", "spatial": "neighbours in class",
        "test": "Do moves differ with the neighbours?",
        "permutation": "dealing the histories of regions out over the map",
        "lisa": "Moves between quadrants of the Moran scatter plot",
        "together": "region and neighbours move independently of each other",
        "half": "years to halve the distance to it",
        "high-high": "HH", "low-high": "LH", "low-low": "LL", "high-low": "HL",
    },
}  # fmt: skip


def print_markov(
    source: PanelSource,
    cut: Classes,
    chain: MarkovChain,
    more: tuple[SpatialMarkov | None, LisaMarkov | None],
    language: str,
) -> None:
    """Print chances with their intervals, the long run, and chains by neighbours."""
    words = _WORDS[language]
    print_line(source.title(language))
    print_line(cut.convention)
    names = _class_names(cut)
    bounds = chain.interval
    print_grid(
        words["chain"],
        [words["from"], words["moves"], *names],
        _rows(names, chain.counts, chain.probabilities, (bounds.low, bounds.high)),
    )
    print_line(f"{100 * bounds.level:g} % {words['interval']}: {bounds.convention}")
    _print_long_run(chain, names, words)
    spatial, quadrants = more
    if spatial is not None:
        _print_spatial(spatial, names, words)
    if quadrants is not None:
        _print_lisa(quadrants, words)


def _class_names(cut: Classes) -> list[str]:
    if cut.are_yearly:
        return [f"{i + 1}/{cut.k}" for i in range(cut.k)]
    marks = [number(cutoff) for cutoff in cut.cutoffs.tolist()]
    return [f"<={marks[0]}", *(f"-{mark}" for mark in marks[1:]), f">{marks[-1]}"]


def _rows(
    names: Sequence[str],
    counts: Float[np.ndarray, "origin destination"],
    p: Float[np.ndarray, "origin destination"],
    bounds: tuple[np.ndarray, np.ndarray] | None,
) -> Iterator[list[str]]:
    for i, name in enumerate(names):
        yield [name, f"{counts[i].sum():.0f}", *(number(value, 2) for value in p[i])]
        if bounds is not None:
            low, high = (bound[i] for bound in bounds)
            cells = (_bracket(one, other) for one, other in zip(low, high, strict=True))
            yield ["", "", *cells]


def _bracket(low: float, high: float) -> str:
    if np.isnan(low):
        return ""
    return f"{low:.2f}~{high:.2f}".replace("0.", ".")


def _print_long_run(chain: MarkovChain, names: Sequence[str], words: Mapping[str, str]) -> None:
    found = long_run_of(chain.probabilities)
    if found is None:
        print_line(words["trap"])
        return
    print_grid(words["long"], list(names), [[number(share, 2) for share in found]], words=())
    print_line(f"{words['forecast']} {words['half']}: {chain.half_life_years:.0f}")


def _print_spatial(found: SpatialMarkov, names: Sequence[str], words: Mapping[str, str]) -> None:
    for group, (counts, p) in enumerate(zip(found.counts, found.probabilities, strict=True)):
        title = f"{words['spatial']} {group + 1}/{len(found.counts)}"
        print_grid(title, [words["from"], words["moves"], *names], _rows(names, counts, p, None))
    test = found.test
    line = f"{words['test']} Q = {test.pearson:.1f}, p {chance(test.pearson_p)}"
    if found.permutation is not None:
        line += f"; {words['permutation']}: p {chance(found.permutation.p)}"
    print_line(line)


def _print_lisa(found: LisaMarkov, words: Mapping[str, str]) -> None:
    names = [words[name] for name in QUADRANTS]
    print_grid(
        words["lisa"],
        [words["from"], words["moves"], *names],
        _rows(names, found.counts, found.probabilities, None),
    )
    print_line(f"{words['together']}: chi2 = {found.statistic:.1f}, p {chance(found.p)}")
