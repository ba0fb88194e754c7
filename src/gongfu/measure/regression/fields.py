"""Fields' split: what each regressor contributes to the inequality of log income.

References
----------
[Fields 2003] Accounting for income inequality and its change: a new method, with application to
the distribution of earnings in the United States. Research in Labor Economics 22.
[Shorrocks 1982] Inequality decomposition by factor components. Econometrica 50(1).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from gongfu.core import InputError, Problem
from gongfu.measure.linearised import Linearised
from gongfu.measure.regression.design_matrix import DesignMatrix, least_squares
from gongfu.measure.sample import Incomes, Sample, require_positive

__all__ = ["RESIDUAL", "FieldsSplit", "fields_split"]

RESIDUAL = "(residual)"


@dataclass(frozen=True, slots=True, eq=False)
class FieldsSplit:
    """Parts of the inequality of log income; they add up to one.

    Parameters
    ----------
    parts : by regressor, the residual last (``RESIDUAL``); the others add up to ``r_squared``.
    coefficients : of each term of the regression of log income.
    r_squared : part the regressors explain together.
    variance : of log income.
    """

    parts: dict[str, Linearised]
    coefficients: dict[str, Linearised]
    r_squared: Linearised
    variance: Linearised


def fields_split(
    income: Incomes, regressors: DesignMatrix, weight: ArrayLike | None = None
) -> FieldsSplit:
    """Return the part of the inequality of log income that goes with each regressor.

    Parameters
    ----------
    income : currency per year, above zero.
    regressors : matrix of the same rows.
    weight : people each row stands for, above zero; only relative size matters.

    Raises
    ------
    InputError
        If an income is not above zero, lengths differ, or everybody has the same income.

    Notes
    -----
    ``ln y = b0 + sum_k b_k x_k + e`` by weighted least squares. Part of a regressor, all its
    terms together [Fields 2003]::

        s_k = cov(b_k x_k, ln y) / var(ln y)

    The rule of [Shorrocks 1982] makes it the part of any index that meets his axioms. Influence:
    with ``a = inv(X'WX/W) x e`` that of the coefficients,
    ``sum_t a_t cov(x_t, ln y) + (x_k b_k - mean)(ln y - mean) - cov - s_k (...)``, divided by W.
    """
    rows = Sample.of(income, weight)
    require_positive(rows, "Fields' split")
    matrix = regressors.values
    if len(matrix) != len(rows.income):
        raise InputError(
            Problem(
                "income and regressors differ in length",
                expected=f"{len(rows.income)} rows",
                found=f"{len(matrix)}",
            )
        )
    logs = np.log(rows.income)
    beta = least_squares(matrix, logs, rows.weight)
    scores = _scores(matrix, logs - matrix @ beta, rows)
    variance = _moment(logs, logs, rows)
    if not variance.value > 0:
        raise InputError(Problem("everybody has the same income: there is nothing to split"))
    parts = {
        name: _part(_Terms.of(regressors.of(name), matrix, beta, scores), logs, rows) / variance
        for name in regressors.regressors
    }
    explained = sum(parts.values(), start=Linearised(0.0, np.zeros(len(logs))))
    return FieldsSplit(
        {**parts, RESIDUAL: 1.0 - explained},
        {
            term.name: Linearised(float(b), scores[:, i])
            for i, (term, b) in enumerate(zip(regressors.terms, beta, strict=True))
        },
        explained,
        variance,
    )


def _scores(
    matrix: Float[np.ndarray, "row term"], residual: Float[np.ndarray, " row"], rows: Sample
) -> Float[np.ndarray, "row term"]:
    """Return the influence of each coefficient."""
    bread = np.linalg.pinv(matrix.T @ (matrix * rows.weight[:, None]), hermitian=True)
    scores: Float[np.ndarray, "row term"] = (matrix * residual[:, None]) @ bread
    return scores


@dataclass(frozen=True, slots=True, eq=False)
class _Terms:
    """The terms of one regressor: their values, coefficients and these coefficients' influence."""

    values: Float[np.ndarray, "row term"]
    beta: Float[np.ndarray, " term"]
    scores: Float[np.ndarray, "row term"]

    @classmethod
    def of(
        cls,
        terms: list[int],
        matrix: Float[np.ndarray, "row all_term"],
        beta: Float[np.ndarray, " all_term"],
        scores: Float[np.ndarray, "row all_term"],
    ) -> _Terms:
        return cls(matrix[:, terms], beta[terms], scores[:, terms])


def _part(terms: _Terms, logs: Float[np.ndarray, " row"], rows: Sample) -> Linearised:
    own = _moment(terms.values @ terms.beta, logs, rows)
    by_term = np.array([_moment(column, logs, rows).value for column in terms.values.T])
    return Linearised(own.value, own.influence + terms.scores @ by_term)


def _moment(
    one: Float[np.ndarray, " row"], other: Float[np.ndarray, " row"], rows: Sample
) -> Linearised:
    """Return a covariance with its influence, the coefficients held fixed."""
    products = (one - rows.average(one)) * (other - rows.average(other))
    value = rows.average(products)
    return Linearised(value, (products - value) / rows.total_weight)
