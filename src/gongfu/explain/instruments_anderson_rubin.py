"""Confidence sets that hold however weak the instruments are.

References
----------
[Anderson-Rubin 1949] Estimation of the parameters of a single equation in a complete system of
stochastic equations. Annals of Mathematical Statistics 20(1).
[Dufour-Taamouti 2005] Projection-based statistical inference in linear structural models with
possibly weak instruments. Econometrica 73(4).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from gongfu.core import InputError, Interval
from gongfu.explain.conley import Conley
from gongfu.explain.instruments_columns import ErrorRule, InstrumentColumns, instrument_columns
from gongfu.explain.instruments_critical import f_quantile
from gongfu.explain.least_squares import LeastSquares
from gongfu.explain.panel_data import PanelData
from gongfu.explain.result import Convention
from gongfu.explain.tails import f_tail
from gongfu.explain.vcov import Errors
from gongfu.explain.within import Effects
from gongfu.measure.dynamics.chi_square import chi_square_tail

__all__ = ["AndersonRubinSet", "anderson_rubin_set"]

Shape = Literal["empty", "bounded", "disjoint", "unbounded"]
_REAL = 1e-7
"""Imaginary part, relative to the size, of a root that rounding has pushed off the real line."""


@dataclass(frozen=True, slots=True)
class AndersonRubinSet:
    """Values of one coefficient that the instruments do not reject.

    Parameters
    ----------
    name : of the endogenous regressor.
    intervals : in ascending order; none if every value is rejected, infinite ends if the
        instruments say too little.
    level : coverage, whatever the strength of the instruments.
    convention : errors and degrees of freedom of the test that was inverted.
    """

    name: str
    intervals: tuple[Interval, ...]
    level: float
    convention: Convention

    @property
    def shape(self) -> Shape:
        """``empty``, ``bounded``, ``disjoint`` (with a gap) or ``unbounded``."""
        if not self.intervals:
            return "empty"
        if math.isinf(self.intervals[0].low) or math.isinf(self.intervals[-1].high):
            return "unbounded"
        return "disjoint" if len(self.intervals) > 1 else "bounded"

    def __contains__(self, value: float) -> bool:
        return any(value in interval for interval in self.intervals)

    def __str__(self) -> str:
        if not self.intervals:
            return f"{self.name}: empty; the model or an instrument is rejected"
        parts = " and ".join(f"{i.low:.4g} to {i.high:.4g}" for i in self.intervals)
        return f"{self.name}: {parts} ({self.shape}, {self.level:.0%})"


def anderson_rubin_set(
    data: PanelData,
    *,
    endogenous: str,
    instruments: Mapping[str, ArrayLike],
    effects: Effects | None = "two-way",
    level: float = 0.95,
    errors: Errors = "cluster",
    cluster: Mapping[str, Sequence[object] | np.ndarray] | None = None,
    lags: int | None = None,
    conley: Conley | None = None,
) -> AndersonRubinSet:
    """Return the confidence set of one endogenous regressor's coefficient, exactly.

    Parameters
    ----------
    endogenous : name of the only endogenous regressor.
    instruments, effects, errors, cluster, lags, conley : as in ``instrumental_variables``.
    level : coverage, between 0 and 1.

    Raises
    ------
    InputError
        As ``instrumental_variables``.

    Notes
    -----
    A value b is kept if the instruments do not explain ``y - b x``: ``g(b)' V(b)**-1 g(b) <= L F``
    [Anderson-Rubin 1949] with robust V. g is linear and V quadratic in b, so that the ends are the
    real eigenvalues of the quadratic matrix polynomial ``L F V(b) - g(b) g(b)'``: no grid. The set
    may be empty, have a gap or be unbounded [Dufour-Taamouti 2005].
    """
    if not 0 < level < 1:
        raise InputError(f"an interval level lies between 0 and 1, got {level}")
    columns = instrument_columns(data, [endogenous], instruments, effects)
    pieces = _pieces(columns, ErrorRule(errors, cluster, lags, conley))
    count = columns.instruments.shape[1]
    limit = count * f_quantile(level, count, float(pieces.convention.dof))
    kept = _kept(pieces, limit)
    intervals = tuple(Interval(low, high, level) for low, high in kept)
    return AndersonRubinSet(endogenous, intervals, level, pieces.convention)


@dataclass(frozen=True, slots=True, eq=False)
class _Pieces:
    """g(b) = reduced - b first, V(b) = own - b cross + b**2 first_vcov."""

    reduced: Float[np.ndarray, " instrument"]
    first: Float[np.ndarray, " instrument"]
    own: Float[np.ndarray, "instrument instrument"]
    cross: Float[np.ndarray, "instrument instrument"]
    first_vcov: Float[np.ndarray, "instrument instrument"]
    convention: Convention

    def statistic(self, b: float) -> float:
        if math.isinf(b):
            return float(self.first @ np.linalg.solve(self.first_vcov, self.first))
        gap = self.reduced - b * self.first
        vcov = self.own - b * self.cross + b * b * self.first_vcov
        return float(gap @ np.linalg.solve(vcov, gap))

    def p(self, b: float) -> float:
        count, dof = len(self.first), self.convention.dof
        statistic = self.statistic(b)
        if math.isinf(dof):
            return chi_square_tail(statistic, count)
        return f_tail(statistic / count, count, dof)


def _pieces(columns: InstrumentColumns, rule: ErrorRule) -> _Pieces:
    parts, counted = columns.partialled, columns.moments.shape[1]
    both = np.column_stack([parts.y, parts.endogenous])
    coefficients = parts.basis.T @ both
    left = both - parts.basis @ coefficients
    one = np.eye(len(coefficients))

    def vcov(residuals: np.ndarray) -> tuple[np.ndarray, Convention]:
        fit = LeastSquares(np.zeros(len(one)), one, residuals, parts.basis)
        found = rule.covariance(fit, columns, counted)
        return found.vcov, found.convention

    (own, convention), (first, _) = vcov(left[:, 0]), vcov(left[:, 1])
    # V at 1 gives the cross term; both sides scaled alike, so that no digits are lost.
    scale = math.sqrt(float(np.trace(own)) / float(np.trace(first)))
    at_scale, _ = vcov(left[:, 0] - scale * left[:, 1])
    cross = (own + scale**2 * first - at_scale) / scale
    return _Pieces(coefficients[:, 0], coefficients[:, 1], own, cross, first, convention)


def _kept(pieces: _Pieces, limit: float) -> list[tuple[float, float]]:
    ends = [-math.inf, *_ends(pieces, limit), math.inf]
    out: list[tuple[float, float]] = []
    for low, high in itertools.pairwise(ends):
        if pieces.statistic(_between(low, high)) > limit:
            continue
        joins = bool(out) and out[-1][1] == low
        out.append((out.pop()[0] if joins else low, high))
    return out


def _between(low: float, high: float) -> float:
    if math.isinf(low) and math.isinf(high):
        return 0.0
    if math.isinf(low):
        return high - 1 - abs(high)
    return low + 1 + abs(low) if math.isinf(high) else (low + high) / 2


def _ends(pieces: _Pieces, limit: float) -> list[float]:
    """Real b at which ``limit V(b) - g(b) g(b)'`` is singular, by ``b = start + 1 / root``."""
    a, b = pieces.reduced, pieces.first
    constant = limit * pieces.own - np.outer(a, a)
    linear = -limit * pieces.cross + np.outer(a, b) + np.outer(b, a)
    square = limit * pieces.first_vcov - np.outer(b, b)
    scale = math.sqrt(float(np.trace(pieces.own)) / float(np.trace(pieces.first_vcov)))
    starts = scale * np.tan(np.pi * (np.arange(1, 12) / 12 - 0.5) + 0.1)
    polynomial = [constant + s * linear + s * s * square for s in starts]
    regular = [np.linalg.cond(m) for m in polynomial]
    start, lead = starts[int(np.argmin(regular))], polynomial[int(np.argmin(regular))]
    n = len(a)
    companion = np.zeros((2 * n, 2 * n))
    companion[:n, n:] = np.eye(n)
    companion[n:] = -np.linalg.solve(
        lead, np.column_stack([square / scale**2, (linear + 2 * start * square) / scale])
    ) * np.repeat([scale**2, scale], n)
    roots = np.linalg.eigvals(companion)
    roots = roots[np.abs(roots) > np.finfo(float).eps * np.abs(roots).max()]
    real = roots.real[np.abs(roots.imag) <= _REAL * np.abs(roots)]
    return sorted(float(start + 1 / root) for root in real)
