"""Rows in the order of another variable, rows that tie counted half below and half above."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

__all__ = ["Ranks"]


@dataclass(frozen=True, slots=True, eq=False)
class Ranks:
    """Places of rows.

    Parameters
    ----------
    place : step of each row, from 0 for the lowest value; rows that tie share a step.
    steps : number of distinct values.
    """

    place: Int[np.ndarray, " row"]
    steps: int

    @classmethod
    def of(cls, values: Float[np.ndarray, " row"]) -> Ranks:
        """Return the places of finite values."""
        distinct, place = np.unique(values, return_inverse=True)
        return cls(place, len(distinct))

    def sums(self, amounts: Float[np.ndarray, " row"]) -> Float[np.ndarray, " step"]:
        """Return the sum of ``amounts`` at each step."""
        return np.bincount(self.place, amounts, minlength=self.steps)

    def below(self, amounts: Float[np.ndarray, " row"]) -> Float[np.ndarray, " row"]:
        """Return for each row the amounts below it and half of those at its own step."""
        sums = self.sums(amounts)
        half: Float[np.ndarray, " step"] = np.cumsum(sums) - 0.5 * sums
        of_row: Float[np.ndarray, " row"] = half[self.place]
        return of_row

    def above(self, amounts: Float[np.ndarray, " row"]) -> Float[np.ndarray, " row"]:
        """Return for each row the amounts above it and half of those at its own step."""
        sums = self.sums(amounts)
        half: Float[np.ndarray, " step"] = sums.sum() - np.cumsum(sums) + 0.5 * sums
        of_row: Float[np.ndarray, " row"] = half[self.place]
        return of_row
