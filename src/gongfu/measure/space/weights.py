"""Who is whose neighbour, and how much: the spatial weights every spatial measure takes.

References
----------
[Anselin 1988] Spatial Econometrics: Methods and Models. Kluwer.
[Cliff-Ord 1981] Spatial Processes: Models and Applications. Pion.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from jaxtyping import Bool, Float, Int, Shaped

from gongfu.core import InputError, Problem

__all__ = ["SpatialWeights", "WeightSums"]


@dataclass(frozen=True, slots=True)
class WeightSums:
    """Sums of weights on which the moments of Moran, Geary and Getis-Ord rest [Cliff-Ord 1981].

    Parameters
    ----------
    s0 : sum of all weights.
    s1 : ``sum((w[i,j] + w[j,i])**2) / 2``.
    s2 : ``sum((row sum + column sum)**2)``.
    """

    s0: float
    s1: float
    s2: float


@dataclass(frozen=True, eq=False)
class SpatialWeights:
    """Links between units, unit by unit; a unit is never its own neighbour.

    Parameters
    ----------
    start : the links of unit i stand at ``start[i]`` to ``start[i + 1]``.
    neighbour : unit each link leads to.
    value : weight of each link, above zero.
    convention : how the links were chosen and scaled, in words.

    See Also
    --------
    gongfu.measure.space.neighbours : weights from borders, distances and levels.
    """

    start: Int[np.ndarray, " unit_and_end"]
    neighbour: Int[np.ndarray, " link"]
    value: Float[np.ndarray, " link"]
    convention: str

    @classmethod
    def from_matrix(
        cls,
        matrix: Float[np.ndarray, "unit unit"] | Bool[np.ndarray, "unit unit"],
        convention: str = "given as a matrix",
    ) -> SpatialWeights:
        """Return the weights of a matrix: row i holds the weights of the neighbours of unit i.

        Raises
        ------
        InputError
            If the matrix is not square, a weight is negative, missing or infinite, or a unit is
            its own neighbour.
        """
        dense = np.asarray(matrix, dtype=np.float64)
        problems = [*_matrix_problems(dense)]
        if problems:
            raise InputError(problems)
        unit, neighbour = np.nonzero(dense)
        return cls(_starts(unit, len(dense)), neighbour, dense[unit, neighbour], convention)

    @classmethod
    def from_lists(
        cls, lists: Sequence[Iterable[int]], convention: str = "given as lists of neighbours"
    ) -> SpatialWeights:
        """Return weights of 1 from the list of each unit's neighbours, by position from 0.

        Raises
        ------
        InputError
            If a neighbour is out of range, stands twice or is the unit itself.
        """
        rows = [sorted(int(j) for j in neighbours) for neighbours in lists]
        problems = [p for i, row in enumerate(rows) for p in _list_problems(i, row, len(rows))]
        if problems:
            raise InputError(problems)
        counts = [len(row) for row in rows]
        start = np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])
        neighbour = np.array([j for row in rows for j in row], dtype=np.int64)
        return cls(start, neighbour, np.ones(len(neighbour)), convention)

    @property
    def n(self) -> int:
        """Number of units."""
        return len(self.start) - 1

    @cached_property
    def counts(self) -> Int[np.ndarray, " unit"]:
        """Number of neighbours of each unit."""
        return np.diff(self.start)

    @property
    def islands(self) -> Int[np.ndarray, " unit"]:
        """Units without a neighbour."""
        return np.flatnonzero(self.counts == 0)

    @cached_property
    def unit(self) -> Int[np.ndarray, " link"]:
        """Unit each link starts from."""
        return np.repeat(np.arange(self.n), self.counts)

    @cached_property
    def row_sums(self) -> Float[np.ndarray, " unit"]:
        """Sum of the weights of each unit's neighbours."""
        return np.bincount(self.unit, self.value, minlength=self.n)

    @cached_property
    def row_squares(self) -> Float[np.ndarray, " unit"]:
        """Sum of the squared weights of each unit's neighbours."""
        return np.bincount(self.unit, self.value**2, minlength=self.n)

    @cached_property
    def column_sums(self) -> Float[np.ndarray, " unit"]:
        """Sum of the weights that lead to each unit."""
        return np.bincount(self.neighbour, self.value, minlength=self.n)

    @cached_property
    def sums(self) -> WeightSums:
        """Sums that enter the moments of spatial statistics."""
        mirrored = self.mirrored()
        return WeightSums(
            s0=float(self.value.sum()),
            s1=float(np.sum(self.value * (self.value + mirrored))),
            s2=float(np.sum((self.row_sums + self.column_sums) ** 2)),
        )

    def standardised(self) -> SpatialWeights:
        """Return the weights scaled so that those of a unit's neighbours add up to 1."""
        value = self.value / self.row_sums[self.unit]
        return SpatialWeights(
            self.start, self.neighbour, value, f"{self.convention}, row-standardised"
        )

    def lag(self, values: Shaped[np.ndarray, "unit ..."]) -> Float[np.ndarray, "unit ..."]:
        """Return the weighted sum of each unit's neighbours; 0 for a unit without any.

        Parameters
        ----------
        values : one row a unit; further axes (years, permutations) are lagged one by one.
        """
        values = np.asarray(values, dtype=np.float64)
        ordered, buffer = np.zeros(values.shape), np.empty(values.shape)
        for neighbour, weight in self._slots:
            taken = buffer[: len(neighbour)]
            # No index is out of range: "clip" only lets take write straight into the buffer.
            np.take(values, neighbour, axis=0, out=taken, mode="clip")
            taken *= weight.reshape(-1, *[1] * (values.ndim - 1))
            ordered[: len(neighbour)] += taken
        buffer[self._by_count] = ordered
        return buffer

    def matrix(self) -> Float[np.ndarray, "unit unit"]:
        """Return the weights as a full matrix."""
        dense = np.zeros((self.n, self.n))
        dense[self.unit, self.neighbour] = self.value
        return dense

    @cached_property
    def _by_count(self) -> Int[np.ndarray, " unit"]:
        return np.argsort(-self.counts, kind="stable")

    @cached_property
    def _slots(self) -> list[tuple[Int[np.ndarray, " reached"], Float[np.ndarray, " reached"]]]:
        # Units with most neighbours first: the s-th neighbours then fill the first rows without a
        # gap, and a lag is a few gathers of whole rows.
        first, counts = self.start[:-1][self._by_count], self.counts[self._by_count]
        out = []
        for slot in range(int(counts.max(initial=0))):
            links = first[: int(np.count_nonzero(counts > slot))] + slot
            out.append((self.neighbour[links], self.value[links]))
        return out

    def mirrored(self) -> Float[np.ndarray, " link"]:
        """Weight of the link back, zero where there is none."""
        forth = self.unit * self.n + self.neighbour
        back = self.neighbour * self.n + self.unit
        order = np.argsort(forth)
        place = np.minimum(np.searchsorted(forth, back, sorter=order), len(forth) - 1)
        return np.where(forth[order[place]] == back, self.value[order[place]], 0.0)


