"""Growth incidence of published group means, such as fifths: exact, without an error."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError, Problem

__all__ = ["GroupGrowth", "GrowthPattern", "group_growth"]

GrowthPattern = Literal["falling", "rising", "both ends", "middle", "mixed", "even"]
"""Where along the ranks growth was fastest. ``falling``: the poorer the faster; ``both ends``:
faster at the bottom and at the top than in between; ``even``: no step between neighbours counts."""


@dataclass(frozen=True, slots=True, eq=False)
class GroupGrowth:
    """Growth of the mean income of ranked groups.

    Parameters
    ----------
    names : of the groups, from poor to rich.
    start, end : mean incomes, in the same prices.
    growth : log change per year of each group.
    mean : log change per year of the mean of the groups.
    years : length of the period.
    """

    names: tuple[str, ...]
    start: Float[np.ndarray, " group"]
    end: Float[np.ndarray, " group"]
    growth: Float[np.ndarray, " group"]
    mean: float
    years: float

    def pattern(self, *, least: float = 5e-4) -> GrowthPattern:
        """Return where along the ranks growth was fastest.

        Parameters
        ----------
        least : log change per year below which the step from one group to the next does not count,
            by default half a tenth of a percentage point, which no print shows.
        """
        steps = np.diff(self.growth)
        signs = np.sign(steps[np.abs(steps) >= least])
        if not signs.size:
            return "even"
        turns = int((signs[1:] != signs[:-1]).sum())
        if turns == 0:
            return "falling" if signs[0] < 0 else "rising"
        if turns == 1:
            return "both ends" if signs[0] < 0 else "middle"
        return "mixed"

    def to_dict(self) -> dict[str, Any]:
        """Return full-precision JSON values."""
        return {
            "years": self.years,
            "mean_growth": self.mean,
            "groups": [
                {"group": name, "start": start, "end": end, "growth": growth}
                for name, start, end, growth in zip(
                    self.names, self.start.tolist(), self.end.tolist(), self.growth.tolist(),
                    strict=True,
                )
            ],
        }  # fmt: skip


def group_growth(
    start: Mapping[str, float],
    end: Mapping[str, float],
    *,
    years: float,
    shares: Sequence[float] | None = None,
) -> GroupGrowth:
    """Return the growth of ranked groups between two dates.

    Parameters
    ----------
    start, end : mean income of each group by name, from poor to rich, in the same prices.
    years : between them.
    shares : share of people of each group; equal if not given.

    Raises
    ------
    InputError
        If the groups differ, a mean is not above zero, or the period is empty.
    """
    names = tuple(start)
    problems = []
    if names != tuple(end) or not names:
        found = ", ".join(end) or "none"
        problems.append(Problem("the groups differ", expected=", ".join(names), found=found))
    if not all(value > 0 for value in (*start.values(), *end.values())):
        problems.append(Problem("growth of a group needs mean incomes above zero"))
    if not years > 0:
        problems.append(Problem("the period must be longer than zero years", found=f"{years:g}"))
    if problems:
        raise InputError(problems)
    before, after = (np.array(list(means.values()), dtype=float) for means in (start, end))
    weight = np.ones(len(names)) if shares is None else np.asarray(shares, dtype=float)
    growth = np.log(after / before) / years
    mean = float(np.log((weight @ after) / (weight @ before)) / years)
    return GroupGrowth(names, before, after, growth, mean, years)
