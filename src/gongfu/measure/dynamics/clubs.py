"""Convergence clubs: groups of regions that approach a path of their own.

References
----------
[Phillips-Sul 2007] Transition modeling and econometric convergence tests. Econometrica 75(6).
[Phillips-Sul 2009] Economic transition and growth. Journal of Applied Econometrics 24(7): joining
of clubs.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int
from numpy.typing import ArrayLike

from gongfu.core import InputError, Problem
from gongfu.measure.dynamics.long_run_variance import Slope, slope_on
from gongfu.measure.dynamics.panel_values import checked_panel

__all__ = ["Club", "ConvergenceClubs", "convergence_clubs", "log_t_test"]

_CRITICAL = -1.65
"""One-sided 5 % value of the normal distribution, as rounded by [Phillips-Sul 2007]."""

_SIEVE_STEP = 0.05
"""By how much the bar for joining rises when those who joined do not converge together."""

_FEWEST_PERIODS = 6
"""Periods after the discarded ones: four residual degrees of freedom for an error."""


@dataclass(frozen=True, slots=True, eq=False)
class Club:
    """Units that converge with each other.

    Parameters
    ----------
    members : positions of the units, highest last value first.
    test : log t slope of the club; none for units that converge with no one.
    """

    members: Int[np.ndarray, " member"]
    test: Slope | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ConvergenceClubs:
    """Result of the clustering.

    Parameters
    ----------
    overall : log t test of all units together.
    clubs : from the highest.
    diverging : units that belong to no club.
    convention : in words.
    """

    overall: Slope
    clubs: tuple[Club, ...]
    diverging: Int[np.ndarray, " alone"]
    convention: str

    @property
    def membership(self) -> Int[np.ndarray, " unit"]:
        """Number of each unit's club, from 0; -1 for those that diverge."""
        n = len(self.diverging) + sum(len(club.members) for club in self.clubs)
        out = np.full(n, -1)
        for number, club in enumerate(self.clubs):
            out[club.members] = number
        return out


def log_t_test(values: ArrayLike, *, discard: float = 1 / 3) -> Slope:
    """Return the log t test: convergence is rejected at 5 % if ``t`` is below -1.65.

    Parameters
    ----------
    values : above zero on average, one row a unit and one column a period, usually the trend of
        log income (see ``hp_trend``); at least two units.
    discard : share of the first periods left out, 0-1; 0.3 for up to 50 periods, 0.2 from 100.

    Raises
    ------
    InputError
        If values are missing, fewer than six periods are left, or the mean is not above zero.

    Notes
    -----
    With ``h = x / mean of the period`` and H the mean of ``(h - 1)**2``, the regression ``ln(H_1 /
    H_t) - 2 ln(ln t) = a + b ln t`` over the later periods [Phillips-Sul 2007]. ``b = 2 alpha``,
    where alpha is the speed: from 0 growth rates converge, from 2 levels do. Error by
    ``long_run_variance``.
    """
    panel = _checked(values, discard)
    return _log_t(panel, _first_period(panel, discard))


def convergence_clubs(
    values: ArrayLike, *, discard: float = 1 / 3, joined: bool = True
) -> ConvergenceClubs:
    """Return the clubs of units that converge with each other.

    Parameters
    ----------
    values, discard : as for ``log_t_test``.
    joined : join neighbouring clubs that converge together [Phillips-Sul 2009].

    Raises
    ------
    InputError
        As for ``log_t_test``.

    Notes
    -----
    Four steps [Phillips-Sul 2007]: order by the last value; from the top find a core, the run with
    the highest t among those above -1.65; add every unit whose t with the core is above a bar,
    raised from 0 until the club as a whole is above -1.65; if the rest does not converge, start
    again with it. Choices at the margin are many and no error is attached to membership: units
    near the border of two clubs should be named as such.
    """
    panel = _checked(values, discard)
    first = _first_period(panel, discard)
    overall = _log_t(panel, first)
    rest = np.argsort(-panel[:, -1], kind="stable")
    clubs: list[Club] = []
    while len(rest):
        club = _next_club(panel, rest, first)
        if club is None:
            break
        clubs.append(club)
        rest = rest[~np.isin(rest, club.members)]
    found = _join(panel, clubs, first) if joined else clubs
    return ConvergenceClubs(
        overall=overall,
        clubs=tuple(found),
        diverging=np.sort(rest),
        convention=f"log t test without the first {first} of {panel.shape[1]} periods"
        + (", neighbouring clubs joined" if joined else ""),
    )


