"""Markups: price over marginal cost, from a production elasticity or from the accounts.

References
----------
[De Loecker-Warzynski 2012] Markups and firm-level export status. American Economic Review 102(6).
[De Loecker-Eeckhout-Unger 2020] The rise of market power and the macroeconomic implications.
Quarterly Journal of Economics 135(2).
[Lerner 1934] The concept of monopoly and the measurement of monopoly power. Review of Economic
Studies 1(3).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from gongfu.core import InputError, Problem
from gongfu.measure.linearised import Linearised
from gongfu.measure.mean import mean
from gongfu.measure.sample import Sample

__all__ = ["Markups", "accounting_markup", "aggregate_markup", "firm_markups", "lerner_index"]


@dataclass(frozen=True, slots=True, eq=False)
class Markups:
    """Markup of each firm, price over marginal cost.

    Parameters
    ----------
    value : of each firm; 1 is the price of perfect competition.
    elasticity_error : standard error of each firm's markup that comes from the output elasticity
        alone; firms of one elasticity share it, so it does not shrink with their number.
    """

    value: Float[np.ndarray, " firm"]
    elasticity_error: Float[np.ndarray, " firm"]


def firm_markups(
    sales: ArrayLike,
    variable_cost: ArrayLike,
    elasticity: float,
    elasticity_error: float = 0.0,
    *,
    output_residual: ArrayLike | None = None,
) -> Markups:
    """Return each firm's markup from its revenue share of a variable input.

    Parameters
    ----------
    sales : revenue, currency per year, above 0.
    variable_cost : expenditure on one freely chosen input in the same year and prices, above 0.
    elasticity : output elasticity of that input, above 0; estimated elsewhere (a production
        function), never guessed here.
    elasticity_error : its standard error.
    output_residual : log difference between measured and predicted output of that production
        function; with it sales are corrected for measurement error.

    Raises
    ------
    InputError
        If a value is missing or not above zero.

    Notes
    -----
    Cost minimisation gives ``markup = elasticity / (variable_cost / sales)``; with the residual e,
    ``sales / exp(e)`` takes the place of sales [De Loecker-Warzynski 2012].
    """
    revenue, cost = _amounts(sales, "sales"), _amounts(variable_cost, "variable_cost")
    problems = [*_problems(revenue, cost, elasticity, elasticity_error)]
    if problems:
        raise InputError(problems)
    if output_residual is not None:
        revenue = revenue / np.exp(np.asarray(output_residual, dtype=np.float64))
    return Markups(elasticity * revenue / cost, elasticity_error * revenue / cost)


def aggregate_markup(
    markups: ArrayLike,
    size: ArrayLike,
    weight: ArrayLike | None = None,
    *,
    harmonic: bool = False,
) -> Linearised:
    """Return the markup of a market, weighted by size.

    Parameters
    ----------
    markups : of each firm, above 0.
    size : what weighs the firms: sales or variable cost, above 0.
    weight : firms each row stands for.
    harmonic : weighted harmonic mean instead of the arithmetic one.

    Raises
    ------
    InputError
        If a value is missing or not above zero.

    Notes
    -----
    Sales weights with an arithmetic mean are those of [De Loecker-Eeckhout-Unger 2020]. With one
    elasticity, cost weights and an arithmetic mean equal sales weights and a harmonic one:
    elasticity times total sales over total cost.
    """
    values = _amounts(markups, "markups")
    rows = Sample.of(_amounts(size, "size"), weight)
    power = -1.0 if harmonic else 1.0
    total = mean(rows.income, rows.weight)
    found = mean(rows.income * values**power, rows.weight) / total
    return found.changed(1.0 / found.value, -1.0 / found.value**2) if harmonic else found


def accounting_markup(
    sales: ArrayLike, cost: ArrayLike, weight: ArrayLike | None = None
) -> Linearised:
    """Return total sales over total variable cost, the markup if average cost is marginal cost.

    Parameters
    ----------
    sales, cost : currency per year, at least 0, cost above zero in total.
    weight : firms each row stands for.

    Raises
    ------
    InputError
        If a value is missing or costs add up to zero.
    """
    total = mean(cost, weight)
    if total.value <= 0:
        raise InputError(Problem("a markup needs costs above zero", found=f"mean {total.value:g}"))
    return mean(sales, weight) / total


def lerner_index(sales: ArrayLike, cost: ArrayLike, weight: ArrayLike | None = None) -> Linearised:
    """Return the margin (sales less variable cost) over sales, 1 - 1 / markup [Lerner 1934].

    Parameters
    ----------
    sales, cost, weight : as for ``accounting_markup``.

    Raises
    ------
    InputError
        As for ``accounting_markup``.
    """
    found = accounting_markup(sales, cost, weight)
    return found.changed(1.0 - 1.0 / found.value, 1.0 / found.value**2)


def _amounts(values: ArrayLike, name: str) -> Float[np.ndarray, " firm"]:
    array = np.asarray(values, dtype=np.float64)
    bad = np.flatnonzero(~(np.isfinite(array) & (array > 0)))
    if len(bad):
        raise InputError(
            Problem(
                f"{len(bad)} values of {name} are missing or not above zero",
                found=f"{array[bad[0]]:g} at position {bad[0]} (counted from 0)",
                fix="Leave these firms out and say so.",
            )
        )
    return array


def _problems(
    sales: np.ndarray, cost: np.ndarray, elasticity: float, error: float
) -> Iterator[Problem]:
    if sales.shape != cost.shape:
        yield Problem(
            "sales and variable cost differ in length",
            expected=f"{len(sales)} costs",
            found=f"{len(cost)}",
        )
    if not (math.isfinite(elasticity) and elasticity > 0):
        yield Problem("an output elasticity lies above zero", found=f"{elasticity:g}")
    if not (math.isfinite(error) and error >= 0):
        yield Problem("the error of an elasticity is zero or more", found=f"{error:g}")
