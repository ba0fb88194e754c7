"""Convergence of regions as tables for the terminal."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gongfu.cli.panel_source import PanelSource
from gongfu.cli.region_grid import chance, number, print_grid, print_line, range_words
from gongfu.measure.dynamics.beta import BetaConvergence
from gongfu.measure.dynamics.clubs import ConvergenceClubs
from gongfu.measure.dynamics.sigma import SigmaConvergence, trend_interval

__all__ = ["print_convergence"]

_WORDS = {
    "zh": {
        "sigma": "σ 收敛：地区差距", "measure": "测度", "trend": "年变化 %", "interval": "区间",
        "beta": "β 收敛：起点低的地区是否增长更快", "model": "模型", "b": "β（每年）",
        "speed": "每年缩小差距 %", "half": "半衰期（年）", "moran": "残差 Moran p",
        "clubs": "收敛俱乐部（log t 检验）", "club": "俱乐部", "members": "成员", "slope": "斜率",
        "none": "不属于任何俱乐部", "all": "全部地区",
        "standard deviation of logs": "对数标准差", "coefficient of variation": "变异系数",
        "standard deviation": "标准差", "unconditional": "无条件", "conditional": "条件",
        "spatial": "空间", "never": "无",
        "note": "误差来自地区对回归线、年份对趋势线的离散：地区即全体，公布数字未附误差。",
        "reject": "全部地区一起收敛：5% 水平被拒绝（t < -1.65）。",
        "accept": "全部地区一起收敛：不能拒绝（t >= -1.65）。",
    },
    "en": {
        "sigma": "Sigma: the spread between regions", "measure": "measure",
        "trend": "% a year", "interval": "interval",
        "beta": "Beta: do regions that start low grow faster?", "model": "model",
        "b": "beta, a year", "speed": "gap closed, % a year", "half": "half-life, years",
        "moran": "residual Moran p", "clubs": "Convergence clubs (log t test)", "club": "club",
        "members": "members", "slope": "slope", "none": "in no club", "all": "all regions",
        "never": "none", "standard deviation of logs": "SD of logs",
        "coefficient of variation": "SD / mean", "standard deviation": "SD",
        "unconditional": "plain", "conditional": "conditional", "spatial": "spatial",
        "note": "Errors come from the scatter of regions around the line and of years around the "
        "trend: the regions are all there are, and no error is published for their figures.",
        "reject": "All regions converge together: rejected at 5 % (t < -1.65).",
        "accept": "All regions converge together: not rejected (t >= -1.65).",
    },
}  # fmt: skip


def print_convergence(
    source: PanelSource,
    sigma: SigmaConvergence | None,
    betas: Mapping[str, BetaConvergence],
    clubs: ConvergenceClubs | None,
    language: str,
) -> None:
    """Print what was found, with the warning where measures disagree."""
    words = _WORDS[language]
    print_line(source.title(language))
    if sigma is not None:
        _print_sigma(sigma, words, language)
    _print_betas(betas, words)
    if clubs is not None:
        _print_clubs(clubs, source, words, language)
    print_line(words["note"])


def _print_sigma(found: SigmaConvergence, words: Mapping[str, str], language: str) -> None:
    rows = []
    for one in (found.log_deviation, found.variation, found.deviation):
        low, high = (100 * end for end in trend_interval(one))
        name = words.get(one.name, one.name)
        ends = [number(one.by_year[end]) for end in (0, -1)]
        rows.append([name, *ends, number(100 * one.trend.value, 2), range_words(low, high, 2)])
    heads = [words["measure"], *(str(found.years[end]) for end in (0, -1))]
    print_grid(words["sigma"], [*heads, words["trend"], f"95 % {words['interval']}"], rows)
    print_line(found.disagreement("zh" if language == "zh" else "en"))


def _print_betas(found: Mapping[str, BetaConvergence], words: Mapping[str, str]) -> None:
    shown: Mapping[str, Callable[[BetaConvergence], str]] = {
        "b": lambda one: number(one.beta.value, 4),
        "interval": lambda one: range_words(one.beta.interval.low, one.beta.interval.high, 4),
        "speed": lambda one: number(100 * one.speed, 1),
        "half": lambda one: _half_life(one.half_life_years, words),
        "moran": lambda one: "-" if one.residual_moran is None else chance(one.residual_moran.p),
    }
    rows = [[words[key], *(cell(one) for one in found.values())] for key, cell in shown.items()]
    print_grid(words["beta"], ["", *(words[name] for name in found)], rows)


def _half_life(years: float, words: Mapping[str, str]) -> str:
    return number(years, 0) if years < 1e4 else words["never"]


def _print_clubs(
    found: ConvergenceClubs, source: PanelSource, words: Mapping[str, str], language: str
) -> None:
    rows = [[words["all"], "", number(found.overall.value, 2), number(found.overall.t, 1)]]
    for place, club in enumerate(found.clubs, start=1):
        members = ", ".join(source.label(i, language) for i in club.members.tolist())
        test = club.test
        ends = ["-", "-"] if test is None else [number(test.value, 2), number(test.t, 1)]
        rows.append([str(place), members, *ends])
    alone = ", ".join(source.label(i, language) for i in found.diverging.tolist())
    if alone:
        rows.append(["-", f"{words['none']}: {alone}", "", ""])
    heads = [words["club"], words["members"], words["slope"], "t"]
    print_grid(words["clubs"], heads, rows, words=(0, 1))
    print_line(words["reject" if found.overall.t < -1.65 else "accept"])
