"""Classes of regions year by year: the states a Markov chain moves through.

References
----------
[Quah 1993] Galton's fallacy and tests of the convergence hypothesis. Scandinavian Journal of
Economics 95(4).
[Hyndman-Fan 1996] Sample quantiles in statistical packages. American Statistician 50(4).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float, Int
from numpy.typing import ArrayLike

from gongfu.core import InputError, Problem
from gongfu.measure.dynamics.panel_values import checked_panel, relative_to_mean
from gongfu.measure.dynamics.trend_warning import TREND_TOLERANCE, TrendWarning, find_trend

__all__ = [
    "Classes",
    "assign",
    "checked_cutoffs",
    "pooled_classes",
    "quantile_cutoffs",
    "quantiles",
    "relative_classes",
    "yearly_classes",
]


@dataclass(frozen=True, kw_only=True, eq=False)
class Classes:
    """The class of each unit in each year, 0 the lowest.

    Parameters
    ----------
    code : class of each unit and year.
    values : what was classified: relative or raw values.
    cutoffs : upper bound of every class but the last, which belongs to the lower class; one column
        a year where each year has its own.
    warning : set when the classes measure a common trend instead of movement.
    """

    code: Int[np.ndarray, "unit year"]
    values: Float[np.ndarray, "unit year"]
    cutoffs: Float[np.ndarray, " cutoff"] | Float[np.ndarray, "cutoff year"]
    convention: str
    warning: TrendWarning | None = None

    @property
    def k(self) -> int:
        """Number of classes."""
        return len(self.cutoffs) + 1

    @property
    def are_yearly(self) -> bool:
        """Whether each year has its own cutoffs."""
        return self.cutoffs.ndim == 2


def relative_classes(
    values: ArrayLike,
    k: int = 5,
    *,
    weight: ArrayLike | None = None,
    cutoffs: ArrayLike | None = None,
) -> Classes:
    """Return classes of value over national mean of the year: the default for regional dynamics.

    Parameters
    ----------
    values : above zero, one row a unit and one column a year; at least two years, none missing.
    k : number of classes, cut at the quantiles of all relative values of all years together.
    weight : people, one a unit or one a unit and year, for the national mean; none gives each unit
        the same weight.
    cutoffs : rising multiples of the national mean, such as 0.75, 1, 1.25; they replace ``k``.

    Raises
    ------
    InputError
        If values are missing or not above zero, or the cutoffs do not make classes.

    Notes
    -----
    A common trend cancels, so a move between classes is a move against the nation [Quah 1993].
    Cutoffs are type 7 of [Hyndman-Fan 1996]; a value on a cutoff belongs to the lower class.
    """
    relative = relative_to_mean(checked_panel(values), weight)
    mean = "mean of the year" if weight is None else "weighted mean of the year"
    return _pooled(relative, k, cutoffs, f"value over {mean}")


def yearly_classes(values: ArrayLike, k: int = 5) -> Classes:
    """Return classes by the quantiles of each year: ranks, whose shares of units never change.

    Parameters
    ----------
    values : one row a unit and one column a year; any sign, none missing.
    k : number of classes.

    Raises
    ------
    InputError
        If values are missing, or ties leave a class of some year empty.

    Notes
    -----
    What one unit gains another loses: a chain of ranks shows who changes places, and says nothing
    about whether the distribution draws together.
    """
    panel = checked_panel(values)
    columns = [quantile_cutoffs(column, k) for column in panel.T]
    cutoffs = np.stack(columns, axis=1)
    return Classes(
        code=assign(panel, cutoffs),
        values=panel,
        cutoffs=cutoffs,
        convention=f"{k} classes by the quantiles of each year",
    )


def pooled_classes(
    values: ArrayLike,
    k: int = 5,
    *,
    cutoffs: ArrayLike | None = None,
    tolerance: float = TREND_TOLERANCE,
) -> Classes:
    """Return classes of raw values, with a warning when a common trend moves everyone.

    Parameters
    ----------
    values, k, cutoffs : as for ``relative_classes``, in raw units and of any sign.
    tolerance : share of units a year, 0-1, that may move up more than down with all ranks frozen.

    Raises
    ------
    InputError
        If values are missing, or the cutoffs do not make classes.

    Notes
    -----
    With a common trend the chain measures the trend: units climb without overtaking anyone. The
    result's ``warning`` then holds the evidence; it is none when there is nothing to warn of.
    """
    panel = checked_panel(values)
    classes = _pooled(panel, k, cutoffs, "raw value, all years together")
    warning = find_trend(panel, classes.cutoffs, classes.k, tolerance)
    return replace(classes, warning=warning)


def quantile_cutoffs(values: Float[np.ndarray, "*shape"], k: int) -> Float[np.ndarray, " cutoff"]:
    """Return the ``k - 1`` quantiles that cut values into k classes.

    Raises
    ------
    InputError
        If k is below 2, or a class would be empty because of ties or too few values.
    """
    if k < 2:
        raise InputError(Problem("there must be at least two classes", found=f"{k}"))
    cutoffs = quantiles(values, k)
    members = np.bincount(np.searchsorted(cutoffs, values.ravel()), minlength=k)
    if not members.all():
        raise InputError(
            Problem(
                f"the values do not fall into {k} classes",
                expected="every class with a member",
                found=f"{members.tolist()} members between {_listed(cutoffs)}",
                fix="Take fewer classes, or give cutoffs.",
            )
        )
    return cutoffs


def quantiles(values: Float[np.ndarray, "*shape"], k: int) -> Float[np.ndarray, " cutoff"]:
    """Return the ``k - 1`` quantiles between k parts, type 7 of [Hyndman-Fan 1996]."""
    ordered = np.sort(values, axis=None)  # several times faster here than a partial sort
    place = np.arange(1, k) / k * (len(ordered) - 1)
    low = np.floor(place).astype(np.int64)
    gap = ordered[low + 1] - ordered[low]
    between: Float[np.ndarray, " cutoff"] = ordered[low] + (place - low) * gap
    return between


def assign(
    values: Float[np.ndarray, "unit year"],
    cutoffs: Float[np.ndarray, " cutoff"] | Float[np.ndarray, "cutoff year"],
) -> Int[np.ndarray, "unit year"]:
    """Return the class of each value; a value on a cutoff belongs to the lower class."""
    code = np.zeros(values.shape, dtype=np.int64)
    for cutoff in cutoffs:
        code += values > cutoff
    return code


def _pooled(
    values: Float[np.ndarray, "unit year"], k: int, given: ArrayLike | None, words: str
) -> Classes:
    if given is None:
        cutoffs, how = quantile_cutoffs(values, k), f"{k} classes by pooled quantiles"
    else:
        cutoffs, how = checked_cutoffs(given), "classes by given cutoffs"
    return Classes(
        code=assign(values, cutoffs),
        values=values,
        cutoffs=cutoffs,
        convention=f"{words}; {how}",
    )


def checked_cutoffs(
    given: ArrayLike,
) -> Float[np.ndarray, " cutoff"] | Float[np.ndarray, "cutoff year"]:
    """Return given cutoffs, one column a year if there are several columns.

    Raises
    ------
    InputError
        If there is none or they do not rise.
    """
    cutoffs = np.asarray(given, dtype=np.float64)
    if cutoffs.ndim not in (1, 2) or not len(cutoffs) or not (np.diff(cutoffs, axis=0) > 0).all():
        raise InputError(
            Problem("cutoffs must be one or more rising numbers", found=f"{cutoffs.tolist()}")
        )
    return cutoffs


def _listed(cutoffs: Float[np.ndarray, " cutoff"]) -> str:
    return ", ".join(f"{cutoff:g}" for cutoff in cutoffs)