def _starts(unit: Int[np.ndarray, " link"], n: int) -> Int[np.ndarray, " unit_and_end"]:
    return np.concatenate([[0], np.cumsum(np.bincount(unit, minlength=n))])


def _matrix_problems(dense: np.ndarray) -> Iterable[Problem]:
    if dense.ndim != 2 or dense.shape[0] != dense.shape[1]:
        yield Problem(
            "spatial weights need a square matrix", found=f"an array of shape {dense.shape}"
        )
        return
    if not np.isfinite(dense).all() or (dense < 0).any():
        bad = np.argwhere(~(np.isfinite(dense) & (dense >= 0)))
        i, j = bad[0]
        yield Problem(
            f"{len(bad)} spatial weights are negative, missing or infinite",
            found=f"{dense[i, j]:g} from unit {i} to unit {j} (counted from 0)",
        )
    own = np.flatnonzero(np.diagonal(dense) != 0)
    if len(own):
        yield Problem(
            f"{len(own)} units are their own neighbour",
            found=f"unit {own[0]} (counted from 0)",
            fix="Set the diagonal to zero; local_getis_ord counts the unit itself by star=True.",
        )


def _list_problems(unit: int, row: list[int], n: int) -> Iterable[Problem]:
    for j in row:
        if not 0 <= j < n:
            yield Problem(
                f"unit {unit} has neighbour {j}", expected=f"a position from 0 to {n - 1}"
            )
    if unit in row:
        yield Problem(f"unit {unit} is its own neighbour", fix="Leave it out of its list.")
    if len(set(row)) < len(row):
        yield Problem(f"unit {unit} has a neighbour that stands twice", found=f"{row}")
