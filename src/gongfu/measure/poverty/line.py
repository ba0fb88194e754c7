"""Poverty lines: an amount, or a share of the median or mean that the same rows estimate.

References
----------
[Preston 1995] Sampling distributions of relative poverty statistics. Applied Statistics 44(1).
[Deville 1999] Variance estimation for complex statistics and estimators: linearization and
residual techniques. Survey Methodology 25(2).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from jaxtyping import Bool

from gongfu.core import InputError, Problem
from gongfu.measure.linearised import Linearised
from gongfu.measure.mean import mean
from gongfu.measure.quantiles import quantile
from gongfu.measure.sample import Sample

__all__ = ["AtLine", "Line", "PovertyLine", "read_line", "under_line"]

Base = Literal["amount", "median", "mean"]

_RELATIVE = re.compile(r"(\d+(?:\.\d+)?)%(?:of)?(median|mean)")


@dataclass(frozen=True, slots=True)
class PovertyLine:
    """An income below which somebody counts as poor.

    Parameters
    ----------
    number : the amount in the currency of the incomes, above 0; or the share of the median or
        mean, such as 0.6.
    base : what ``number`` counts.

    Raises
    ------
    InputError
        If ``number`` is not above zero and finite.
    """

    number: float
    base: Base = "amount"

    def __post_init__(self) -> None:
        if not (math.isfinite(self.number) and self.number > 0):
            raise InputError(
                Problem("a poverty line must be above 0", found=f"{self.number:g}", fix=_EXAMPLE)
            )

    @property
    def name(self) -> str:
        """As people type it: ``12000`` or ``60%median``."""
        if self.base == "amount":
            return f"{self.number:.10g}"
        return f"{100 * self.number:.10g}%{self.base}"

    @property
    def words(self) -> str:
        """As a sentence says it."""
        if self.base == "amount":
            return f"fixed line of {self.number:.10g}"
        share = f"{100 * self.number:.10g} % of the {self.base} of all rows"
        return f"line at {share}, estimated with its error"

    def of(self, rows: Sample) -> Linearised:
        """Return the line among these rows; a fixed amount has no influence values but zero.

        Raises
        ------
        InputError
            If the median or mean is not above zero.
        """
        if self.base == "amount":
            return Linearised(self.number, np.zeros(len(rows.income)))
        centre = mean(rows) if self.base == "mean" else quantile(rows, probability=0.5)
        if not centre.value > 0:
            raise InputError(
                Problem(
                    f"a line relative to the {self.base} needs a {self.base} above zero",
                    found=f"{centre.value:g}",
                    fix="Give the line as an amount.",
                )
            )
        return self.number * centre


Line: TypeAlias = float | str | PovertyLine
"""A poverty line: an amount, a text such as ``60%median``, or the line itself."""

_EXAMPLE = "Write an amount such as 12000, or 60%median, or 50%mean."


def read_line(line: Line) -> PovertyLine:
    """Return the poverty line that an amount or a text means.

    Raises
    ------
    InputError
        If it is neither an amount above zero nor a share of the median or mean.
    """
    if isinstance(line, PovertyLine):
        return line
    if not isinstance(line, str):
        return PovertyLine(float(line))
    text = line.strip().lower().replace(" ", "")
    match = _RELATIVE.fullmatch(text)
    if match:
        base: Base = "median" if match[2] == "median" else "mean"
        return PovertyLine(float(match[1]) / 100, base)
    try:
        return PovertyLine(float(text))
    except ValueError as error:
        raise InputError(Problem(f"no poverty line {line!r}", fix=_EXAMPLE)) from error


@dataclass(frozen=True, slots=True, eq=False)
class AtLine:
    """A poverty measure at a line, and how it moves with the line.

    Parameters
    ----------
    fixed : the measure with the line held where it is.
    slope : its derivative with respect to the line, computed only for a line that is estimated:
        some need a density.
    """

    fixed: Linearised
    slope: Callable[[], float]

    def under(self, line: Linearised, member: Bool[np.ndarray, " row"] | None = None) -> Linearised:
        """Return the measure with the influence of the line in it.

        Parameters
        ----------
        line : with the influence of all rows.
        member : rows among those of ``line`` that the measure was computed from; none means all.
        """
        own = self.fixed if member is None else self.fixed.in_domain(member)
        if not line.influence.any():
            return own
        return Linearised(own.value, own.influence + self.slope() * line.influence)


def under_line(at: Callable[[Sample, float], AtLine], rows: Sample, line: Line) -> Linearised:
    """Return a poverty measure of rows whose own median or mean, if any, makes the line."""
    found = read_line(line).of(rows)
    return at(rows, found.value).under(found)
