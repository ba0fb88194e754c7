"""Rows larger than memory as blocks of a fixed size, whatever pieces they are read in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias

import numpy as np
import polars as pl
from jaxtyping import Float, Int

from gongfu.measure.large.labels import Coding, Units
from gongfu.measure.table_rows import Columns

__all__ = ["BLOCK", "Block", "Domain", "Progress", "Source"]

BLOCK: Final = 1 << 18
"""Rows of a block: sums are taken block by block in the order of the rows, so that the same rows
give the same bits whatever pieces a file is read in."""

Progress: TypeAlias = Callable[[str, float], None]
"""Told the name of a pass over the rows and the part of it (0-1) that is done."""


@dataclass(frozen=True, slots=True)
class Domain:
    """Some of the rows: all of them, or those of one group.

    Parameters
    ----------
    grouping : position of the grouping column, or none for all rows.
    code : the group's code in it.
    label : the group's name, or none for all rows.
    """

    grouping: int | None = None
    code: int = 0
    label: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Rows of one domain inside one block that have an income.

    Parameters
    ----------
    income, weight : of these rows; no weight where all are equal.
    unit : PSU (or stratum) of each row, where asked for.
    """

    income: Float[np.ndarray, " row"]
    weight: Float[np.ndarray, " row"] | None
    unit: Int[np.ndarray, " row"] | None


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A lazy frame with the parts its columns play.

    Parameters
    ----------
    rows : of the frame, for the progress.
    groupings : columns whose groups are domains.
    units : strata and PSUs.
    """

    frame: pl.LazyFrame
    columns: Columns
    rows: int
    groupings: tuple[Coding, ...]
    units: Units
    progress: Progress | None = field(default=None)

    @property
    def domains(self) -> list[Domain]:
        """All rows, then the groups of each grouping."""
        groups = (
            Domain(position, code, name)
            for position, coding in enumerate(self.groupings)
            for code, name in enumerate(coding.names)
        )
        return [Domain(), *groups]

    def blocks(self, passing: str, *, with_units: bool = False) -> Iterator[Iterator[Block | None]]:
        """Yield for each block of rows its rows by domain, none where a domain has no row."""
        for number, rows in enumerate(self._tables(with_units)):
            yield self._by_domain(rows, with_units)
            if self.progress:
                self.progress(passing, min(1.0, (number + 1) * BLOCK / max(self.rows, 1)))

    def _tables(self, with_units: bool) -> Iterator[pl.DataFrame]:
        columns = self.columns
        numbers = [name for name in (columns.income, columns.weight) if name is not None]
        labels = [coding.column for coding in self.groupings]
        if with_units:
            labels += [name for name in (columns.strata, columns.psu) if name is not None]
        # A column may play two parts, such as weight and PSU: each part reads it as its own.
        picked = self.frame.select(
            *(pl.col(name).cast(pl.Float64).alias(f"number {name}") for name in numbers),
            *dict.fromkeys(labels),
        )
        yield from _resized(picked.collect_batches(chunk_size=BLOCK, engine="streaming"))

    def _by_domain(self, rows: pl.DataFrame, with_units: bool) -> Iterator[Block | None]:
        income = rows[f"number {self.columns.income}"].fill_null(np.nan).to_numpy()
        weight = None
        if self.columns.weight is not None:
            weight = rows[f"number {self.columns.weight}"].to_numpy()
        unit = self.units.codes(rows) if with_units else None
        has_income = ~np.isnan(income)
        if not has_income.all():
            rows, income = rows.filter(has_income), income[has_income]
            weight = None if weight is None else weight[has_income]
            unit = None if unit is None else unit[has_income]
        everybody = Block(income, weight, unit)
        yield everybody if len(income) else None
        for coding in self.groupings:
            yield from _split(everybody, coding.codes(rows[coding.column]), len(coding))


def _split(rows: Block, code: Int[np.ndarray, " row"], groups: int) -> Iterator[Block | None]:
    # Sorting codes of one or two bytes takes a pass per byte.
    order = np.argsort(code.astype(np.min_scalar_type(groups)), kind="stable")
    ends = np.cumsum(np.bincount(code, minlength=groups))
    for one in np.split(order, ends[:-1]):
        yield (
            Block(
                rows.income[one],
                None if rows.weight is None else rows.weight[one],
                None if rows.unit is None else rows.unit[one],
            )
            if len(one)
            else None
        )


def _resized(batches: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    waiting: list[pl.DataFrame] = []
    height = 0
    for batch in batches:
        waiting.append(batch)
        height += batch.height
        if height < BLOCK:
            continue
        joined = pl.concat(waiting, rechunk=False)
        while joined.height >= BLOCK:
            yield joined.head(BLOCK).rechunk()
            joined = joined.slice(BLOCK)
        waiting, height = [joined], joined.height
    if height:
        yield pl.concat(waiting).rechunk()
