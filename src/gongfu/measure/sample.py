"""Incomes with their weights: checked once, sorted at most once, shared by all measures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from jaxtyping import Bool, Float, Int
from numpy.typing import ArrayLike

from gongfu.core import InputError, Problem

__all__ = [
    "Incomes",
    "Sample",
    "below_zero",
    "only_zero",
    "require_not_negative",
    "require_positive",
    "some_zero",
]


@dataclass(frozen=True, eq=False)
class Sample:
    """Incomes and weights that have passed the checks every measure needs.

    Parameters
    ----------
    income : currency per year, finite.
    weight : people each row stands for, above zero.
    has_equal_weights : true when every row stands for the same number of people.
    """

    income: Float[np.ndarray, " row"]
    weight: Float[np.ndarray, " row"]
    has_equal_weights: bool = False

    @classmethod
    def of(cls, income: Incomes, weight: ArrayLike | None = None) -> Sample:
        """Return checked rows; a ``Sample`` comes back as it is.

        Raises
        ------
        InputError
            If there is no row, a value is missing or infinite, a weight is not above zero or the
            lengths differ. All of these at once.
        """
        if isinstance(income, Sample):
            return income
        values = _as_floats(income, "income")
        weights = np.ones(len(values)) if weight is None else _as_floats(weight, "weight")
        problems = [*_problems(values, weights)]
        if problems:
            raise InputError(problems)
        return cls(values, weights, has_equal_weights=weight is None)

    @cached_property
    def total_weight(self) -> float:
        """People all rows stand for."""
        return float(self.weight.sum())

    @cached_property
    def mean(self) -> float:
        """Mean income."""
        return self.average(self.income)

    @cached_property
    def relative(self) -> Float[np.ndarray, " row"]:
        """Income as a multiple of the mean."""
        return self.income / self.mean

    @cached_property
    def order(self) -> Int[np.ndarray, " row"]:
        """Positions of the rows from lowest to highest income."""
        return np.argsort(self.income)

    @cached_property
    def sorted_income(self) -> Float[np.ndarray, " row"]:
        """Incomes from lowest to highest."""
        return np.sort(self.income) if self.has_equal_weights else self.income[self.order]

    @cached_property
    def cumulative_weight(self) -> Float[np.ndarray, " row"]:
        """People with at most the income of each sorted row, ties counted row by row."""
        if self.has_equal_weights:
            return np.arange(1.0, len(self.income) + 1.0)
        return np.cumsum(self.weight[self.order])

    def average(self, values: Float[np.ndarray, " row"]) -> float:
        """Return the weighted mean of ``values``."""
        if self.has_equal_weights:
            return float(values.mean())
        # Unlike a threaded dot product, the sum does not depend on the number of cores.
        return float(np.einsum("i,i->", self.weight, values)) / self.total_weight


Incomes: TypeAlias = ArrayLike | Sample
"""Incomes as any array of numbers, or as a ``Sample`` that several measures share."""


def require_not_negative(rows: Sample, measure: str) -> None:
    """Refuse incomes below zero and a mean of zero: an income share would have no meaning."""
    lowest = float(rows.income.min())
    if lowest < 0:
        raise below_zero(measure, int(np.count_nonzero(rows.income < 0)), lowest)
    if rows.mean == 0:
        raise only_zero(measure)


def require_positive(rows: Sample, measure: str) -> None:
    """Refuse incomes of zero or less: their logarithm or negative power does not exist."""
    require_not_negative(rows, measure)
    count = int(np.count_nonzero(rows.income == 0))
    if count:
        raise some_zero(measure, count)


def below_zero(measure: str, count: int, lowest: float) -> InputError:
    """Return the refusal of ``count`` incomes below zero."""
    return InputError(
        Problem(
            f"{measure} needs incomes >= 0",
            found=f"{count} below zero, lowest {lowest:g}",
            fix="Leave these rows out or set them to zero, and say which.",
        )
    )


def only_zero(measure: str) -> InputError:
    """Return the refusal of rows that have no income at all."""
    return InputError(
        Problem(f"{measure} needs a mean income above zero", found="only zero incomes")
    )


def some_zero(measure: str, count: int) -> InputError:
    """Return the refusal of ``count`` incomes of zero."""
    return InputError(
        Problem(
            f"{measure} needs incomes > 0",
            found=f"{count} incomes of zero",
            fix="Leave these rows out and say so, or take a measure that allows zero "
            "(gini, theil, atkinson below 1).",
        )
    )


def _as_floats(values: ArrayLike, name: str) -> Float[np.ndarray, " row"]:
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InputError(Problem(f"{name} must be numbers", found=str(error))) from error
    if array.ndim != 1:
        raise InputError(
            Problem(f"{name} must be one value a row", found=f"an array of shape {array.shape}")
        )
    return array


def _problems(
    income: Float[np.ndarray, " row"], weight: Float[np.ndarray, " weight_row"]
) -> Iterator[Problem]:
    if len(income) == 0:
        yield Problem("there is no income", expected="at least one row")
        return
    if len(income) != len(weight):
        yield Problem(
            "income and weight differ in length",
            expected=f"{len(income)} weights",
            found=f"{len(weight)}",
        )
    if not np.isfinite(income).all():
        yield _first_bad("incomes are missing or infinite", income, np.isfinite(income))
    if len(weight) and not (weight.min() > 0 and np.isfinite(weight).all()):
        yield _first_bad("weights are not above zero and finite", weight, _usable(weight))


def _usable(weight: Float[np.ndarray, " row"]) -> Bool[np.ndarray, " row"]:
    usable: Bool[np.ndarray, " row"] = np.isfinite(weight) & (weight > 0)
    return usable


def _first_bad(
    what: str, values: Float[np.ndarray, " row"], good: Bool[np.ndarray, " row"]
) -> Problem:
    bad = np.flatnonzero(~good)
    return Problem(
        f"{len(bad)} {what}",
        found=f"{values[bad[0]]:g} at position {bad[0]} (counted from 0)",
        fix="Leave these rows out, or correct them.",
    )
