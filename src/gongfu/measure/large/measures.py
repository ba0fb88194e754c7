"""Every named measure from sums: its value, and its influence as weights of a few terms.

The formulas are those of the functions of the same names in ``gongfu.measure``; what differs is
that an influence is not one number a row but one number a term, so that rows need not be kept.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any

import numpy as np

from gongfu.core import InputError, Problem
from gongfu.measure.atkinson import atkinson
from gongfu.measure.catalogue import NamedMeasure
from gongfu.measure.ede import ede_atkinson, ede_sen
from gongfu.measure.entropy import generalized_entropy, mld, theil
from gongfu.measure.gini import gini
from gongfu.measure.hoover import hoover
from gongfu.measure.large.distribution import Distribution
from gongfu.measure.large.terms import Term
from gongfu.measure.linearised import Linearised
from gongfu.measure.lorenz import palma, quantile_share, require_income_at_bottom, s80_s20
from gongfu.measure.mean import mean
from gongfu.measure.polarisation import no_median, wolfson
from gongfu.measure.poverty.fgt import fgt_at
from gongfu.measure.poverty.kinds import PovertyKind
from gongfu.measure.poverty.line import PovertyLine
from gongfu.measure.poverty.watts import no_watts, watts_at
from gongfu.measure.quantiles import (
    quantile,
    quantile_ratio,
    require_lower_quantile,
    sparsity_between,
    sparsity_probabilities,
)
from gongfu.measure.sample import below_zero, only_zero, some_zero

__all__ = [
    "BELOW",
    "INCOME",
    "ONE",
    "TermSpace",
    "entropy_statistic",
    "entropy_term",
    "gini_statistic",
    "gini_value",
    "needed_terms",
    "needs_ranks",
    "probabilities",
    "refuse_unknown",
    "statistic",
]

ONE, INCOME, EXCESS, BELOW = Term("one"), Term("income"), Term("excess"), Term("below")
GAP, SIGN = Term("gap"), Term("sign")


@dataclass(frozen=True, slots=True)
class TermSpace:
    """The terms in use of one domain: grows while statistics are written down.

    Parameters
    ----------
    terms : in the order of the entries of an influence.
    width : entries of an influence.
    """

    terms: list[Term]
    width: int = 16

    @classmethod
    def for_measures(cls, count: int) -> TermSpace:
        """Return a space with room for the terms of ``count`` measures."""
        return cls([], 8 * count + 16)

    def linear(self, value: float, weights: Mapping[Term, float], people: float) -> Linearised:
        """Return a statistic with influence ``sum(weights[term] * term) / people``."""
        influence = np.zeros(self.width)
        for term, weight in weights.items():
            if term not in self.terms:
                self.terms.append(term)
            influence[self.terms.index(term)] += weight / people
        return Linearised(value, influence)


def statistic(measure: NamedMeasure, rows: Distribution, space: TermSpace) -> Linearised:
    """Return a measure of a domain.

    Raises
    ------
    InputError
        If the incomes lie outside the measure's range, in the words of the function of arrays.
    """
    function, options = _named(measure)
    return _STATISTICS[function](rows, space, **options)


def refuse_unknown(measures: Sequence[NamedMeasure]) -> None:
    """Raise for measures that need all rows at once."""
    problems = [
        Problem(
            f"{one.name} needs all rows in memory",
            expected="mean, gini, theil, mld, ge, atkinson, hoover, quantiles, shares, palma, ede, "
            "wolfson, or fgt and watts under a line that is an amount",
            fix="Measure a sample of the rows, or all of them in memory (stream=False).",
        )
        for one in measures
        if _named(one)[0] not in _STATISTICS
    ]
    if problems:
        raise InputError(problems)


def needed_terms(measures: Sequence[NamedMeasure]) -> list[Term]:
    """Return the terms whose averages the measures need."""
    needed = (term for one in measures for term in _averages(*_named(one)))
    return list(dict.fromkeys(needed))


def needs_ranks(measures: Sequence[NamedMeasure]) -> bool:
    """Return whether a measure needs to know who is poorer than whom."""
    return any(_named(one)[0] in (gini, ede_sen, wolfson) for one in measures)


def probabilities(measures: Sequence[NamedMeasure], effective_rows: float) -> list[float]:
    """Return where the measures need quantiles, those for densities included."""
    if not effective_rows:
        return []
    needed = (at for one in measures for at in _quantiles(*_named(one), effective_rows))
    return list(dict.fromkeys(needed))


def _named(measure: NamedMeasure) -> tuple[Callable[..., Any], dict[str, float]]:
    of = measure.of
    if isinstance(of, partial) and of.args and isinstance(of.args[0], PovertyKind):
        return _under_line(*of.args)
    return (of.func, dict(of.keywords)) if isinstance(of, partial) else (of, {})


def _under_line(
    kind: PovertyKind, line: PovertyLine
) -> tuple[Callable[..., Any], dict[str, float]]:
    # A line that the rows themselves estimate is known only after the pass that needs it.
    if line.base != "amount":
        return PovertyLine, {}
    at = kind.at
    function, options = (at.func, at.keywords) if isinstance(at, partial) else (at, {})
    return function, {"line": line.number, **options}


def _averages(function: Callable[..., Any], options: Mapping[str, float]) -> Iterator[Term]:
    alpha = {theil: 1.0, mld: 0.0}.get(function, options.get("alpha"))
    if alpha is not None and function is not fgt_at:
        yield entropy_term(alpha)
    if "epsilon" in options:
        yield Term("power", 1.0 - options["epsilon"])
    if function is hoover:
        yield GAP
        yield SIGN
    if function is fgt_at:
        yield Term("gap_below", options["line"], options["alpha"])
    if function is watts_at:
        yield Term("log_gap", options["line"])


def _quantiles(
    function: Callable[..., Any], options: Mapping[str, float], effective_rows: float
) -> Iterator[float]:
    if function in (quantile, quantile_ratio):
        for at in options.values():
            yield at
            yield from sparsity_probabilities(at, effective_rows)
    else:
        yield from {s80_s20: (0.2, 1 - 0.2), palma: (0.4, 1 - 0.1)}.get(function, ())
        if function is wolfson:
            yield 0.5
            yield from sparsity_probabilities(0.5, effective_rows)
        if function is quantile_share:
            yield from options.values()


def entropy_term(alpha: float) -> Term:
    """Return the term whose average makes the generalised entropy index."""
    return Term("power", alpha) if alpha < 0.5 else Term("times_power", alpha)


def _require_not_negative(rows: Distribution, name: str) -> None:
    if rows.negative:
        raise below_zero(name, rows.negative, rows.lowest)
    if rows.mean == 0:
        raise only_zero(name)


def _require_positive(rows: Distribution, name: str) -> None:
    _require_not_negative(rows, name)
    if rows.zero:
        raise some_zero(name, rows.zero)


def _mean(rows: Distribution, space: TermSpace) -> Linearised:
    return space.linear(rows.mean, {INCOME: 1.0, ONE: -rows.mean}, rows.weight)


def gini_value(rows: Distribution) -> float:
    """Return the Gini coefficient of a domain with ranks."""
    assert rows.ranks is not None
    return rows.ranks.gini


def gini_statistic(rows: Distribution, space: TermSpace) -> Linearised:
    """Return the Gini coefficient with its influence."""
    _require_not_negative(rows, "gini")
    value = gini_value(rows)
    weights = {BELOW: 2.0, ONE: -2.0 * value, EXCESS: -(1.0 + value)}
    return space.linear(value, weights, rows.weight)


def entropy_statistic(rows: Distribution, space: TermSpace, *, alpha: float) -> Linearised:
    """Return the generalised entropy index from averages."""
    name = f"ge({alpha:g})"
    (_require_positive if alpha <= 0 else _require_not_negative)(rows, name)
    term = entropy_term(alpha)
    average = rows.averages[term]
    if alpha < 0.5:
        scale = alpha - 1
        weights = {term: 1 / scale, ONE: -average / scale, EXCESS: -(1 + alpha * average) / scale}
        return space.linear(average / scale, weights, rows.weight)
    value = average / alpha
    weights = {term: 1 / alpha, EXCESS: -1 / alpha - value * alpha, ONE: -value}
    return space.linear(value, weights, rows.weight)


def _atkinson(rows: Distribution, space: TermSpace, *, epsilon: float) -> Linearised:
    name = f"atkinson({epsilon:g})"
    (_require_positive if epsilon >= 1 else _require_not_negative)(rows, name)
    power = 1.0 - epsilon
    term = Term("power", power)
    average = rows.averages[term]
    scale = 1.0 + power * average
    log_equality = average if power == 0 else math.log(scale) / power
    equality = math.exp(log_equality)
    weights = {EXCESS: equality, term: -equality / scale, ONE: equality * average / scale}
    return space.linear(-math.expm1(log_equality), weights, rows.weight)


def _hoover(rows: Distribution, space: TermSpace) -> Linearised:
    _require_not_negative(rows, "hoover")
    value = rows.averages[GAP] / 2
    weights = {GAP: 0.5, EXCESS: -rows.averages[SIGN] / 2 - value, ONE: -value}
    return space.linear(value, weights, rows.weight)


def _quantile(rows: Distribution, space: TermSpace, *, probability: float) -> Linearised:
    found = rows.quantile(probability)
    count = rows.effective_rows
    low, high = (rows.quantile(p).value for p in sparsity_probabilities(probability, count))
    scale = sparsity_between(low, high, probability, count)
    on_it = (probability * rows.weight - found.below) / found.on_it if found.on_it else 0.0
    reached = Term("reached", found.value, on_it)
    return space.linear(found.value, {ONE: scale * probability, reached: -scale}, rows.weight)


def _quantile_ratio(
    rows: Distribution, space: TermSpace, *, upper: float, lower: float
) -> Linearised:
    bottom = _quantile(rows, space, probability=lower)
    require_lower_quantile(bottom.value, upper, lower)
    return _quantile(rows, space, probability=upper) / bottom


def _lorenz(rows: Distribution, space: TermSpace, share: float) -> Linearised:
    _require_not_negative(rows, "a share of income")
    income = rows.quantile(share).value
    border = income / rows.mean
    people, money = rows.held_below(income)
    value = money + border * (1 - people) - (1 - share) * border
    weights = {Term("capped", border): 1.0, ONE: -(1 - share) * border - value, EXCESS: -value}
    return space.linear(value, weights, rows.weight)


def _quantile_share(
    rows: Distribution, space: TermSpace, *, lower: float, upper: float
) -> Linearised:
    return _lorenz(rows, space, upper) - _lorenz(rows, space, lower)


def _share_ratio(rows: Distribution, space: TermSpace, *, top: float, bottom: float) -> Linearised:
    poorest = _lorenz(rows, space, bottom)
    require_income_at_bottom(poorest.value, bottom)
    return (1.0 - _lorenz(rows, space, 1 - top)) / poorest


def _ede_sen(rows: Distribution, space: TermSpace) -> Linearised:
    return _mean(rows, space) * (1.0 - gini_statistic(rows, space))


def _ede_atkinson(rows: Distribution, space: TermSpace, *, epsilon: float) -> Linearised:
    return _mean(rows, space) * (1.0 - _atkinson(rows, space, epsilon=epsilon))


def _fgt(rows: Distribution, space: TermSpace, *, line: float, alpha: float) -> Linearised:
    if alpha > 0 and rows.negative:
        raise below_zero(f"fgt with aversion {alpha:g}", rows.negative, rows.lowest)
    return _average(rows, space, Term("gap_below", line, alpha))


def _watts(rows: Distribution, space: TermSpace, *, line: float) -> Linearised:
    if rows.negative or rows.zero:
        raise no_watts(rows.negative + rows.zero)
    return _average(rows, space, Term("log_gap", line))


def _average(rows: Distribution, space: TermSpace, term: Term) -> Linearised:
    value = rows.averages[term]
    return space.linear(value, {term: 1.0, ONE: -value}, rows.weight)


def _wolfson(rows: Distribution, space: TermSpace) -> Linearised:
    _require_not_negative(rows, "wolfson")
    middle = _quantile(rows, space, probability=0.5)
    if not middle.value > 0:
        raise no_median(middle.value)
    spread = 0.5 - _lorenz(rows, space, 0.5) - 0.5 * gini_statistic(rows, space)
    return 4.0 * (_mean(rows, space) / middle) * spread


_STATISTICS: Mapping[Callable[..., Any], Callable[..., Linearised]] = MappingProxyType(
    {
        mean: _mean,
        gini: gini_statistic,
        theil: partial(entropy_statistic, alpha=1.0),
        mld: partial(entropy_statistic, alpha=0.0),
        generalized_entropy: entropy_statistic,
        atkinson: _atkinson,
        hoover: _hoover,
        quantile: _quantile,
        quantile_ratio: _quantile_ratio,
        quantile_share: _quantile_share,
        s80_s20: partial(_share_ratio, top=0.2, bottom=0.2),
        palma: partial(_share_ratio, top=0.1, bottom=0.4),
        ede_sen: _ede_sen,
        ede_atkinson: _ede_atkinson,
        fgt_at: _fgt,
        watts_at: _watts,
        wolfson: _wolfson,
    }
)
