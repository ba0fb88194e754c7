"""Mobility between two dates as tables for the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongfu.cli.mobility_source import Pairs
from gongfu.cli.region_grid import chance, number, print_grid, print_line, range_words

__all__ = ["print_mobility"]

_WORDS = {
    "zh": {
        "measure": "指标", "value": "值", "interval": "区间", "rank_slope": "位次斜率",
        "elasticity": "弹性（IGE）", "tau": "肯德尔 tau-b", "overtaken": "换位的配对比重",
        "prais": "普赖斯指数", "matrix": "转移矩阵（行：起点等级；列：终点等级）", "from": "起点",
        "moves": "个数", "all": "地区即全体：没有抽样误差。",
        "sampled": "区间假定各行独立抽取；有复杂抽样设计时请用 Python 接口。",
        "read": "位次斜率 1＝毫无流动，0＝终点与起点无关。",
    },
    "en": {
        "measure": "measure", "value": "value", "interval": "interval", "rank_slope": "rank slope",
        "elasticity": "elasticity (IGE)", "tau": "Kendall's tau-b",
        "overtaken": "pairs that changed order", "prais": "Prais' index",
        "matrix": "Transition matrix (row: class at the start, column: at the end)",
        "from": "from", "moves": "units", "all": "The regions are all: no sampling error.",
        "sampled": "Intervals take rows for independent draws; for a complex design use Python.",
        "read": "Rank slope: 1 nobody moves, 0 the end has nothing to do with the start.",
    },
}  # fmt: skip


def print_mobility(pairs: Pairs, found: Mapping[str, Any], language: str) -> None:
    """Print slopes, agreement of ranks and the matrix."""
    words = _WORDS[language]
    print_line(pairs.title[language])
    rows = [_row(words[name], found[name]) for name in ("rank_slope", "elasticity") if found[name]]
    kendall, matrix = found["kendall"], found["matrix"]
    rows += [
        [words["tau"], number(kendall["tau_b"]), f"p {chance(kendall['p'])}"],
        [words["overtaken"], f"{100 * kendall['overtaken_share']:.1f} %", ""],
        [words["prais"], number(matrix["prais"]), ""],
    ]
    print_grid("", [words[key] for key in ("measure", "value", "interval")], rows)
    names = [str(i + 1) for i in range(matrix["classes"])]
    print_grid(
        words["matrix"],
        [words["from"], words["moves"], *names],
        [
            [name, f"{sum(counts):.0f}", *(number(p, 2) for p in row)]
            for name, counts, row in zip(
                names, matrix["counts"], matrix["probabilities"], strict=True
            )
        ],
    )
    print_line(words["read"])
    print_line(words["sampled" if pairs.is_sampled else "all"])


def _row(name: str, slope: Mapping[str, Any]) -> list[str]:
    interval = slope["interval"]
    return [name, number(slope["value"]), range_words(*interval) if interval else ""]
