"""Inequality from published means of income groups: bounds, fitted Lorenz curves.

References
----------
[Gastwirth 1972] The estimation of the Lorenz curve and Gini index. Review of Economics and
Statistics 54(3), 306-316.
[Mehran 1975] Bounds on the Gini index based on observed points of the Lorenz curve. Journal of the
American Statistical Association 70(349), 64-66.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from gongfu.core import Estimate, Evidence, InputError, Problem, Uncertainty
from gongfu.measure.lorenz_bounds import highest_gini, lowest_gini
from gongfu.measure.lorenz_curves import LorenzCurve, fit_lognormal, fit_power

__all__ = ["FittedLorenz", "GroupedLorenz", "grouped_lorenz"]


@dataclass(frozen=True, slots=True, eq=False)
class FittedLorenz:
    """A fitted Lorenz curve and how far it misses the published groups.

    Parameters
    ----------
    curve : callable; takes the share of people, returns the share of income of the poorest.
    residual : fitted minus published income share of each group; they add up to zero.
    """

    curve: LorenzCurve
    residual: Float[np.ndarray, " group"]

    @property
    def gini(self) -> float:
        """Gini coefficient of the curve, 0-1."""
        return self.curve.gini

    def income_share(self, low: float, high: float) -> float:
        """Return the income share of the people between two quantiles.

        ``income_share(0.9, 1)`` is the share of the richest tenth.

        Raises
        ------
        InputError
            Unless 0 <= low <= high <= 1.
        """
        if not 0 <= low <= high <= 1:
            raise InputError(
                Problem(
                    "an income share lies between two quantiles",
                    "0 <= low <= high <= 1",
                    f"{low} and {high}",
                )
            )
        below, above = self.curve(np.array([low, high]))
        return float(above - below)


@dataclass(frozen=True, slots=True, eq=False)
class GroupedLorenz:
    """What published group means say about inequality, and what they leave open.

    Parameters
    ----------
    population_share, income_share : of each group, 0-1, from poor to rich.
    gini_lower : Gini if everybody had the mean of the group; no distribution with these groups has
        a lower one.
    gini_upper : no distribution of incomes of zero or more with these groups has a higher one.
    power, lognormal : fitted curves; the first is the one ``gini`` and ``estimate`` report.
    """

    population_share: Float[np.ndarray, " group"]
    income_share: Float[np.ndarray, " group"]
    gini_lower: float
    gini_upper: float
    power: FittedLorenz
    lognormal: FittedLorenz

    @property
    def gini(self) -> float:
        """Gini coefficient of the fitted power curve, 0-1."""
        return self.power.gini

    def estimate(self, *, year: int | None = None) -> Estimate:
        """Return the fitted Gini with the bounds as its note.

        The error is that of the unpublished spread inside the groups and of the sample behind the
        means; neither can be computed from the means, so there is no standard error.
        """
        groups = len(self.income_share)
        note = (
            f"any distribution with these {groups} groups: {self.gini_lower:.4f} to "
            f"{self.gini_upper:.4f}; lognormal curve: {self.lognormal.gini:.4f}; the curve misses "
            f"the income share of a group by up to {np.abs(self.power.residual).max():.4f}"
        )
        if not self.gini_lower <= self.gini <= self.gini_upper:
            note += "; the fitted curve lies outside these bounds and does not describe the groups"
        return Estimate(
            measure="gini",
            value=self.gini,
            unit="index 0-1",
            convention=f"Lorenz curve {self.power.curve.name} fitted to the shares of {groups} "
            "groups by least squares on cumulative shares",
            evidence=Evidence.ESTIMATED,
            uncertainty=Uncertainty.UNKNOWN,
            year=year,
            note=note,
        )


def grouped_lorenz(mean: ArrayLike, population_share: ArrayLike | None = None) -> GroupedLorenz:
    """Return bounds and fitted Lorenz curves for groups that cover everybody from poor to rich.

    Parameters
    ----------
    mean : income per person of each group, zero or more, in ascending order; any unit, so that
        income share divided by population share will do. At least three groups.
    population_share : share of people in each group, above zero; only relative size matters. None
        means groups of equal size (quintiles, deciles).

    Raises
    ------
    InputError
        If the groups are not usable; all problems at once.
    ConvergenceError
        If a curve cannot be fitted.

    Notes
    -----
    The bounds hold for the groups as published and know nothing of sampling errors: see
    ``lowest_gini`` and ``highest_gini`` [Gastwirth 1972; Mehran 1975]. The curves are fitted by
    least squares on cumulative income shares.

    The quintiles of the Chinese yearbook are groups of *households* ordered by income per head.
    Poor households are larger, so a fifth of the households is not a fifth of the people: the plain
    mean of the five figures is above the mean per person (41,425 against 39,218 yuan in 2023), and
    curve and bounds, which then count households, are not those of people. Give
    ``population_share`` where the people in each group are known.
    """
    means, people = _checked(mean, population_share)
    average = float(people @ means)
    income = people * means / average
    points = np.cumsum(people)[:-1], np.cumsum(income)[:-1]
    return GroupedLorenz(
        population_share=people,
        income_share=income,
        gini_lower=lowest_gini(people, means),
        gini_upper=highest_gini(people, means),
        power=_fitted(fit_power(*points), people, income),
        lognormal=_fitted(fit_lognormal(*points), people, income),
    )


def _checked(
    mean: ArrayLike, population_share: ArrayLike | None
) -> tuple[Float[np.ndarray, " group"], Float[np.ndarray, " group"]]:
    means = np.asarray(mean, np.float64)
    people = (
        np.ones(means.shape)
        if population_share is None
        else np.asarray(population_share, np.float64)
    )
    problems = list(_problems(means, people))
    if problems:
        raise InputError(problems)
    return means, people / people.sum()


def _problems(means: np.ndarray, people: np.ndarray) -> Iterator[Problem]:
    if means.ndim != 1 or means.shape != people.shape or means.size < 3:
        yield Problem(
            "group means and population shares must be two columns of one length",
            expected="at least three groups",
            found=f"shapes {means.shape} and {people.shape}",
        )
        return
    if not (np.isfinite(means).all() and means.min() >= 0 and means.max() > 0):
        yield Problem(
            "group means must be finite and zero or more, and not all zero", found=f"{means}"
        )
    if not (np.isfinite(people).all() and people.min() > 0):
        yield Problem("population shares must be finite and above zero", found=f"{people}")
    falls = np.flatnonzero(np.diff(means) < 0)
    if falls.size:
        k = int(falls[0])
        yield Problem(
            "group means must ascend from the poorest group to the richest",
            found=f"{means[k]:g} before {means[k + 1]:g}",
            fix="Order the groups by income; groups that overlap in income have no Lorenz curve.",
        )


def _fitted(
    curve: LorenzCurve,
    people: Float[np.ndarray, " group"],
    income: Float[np.ndarray, " group"],
) -> FittedLorenz:
    points = np.concatenate([[0.0], np.cumsum(people)[:-1], [1.0]])
    return FittedLorenz(curve, np.diff(curve(points)) - income)