def _log_t(panel: Float[np.ndarray, "member period"], first: int) -> Slope:
    relative = panel / panel.mean(axis=0)
    spread = ((relative - 1) ** 2).mean(axis=0)
    t = np.arange(first + 1, panel.shape[1] + 1)
    with np.errstate(divide="ignore"):
        response = np.log(spread[0] / spread[first:]) - 2 * np.log(np.log(t))
    if not np.isfinite(response).all():
        # Units that have become equal have converged; units that were equal at first have not.
        return Slope(math.inf if spread[0] > 0 else -math.inf, 1.0, math.nan)
    return slope_on(np.log(t), response)


def _next_club(
    panel: Float[np.ndarray, "unit period"], rest: Int[np.ndarray, " candidate"], first: int
) -> Club | None:
    if len(rest) == 1:
        return None
    together = _log_t(panel[rest], first)
    if together.t > _CRITICAL:
        return Club(rest, together)
    core = _core(panel, rest, first)
    return None if core is None else _sieve(panel, rest, core, first)


def _core(
    panel: Float[np.ndarray, "unit period"], rest: Int[np.ndarray, " candidate"], first: int
) -> Int[np.ndarray, " member"] | None:
    for top in range(len(rest) - 1):
        best, best_t = 0, -math.inf
        for size in range(2, len(rest) - top + 1):
            t = _log_t(panel[rest[top : top + size]], first).t
            if t <= _CRITICAL:
                break
            if t > best_t:
                best, best_t = size, t
        if best:
            return rest[top : top + best]
    return None


def _sieve(
    panel: Float[np.ndarray, "unit period"],
    rest: Int[np.ndarray, " candidate"],
    core: Int[np.ndarray, " member"],
    first: int,
) -> Club:
    others = rest[~np.isin(rest, core)]
    t = np.array([_log_t(panel[np.append(core, unit)], first).t for unit in others])
    bar = 0.0
    while True:
        joins = t > bar
        members = rest[np.isin(rest, np.concatenate([core, others[joins]]))]
        test = _log_t(panel[members], first)
        if test.t > _CRITICAL or not joins.any():
            return Club(members, test)
        while (t > bar).sum() == joins.sum():
            bar += _SIEVE_STEP


def _join(panel: Float[np.ndarray, "unit period"], clubs: list[Club], first: int) -> list[Club]:
    out: list[Club] = []
    for club in clubs:
        if out:
            members = np.concatenate([out[-1].members, club.members])
            members = members[np.argsort(-panel[members, -1], kind="stable")]
            together = _log_t(panel[members], first)
            if together.t > _CRITICAL:
                out[-1] = Club(members, together)
                continue
        out.append(club)
    return out


def _checked(values: ArrayLike, discard: float) -> Float[np.ndarray, "unit period"]:
    panel = checked_panel(values)
    problems = []
    if panel.mean(axis=0).min() <= 0:
        problems.append(Problem("the log t test needs a mean above zero in every period"))
    if not 0 < discard < 1 or panel.shape[1] - _first_period(panel, discard) < _FEWEST_PERIODS:
        problems.append(
            Problem(
                "too few periods are left for the log t test",
                expected=f"at least {_FEWEST_PERIODS} after the share discarded, 0-1",
                found=f"{panel.shape[1]} periods, share {discard:g}",
            )
        )
    if problems:
        raise InputError(problems)
    return panel


def _first_period(panel: Float[np.ndarray, "unit period"], discard: float) -> int:
    return max(int(panel.shape[1] * discard + 0.5), 1)
