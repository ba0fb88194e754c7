"""TIP curves of a dataframe's rows and of groups, with pointwise and uniform bands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from jaxtyping import Float
from narwhals.typing import IntoFrame

from gongfu.core import InputError, Microdata, Problem
from gongfu.measure.curves import JointErrors, joint_errors
from gongfu.measure.design import Lonely
from gongfu.measure.linearised import Linearised
from gongfu.measure.poverty.line import Line, read_line
from gongfu.measure.poverty.tip import tip_at
from gongfu.measure.sample import Sample
from gongfu.measure.table_estimates import domains, sample_of
from gongfu.measure.table_rows import Columns
from gongfu.measure.table_source import open_source

__all__ = ["TipCurve", "tip_curves"]

_BEYOND = 1.2
"""Reach of the ranks, as a multiple of the largest headcount: enough to show the level end."""


@dataclass(frozen=True, slots=True, eq=False)
class TipCurve:
    """A TIP curve with its errors.

    Parameters
    ----------
    rank : shares of people, 0-1.
    errors : height at each rank, as part of the line, with errors.
    headcount, gap : where the curve levels off, and how high.
    """

    rank: Float[np.ndarray, " point"]
    errors: JointErrors
    headcount: float
    gap: float

    def to_dict(self) -> dict[str, Any]:
        """Return full-precision JSON values."""
        low, high = self.errors.band()
        return {
            "headcount": self.headcount,
            "gap": self.gap,
            "level": self.errors.level,
            "rank": self.rank.tolist(),
            "height": self.errors.value.tolist(),
            "low": low.tolist(),
            "high": high.tolist(),
        }


def tip_curves(
    frame: IntoFrame | Microdata,
    income: str,
    *,
    line: Line,
    weight: str | None = None,
    strata: str | None = None,
    psu: str | None = None,
    by: str | None = None,
    confidence: float = 0.95,
    lonely: Lonely = "error",
    population: bool = False,
    points: int = 60,
    most: int | None = None,
    seed: int = 1,
) -> dict[str, TipCurve]:
    """Return the TIP curve of each group by name, or of all rows under the name ``""``.

    Parameters
    ----------
    frame, income, weight, strata, psu, by, confidence, lonely, population : as for
        ``gongfu.inequality``; under ``population`` the curves have no band.
    line : one line for all groups, from all rows where it is relative.
    points : ranks at which the curve is known.
    most : groups at most, as many as a figure has colours for; none for any number.
    seed : of the draws behind the uniform band.

    Raises
    ------
    InputError
        With every problem of the columns, the line and the design, or more than ``most`` groups.
    """
    source = open_source(frame, Columns(income, weight, strata, psu, by), population=population)
    rows = source.speaker(
        confidence=confidence,
        lonely=lonely,
        population=population,
        unit=None,
        year=None,
        price_base=None,
    ).rows
    drawn = read_line(line).of(sample_of(rows, rows.has_income)).in_domain(rows.has_income)
    found = {group or "": (sample_of(rows, member), member) for group, member in domains(rows)}
    if len(found) > 1:
        del found[""]
    if most is not None and len(found) > most:
        raise InputError(
            Problem(
                "too many groups for the colours of one figure",
                expected=f"at most {most}",
                found=f"{len(found)} groups of {by}",
                fix="Draw all rows as one, or group more coarsely.",
            )
        )
    poor = {name: _headcount(sample, drawn.value) for name, (sample, _) in found.items()}
    rank = np.linspace(0.0, min(_BEYOND * max([*poor.values(), 0.1]), 1.0), points)
    curves = {}
    for name, (sample, member) in found.items():
        heights: list[Linearised] = [
            tip_at(sample, drawn.value, float(share)).under(drawn, member) for share in rank
        ]
        errors = joint_errors(heights, rows.design, level=confidence, seed=seed)
        if population:
            errors = replace(errors, standard_error=np.zeros(points))
        gap = tip_at(sample, drawn.value, 1.0).fixed.value
        curves[name] = TipCurve(rank, errors, poor[name], gap)
    return curves


def _headcount(sample: Sample, line: float) -> float:
    return sample.average((sample.income < line).astype(np.float64))
