"""Sparse weights in blocks: who is how many borders away, so that systems fall into small ones.

Numbered by their distance in links from a unit at the edge, units are linked only within a
distance and to the next one: ``I - rho W`` is block tridiagonal. Elimination block by block is
exact and costs the number of units times the square of the widest block.

References
----------
[George-Liu 1981] Computer Solution of Large Sparse Positive Definite Systems. Prentice-Hall.
Sections 4.3 and 4.5.
[Takahashi et al. 1973] Formation of a sparse bus impedance matrix and its application to short
circuit study. Proceedings of the 8th PICA Conference.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from gongfu.measure.space import SpatialWeights

__all__ = ["BlockTridiagonal", "level_blocks"]

LEAST_UNITS = 500
_WIDEST_SHARE = 8

Matrix = Float[np.ndarray, "_ _"]


@dataclass(frozen=True, slots=True, eq=False)
class BlockTridiagonal:
    """A block tridiagonal matrix: ``own[k]``, ``above[k]`` to block k + 1, ``below[k]`` from it."""

    own: tuple[Matrix, ...]
    above: tuple[Matrix, ...]
    below: tuple[Matrix, ...]

    @classmethod
    def of(cls, matrix: Matrix, blocks: Sequence[Int[np.ndarray, " _"]]) -> BlockTridiagonal:
        """Return the blocks of a full matrix, given the units of each."""
        after = list(itertools.pairwise(blocks))
        return cls(
            tuple(matrix[np.ix_(b, b)] for b in blocks),
            tuple(matrix[np.ix_(a, b)] for a, b in after),
            tuple(matrix[np.ix_(b, a)] for a, b in after),
        )

    def pivots(self) -> list[Matrix]:
        """Return what elimination leaves of each block: the determinant is that of all of them."""
        out = [self.own[0]]
        for k in range(1, len(self.own)):
            swept = self.below[k - 1] @ np.linalg.solve(out[-1], self.above[k - 1])
            out.append(self.own[k] - swept)
        return out

    def log_determinant(self) -> float:
        """Return the logarithm of the absolute determinant."""
        return float(sum(np.linalg.slogdet(pivot)[1] for pivot in self.pivots()))

    def is_positive_definite(self) -> bool:
        """Return whether a symmetric matrix is positive definite."""
        pivot = self.own[0]
        try:
            for k in range(len(self.own)):
                if k:
                    pivot = self.own[k] - self.below[k - 1] @ np.linalg.solve(
                        pivot, self.above[k - 1]
                    )
                np.linalg.cholesky(pivot)
        except np.linalg.LinAlgError:
            return False
        return True

    def trace_of_product(self, other: BlockTridiagonal) -> float:
        """Return the trace of another matrix of the same blocks times the inverse of this one.

        Notes
        -----
        Only the blocks of the inverse that meet one of the other are formed [Takahashi et al.
        1973], backwards from the last pivot: ``Z_k = P_k**-1 + P_k**-1 C_k Z_(k+1) B_k P_k**-1``,
        beside them ``-P_k**-1 C_k Z_(k+1)`` and ``-Z_(k+1) B_k P_k**-1``.
        """
        inverses = [np.linalg.inv(pivot) for pivot in self.pivots()]
        corner = inverses[-1]
        total = float(np.vdot(other.own[-1].T, corner))
        for k in range(len(self.own) - 2, -1, -1):
            right = inverses[k] @ self.above[k] @ corner
            down = self.below[k] @ inverses[k]
            total -= float(np.vdot(other.below[k].T, right))
            total -= float(np.vdot(other.above[k].T, corner @ down))
            corner = inverses[k] + right @ down
            total += float(np.vdot(other.own[k].T, corner))
        return total

    def less(self, factor: float) -> BlockTridiagonal:
        """Return the identity less a multiple of this matrix."""
        return BlockTridiagonal(
            tuple(np.eye(len(block)) - factor * block for block in self.own),
            tuple(-factor * block for block in self.above),
            tuple(-factor * block for block in self.below),
        )

    def solve(self, right: Float[np.ndarray, "unit column"]) -> Float[np.ndarray, "unit column"]:
        """Return the solution for right-hand sides in the order of the blocks."""
        ends = np.cumsum([len(block) for block in self.own])[:-1]
        parts = np.split(right, ends)
        pivots = [self.own[0]]
        for k in range(1, len(self.own)):
            ahead = np.column_stack([self.above[k - 1], parts[k - 1]])
            swept = self.below[k - 1] @ np.linalg.solve(pivots[-1], ahead)
            width = self.above[k - 1].shape[1]
            pivots.append(self.own[k] - swept[:, :width])
            parts[k] = parts[k] - swept[:, width:]
        out = [np.linalg.solve(pivots[-1], parts[-1])]
        for k in range(len(self.own) - 2, -1, -1):
            out.append(np.linalg.solve(pivots[k], parts[k] - self.above[k] @ out[-1]))
        return np.concatenate(out[::-1])

    def scaled(self, root: Sequence[Float[np.ndarray, " _"]]) -> BlockTridiagonal:
        """Return each element times the root of its row over that of its column."""
        ahead = list(itertools.pairwise(root))
        return BlockTridiagonal(
            tuple(b * r[:, None] / r for b, r in zip(self.own, root, strict=True)),
            tuple(b * r[:, None] / c for b, (r, c) in zip(self.above, ahead, strict=True)),
            tuple(b * c[:, None] / r for b, (r, c) in zip(self.below, ahead, strict=True)),
        )

    def transposed(self) -> BlockTridiagonal:
        """Return the transpose."""
        return BlockTridiagonal(
            tuple(block.T for block in self.own),
            tuple(block.T for block in self.below),
            tuple(block.T for block in self.above),
        )

    def squared(self) -> BlockTridiagonal:
        """Return the transpose times the matrix, in blocks of two of these."""
        own, above = [], []
        for k, block in enumerate(self.own):
            square = block.T @ block
            if k:
                square = square + self.above[k - 1].T @ self.above[k - 1]
            if k < len(self.below):
                square = square + self.below[k].T @ self.below[k]
                above.append(block.T @ self.above[k] + self.below[k].T @ self.own[k + 1])
            own.append(square)
        two_on = [self.below[k].T @ self.above[k + 1] for k in range(len(self.above) - 1)]
        return _paired(own, above, two_on)


def level_blocks(
    weights: SpatialWeights, *, least: int = LEAST_UNITS
) -> list[Int[np.ndarray, " _"]] | None:
    """Return the units at each distance in links from one at the edge; None if that saves nothing.

    Parameters
    ----------
    least : units from which blocks are quicker than all eigenvalues (measured).

    Notes
    -----
    The start is a unit furthest from a unit furthest from any [George-Liu 1981]; units that no
    link reaches follow, component after component.
    """
    if weights.n < least:
        return None
    unit = np.concatenate([weights.unit, weights.neighbour])
    neighbour = np.concatenate([weights.neighbour, weights.unit])
    by_unit = neighbour[np.argsort(unit, kind="stable")]
    ends = np.cumsum(np.bincount(unit, minlength=weights.n))
    links = np.split(by_unit, ends[:-1])
    left, blocks = np.ones(weights.n, dtype=bool), []
    while left.any():
        start = int(np.argmax(left))
        for _ in range(2):
            start = int(_levels(start, links, weights.n)[-1][0])
        found = _levels(start, links, weights.n)
        for level in found:
            left[level] = False
        blocks += found
    widest = max(len(block) for block in blocks)
    return blocks if widest * _WIDEST_SHARE <= weights.n else None


def _levels(
    start: int, links: Sequence[Int[np.ndarray, " _"]], units: int
) -> list[Int[np.ndarray, " _"]]:
    seen = np.zeros(units, dtype=bool)
    seen[start] = True
    levels = [np.array([start])]
    while True:
        reached = np.unique(np.concatenate([links[i] for i in levels[-1]]))
        reached = reached[~seen[reached]]
        if not len(reached):
            return levels
        seen[reached] = True
        levels.append(reached)


def _paired(own: list[Matrix], above: list[Matrix], two_on: list[Matrix]) -> BlockTridiagonal:
    """A symmetric block matrix with two bands, as one with a single band of twice the size."""
    big, beside = [], []
    for k in range(0, len(own), 2):
        if k + 1 < len(own):
            big.append(np.block([[own[k], above[k]], [above[k].T, own[k + 1]]]))
        else:
            big.append(own[k])
        if k + 2 < len(own):
            upper = [two_on[k]]
            lower = [above[k + 1]]
            if k + 3 < len(own):
                upper.append(np.zeros((len(own[k]), len(own[k + 3]))))
                lower.append(two_on[k + 1])
            beside.append(np.block([upper, lower]))
    return BlockTridiagonal(tuple(big), tuple(beside), tuple(b.T for b in beside))
