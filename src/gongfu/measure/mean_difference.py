"""Sums of absolute income differences between groups, without visiting pairs of rows.

Rows are sorted once. For a row ``a`` of group ``j`` the weight of group ``h`` standing below it is
needed, summed over all rows. The sorted rows are cut into short blocks: pairs inside a block are
visited lag by lag, pairs in different blocks meet as sums of blocks in a pairwise tree, where one
matrix product per level handles all pairs of groups. With blocks of about ``2 sqrt(K)`` rows this
takes ``n log n`` for the sort, ``n sqrt(K)`` visits and ``n K^1.5`` multiply-adds in the products.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from jaxtyping import Complex, Float, Int, Integer

from gongfu.measure.sample import Sample

__all__ = ["GroupDifferences", "group_differences"]

_CHUNK_CELLS = 1 << 16
"""Cells (block, group) handled at a time: 0.5 MB, so that a chunk stays in a core's cache."""


@dataclass(frozen=True, slots=True, eq=False)
class GroupDifferences:
    """What the rows of each group and pair of groups add up to.

    Parameters
    ----------
    weight, income : ``sum(w)`` and ``sum(w y)`` of each group.
    difference : ``sum_a sum_b w_a w_b |y_a - y_b|`` over ``a`` in group j and ``b`` in group h.
    """

    weight: Float[np.ndarray, " group"]
    income: Float[np.ndarray, " group"]
    difference: Float[np.ndarray, "group group"]

    @property
    def mean(self) -> Float[np.ndarray, " group"]:
        """Mean income of each group."""
        mean: Float[np.ndarray, " group"] = self.income / self.weight
        return mean


def group_differences(rows: Sample, code: Int[np.ndarray, " row"], groups: int) -> GroupDifferences:
    """Return the sums of absolute differences between all pairs of groups.

    Parameters
    ----------
    code : group of each row, ``0 .. groups - 1``.

    Notes
    -----
    With ``F_h(a)`` the weight of group h below row a (own weight counted half) and
    ``A_jh = sum_a w_a y_a F_h(a)``, the sums are ``2 (A_jh + A_hj) - W_j Y_h - W_h Y_j``.
    Differences ignore a shift, and sums of incomes minus their mean lose fewer digits.
    """
    block = _power_of_two(2 * math.sqrt(groups))
    step = block * _power_of_two(max(_CHUNK_CELLS / groups, groups))
    # Weight and income travel as one complex number: one cache miss per row instead of two.
    people = np.empty(len(rows.income), np.complex128)
    people.real, people.imag = rows.weight, rows.income - rows.mean
    small_code = code.astype(np.min_scalar_type(groups))
    below = np.zeros((groups, groups))
    weight, centred = np.zeros(groups), np.zeros(groups)
    for start in range(0, len(people), step):
        order = rows.order[start : start + step]
        chunk = _chunk(people[order], small_code[order], block, groups)
        between, chunk_weight, chunk_centred = _between_blocks(chunk)
        below += _inside_blocks(chunk) + between + np.outer(chunk_centred, weight)
        weight += chunk_weight
        centred += chunk_centred
    crossed = np.outer(weight, centred)
    difference = np.maximum(2 * (below + below.T) - crossed - crossed.T, 0.0)
    return GroupDifferences(weight, centred + rows.mean * weight, difference)


def _power_of_two(about: float) -> int:
    return 1 << round(math.log2(about))


@dataclass(frozen=True, slots=True, eq=False)
class _Chunk:
    """Rows in ascending order of income, cut into whole blocks (the last filled with weight 0)."""

    weight: Float[np.ndarray, " row"]
    centred: Float[np.ndarray, " row"]
    group: Int[np.ndarray, " row"]
    block: int
    groups: int


def _chunk(
    people: Complex[np.ndarray, " some"],
    code: Integer[np.ndarray, " some"],
    block: int,
    groups: int,
) -> _Chunk:
    weight, centred = people.real.copy(), people.real * people.imag
    group = code.astype(np.int64)
    filling = (0, -len(group) % block)
    if filling[1]:
        weight, centred, group = (np.pad(x, filling) for x in (weight, centred, group))
    return _Chunk(weight, centred, group, block, groups)


def _inside_blocks(chunk: _Chunk) -> Float[np.ndarray, "group group"]:
    # Transposed, the rows that stand `lag` apart in their blocks are two contiguous slices.
    weight, centred, group = (
        np.ascontiguousarray(x.reshape(-1, chunk.block).T)
        for x in (chunk.weight, chunk.centred, chunk.group)
    )
    groups = chunk.groups
    cell = group * groups
    sums = np.diag(np.bincount(group.ravel(), (centred * weight).ravel(), groups) / 2)
    for lag in range(1, chunk.block):
        pair, product = cell[lag:] + group[:-lag], centred[lag:] * weight[:-lag]
        sums += np.bincount(pair.ravel(), product.ravel(), groups**2).reshape(groups, groups)
    return sums


def _between_blocks(
    chunk: _Chunk,
) -> tuple[
    Float[np.ndarray, "group group"], Float[np.ndarray, " group"], Float[np.ndarray, " group"]
]:
    blocks, groups = len(chunk.weight) // chunk.block, chunk.groups
    cell = np.repeat(np.arange(0, blocks * groups, groups), chunk.block) + chunk.group
    weight = np.bincount(cell, chunk.weight, blocks * groups).reshape(blocks, groups)
    centred = np.bincount(cell, chunk.centred, blocks * groups).reshape(blocks, groups)
    sums = np.zeros((groups, groups))
    while len(weight) > 1:
        weight, centred = _even(weight), _even(centred)
        sums += centred[1::2].T @ weight[::2]
        weight = weight[::2] + weight[1::2]
        centred = centred[::2] + centred[1::2]
    return sums, weight[0], centred[0]


def _even(blocks: Float[np.ndarray, "block group"]) -> Float[np.ndarray, "even_block group"]:
    return np.pad(blocks, ((0, 1), (0, 0))) if len(blocks) % 2 else blocks
