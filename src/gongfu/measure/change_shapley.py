"""What a change of inequality came from: groups or sources, by exact Shapley shares.

References
----------
[Shorrocks 2013] Decomposition procedures for distributional analysis: a unified framework based on
the Shapley value. Journal of Economic Inequality 11(1).
[Juhn-Murphy-Pierce 1993] Wage inequality and the rise in returns to skill. Journal of Political
Economy 101(3).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from jaxtyping import Float, Int, Shaped

from gongfu.core import Estimate, Evidence, InputError, Problem
from gongfu.measure.design import SurveyDesign
from gongfu.measure.difference import stacked_design
from gongfu.measure.grouping import group_rows
from gongfu.measure.linearised import Measure
from gongfu.measure.replicate_estimates import REPLICATIONS, bootstrap_estimates
from gongfu.measure.sample import Sample
from gongfu.measure.shapley import shapley

__all__ = ["GROUP_CAUSES", "MATCHING", "InequalityChange", "change_by_group", "change_by_source"]

GROUP_CAUSES = ("population", "means", "within")
"""Shares of people of the groups; their mean incomes; the distribution inside each."""

MATCHING = "matching"
"""What the matching of ranks leaves over; zero where both samples have equally many rows."""

Split: TypeAlias = Callable[[Float[np.ndarray, " row"]], Float[np.ndarray, " value"]]


@dataclass(frozen=True, slots=True, eq=False)
class InequalityChange:
    """A change of inequality and its causes.

    Parameters
    ----------
    start, end, change : of the measure.
    causes : contributions that add up to ``change``, by name.
    """

    measure: str
    start: Estimate
    end: Estimate
    change: Estimate
    causes: Mapping[str, Estimate]

    def to_dict(self) -> dict[str, Any]:
        """Return full-precision JSON values."""
        return {
            "measure": self.measure,
            "start": self.start.to_dict(),
            "end": self.end.to_dict(),
            "change": self.change.to_dict(),
            "causes": {name: found.to_dict() for name, found in self.causes.items()},
        }


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """One date: amounts by source, group code of each row, and the weight of each row."""

    income: Float[np.ndarray, " row"]
    weight: Float[np.ndarray, " row"]
    group: Int[np.ndarray, " row"] | None = None
    sources: Mapping[str, Float[np.ndarray, " row"]] | None = None

    def drawn(self, weight: Float[np.ndarray, " row"]) -> _Rows:
        member = weight > 0
        return _Rows(
            self.income[member],
            weight[member],
            None if self.group is None else self.group[member],
            self.sources and {name: one[member] for name, one in self.sources.items()},
        )


def change_by_group(
    measure: Measure,
    name: str,
    start: tuple[Float[np.ndarray, " row"], Shaped[np.ndarray, " row"], SurveyDesign],
    end: tuple[Float[np.ndarray, " end_row"], Shaped[np.ndarray, " end_row"], SurveyDesign],
    **options: Any,
) -> InequalityChange:
    """Return how much population, means and distributions of groups changed inequality.

    Parameters
    ----------
    measure, name : an index that ignores the scale of incomes, such as ``gini`` or ``mld``.
    start, end : incomes, group labels and design of each date; the same groups on both.
    options : ``same_units``, ``level``, ``replications``, ``seed``, ``evidence``.

    Raises
    ------
    InputError
        If a group stands on one date only, or has no income on average.

    Notes
    -----
    Shapley shares [Shorrocks 2013] over ``GROUP_CAUSES``: the counterfactual takes the rows of the
    date that ``within`` says, scales each group to the mean of the date that ``means`` says, and
    weighs it with the share of people of the date that ``population`` says.
    """
    labels = np.concatenate([np.asarray(labels).astype(str) for _, labels, _ in (start, end)])
    grouping = group_rows(labels, len(labels))
    codes = np.split(grouping.code, [len(start[1])])
    _require_same_groups(codes, grouping.names)
    waves = [
        _Rows(income, design.weight, code)
        for (income, _, design), code in zip((start, end), codes, strict=True)
    ]
    return _changed(
        measure,
        waves,
        (start[2], end[2]),
        lambda old, new: _group_shares(measure, old, new, len(grouping.names)),
        name=name,
        causes=GROUP_CAUSES,
        **options,
    )


def change_by_source(
    measure: Measure,
    name: str,
    start: tuple[Mapping[str, Float[np.ndarray, " row"]], SurveyDesign],
    end: tuple[Mapping[str, Float[np.ndarray, " end_row"]], SurveyDesign],
    **options: Any,
) -> InequalityChange:
    """Return how much each source of income changed inequality.

    Parameters
    ----------
    measure, name : of the sum of the sources.
    start, end : amounts by source and design of each date; the same sources on both.
    options : ``same_units``, ``level``, ``replications``, ``seed``, ``evidence``.

    Raises
    ------
    InputError
        If the sources differ or are too many for the exact sum.

    Notes
    -----
    A source of the start is replaced by that of the end at the same rank by total income
    (anonymous, as in [Juhn-Murphy-Pierce 1993]); Shapley shares [Shorrocks 2013] over the sources.
    What the matching of ranks leaves over is stated as ``matching``.
    """
    if set(start[0]) != set(end[0]):
        raise InputError(
            Problem("the sources differ", expected=", ".join(start[0]), found=", ".join(end[0]))
        )
    names = tuple(start[0])
    waves = [
        _Rows(np.sum(list(sources.values()), axis=0), design.weight, sources=sources)
        for sources, design in (start, end)
    ]
    return _changed(
        measure,
        waves,
        (start[1], end[1]),
        lambda old, new: _source_shares(measure, old, new),
        name=name,
        causes=(*names, MATCHING),
        **options,
    )


def _changed(
    measure: Measure,
    waves: Sequence[_Rows],
    designs: tuple[SurveyDesign, SurveyDesign],
    shares: Callable[[_Rows, _Rows], Iterator[float]],
    *,
    name: str,
    causes: Sequence[str],
    same_units: bool = False,
    level: float = 0.95,
    replications: int = REPLICATIONS,
    seed: int = 1,
    unit: str = "index",
    evidence: Evidence = Evidence.ESTIMATED,
) -> InequalityChange:
    old, new = waves
    design = stacked_design(designs[1], designs[0], same_units=same_units)

    def values(weight: Float[np.ndarray, " row"]) -> Float[np.ndarray, " value"]:
        later, earlier = np.split(weight, [len(new.income)])
        one, two = old.drawn(earlier), new.drawn(later)
        before, after = (_value(measure, rows.income, rows.weight) for rows in (one, two))
        return np.array([before, after, after - before, *shares(one, two)])

    found = bootstrap_estimates(
        ["start", "end", "change", *causes], values, design, level=level, seed=seed,
        replications=replications, unit=unit, evidence=evidence,
        convention=f"Shapley shares of the change of {name}",
    )  # fmt: skip
    first, last, change, *parts = found
    return InequalityChange(name, first, last, change, dict(zip(causes, parts, strict=True)))


def _group_shares(measure: Measure, old: _Rows, new: _Rows, groups: int) -> Iterator[float]:
    waves = {False: old, True: new}
    people = {late: _share(rows, groups) for late, rows in waves.items()}
    means = {late: _mean(rows, groups) for late, rows in waves.items()}

    def value(chosen: frozenset[str]) -> float:
        within, share, mean = (cause in chosen for cause in ("within", "population", "means"))
        rows = waves[within]
        assert rows.group is not None
        scale, factor = means[mean] / means[within], people[share] / people[within]
        return _value(measure, rows.income * scale[rows.group], rows.weight * factor[rows.group])

    found = shapley(GROUP_CAUSES, value)
    yield from (float(found[cause]) for cause in GROUP_CAUSES)


def _source_shares(measure: Measure, old: _Rows, new: _Rows) -> Iterator[float]:
    assert old.sources is not None
    assert new.sources is not None
    names, match = tuple(old.sources), _same_rank(old, new)
    amounts = {name: (old.sources[name], new.sources[name][match]) for name in names}

    def value(chosen: frozenset[str]) -> float:
        income = np.sum([amounts[name][name in chosen] for name in names], axis=0)
        return _value(measure, income, old.weight)

    found = shapley(names, value)
    yield from (float(found[name]) for name in names)
    yield _value(measure, new.income, new.weight) - value(frozenset(names))


def _same_rank(old: _Rows, new: _Rows) -> Int[np.ndarray, " row"]:
    """Return for each earlier row the later row that stands at the same share of people."""
    order, place = np.argsort(old.income, kind="stable"), np.argsort(new.income, kind="stable")
    middle = np.empty(len(order))
    middle[order] = np.cumsum(old.weight[order]) - 0.5 * old.weight[order]
    edges = np.cumsum(new.weight[place]) / new.weight.sum()
    found = np.searchsorted(edges, middle / old.weight.sum())
    return np.asarray(place[np.minimum(found, len(place) - 1)])


def _value(
    measure: Measure, income: Float[np.ndarray, " row"], weight: Float[np.ndarray, " row"]
) -> float:
    return measure(Sample.of(income, weight), weight).value  # type: ignore[arg-type]


def _share(rows: _Rows, groups: int) -> Float[np.ndarray, " group"]:
    people = np.bincount(rows.group, rows.weight, groups)  # type: ignore[arg-type]
    return np.asarray(people / people.sum())


def _mean(rows: _Rows, groups: int) -> Float[np.ndarray, " group"]:
    people = np.bincount(rows.group, rows.weight, groups)  # type: ignore[arg-type]
    money = np.bincount(rows.group, rows.weight * rows.income, groups)  # type: ignore[arg-type]
    return np.asarray(money / people)


def _require_same_groups(codes: Sequence[Int[np.ndarray, " row"]], names: Sequence[str]) -> None:
    present = [set(np.unique(code).tolist()) for code in codes]
    problems = [
        Problem(
            f"group {names[code]!r} stands on one date only",
            fix="Compare dates that have it both, or merge it with another.",
        )
        for code in sorted(present[0] ^ present[1])
    ]
    if problems:
        raise InputError(problems)
