"""Households stand in blocks, one block a zone: sums by zone, zone values to households."""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType

import numpy as np
from jaxtyping import Float, Int

from gongfu.core import InputError, Problem

__all__ = ["ZoneBlocks", "share_out"]


@dataclass(frozen=True, slots=True, eq=False)
class ZoneBlocks:
    """Where each zone's households begin in arrays that are sorted by zone.

    Parameters
    ----------
    zone : zone of each household, ascending, every zone from 0 on at least once.
    starts : position of each zone's first household.
    """

    zone: Int[np.ndarray, " household"]
    starts: Int[np.ndarray, " zone"]

    @classmethod
    def of(cls, zone: Int[np.ndarray, " household"]) -> ZoneBlocks:
        """Return the blocks of sorted zone numbers.

        Raises
        ------
        InputError
            If the zones are not sorted, or one of them has no household.
        """
        zone = np.asarray(zone, dtype=np.intp)
        known, starts = np.unique(zone, return_index=True)
        if np.any(np.diff(zone) < 0):
            raise InputError(Problem("households are not sorted by zone", fix="Sort them first."))
        if not np.array_equal(known, np.arange(len(known))):
            empty = sorted(set(range(int(zone.max()) + 1)) - set(known.tolist()))
            raise InputError(
                Problem(f"zones {empty} have no household", fix="Simulate more households.")
            )
        return cls(zone, starts)

    def totals(
        self, values: Float[np.ndarray, " household"], *, xp: ModuleType = np
    ) -> Float[np.ndarray, " zone"]:
        """Return the sum over each zone's households."""
        return xp.add.reduceat(values, self.starts)

    def means(
        self,
        values: Float[np.ndarray, " household"],
        weight: Float[np.ndarray, " household"],
        *,
        xp: ModuleType = np,
    ) -> Float[np.ndarray, " zone"]:
        """Return the weighted mean of each zone; a zone without weight has mean zero."""
        total = self.totals(weight, xp=xp)
        return self.totals(weight * values, xp=xp) / xp.where(total > 0, total, 1.0)

    def spread(self, values: Float[np.ndarray, " zone"]) -> Float[np.ndarray, " household"]:
        """Return each household's zone value."""
        return values[self.zone]


def share_out(
    total: Float[np.ndarray, " zone"],
    key: Float[np.ndarray, " household"],
    people: Float[np.ndarray, " household"],
    blocks: ZoneBlocks,
    *,
    xp: ModuleType = np,
) -> Float[np.ndarray, " household"]:
    """Return amounts per person in proportion to a key that add up to each zone's total.

    Parameters
    ----------
    total : money of the zone, yuan a year.
    key : claim of each person of a household, not negative; only relative size matters.
    people : persons each household record stands for.

    Notes
    -----
    ``total_z key_i / sum(people key)``: persons times amounts give the total back, so that no
    money is made or lost between markets and households. A zone without any claim gets nothing.
    """
    claims = blocks.totals(people * key, xp=xp)
    return key * blocks.spread(total / xp.where(claims > 0, claims, 1.0))
