"""How many years a follower is behind: when the leader stood where the follower stands now.

The idea of a time distance beside a distance in levels is Sicherl's ("S-time-distance").
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError, Problem

__all__ = ["TimeLag", "years_behind"]


@dataclass(frozen=True, slots=True)
class TimeLag:
    """Years between the leader's and the follower's arrival at the same level.

    Parameters
    ----------
    years : zero when the follower is level or ahead; none when the leader stood above the
        follower's level in all of its history.
    at_least : where ``years`` is none, the least it can be: the leader had passed the level before
        its first year.
    between : the two years of the leader between which ``years`` was interpolated.
    """

    years: float | None
    at_least: float | None = None
    between: tuple[float, float] | None = None


def years_behind(
    value: float,
    year: float,
    leader_years: Float[np.ndarray, " year"],
    leader_values: Float[np.ndarray, " year"],
) -> TimeLag:
    """Return how long ago the leader last rose through the follower's level.

    Parameters
    ----------
    value : level of the follower in ``year``.
    year : to count from.
    leader_years, leader_values : history of the leader; missing values are left out. Years after
        ``year`` do not count: nobody knew them.

    Raises
    ------
    InputError
        If the leader has no value up to ``year``, or its years do not rise.

    Notes
    -----
    Linear interpolation between the years of the leader's own history, no extrapolation. Where
    the history is not monotone, the *last* time it rose through the level counts. A follower at
    or above the leader's latest level is zero years behind.
    """
    known = np.isfinite(leader_values) & (np.asarray(leader_years) <= year)
    years = np.asarray(leader_years, dtype=np.float64)[known]
    values = np.asarray(leader_values, dtype=np.float64)[known]
    if len(years) == 0:
        raise InputError(Problem(f"the leader has no value up to {year:g}"))
    if (np.diff(years) <= 0).any():
        raise InputError(Problem("the leader's years do not rise", found=f"{years.tolist()}"))
    if value >= values[-1]:
        return TimeLag(0.0)
    lower = np.flatnonzero(values <= value)
    if len(lower) == 0:
        return TimeLag(None, float(year - years[0]))
    last = int(lower[-1])
    start, end = float(years[last]), float(years[last + 1])
    step = float((value - values[last]) / (values[last + 1] - values[last]))
    return TimeLag(year - start - step * (end - start), between=(start, end))
