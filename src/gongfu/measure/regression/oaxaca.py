"""RIF-Oaxaca split: how far two groups differ by who they are, and by what that brings them.

References
----------
[Oaxaca 1973] Male-female wage differentials in urban labor markets. International Economic Review
14(3).
[Firpo-Fortin-Lemieux 2018] Decomposing wage distributions using recentered influence function
regressions. Econometrics 6(2).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Bool, Float

from gongfu.core import Estimate, Evidence, InputError, Problem
from gongfu.measure.design import SurveyDesign
from gongfu.measure.linearised import Measure
from gongfu.measure.regression.design_matrix import DesignMatrix
from gongfu.measure.regression.rif_regression import rif_fit
from gongfu.measure.replicate_estimates import REPLICATIONS, bootstrap_estimates

__all__ = ["OaxacaPart", "OaxacaSplit", "rif_oaxaca"]


@dataclass(frozen=True, slots=True, eq=False)
class OaxacaPart:
    """Composition and structure effect of one regressor."""

    regressor: str
    composition: Estimate
    structure: Estimate


@dataclass(frozen=True, slots=True, eq=False)
class OaxacaSplit:
    """Difference of a measure between two groups = composition + structure.

    Parameters
    ----------
    difference : measure of the second group less that of the first.
    composition : by regressors that differ, at the coefficients of the first group.
    structure : by coefficients that differ, intercept included.
    parts : by regressor, the intercept last. How the structure effect falls on regressors and
        intercept depends on the base labels and zeros of the regressors; its sum does not.
    """

    measure: str
    first: Estimate
    second: Estimate
    difference: Estimate
    composition: Estimate
    structure: Estimate
    parts: tuple[OaxacaPart, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return full-precision JSON values."""
        sums = ("first", "second", "difference", "composition", "structure")
        return {
            "measure": self.measure,
            **{name: getattr(self, name).to_dict() for name in sums},
            "parts": [
                {
                    "regressor": part.regressor,
                    "composition": part.composition.to_dict(),
                    "structure": part.structure.to_dict(),
                }
                for part in self.parts
            ],
        }


def rif_oaxaca(
    measure: Measure,
    name: str,
    income: Float[np.ndarray, " row"],
    regressors: DesignMatrix,
    design: SurveyDesign,
    *,
    is_second: Bool[np.ndarray, " row"],
    unit: str = "unit of the measure",
    level: float = 0.95,
    replications: int = REPLICATIONS,
    seed: int = 1,
    evidence: Evidence = Evidence.ASSOCIATIONAL,
) -> OaxacaSplit:
    """Return the split of the difference of a measure between two groups or years.

    Parameters
    ----------
    measure, name : function of incomes and weights, and what it is called.
    income, regressors, design : of the rows of both groups.
    is_second : true for the rows of the second group.
    unit, level, replications, seed : as for ``rif_regression``.

    Raises
    ------
    InputError
        If a group has too few rows for the regression.

    Notes
    -----
    With a RIF regression in each group, means X and coefficients b [Firpo-Fortin-Lemieux 2018]::

        v2 - v1 = (X2 - X1) b1  +  X2 (b2 - b1)
                  composition      structure

    Without reweighting: the composition effect is a first-order approximation and holds its
    approximation error in the structure effect. Errors: bootstrap of sampling units, drawn for
    both groups at once, so that shared units and their covariance count.
    """
    _check(is_second, regressors)
    names = _names(regressors)
    found = bootstrap_estimates(
        names,
        lambda weight: _split(measure, income, regressors, is_second, weight),
        design,
        convention=f"RIF-Oaxaca split of {name} at the coefficients of the first group",
        level=level,
        replications=replications,
        seed=seed,
        unit=unit,
        evidence=evidence,
    )
    by_name = dict(zip(names, found, strict=True))
    parts = tuple(
        OaxacaPart(one, by_name[f"composition {one}"], by_name[f"structure {one}"])
        for one in (*regressors.regressors, regressors.terms[0].name)
    )
    first, second, difference, composition, structure = found[:5]
    return OaxacaSplit(name, first, second, difference, composition, structure, parts)


def _names(regressors: DesignMatrix) -> list[str]:
    parts = (*regressors.regressors, regressors.terms[0].name)
    pairs = (f"{kind} {one}" for one in parts for kind in ("composition", "structure"))
    return ["first", "second", "difference", "composition", "structure", *pairs]


def _split(
    measure: Measure,
    income: Float[np.ndarray, " row"],
    regressors: DesignMatrix,
    is_second: Bool[np.ndarray, " row"],
    weight: Float[np.ndarray, " row"],
) -> Float[np.ndarray, " value"]:
    fits, means = [], []
    for member in (~is_second, is_second):
        drawn = member & (weight > 0)
        matrix = regressors.values[drawn]
        fits.append(rif_fit(measure, income[drawn], matrix, weight[drawn]))
        means.append(np.average(matrix, axis=0, weights=weight[drawn]))
    composition = (means[1] - means[0]) * fits[0]
    structure = means[1] * (fits[1] - fits[0])
    first, second = float(means[0] @ fits[0]), float(means[1] @ fits[1])
    values = [first, second, second - first, composition.sum(), structure.sum()]
    for one in (*regressors.regressors, regressors.terms[0].name):
        terms = regressors.of(one)
        values += [composition[terms].sum(), structure[terms].sum()]
    return np.array(values)


def _check(is_second: Bool[np.ndarray, " row"], regressors: DesignMatrix) -> None:
    least = len(regressors.terms) + 1
    counts = {"first": int((~is_second).sum()), "second": int(is_second.sum())}
    problems = [
        Problem(
            f"the {group} group has too few rows for the regression",
            expected=f"at least {least}",
            found=f"{count}",
        )
        for group, count in counts.items()
        if count < least
    ]
    if problems:
        raise InputError(problems)
