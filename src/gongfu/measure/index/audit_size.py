"""Whether an index is about what it says or about how big a region is.

References
----------
[OECD 2008] OECD and JRC: Handbook on Constructing Composite Indicators, step 2: variables of
different sizes are divided by an appropriate one before they are compared.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

from gongfu.core import Panel
from gongfu.measure.index.build import BuiltIndex
from gongfu.measure.index.finding import Finding, Limits, Say
from gongfu.measure.index.normalise import average_ranks

__all__ = ["check_size"]

CITATION = "OECD and JRC 2008, Handbook on Constructing Composite Indicators, step 2"
FIX = Say(
    '改用人均或占比：在指标里写 per（如 per = "population" 或 "gdp"）。',
    'Use intensities: give each indicator a per, such as per = "population" or "gdp".',
)


def check_size(
    built: BuiltIndex, panel: Panel, limits: Limits, population: Panel | None = None
) -> Finding:
    """Return whether the index mostly says how big a region is.

    Parameters
    ----------
    panel : of the indicators; an entry with ``aggregation = "sum"`` marks a total of the region.
    population : a panel with the variable ``population``; without it only the share of totals is
        looked at.
    """
    weights = built.global_weights()
    totals = [name for name in weights if _is_total(panel, name)]
    share = sum((weights[name] for name in totals), 0.0)
    evidence = {"totals": float(len(totals)), "indicators": float(len(weights)), "share": share}
    bounds = {"share": limits.level_share}
    correlation = _size_correlation(built, population)
    if correlation is not None:
        evidence["correlation_with_population"] = correlation
        bounds["correlation_with_population"] = limits.size_correlation
    is_large = share > limits.level_share or abs(correlation or 0.0) > limits.size_correlation
    return Finding(
        "size-driven",
        "found" if is_large else "clean",
        _says(len(totals), len(weights), share, correlation),
        evidence,
        bounds,
        FIX,
        CITATION,
    )


def _is_total(panel: Panel, name: str) -> bool:
    return name in panel.variables and panel.variables[name].aggregation == "sum"


def _says(totals: int, indicators: int, share: float, correlation: float | None) -> Say:
    zh = f"{indicators} 个指标中有 {totals} 个是随地区大小增长的总量，占权重 {share:.0%}"
    en = f"{totals} of {indicators} indicators are totals of the region, with {share:.0%} of weight"
    if correlation is None:
        return Say(f"{zh}。", f"{en}.")
    return Say(
        f"{zh}；指数与人口的年内秩相关平均为 {correlation:.2f}。",
        f"{en}; the mean rank correlation of the index with population is {correlation:.2f}.",
    )


def _size_correlation(built: BuiltIndex, population: Panel | None) -> float | None:
    if population is None or "population" not in population.names:
        return None
    people = population.array("population", built.units, built.years)
    found = [_rank_correlation(built.index[:, j], people[:, j]) for j in range(len(built.years))]
    known = [one for one in found if one is not None]
    return float(np.mean(known)) if known else None


def _rank_correlation(
    one: Float[np.ndarray, " unit"], other: Float[np.ndarray, " unit"]
) -> float | None:
    both = ~np.isnan(one) & ~np.isnan(other)
    if both.sum() < 3 or np.ptp(one[both]) == 0 or np.ptp(other[both]) == 0:
        return None
    return float(np.corrcoef(average_ranks(one[both]), average_ranks(other[both]))[0, 1])
