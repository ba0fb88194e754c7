"""Estimates of one market: concentration indices, and markups with the error of the elasticity."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Bool, Float

from gongfu.core import Estimate, Evidence, InputError, Interval, Problem, Uncertainty
from gongfu.measure.linearised import Linearised
from gongfu.measure.markets.concentration import (
    concentration_ratio,
    effective_number,
    hall_tideman,
    herfindahl,
    market_entropy,
)
from gongfu.measure.markets.markup import (
    accounting_markup,
    aggregate_markup,
    firm_markups,
    lerner_index,
)
from gongfu.measure.student import two_sided_t
from gongfu.measure.table_estimates import Speaker

__all__ = ["Elasticity", "concentration_of", "markups_of"]

_POINTS = 10_000.0
"""Guidelines write the Herfindahl-Hirschman index with market shares in percent."""

_MANY = 1_000_000
"""Degrees of freedom of an elasticity estimated elsewhere: the normal distribution."""


@dataclass(frozen=True, slots=True)
class Elasticity:
    """Output elasticity of a variable input, with the error its production function gave.

    Parameters
    ----------
    value : above 0.
    error : standard error; zero when it is taken as known.
    """

    value: float
    error: float = 0.0

    def __post_init__(self) -> None:
        if not (math.isfinite(self.value) and self.value > 0 and 0 <= self.error < math.inf):
            raise InputError(
                Problem(
                    "an output elasticity lies above zero and its error is zero or more",
                    found=f"{self.value:g} with error {self.error:g}",
                )
            )


def concentration_of(
    speaker: Speaker, member: Bool[np.ndarray, " row"], name: str | None
) -> Iterator[Estimate]:
    """Yield the concentration indices of the firms ``member`` of a market."""
    sales, weight = _rows(speaker, member)
    indices: dict[str, tuple[Callable[[], Linearised], str, str]] = {
        "hhi": (lambda: herfindahl(sales, weight) * _POINTS, "points 0-10,000", "sum of squares"),
        **{
            f"cr{k}": (_ratio(sales, weight, k), "share 0-1", f"share of the {k} largest")
            for k in (1, 2, 3, 4, 5, 8)
        },
        "entropy": (lambda: market_entropy(sales, weight), "nats", "-sum s ln s"),
        "effective number": (lambda: effective_number(sales, weight), "firms", "1 / sum s^2"),
        "hall-tideman": (lambda: hall_tideman(sales, weight), "index 0-1", "mean ranks for ties"),
    }
    for measure, (found, unit, convention) in indices.items():
        yield speaker.estimate(
            found(), member, measure=measure, unit=unit, convention=convention, group=name
        )


def markups_of(
    speaker: Speaker,
    costs: Float[np.ndarray, " row"],
    member: Bool[np.ndarray, " row"],
    name: str | None,
    elasticity: Elasticity | None,
) -> Iterator[Estimate]:
    """Yield accounting markup and Lerner index, and markups from the elasticity if there is one.

    Firms without costs are left out of all of them.
    """
    known = member & (costs > 0) & (speaker.rows.income > 0)
    if not known.any():
        return
    sales, weight = _rows(speaker, known)
    cost = costs[known]
    accounts = (
        ("markup accounting", accounting_markup(sales, cost, weight), "total sales / total cost"),
        ("lerner index", lerner_index(sales, cost, weight), "(sales - cost) / sales"),
    )
    for measure, statistic, convention in accounts:
        yield speaker.estimate(
            statistic, known, measure=measure, unit="ratio", convention=convention, group=name
        )
    if elasticity is not None:
        markups = firm_markups(sales, cost, elasticity.value)
        for measure, size in (("sales-weighted", sales), ("cost-weighted", cost)):
            found = speaker.estimate(
                aggregate_markup(markups.value, size, weight),
                known,
                measure=f"markup {measure}",
                unit="ratio",
                convention="elasticity / revenue share of the cost (De Loecker-Warzynski 2012)",
                group=name,
            )
            yield _with_elasticity(found, elasticity, speaker.confidence)


def _ratio(
    sales: Float[np.ndarray, " firm"], weight: Float[np.ndarray, " firm"] | None, k: int
) -> Callable[[], Linearised]:
    return lambda: concentration_ratio(sales, weight, k=k)


def _with_elasticity(found: Estimate, elasticity: Elasticity, confidence: float) -> Estimate:
    """Add the error of the elasticity, which all firms share, to that of sampling."""
    shared = found.value * elasticity.error / elasticity.value
    error = math.hypot(found.standard_error or 0.0, shared)
    if error == 0:
        return found.replace(evidence=Evidence.ESTIMATED)
    reach = two_sided_t(confidence, _MANY) * error
    return replace(
        found,
        evidence=Evidence.ESTIMATED,
        uncertainty=Uncertainty.SAMPLING,
        standard_error=error,
        interval=Interval(found.value - reach, found.value + reach, confidence),
        convention=f"{found.convention}; error of the elasticity {elasticity.error:g} included",
    )


def _rows(
    speaker: Speaker, member: Bool[np.ndarray, " row"]
) -> tuple[Float[np.ndarray, " firm"], Float[np.ndarray, " firm"] | None]:
    weight = speaker.rows.weight
    return speaker.rows.income[member], None if weight is None else weight[member]
