"""Growth incidence: how fast incomes grew at each rank, with bands.

References
----------
[Ravallion-Chen 2003] Measuring pro-poor growth. Economics Letters 78(1).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from gongfu.core import Estimate, Evidence, InputError, Problem
from gongfu.measure.curves.joint import JointErrors, joint_errors
from gongfu.measure.curves.pro_poor import log_mass, pro_poor_growth
from gongfu.measure.design import estimate
from gongfu.measure.difference import stacked_design
from gongfu.measure.linearised import Linearised
from gongfu.measure.mean import mean
from gongfu.measure.quantiles import quantile
from gongfu.measure.sample import Sample, require_positive
from gongfu.measure.survey import Wave

__all__ = ["RANKS", "GrowthIncidence", "growth_incidence"]

RANKS = tuple(round(0.05 * k, 2) for k in range(1, 20))
"""Ranks shown by default: every twentieth."""

CONVENTION = "anonymous log change of quantiles (the poor of both years need not be the same)"


@dataclass(frozen=True, slots=True, eq=False)
class GrowthIncidence:
    """Growth of income at each rank.

    Parameters
    ----------
    rank : share of people below, 0-1.
    errors : log growth of each rank per year, with its errors.
    totals : growth of the mean (``mean``), mean growth over all ranks (``mean of ranks``), and
        with a line the rate of pro-poor growth (``pro-poor``); log change per year.
    years : length of the period.
    design : how both samples were drawn, in words.
    """

    rank: Float[np.ndarray, " point"]
    errors: JointErrors
    totals: tuple[Estimate, ...]
    years: float
    design: str

    @property
    def growth(self) -> Float[np.ndarray, " point"]:
        """Log change per year at each rank."""
        return self.errors.value

    @property
    def verdict(self) -> str:
        """``all gain``, ``all lose``, ``some gain, some lose`` or ``cannot tell``, by the band.

        The uniform band judges all ranks at once.
        """
        low, high = self.errors.band(uniform=True)
        if (low > 0).any() and (high < 0).any():
            return "some gain, some lose"
        if (low > 0).all():
            return "all gain"
        return "all lose" if (high < 0).all() else "cannot tell"

    def to_dict(self) -> dict[str, Any]:
        """Return full-precision JSON values."""
        bands = self.errors.band(), self.errors.band(uniform=True)
        names = ("low", "high", "uniform_low", "uniform_high")
        curves = [self.rank, self.growth, self.errors.standard_error, *bands[0], *bands[1]]
        keys = ("rank", "growth", "standard_error", *names)
        return {
            "years": self.years,
            "level": self.errors.level,
            "design": self.design,
            "convention": CONVENTION,
            "verdict": self.verdict,
            "points": [
                dict(zip(keys, map(float, row), strict=True)) for row in zip(*curves, strict=True)
            ],
            "totals": [found.to_dict() for found in self.totals],
        }


def growth_incidence(
    start: Wave,
    end: Wave,
    *,
    years: float = 1.0,
    ranks: ArrayLike = RANKS,
    line: float | None = None,
    same_units: bool = False,
    level: float = 0.95,
    seed: int = 1,
    evidence: Evidence = Evidence.ESTIMATED,
) -> GrowthIncidence:
    """Return how fast incomes grew at each rank between two samples.

    Parameters
    ----------
    start, end : incomes above zero of two dates, in the same prices.
    years : between them; growth is stated per year.
    ranks : shares of people, strictly between 0 and 1.
    line : poverty line in the same currency; gives the rate of pro-poor growth.
    same_units : true where a PSU label means the same unit on both dates.
    level : coverage of the bands, 0-1.
    seed : of the draws that make the uniform band.

    Raises
    ------
    InputError
        If incomes are not above zero, ranks are out of range, or the designs do not fit.

    Notes
    -----
    ``g(p) = ln Q1(p) - ln Q0(p)`` per year [Ravallion-Chen 2003], the error from the influence of
    both quantiles on the stacked rows. The uniform band is that of ``joint_errors``.
    """
    at = np.asarray(ranks, dtype=np.float64)
    _check(at, years)
    old, new = (Sample.of(wave.income, wave.weight) for wave in (start, end))
    for rows in (old, new):
        require_positive(rows, "growth incidence")
    design = stacked_design(end.design, start.design, same_units=same_units)
    points = (_log_growth(old, new, float(p)) / years for p in at)
    errors = joint_errors(points, design, level=level, seed=seed)
    totals = tuple(
        estimate(
            statistic / years, design, measure=name, unit="log change per year",
            convention=convention, confidence=level, evidence=evidence,
        ).replace(influence=None)
        for name, convention, statistic in _totals(old, new, line)
    )  # fmt: skip
    return GrowthIncidence(at, errors, totals, years, design.words)


def _check(ranks: Float[np.ndarray, " point"], years: float) -> None:
    problems = []
    if ranks.ndim != 1 or not len(ranks) or not ((ranks > 0) & (ranks < 1)).all():
        problems.append(Problem("ranks lie strictly between 0 and 1", fix="Such as 0.1 or 0.5."))
    if not (math.isfinite(years) and years > 0):
        problems.append(Problem("the period must be longer than zero years", found=f"{years:g}"))
    if problems:
        raise InputError(problems)


def _log_growth(old: Sample, new: Sample, rank: float) -> Linearised:
    return _change(*(_log(quantile(rows, probability=rank)) for rows in (new, old)))


def _totals(old: Sample, new: Sample, line: float | None) -> Iterator[tuple[str, str, Linearised]]:
    yield "mean", "log change of the mean", _change(*(_log(mean(rows)) for rows in (new, old)))
    ranks = _change(*(log_mass(rows, 1.0) for rows in (new, old)))
    yield "mean of ranks", "mean log change over all ranks (change of the mean of logs)", ranks
    if line is not None:
        later, earlier = pro_poor_growth(old, new, line=line)
        influence = np.concatenate([later.influence, earlier.influence])
        convention = f"mean log change over the ranks below the line {line:g} at the start"
        yield "pro-poor", convention, Linearised(later.value + earlier.value, influence)


def _change(later: Linearised, earlier: Linearised) -> Linearised:
    influence = np.concatenate([later.influence, -earlier.influence])
    return Linearised(later.value - earlier.value, influence)


def _log(statistic: Linearised) -> Linearised:
    return statistic.changed(math.log(statistic.value), 1.0 / statistic.value)
