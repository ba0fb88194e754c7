"""Whether regions draw together, and who moves: spread, growth, clubs, ranks, classes, shape."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from jaxtyping import Bool, Int

from gongfu.core import InputError
from gongfu.measure.dynamics import (
    beta_convergence,
    beta_line,
    convergence_clubs,
    density,
    hp_trend,
    income_elasticity,
    markov,
    rank_concordance,
    rank_slope,
    relative_classes,
    sigma_convergence,
)
from gongfu.measure.dynamics.classes import Classes
from gongfu.measure.dynamics.density import rule_of_thumb
from gongfu.measure.dynamics.intervals import by_redrawing_units, wilson
from gongfu.measure.dynamics.long_run import closed_classes, ergodic_distribution
from gongfu.measure.dynamics.sigma import trend_interval
from gongfu.measure.dynamics.transitions import count_by_unit, probabilities
from gongfu.measure.sample import Sample
from gongfu.report.document import ResultTable, Words
from gongfu.study.findings.regions import describe_regions
from gongfu.study.regions import Regions

__all__ = ["convergence_tables"]

_SMOOTHNESS = 6.25
"""Of the trend of yearly series whose clubs are looked for (Ravn and Uhlig)."""

_PLACES = 60
"""Points of a drawn line."""

_SPREAD = Words(
    "误差来自年份对趋势线的离散（HAC），不是抽样误差：各地区即全体。绝对差距按当年价格计，含物价上涨。",
    "Errors come from the scatter of the years around the trend (HAC), not from sampling: the "
    "regions are all there are. The absolute gap is in current prices and includes inflation.",
)
_BETA = Words(
    "区间来自各地区对回归线的离散（HC3），不是抽样误差。这是关联，不是因果：期初的偶然偏高本身就会造成负的斜率。",
    "Intervals come from the scatter of the regions around the line (HC3), not from sampling. An "
    "association, not an effect: passing shocks at the start alone give a negative slope.",
)
_CLUBS = Words(
    "菲利普斯—苏尔 log t 检验；俱乐部的归属没有误差，处在两个俱乐部之间的地区可能换边。",
    "Phillips-Sul log t test; membership carries no error, and regions between two clubs may "
    "change sides.",
)
_CHAIN = Words(
    "区间：整体重抽地区（保留其全部年份）的自助法，没有出现过的转移用得分区间；"
    "说的是可能产生这些转移的马尔可夫链，不是别的地区。",
    "Intervals: bootstrap over whole regions with all their years, and score intervals for moves "
    "that nobody made; they are about the chain that could have made these moves, not about other "
    "regions.",
)
_SHAPE = Words(
    "数值与当年各地区均值之比；高斯核，两年同一带宽（经验规则的均值）。峰数随带宽而变，仅供描述。",
    "Value over the plain mean of all regions in its year; Gaussian kernel, the same bandwidth in "
    "both years (mean of the rules of thumb). The count of peaks depends on it: a description.",
)


def convergence_tables(regions: Regions) -> Iterator[ResultTable | None]:
    """Yield the tables of spread, growth, clubs, ranks, classes and shape of the regions."""
    yield describe_regions(regions, "sigma", _sigma(regions), note=_SPREAD)
    yield describe_regions(regions, "sigma_trends", _sigma_trends(regions), note=_SPREAD)
    yield describe_regions(regions, "beta", _beta(regions), note=_BETA)
    yield describe_regions(regions, "beta_points", _beta_points(regions), note=_BETA)
    yield describe_regions(regions, "beta_line", _beta_line(regions), note=_BETA)
    yield from _club_tables(regions)
    yield describe_regions(regions, "rank_moves", _rank_moves(regions))
    yield describe_regions(regions, "mobility", _mobility(regions))
    yield from _chain_tables(regions)
    yield describe_regions(regions, "densities", _densities(regions), note=_SHAPE)


def _sigma(regions: Regions) -> Iterator[dict[str, Any]]:
    plain = sigma_convergence(regions.values, regions.years)
    weighted = _weighted_variation(regions)
    for place, year in enumerate(regions.years):
        yield {
            "year": year,
            "log_deviation": plain.log_deviation.by_year[place],
            "variation": plain.variation.by_year[place],
            "variation_weighted": weighted[place],
            "deviation": plain.deviation.by_year[place],
        }


def _weighted_variation(regions: Regions) -> list[float | None]:
    if regions.people is None:
        return [None] * len(regions.years)
    found = sigma_convergence(regions.values, regions.years, weight=regions.people)
    return [float(value) for value in found.variation.by_year]


def _sigma_trends(regions: Regions) -> Iterator[dict[str, Any]]:
    found = sigma_convergence(regions.values, regions.years)
    for name in ("log_deviation", "variation", "deviation"):
        one = getattr(found, name)
        low, high = trend_interval(one)
        yield {"measure": name, "trend": one.trend.value, "low": low, "high": high}
    if regions.people is not None:
        weighted = sigma_convergence(regions.values, regions.years, weight=regions.people)
        low, high = trend_interval(weighted.variation)
        trend = weighted.variation.trend.value
        yield {"measure": "variation_weighted", "trend": trend, "low": low, "high": high}


def _span(regions: Regions) -> int:
    return regions.years[-1] - regions.years[0]


def _beta(regions: Regions) -> Iterator[dict[str, Any]]:
    start, end = regions.values[:, 0], regions.values[:, -1]
    models = {"plain": None, **dict(list(regions.weights.items())[:1])}
    for name, weights in models.items():
        found = beta_convergence(start, end, _span(regions), weights=weights)
        moran = found.residual_moran
        yield {
            "model": name,
            "start": regions.years[0],
            "end": regions.years[-1],
            "beta": found.beta.value,
            "low": found.beta.interval.low,
            "high": found.beta.interval.high,
            "speed": found.speed,
            "half_life": found.half_life_years if np.isfinite(found.half_life_years) else None,
            "r_squared": found.r_squared,
            "regions": found.n,
            "residual_moran_p": None if moran is None else moran.p,
        }


def _beta_points(regions: Regions) -> Iterator[dict[str, Any]]:
    growth = np.log(regions.values[:, -1] / regions.values[:, 0]) / _span(regions)
    for code, start, rate in zip(regions.codes, regions.values[:, 0], growth, strict=True):
        yield {"code": code, "year": regions.years[0], "value": start, "growth": rate}


def _beta_line(regions: Regions) -> Iterator[dict[str, Any]]:
    start, end = regions.values[:, 0], regions.values[:, -1]
    at = np.geomspace(start.min(), start.max(), _PLACES)
    line = beta_line(start, end, _span(regions), at=at)
    for row in zip(line.at, line.growth, line.low, line.high, strict=True):
        yield dict(zip(("value", "growth", "low", "high"), map(float, row), strict=True))


def _club_tables(regions: Regions) -> Iterator[ResultTable | None]:
    try:
        found = convergence_clubs(hp_trend(np.log(regions.values), _SMOOTHNESS))
    except InputError:
        return  # too few periods for the test: no table, and the report says so
    member = found.membership + 1  # 0 for regions in no club
    relative = regions.relative
    tests = [(0, found.overall), *((i, club.test) for i, club in enumerate(found.clubs, start=1))]
    yield describe_regions(
        regions,
        "clubs",
        (
            {"code": code, "club": int(club), "start": one[0], "end": one[-1]}
            for code, club, one in zip(regions.codes, member, relative, strict=True)
        ),
        note=_CLUBS,
    )
    yield describe_regions(
        regions,
        "club_tests",
        ({"club": i, "slope": test.value, "t": test.t} for i, test in tests if test is not None),
        note=_CLUBS,
    )
    yield describe_regions(regions, "club_paths",
        (
            {"club": club, "code": code, "year": year, "members": int(own.sum()),
             "value": float(relative[own, place].mean())}
            for club, code, own in _groups(regions, member)
            for place, year in enumerate(regions.years)
        ),
        note=_CLUBS,
    )  # fmt: skip


def _groups(
    regions: Regions, member: Int[np.ndarray, " unit"]
) -> Iterator[tuple[int, str, Bool[np.ndarray, " unit"]]]:
    """Yield each club with its members, then each region that shares its path with no other."""
    for club in range(1, int(member.max()) + 1):
        yield club, "", member == club
    for unit in np.flatnonzero(member == 0).tolist():
        yield 0, regions.codes[unit], np.arange(len(member)) == unit


def _rank_moves(regions: Regions) -> Iterator[dict[str, Any]]:
    first, last = (_ranks(regions.values[:, end]) for end in (0, -1))
    for i, code in enumerate(regions.codes):
        yield {
            "code": code,
            "start": regions.years[0],
            "end": regions.years[-1],
            "rank_start": int(first[i]),
            "rank_end": int(last[i]),
            "relative_start": regions.relative[i, 0],
            "relative_end": regions.relative[i, -1],
        }


def _ranks(values: np.ndarray) -> np.ndarray:
    ranks: np.ndarray = (values[:, None] < values).sum(axis=1) + 1
    return ranks


def _mobility(regions: Regions) -> Iterator[dict[str, Any]]:
    start, end = regions.values[:, 0], regions.values[:, -1]
    order = rank_concordance(start, end)
    found = {
        "rank_slope": rank_slope(start, end).value,
        "elasticity": income_elasticity(start, end).value,
        "kendall": order.tau,
        "overtaken": order.overtaken_share,
    }
    for name, value in found.items():
        yield {"measure": name, "value": value}


def _chain_tables(regions: Regions) -> Iterator[ResultTable | None]:
    classes = relative_classes(regions.values, regions.classes)
    chain = markov(classes, seed=regions.seed, draws=regions.draws)
    # Redrawn regions make no move that nobody made: there the score interval has the say.
    by_score, unseen = wilson(chain.counts), chain.counts == 0
    low = np.where(unseen, by_score.low, chain.interval.low)
    high = np.where(unseen, by_score.high, chain.interval.high)
    size = range(classes.k)
    yield describe_regions(
        regions,
        "markov_moves",
        (
            {
                "origin": str(i + 1),
                "destination": str(j + 1),
                "moves": int(chain.counts[i, j]),
                "probability": chain.probabilities[i, j],
                "low": low[i, j],
                "high": high[i, j],
            }
            for i in size
            for j in size
        ),
        note=_CHAIN,
    )
    yield describe_regions(regions, "markov_classes", _class_rows(regions, classes), note=_CHAIN)


def _class_rows(regions: Regions, classes: Classes) -> Iterator[dict[str, Any]]:
    """Yield each class with its bounds, the regions in it, and the long run of the chain.

    No long run is given where some class was never left for the others: it would rest on a move
    that nobody made in these years.
    """
    per_unit = count_by_unit(classes.code, classes.k)
    long_run = low = high = np.full(classes.k, np.nan)
    if _can_mix(per_unit.sum(axis=0)):
        long_run = ergodic_distribution(probabilities(per_unit.sum(axis=0)))
        bounds = by_redrawing_units(
            per_unit, seed=regions.seed, draws=regions.draws, of=_long_run_or_missing
        )
        low, high = bounds.low, bounds.high
    edges = [None, *classes.cutoffs.tolist(), None]
    for i in range(classes.k):
        yield {
            "class": str(i + 1),
            "above": edges[i],
            "up_to": edges[i + 1],
            "share_start": float(np.mean(classes.code[:, 0] == i)),
            "share_end": float(np.mean(classes.code[:, -1] == i)),
            "long_run": long_run[i],
            "low": low[i],
            "high": high[i],
        }


def _can_mix(counts: np.ndarray) -> bool:
    p = probabilities(counts)
    return not np.isnan(p).any() and len(closed_classes(p)[0]) == len(p)


def _long_run_or_missing(counts: np.ndarray) -> np.ndarray:
    p = probabilities(counts)
    if np.isnan(p).any() or len(closed_classes(p)) > 1:
        return np.full(len(p), np.nan)
    return ergodic_distribution(p)


def _densities(regions: Regions) -> Iterator[dict[str, Any]]:
    relative = regions.relative
    room = 0.25 * float(relative.max() - relative.min())
    at = np.linspace(max(0.0, relative.min() - room), relative.max() + room, 2 * _PLACES)
    ends = (0, len(regions.years) - 1)
    width = float(np.mean([rule_of_thumb(Sample.of(relative[:, place])) for place in ends]))
    for place in ends:
        shape = density(relative[:, place], grid=at, bandwidth=width)
        for value, height in zip(at.tolist(), shape.height.tolist(), strict=True):
            yield {"year": regions.years[place], "at": value, "height": height}
