"""Whether the numbers of a printed regression table agree with each other.

References
----------
[Nuijten 2016] The prevalence of statistical reporting errors in psychology (1985-2013). Behavior
Research Methods 48, 1205-1226.
[Anselin 1988] Spatial Econometrics: Methods and Models, chapter 6.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist

from gongfu.core import InputError
from gongfu.measure.index.finding import Finding, Say

__all__ = ["PrintedCell", "check_likelihood", "check_stars"]

_NUMBER = re.compile(r"^\(?\s*(-?\d*\.?\d+)\s*\)?\s*(\**)\s*$")


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """An estimate and its standard error as printed.

    Parameters
    ----------
    estimate, standard_error : as read.
    stars : number of stars.
    rounding : half a unit of the last digit of the estimate and of the error.
    """

    estimate: float
    standard_error: float
    stars: int
    rounding: tuple[float, float]

    @classmethod
    def read(cls, estimate: str, standard_error: str) -> PrintedCell:
        """Return the cell of texts such as ``-.0259**`` and ``(.0341)``."""
        value, stars, half = _read(estimate)
        error, _, error_half = _read(standard_error)
        return cls(value, error, stars, (half, error_half))

    @property
    def z(self) -> float:
        """Estimate over error; infinite where the error is printed as zero."""
        return self.estimate / self.standard_error if self.standard_error else math.inf

    def z_range(self) -> tuple[float, float]:
        """Return the smallest and largest size of z that round to the printed digits."""
        half, error_half = self.rounding
        low = max(abs(self.estimate) - half, 0.0) / (self.standard_error + error_half)
        least = self.standard_error - error_half
        return low, (abs(self.estimate) + half) / least if least > 0 else math.inf


def check_stars(
    cells: Mapping[str, PrintedCell], *, levels: Sequence[float] = (0.1, 0.05, 0.01)
) -> Finding:
    """Return whether stars follow from estimates and standard errors.

    Parameters
    ----------
    cells : by name.
    levels : of one, two, three stars. A cell counts only when no z that rounds to the printed
        digits has its stars (normal law).
    """
    critical = [0.0, *(NormalDist().inv_cdf(1 - level / 2) for level in levels), math.inf]
    off = [name for name, cell in cells.items() if not _has_its_stars(cell, critical)]
    listed = ", ".join(off)
    return Finding(
        "stars-do-not-follow",
        "found" if off else "clean",
        Say(
            f"{len(cells)} 格中 {len(off)} 格的星号与系数除以标准误不符。",
            f"In {len(off)} of {len(cells)} cells the stars do not follow from estimate over error"
            + (f": {listed}." if off else "."),
        ),
        {"cells": float(len(cells)), "off": float(len(off))} | {f"z {n}": cells[n].z for n in off},
        {"off": 0.0},
        Say(
            "核对括号里是标准误还是 t 值，再重印星号。",
            "See whether parentheses hold errors or t values, then print the stars again.",
        ),
        "Nuijten et al. 2016, Behavior Research Methods 48: recompute printed tests",
    )


def check_likelihood(
    log_likelihood: float,
    sigma2: float,
    n: int,
    *,
    sigma2_z: float | None = None,
    tolerance: float = 0.1,
) -> Finding:
    """Return whether log-likelihood and error variance belong to the stated number of rows.

    Parameters
    ----------
    sigma2 : maximum-likelihood error variance.
    sigma2_z : its printed z value, where there is one.
    tolerance : relative distance of the implied from the stated n. A spatial model adds the
        logarithm of a determinant to the likelihood, a few percent of it.

    Notes
    -----
    ``log L = -n/2 (ln(2 pi s2) + 1)`` and ``z(s2) = sqrt(n / 2)`` [Anselin 1988].
    """
    per_row = math.log(2 * math.pi * sigma2) + 1
    implied = {"n_of_likelihood": -2 * log_likelihood / per_row}
    if sigma2_z is not None:
        implied["n_of_sigma2_z"] = 2 * sigma2_z**2
    gaps = {f"gap_{name}": abs(value / n - 1) for name, value in implied.items()}
    return Finding(
        "rows-do-not-match",
        "found" if max(gaps.values()) > tolerance else "clean",
        Say(
            f"所报样本量 {n}；由对数似然与误差方差推出 "
            f"{'、'.join(f'{value:.0f}' for value in implied.values())}。",
            f"Stated n is {n}; likelihood and error variance imply "
            f"{' and '.join(f'{value:.0f}' for value in implied.values())}.",
        ),
        {"n": float(n), **implied, **gaps},
        dict.fromkeys(gaps, tolerance),
        Say("核对每列的样本量和似然值。", "Check the rows and the likelihood of each column."),
        "Anselin 1988, Spatial Econometrics, ch. 6",
    )


def _has_its_stars(cell: PrintedCell, critical: Sequence[float]) -> bool:
    low, high = cell.z_range()
    stars = min(cell.stars, len(critical) - 2)
    return high >= critical[stars] and low <= critical[stars + 1]


def _read(text: str) -> tuple[float, int, float]:
    found = _NUMBER.match(text.strip().replace("−", "-"))
    if found is None:
        raise InputError(f"a table cell needs a number such as -0.0259** or (0.0341), got {text!r}")
    digits = len(found[1].partition(".")[2])
    return float(found[1]), len(found[2]), 0.5 * 10.0**-digits
