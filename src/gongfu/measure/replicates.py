"""Errors from replicate weights: those an office publishes, or those a resampling scheme makes.

References
----------
[Wolter 2007] Introduction to Variance Estimation, 2nd ed., chapters 3-5.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError, Problem
from gongfu.measure.linearised import Measure

__all__ = ["ReplicateKind", "ReplicateWeights", "replicate_standard_error", "replicate_values"]

ReplicateKind = Literal["JK1", "JKn", "BRR", "bootstrap"]


@dataclass(frozen=True, slots=True, eq=False)
class ReplicateWeights:
    """Replicate weights and how their spread becomes a variance.

    Parameters
    ----------
    weight : full-sample weights.
    replicates : weights at least 0, one column a replicate.
    kind : JK1 (unstratified jackknife), JKn (stratified), BRR (balanced half samples) or bootstrap.
    factors : only and always for JKn: ``(n_h - 1) / n_h`` of the stratum of each replicate's
        omitted unit.
    fay : Fay's factor of BRR weights, 0 <= fay < 1.

    Raises
    ------
    InputError
        If shapes or factors do not fit the kind.
    """

    weight: Float[np.ndarray, " row"]
    replicates: Float[np.ndarray, "row replicate"]
    kind: ReplicateKind
    factors: Float[np.ndarray, " replicate"] | None = None
    fay: float = 0.0

    def __post_init__(self) -> None:
        problems = [*self._problems()]
        if problems:
            raise InputError(problems)

    @property
    def scales(self) -> Float[np.ndarray, " replicate"]:
        """Factor of each replicate's squared distance from the full-sample value."""
        count = self.replicates.shape[1]
        if self.kind == "JKn" and self.factors is not None:
            return self.factors
        by_kind = {
            "JK1": (count - 1) / count,
            "BRR": 1 / (count * (1 - self.fay) ** 2),
            "bootstrap": 1 / count,
        }
        return np.full(count, by_kind[self.kind])

    def _problems(self) -> Iterator[Problem]:
        rows, count = self.replicates.shape
        if rows != len(self.weight):
            yield Problem(
                "replicate weights and weight differ in length",
                expected=f"{len(self.weight)} rows",
                found=f"{rows}",
            )
        if not (np.isfinite(self.replicates).all() and (self.replicates >= 0).all()):
            yield Problem("replicate weights must be finite and at least 0")
        if (self.factors is not None) != (self.kind == "JKn"):
            yield Problem("factors belong to JKn, and JKn needs them", found=self.kind)
        elif self.factors is not None and len(self.factors) != count:
            yield Problem(
                "one factor a replicate", expected=f"{count}", found=f"{len(self.factors)}"
            )
        if not 0 <= self.fay < 1:
            yield Problem("Fay's factor lies in [0, 1)", found=f"{self.fay:g}")


def replicate_standard_error(
    measure: Measure, income: Float[np.ndarray, " row"], weights: ReplicateWeights
) -> float:
    """Return the standard error of a measure from replicate weights.

    Notes
    -----
    ``sqrt(sum(scale[r] (value[r] - value)**2))`` around the full-sample value [Wolter 2007].
    """
    full = measure(income, weights.weight).value
    spread = replicate_values(measure, income, weights.replicates.T) - full
    return float(np.sqrt(np.sum(weights.scales * spread**2)))


def replicate_values(
    measure: Measure,
    income: Float[np.ndarray, " row"],
    replicates: Iterator[Float[np.ndarray, " row"]] | Float[np.ndarray, "replicate row"],
) -> Float[np.ndarray, " replicate"]:
    """Return the value of a measure under each set of weights; rows of weight zero drop out."""
    return np.array([_value(measure, income, weight) for weight in replicates])


def _value(
    measure: Measure, income: Float[np.ndarray, " row"], weight: Float[np.ndarray, " row"]
) -> float:
    kept = weight > 0
    return measure(income[kept], weight[kept]).value
