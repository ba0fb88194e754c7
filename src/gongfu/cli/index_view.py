"""Indices as tables for the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from gongfu.cli.index_data import lacking
from gongfu.core import Panel
from gongfu.core.index_tree import IndexTree
from gongfu.data.plain_text import plain
from gongfu.measure.index.build import BuiltIndex
from gongfu.measure.index.coupling import CouplingInterval
from gongfu.measure.index.finding import Finding
from gongfu.measure.index.index_spread import IndexSpread

__all__ = ["print_coupling", "print_findings", "print_index", "print_spread", "print_tree"]

_WORDS = {
    "zh": {
        "rank": "名次", "unit": "地区", "index": "指数", "none": "无指数：", "lacks": "缺",
        "made": "做法", "range": "名次区间", "median": "中位", "all": "最好-最差",
        "choice": "选择", "alone": "单独", "taking": "含交互", "coordination": "协调度",
        "interval": "区间", "bounds": "界", "over": "种做法的范围，不是置信区间", "fix": "改法",
        "source": "依据", "limit": "界限", "clean": "无碍", "found": "发现",
        "not possible": "未能查", "share": "各选择占名次平均变动的方差份额",
    },
    "en": {
        "rank": "rank", "unit": "unit", "index": "index", "none": "No index: ", "lacks": "lacks",
        "made": "made with", "range": "rank interval", "median": "median", "all": "best-worst",
        "choice": "choice", "alone": "alone", "taking": "with others",
        "coordination": "coordination", "interval": "interval", "bounds": "bounds",
        "over": "ways of building it: a range over choices, not a confidence interval",
        "fix": "fix", "source": "see", "limit": "limit", "clean": "clean", "found": "FOUND",
        "not possible": "not possible", "share": "Share of each choice in how far ranks move",
    },
}  # fmt: skip

_CHOICES = {
    "normalisation": "标准化", "weighting": "赋权", "aggregation": "合成", "left out": "去掉的指标",
    "vintage": "数据版本", "bounds": "固定上下界", "min-max": "极差", "z": "z 分数", "rank": "名次",
    "equal": "等权", "expert": "专家权重", "standard-deviation": "标准差权重", "entropy": "熵权",
    "critic": "CRITIC 权重", "pca": "主成分权重", "arithmetic": "算术平均", "geometric": "几何平均",
}  # fmt: skip
"""Chinese for the names of choices that are words; the others are names of methods."""


def print_tree(tree: IndexTree, language: str) -> None:
    """Print indicators with dimension, unit, direction, bounds and reason, and what is missing."""
    words = _WORDS[language]
    labels = {node.name: node.label(language) for node in tree.nodes}
    print(plain(tree.label(language)))
    for one in tree.indicators:
        bounds = f"{one.bounds[0]:g} - {one.bounds[1]:g}" if one.bounds else "-"
        place = labels.get(one.parent, tree.label(language))
        print()
        print(plain(f"{one.direction} {one.label(language)} [{place}]"))
        print(plain(f"  {words['bounds']} {bounds} {one.unit}; {words['source']} {one.source}"))
        print(f"  {plain(one.reason_zh if language == 'zh' else one.reason_en, 1000)}")
    missing = tree.missing_zh if language == "zh" else tree.missing_en
    if missing:
        print(f"\n{plain(missing, 2000)}")


def print_index(built: BuiltIndex, year: int, language: str) -> None:
    """Print rank, index and dimensions of each unit, best first, then who has no index and why."""
    words, column = _WORDS[language], built.at(year)
    nodes = [node for node in built.tree.nodes if node.parent == built.tree.name]
    heads = [words["rank"], words["unit"], words["index"], *(n.label(language) for n in nodes)]
    grid = _grid(f"{built.tree.label(language)} {year}", heads, text_columns=(1,))
    ranks = built.ranks[:, column]
    for i in np.argsort(ranks, kind="stable")[: np.count_nonzero(~np.isnan(ranks))].tolist():
        numbers = [built.index[i, column], *(built.nodes[node.name][i, column] for node in nodes)]
        name = built.label(built.units[i], language)
        grid.add_row(*map(_text, [f"{ranks[i]:.0f}", name, *(_number(x) for x in numbers)]))
    _console().print(grid)
    made = (built.choices.normalisation, built.choices.weighting, built.choices.aggregation)
    print(f"{words['made']}: {', '.join(_choice(name, language) for name in made)}")
    labels = {one.name: one.label(language) for one in built.tree.indicators}
    for i in np.flatnonzero(np.isnan(ranks)).tolist():
        gaps = ", ".join(labels[name] for name in lacking(built, i, year))
        name = built.label(built.units[i], language)
        print(plain(f"{words['none']}{name} ({words['lacks']} {gaps})", 500))


def print_findings(found: Sequence[Finding], language: str) -> None:
    """Print each check: what it showed, the limit, the citation and the fix."""
    words = _WORDS[language]
    for one in found:
        says = one.says.zh if language == "zh" else one.says.en
        print(plain(f"[{words[one.outcome]}] {one.check}: {says}", 1000))
        if one.outcome == "clean":
            continue
        fix = one.fix.zh if language == "zh" else one.fix.en
        limits = ", ".join(f"{name} {limit:g}" for name, limit in one.limits.items())
        if limits:
            print(plain(f"    {words['limit']}: {limits}", 500))
        print(plain(f"    {words['fix']}: {fix}", 500))
        print(plain(f"    {words['source']}: {one.citation}", 500))


def print_spread(found: IndexSpread, panel: Panel, language: str) -> None:
    """Print the rank interval of each unit and the share of each choice."""
    words = _WORDS[language]
    heads = [words[key] for key in ("rank", "unit", "median", "range", "all")]
    grid = _grid(str(found.year), heads, text_columns=(1,))
    for row in found.intervals():
        cells = [f"{row.stated:.0f}", panel.label(row.unit, language), f"{row.median:.0f}"]
        cells += [f"{row.low:.0f}-{row.high:.0f}", f"{row.best:.0f}-{row.worst:.0f}"]
        grid.add_row(*map(_text, cells))
    _console().print(grid)
    print(f"{found.combinations} {words['over']}")
    shares = _grid(words["share"], [words["choice"], words["alone"], words["taking"]], (0,))
    for name, share in found.shares().items():
        cells = [_choice(name, language), f"{share.first:.0%}", f"{share.total:.0%}"]
        shares.add_row(*map(_text, cells))
    _console().print(shares)


def print_coupling(
    intervals: Sequence[CouplingInterval],
    finding: Finding,
    labels: Mapping[str, str],
    language: str,
) -> None:
    """Print the coordination of each unit with its range, then the warning."""
    words = _WORDS[language]
    heads = [words[key] for key in ("unit", "coordination", "median", "interval")]
    grid = _grid("", heads, text_columns=(0,))
    for row in sorted(intervals, key=lambda row: -row.stated):
        cells = [labels[row.unit], _number(row.stated), _number(row.median)]
        grid.add_row(*map(_text, [*cells, f"{_number(row.low)} - {_number(row.high)}"]))
    _console().print(grid)
    print_findings([finding], language)


def _grid(title: str, heads: Sequence[str], text_columns: Sequence[int]) -> Table:
    grid = Table(box=box.SIMPLE_HEAD, pad_edge=False, title_justify="left")
    grid.title = _text(title) if title else None
    for i, head in enumerate(heads):
        is_text = i in text_columns
        grid.add_column(
            _text(head), justify="left" if is_text else "right", overflow="fold", no_wrap=False
        )
    return grid


def _console() -> Console:
    return Console(markup=False, highlight=False)


def _choice(name: str, language: str) -> str:
    return _CHOICES.get(name, name) if language == "zh" else name


def _number(value: float) -> str:
    return f"{value:.3f}"


def _text(text: str) -> Text:
    return Text(plain(text))
