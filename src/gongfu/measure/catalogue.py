"""Inequality measures by the names people type: ``gini``, ``atkinson(0.5)``, ``p90/p10`` ..."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial

from gongfu.core import InputError, Problem
from gongfu.core.errors import nearest_name
from gongfu.measure.atkinson import atkinson
from gongfu.measure.catalogue_families import MORE_EXAMPLES, MORE_FAMILIES
from gongfu.measure.ede import ede_atkinson, ede_sen
from gongfu.measure.entropy import generalized_entropy, mld, theil
from gongfu.measure.gini import gini
from gongfu.measure.hoover import hoover
from gongfu.measure.linearised import Linearised
from gongfu.measure.lorenz import palma, quantile_share, s80_s20
from gongfu.measure.mean import mean
from gongfu.measure.named_measure import (
    FROM_ZERO,
    INDEX,
    INDEX_POINTS,
    MONEY,
    PLAIN_UNITS,
    RATIO,
    SHARE,
    NamedMeasure,
)
from gongfu.measure.polarisation import wolfson
from gongfu.measure.quantiles import quantile, quantile_ratio
from gongfu.measure.s_gini import s_gini
from gongfu.measure.sample import Sample

__all__ = [
    "DEFAULT_MEASURES",
    "INDEX_POINTS",
    "MONEY",
    "PLAIN_UNITS",
    "NamedMeasure",
    "named_measures",
]

DEFAULT_MEASURES = (
    "mean",
    "gini",
    "theil",
    "mld",
    "atkinson(0.5)",
    "atkinson(1)",
    "p90/p10",
    "s80/s20",
    "palma",
    "ede",
)


def named_measures(names: Sequence[str]) -> list[NamedMeasure]:
    """Return the measures with these names, in this order.

    Raises
    ------
    InputError
        If a name is unknown or its numbers are out of range; all such names at once.
    """
    found = [_named(name) for name in names]
    problems = [item for item in found if isinstance(item, Problem)]
    if problems:
        raise InputError(problems)
    return [item for item in found if isinstance(item, NamedMeasure)]


_ENTROPY = "generalised entropy, natural logarithm, relative to the weighted mean"
_ATKINSON = "relative to the weighted mean"
_QUANTILE = "inverse of the weighted distribution function (type 2), density by difference quotient"
_SHARE = "Lorenz polygon, border row split"

_PLAIN: dict[str, tuple[str, str, str, str, Callable[[Sample], Linearised]]] = {
    "mean": ("Mean", "均值", MONEY, "weighted mean", mean),
    "gini": ("Gini", "基尼系数", INDEX, "covariance form, mid-interval ranks, no n/(n-1)", gini),
    "theil": ("Theil T", "泰尔指数", FROM_ZERO, f"{_ENTROPY}, alpha 1", theil),
    "mld": ("Mean log deviation", "平均对数离差", FROM_ZERO, f"{_ENTROPY}, alpha 0", mld),
    "hoover": ("Hoover", "胡佛指数", INDEX, "half the relative mean deviation", hoover),
    "s80/s20": ("S80/S20", "五等份收入比", RATIO, f"total over total; {_SHARE}", s80_s20),
    "palma": ("Palma", "帕尔玛比值", RATIO, f"top 10 % over bottom 40 %; {_SHARE}", palma),
    "wolfson": (
        "Wolfson",
        "沃尔夫森极化指数",
        FROM_ZERO,
        "4 (mean/median) (1/2 - L(1/2) - G/2)",
        wolfson,
    ),
    "ede": ("EDE (Sen)", "等价均等收入(森)", MONEY, "mean (1 - Gini)", ede_sen),
}

_NUMBER = r"(-?\d+(?:\.\d+)?)"


def _named(name: str) -> NamedMeasure | Problem:
    text = name.strip().lower().replace(" ", "")
    if text in _PLAIN:
        return NamedMeasure(text, *_PLAIN[text])
    for pattern, build in _FAMILIES:
        match = re.fullmatch(pattern, text)
        if match:
            return build(text, *(float(number) for number in match.groups()))
    for pattern, family in MORE_FAMILIES:
        match = re.fullmatch(pattern, text)
        if match:
            return family(text, *match.groups())
    return Problem(
        f"no measure {name!r}",
        expected=f"{', '.join(_PLAIN)}, {', '.join(_EXAMPLES)}",
        fix=nearest_name(name, [*_PLAIN, *_EXAMPLES]),
    )


def _atkinson(name: str, epsilon: float) -> NamedMeasure | Problem:
    if epsilon <= 0:
        return Problem(f"{name}: the aversion must be above 0")
    of = partial(atkinson, epsilon=epsilon)
    return NamedMeasure(name, f"Atkinson {epsilon:g}", "阿特金森指数", INDEX, _ATKINSON, of)


def _s_gini(name: str, aversion: float) -> NamedMeasure | Problem:
    if aversion <= 1:
        return Problem(f"{name}: the aversion of an s-gini lies above 1")
    of = partial(s_gini, aversion=aversion)
    words = "extended Gini, exact for the steps of the rows; 2 is the Gini"
    return NamedMeasure(name, f"S-Gini {aversion:g}", "扩展基尼系数", INDEX, words, of)


def _entropy(name: str, alpha: float) -> NamedMeasure:
    of = partial(generalized_entropy, alpha=alpha)
    return NamedMeasure(name, f"GE({alpha:g})", "广义熵指数", FROM_ZERO, _ENTROPY, of)


def _ede(name: str, epsilon: float) -> NamedMeasure | Problem:
    if epsilon <= 0:
        return Problem(f"{name}: the aversion must be above 0")
    of = partial(ede_atkinson, epsilon=epsilon)
    words = f"mean (1 - Atkinson {epsilon:g})"
    return NamedMeasure(name, f"EDE {epsilon:g}", "等价均等收入", MONEY, words, of)


def _quantile(name: str, percent: float) -> NamedMeasure | Problem:
    if not 0 < percent < 100:
        return Problem(f"{name}: a percentile lies between 0 and 100")
    of = partial(quantile, probability=percent / 100)
    return NamedMeasure(name, name.upper(), "分位数", MONEY, _QUANTILE, of)


def _ratio(name: str, upper: float, lower: float) -> NamedMeasure | Problem:
    if not 0 < lower < upper < 100:
        return Problem(f"{name}: the percentiles must fall, between 0 and 100, as in p90/p10")
    of = partial(quantile_ratio, upper=upper / 100, lower=lower / 100)
    return NamedMeasure(name, name.upper(), "分位数比", RATIO, _QUANTILE, of)


def _share(name: str, lower: float, upper: float) -> NamedMeasure | Problem:
    if not 0 <= lower < upper <= 100:
        return Problem(f"{name}: the percentiles must rise, from 0 to 100, as in share(90,100)")
    of = partial(quantile_share, lower=lower / 100, upper=upper / 100)
    label = f"Share {lower:g}-{upper:g} %"
    return NamedMeasure(name, label, "收入份额", SHARE, _SHARE, of)


_FAMILIES: tuple[tuple[str, Callable[..., NamedMeasure | Problem]], ...] = (
    (rf"atkinson\({_NUMBER}\)", _atkinson),
    (rf"s-gini\({_NUMBER}\)", _s_gini),
    (rf"ge\({_NUMBER}\)", _entropy),
    (rf"ede\({_NUMBER}\)", _ede),
    (r"p(\d+(?:\.\d+)?)", _quantile),
    (r"p(\d+(?:\.\d+)?)/p(\d+(?:\.\d+)?)", _ratio),
    (rf"share\({_NUMBER},{_NUMBER}\)", _share),
)

_EXAMPLES = (
    "atkinson(0.5)",
    "s-gini(3)",
    "ge(2)",
    "ede(1)",
    "p50",
    "p90/p10",
    "share(90,100)",
    *MORE_EXAMPLES,
)
