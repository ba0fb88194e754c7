"""Regressors as a matrix: numbers as they are, labels as indicators against a base label."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Shaped

from gongfu.core import InputError, Problem

__all__ = ["INTERCEPT", "DesignMatrix", "Term", "design_matrix", "least_squares"]

INTERCEPT = "(intercept)"


@dataclass(frozen=True, slots=True)
class Term:
    """One column of the matrix: the regressor it belongs to, and its label if it is one."""

    regressor: str
    label: str = ""

    @property
    def name(self) -> str:
        """Such as ``age`` or ``area=urban``."""
        return f"{self.regressor}={self.label}" if self.label else self.regressor


@dataclass(frozen=True, slots=True, eq=False)
class DesignMatrix:
    """Regressors of each row, the intercept first.

    Parameters
    ----------
    base : label that the indicators of each grouping are measured against.
    """

    values: Float[np.ndarray, "row term"]
    terms: tuple[Term, ...]
    base: Mapping[str, str]

    @property
    def regressors(self) -> tuple[str, ...]:
        """Names of the regressors without the intercept, each once."""
        return tuple(dict.fromkeys(term.regressor for term in self.terms[1:]))

    def of(self, regressor: str) -> list[int]:
        """Return the columns that belong to a regressor."""
        return [i for i, term in enumerate(self.terms) if term.regressor == regressor]


def design_matrix(
    numbers: Mapping[str, Float[np.ndarray, " row"]],
    labels: Mapping[str, Shaped[np.ndarray, " row"]],
) -> DesignMatrix:
    """Return the matrix of regressors with an intercept.

    Parameters
    ----------
    numbers : regressors that count as they are.
    labels : groupings; the first label in ascending order is the base.

    Raises
    ------
    InputError
        If there is no regressor, one does not vary, or they are linearly dependent.
    """
    columns = [*_columns(numbers, labels)]
    if not columns:
        raise InputError(Problem("a regression needs at least one regressor"))
    rows = len(columns[0][1])
    matrix = np.column_stack([np.ones(rows), *(values for _, values in columns)])
    terms = (Term(INTERCEPT), *(term for term, _ in columns))
    base = {name: str(np.unique(values)[0]) for name, values in labels.items()}
    _refuse_dependent(matrix, terms)
    return DesignMatrix(matrix, terms, base)


def least_squares(
    matrix: Float[np.ndarray, "row term"],
    dependent: Float[np.ndarray, " row"],
    weight: Float[np.ndarray, " row"],
) -> Float[np.ndarray, " term"]:
    """Return the coefficients of weighted least squares; rows of weight zero do not count."""
    root = np.sqrt(weight)
    found: Float[np.ndarray, " term"] = np.linalg.lstsq(
        matrix * root[:, None], dependent * root, rcond=None
    )[0]
    return found


def _columns(
    numbers: Mapping[str, Float[np.ndarray, " row"]],
    labels: Mapping[str, Shaped[np.ndarray, " row"]],
) -> Iterator[tuple[Term, Float[np.ndarray, " row"]]]:
    for name, values in numbers.items():
        yield Term(name), values
    for name, groups in labels.items():
        for label in np.unique(groups)[1:]:
            yield Term(name, str(label)), (groups == label).astype(np.float64)


def _refuse_dependent(matrix: Float[np.ndarray, "row term"], terms: tuple[Term, ...]) -> None:
    scaled = matrix / np.maximum(np.abs(matrix).max(axis=0), np.finfo(float).tiny)
    if np.linalg.matrix_rank(scaled) == matrix.shape[1]:
        return
    flat = [
        term.name for term, column in zip(terms[1:], matrix.T[1:], strict=True)
        if column.min() == column.max()
    ]  # fmt: skip
    raise InputError(
        Problem(
            "the regressors are linearly dependent",
            found=f"no variation in {', '.join(flat)}"
            if flat
            else ", ".join(term.name for term in terms[1:]),
            fix="Leave one of them out.",
        )
    )
