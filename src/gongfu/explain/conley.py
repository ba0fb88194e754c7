"""Errors robust to correlation that fades with distance between units and with time.

References
----------
[Conley 1999] GMM estimation with cross sectional dependence. Journal of Econometrics 92(1).
[Hsiang 2010] Temperatures and cyclones strongly associated with economic production in the
Caribbean and Central America. Proceedings of the National Academy of Sciences 107(35).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError, Problem
from gongfu.explain.panel_data import PanelData

__all__ = ["Conley", "conley_meat"]


@dataclass(frozen=True, slots=True, eq=False)
class Conley:
    """How far errors may be correlated.

    Parameters
    ----------
    distance : between entities, in their ascending order; any unit, such as kilometres.
    cutoff : distance from which errors count as uncorrelated, in the same unit, above 0.
    kernel : ``bartlett`` weights fall linearly to zero at the cutoff, ``uniform`` ones are 1 up to
        and with it.
    """

    distance: Float[np.ndarray, "entity entity"]
    cutoff: float
    kernel: Literal["bartlett", "uniform"] = "bartlett"

    def weights(self, data: PanelData) -> Float[np.ndarray, "entity entity"]:
        """Return the weight of each pair of entities.

        Raises
        ------
        InputError
            If distances do not fit the panel, are not symmetric or the cutoff is not positive.
        """
        distance = np.asarray(self.distance, dtype=np.float64)
        problems = [*_problems(distance, self.cutoff, self.kernel, len(data.entities))]
        if problems:
            raise InputError(problems)
        if self.kernel == "uniform":
            return (distance <= self.cutoff).astype(np.float64)
        return np.maximum(1 - distance / self.cutoff, 0.0)


def conley_meat(
    scores: Float[np.ndarray, "row regressor"],
    data: PanelData,
    weights: Float[np.ndarray, "entity entity"],
    lags: int,
) -> Float[np.ndarray, "regressor regressor"]:
    """Return the covariance of the sum of scores.

    Parameters
    ----------
    scores : regressors times residual of each row.
    weights : of each pair of entities at the same time.
    lags : of an entity's own scores, with weights ``1 - lag / (lags + 1)``.

    Notes
    -----
    ``sum_t S_t' K S_t + sum_l w_l sum_i sum_t (s_it s_i,t-l' + s_i,t-l s_it')`` [Conley 1999] with
    the serial part of [Hsiang 2010]: across entities at the same time, over time within entities.
    """
    cube = np.zeros((len(data.times), len(data.entities), scores.shape[1]))
    cube[data.time, data.entity] = scores
    meat: Float[np.ndarray, "regressor regressor"] = np.einsum("tik,til->kl", cube, weights @ cube)
    for lag in range(1, lags + 1):
        shifted = np.einsum("tik,til->kl", cube[lag:], cube[:-lag])
        meat = meat + (1 - lag / (lags + 1)) * (shifted + shifted.T)
    return meat


def _problems(distance: np.ndarray, cutoff: float, kernel: str, entities: int) -> list[Problem]:
    out = []
    if distance.shape != (entities, entities):
        out.append(
            Problem(
                "distances do not fit the panel",
                expected=f"{entities} x {entities}, one row per entity in ascending order",
                found=f"an array of shape {distance.shape}",
            )
        )
    elif not np.isfinite(distance).all() or (distance < 0).any() or distance.diagonal().any():
        out.append(Problem("distances are numbers from 0, and 0 from an entity to itself"))
    elif not np.allclose(distance, distance.T, rtol=1e-9, atol=0):
        out.append(Problem("distances are not the same both ways", fix="Take their mean."))
    if not cutoff > 0:
        out.append(Problem("the cutoff is not above zero", found=f"{cutoff:g}"))
    if kernel not in ("bartlett", "uniform"):
        out.append(Problem(f"no kernel {kernel!r}", expected="bartlett or uniform"))
    return out
