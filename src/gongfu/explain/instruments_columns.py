"""Columns of a regression with instruments, effects taken out, checked once.

References
----------
[Wooldridge 2010] Econometric Analysis of Cross Section and Panel Data. MIT Press, 2nd edition.
Chapters 5 and 11.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from gongfu.core import InputError, Problem
from gongfu.core.errors import nearest_name
from gongfu.explain.conley import Conley
from gongfu.explain.fixed_effects import INTERCEPT
from gongfu.explain.least_squares import LeastSquares, require_identified
from gongfu.explain.panel_data import PanelData
from gongfu.explain.vcov import Covariance, Errors, covariance, moment_covariance
from gongfu.explain.within import Effects, Within, within

__all__ = ["ErrorRule", "InstrumentColumns", "Partialled", "instrument_columns"]

_UNIDENTIFIED = 1e-9
"""Canonical correlation of instruments and endogenous regressors that is only rounding."""
_WORDS = {
    None: "intercept",
    "entity": "entity effects",
    "time": "time effects",
    "two-way": "entity and time effects",
}


@dataclass(frozen=True, slots=True)
class ErrorRule:
    """Which errors to use; see ``gongfu.explain.vcov.covariance``."""

    errors: Errors = "cluster"
    cluster: Mapping[str, Sequence[object] | np.ndarray] | None = None
    lags: int | None = None
    conley: Conley | None = None

    def covariance(
        self, fit: LeastSquares, columns: InstrumentColumns, counted: int | None = None
    ) -> Covariance:
        """Return the covariance of a fit; ``counted`` coefficients count in K."""
        return covariance(
            fit,
            columns.data,
            self.errors,
            transformation=columns.transformation,
            cluster=self.cluster,
            lags=self.lags,
            conley=self.conley,
            counted=counted,
        )

    def of_moments(
        self,
        moments: Float[np.ndarray, "row moment"],
        residuals: Float[np.ndarray, " row"],
        data: PanelData,
    ) -> Float[np.ndarray, "moment moment"]:
        """Return the covariance of ``moments' residuals`` without any small-sample factor."""
        return moment_covariance(
            moments,
            residuals,
            data,
            self.errors,
            cluster=self.cluster,
            lags=self.lags,
            conley=self.conley,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Partialled:
    """Columns less what exogenous regressors and effects explain.

    Parameters
    ----------
    basis : orthonormal columns that span the instruments.
    """

    y: Float[np.ndarray, " row"]
    endogenous: Float[np.ndarray, "row endogenous"]
    basis: Float[np.ndarray, "row instrument"]


@dataclass(frozen=True, slots=True, eq=False)
class InstrumentColumns:
    """Dependent, exogenous and endogenous regressors and instruments without effects."""

    data: PanelData
    effects: Effects | None
    transformation: Within | None
    y: Float[np.ndarray, " row"]
    exogenous: Float[np.ndarray, "row exogenous"]
    endogenous: Float[np.ndarray, "row endogenous"]
    instruments: Float[np.ndarray, "row instrument"]
    names: tuple[str, ...]
    endogenous_names: tuple[str, ...]
    instrument_names: tuple[str, ...]
    partialled: Partialled

    @property
    def regressors(self) -> Float[np.ndarray, "row regressor"]:
        """Exogenous, then endogenous regressors."""
        return np.column_stack([self.exogenous, self.endogenous])

    @property
    def moments(self) -> Float[np.ndarray, "row moment"]:
        """Exogenous regressors, then instruments."""
        return np.column_stack([self.exogenous, self.instruments])

    @property
    def words(self) -> str:
        """The effects taken out, in words."""
        return _WORDS[self.effects]


def instrument_columns(
    data: PanelData,
    endogenous: Sequence[str],
    instruments: Mapping[str, ArrayLike],
    effects: Effects | None,
) -> InstrumentColumns:
    """Return the columns of a regression with instruments.

    Parameters
    ----------
    endogenous : names among the regressors of ``data``; the others are exogenous.
    instruments : one number per row each.
    effects : taken out; None for an intercept.

    Raises
    ------
    InputError
        With everything that is wrong: names, lengths, too few instruments, absorbed or collinear
        ones, and endogenous regressors on which no instrument bears.
    """
    problems = [*_name_problems(data, endogenous, instruments, effects)]
    if problems:
        raise InputError(problems)
    exogenous = [name for name in data.names if name not in endogenous]
    inside = data.regressors[:, [data.names.index(name) for name in (*exogenous, *endogenous)]]
    outside = np.column_stack([np.asarray(v, dtype=np.float64) for v in instruments.values()])
    raw = np.column_stack([data.dependent, inside, outside])
    transformation = within(data, effects) if effects else None
    left = transformation.remove(raw) if transformation else raw
    cut = [1, 1 + len(exogenous), 1 + len(data.names)]
    y, x, w, z = np.split(left, cut, axis=1)
    _require_told_apart(raw, cut, (exogenous, endogenous, instruments), transformation)
    if transformation is None:
        x, exogenous = np.column_stack([np.ones(data.n), x]), [INTERCEPT, *exogenous]
    partialled = _partialled(y, x, w, z)
    _require_bearing(partialled, tuple(endogenous), tuple(instruments))
    return InstrumentColumns(
        data=data,
        effects=effects,
        transformation=transformation,
        y=y[:, 0],
        exogenous=x,
        endogenous=w,
        instruments=z,
        names=(*exogenous, *endogenous),
        endogenous_names=tuple(endogenous),
        instrument_names=tuple(instruments),
        partialled=partialled,
    )


def _name_problems(
    data: PanelData,
    endogenous: Sequence[str],
    instruments: Mapping[str, ArrayLike],
    effects: str | None,
) -> Iterable[Problem]:
    if effects not in _WORDS:
        yield Problem(f"effects are entity, time, two-way or None, not {effects!r}")
    if isinstance(endogenous, str) or not endogenous:
        yield Problem("endogenous is a list of one or more names of regressors")
        return
    for name in endogenous:
        if name not in data.names:
            yield Problem(f"no regressor {name!r}", fix=nearest_name(name, data.names))
    for name in instruments:
        if name in data.names or name == data.dependent_name:
            yield Problem(f"{name} is an instrument and stands in the equation too")
    for name, values in instruments.items():
        column = np.asarray(values, dtype=np.float64)
        if column.shape != (data.n,):
            yield Problem(f"instrument {name} does not fit", expected=f"{data.n} numbers",
                          found=f"an array of shape {column.shape}")  # fmt: skip
        elif not np.isfinite(column).all():
            yield Problem(f"instrument {name} has missing or infinite values",
                          fix="Leave those rows out of the panel.")  # fmt: skip
    if len(instruments) < len(endogenous):
        yield Problem(
            "there are fewer instruments than endogenous regressors",
            expected=f"at least {len(endogenous)}",
            found=f"{len(instruments)}",
            fix="Find more instruments, or estimate an association with fixed_effects.",
        )


def _require_told_apart(
    raw: np.ndarray,
    cut: list[int],
    names: tuple[Iterable[str], Iterable[str], Iterable[str]],
    transformation: Within | None,
) -> None:
    """Regressors from one another, instruments from exogenous regressors, all from effects."""
    centred = transformation.remove(raw) if transformation else raw - raw.mean(axis=0)
    absorbed = transformation.absorbed if transformation else 1
    words = _WORDS[transformation.effects] if transformation else "intercept"
    exogenous, endogenous, instruments = (tuple(part) for part in names)
    first, last = range(1, cut[1]), range(cut[2], raw.shape[1])
    problems: dict[str, Problem] = {}
    for columns, labels in (
        ([*first, *range(cut[1], cut[2])], (*exogenous, *endogenous)),
        ([*first, *last], (*exogenous, *instruments)),
    ):
        size = np.linalg.norm(raw[:, columns], axis=0)
        try:
            require_identified(centred[:, columns], size, labels, words, len(labels) + absorbed)
        except InputError as error:
            problems |= {problem.what: problem for problem in error.problems}
    if problems:
        raise InputError(problems.values())


def _partialled(y: np.ndarray, x: np.ndarray, w: np.ndarray, z: np.ndarray) -> Partialled:
    q = np.linalg.qr(x)[0]
    stacked = np.column_stack([y, w, z])
    for _ in range(2):  # the second pass removes what rounding left
        stacked = stacked - q @ (q.T @ stacked)
    y, w, z = np.split(stacked, [1, 1 + w.shape[1]], axis=1)
    return Partialled(y[:, 0], w, np.linalg.qr(z)[0])


def _require_bearing(
    columns: Partialled, endogenous: tuple[str, ...], instruments: tuple[str, ...]
) -> None:
    """The rank condition: each direction of the endogenous regressors has an instrument."""
    correlations = np.linalg.svd(columns.basis.T @ np.linalg.qr(columns.endogenous)[0])[1]
    problems = []
    if correlations.min() <= _UNIDENTIFIED:
        problems.append(
            Problem(
                f"the coefficients of {', '.join(endogenous)} are not identified",
                expected="instruments that bear on each of them",
                found=f"no bearing of {', '.join(instruments)} on some combination of them",
                fix="Find an instrument that moves them, or estimate an association.",
            )
        )
    if 1 - correlations.max() <= _UNIDENTIFIED:
        problems.append(
            Problem(
                f"{', '.join(instruments)} explain {', '.join(endogenous)} without any error",
                expected="endogenous regressors that also move on their own",
                fix="A regressor that instruments make up is exogenous if they are: call it so.",
            )
        )
    if problems:
        raise InputError(problems)
