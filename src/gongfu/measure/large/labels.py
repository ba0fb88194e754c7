"""Labels of groups, strata and PSUs as numbers, without holding the rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from jaxtyping import Int

from gongfu.measure.table_rows import MISSING

__all__ = ["Coding", "Units", "find_coding", "find_units"]

_WIDEST_TABLE = 1 << 22
"""Range of whole-number labels up to which a table of all of them finds a code fastest."""


@dataclass(frozen=True, slots=True, eq=False)
class Coding:
    """The labels of a column in ascending order; a row's code is the position of its label.

    Parameters
    ----------
    column : its name.
    names : the labels as text.
    numbers : the labels, where all are whole numbers.
    """

    column: str
    names: tuple[str, ...]
    numbers: Int[np.ndarray, " label"] | None = None

    def __len__(self) -> int:
        return len(self.names)

    def codes(self, labels: pl.Series) -> Int[np.ndarray, " row"]:
        """Return the code of each row's label."""
        if self.numbers is None:
            text = labels.cast(pl.String).fill_null(MISSING)
            return text.cast(pl.Enum(list(self.names))).to_physical().to_numpy().astype(np.int64)
        low, values = self.numbers[0], labels.cast(pl.Int64).to_numpy()
        if self.numbers[-1] - low >= _WIDEST_TABLE:
            return np.searchsorted(self.numbers, values)
        table = np.zeros(int(self.numbers[-1] - low) + 1, dtype=np.int64)
        table[self.numbers - low] = np.arange(len(self.numbers))
        codes: Int[np.ndarray, " row"] = table[values - low]
        return codes


def find_coding(frame: pl.LazyFrame, column: str) -> Coding:
    """Return the coding of a column, by one pass over it; whole numbers ascend as numbers."""
    found = frame.select(column).unique().collect(engine="streaming")[column]
    if found.dtype.is_integer() and not found.has_nulls():
        numbers = np.sort(found.cast(pl.Int64).to_numpy())
        return Coding(column, tuple(map(str, numbers.tolist())), numbers)
    names = found.cast(pl.String).fill_null(MISSING).unique().to_list()
    return Coding(column, tuple(sorted(names)))


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """Strata and PSUs numbered from 0; a PSU's label is read inside its stratum.

    Parameters
    ----------
    strata, psu : their codings, or none.
    pairs : ``stratum * PSU labels + PSU label`` of each PSU, ascending; none without PSUs.
    """

    strata: Coding | None
    psu: Coding | None
    pairs: Int[np.ndarray, " psu"] | None

    def __len__(self) -> int:
        """Return the number of PSUs, or of strata where there are no PSUs."""
        if self.pairs is not None:
            return len(self.pairs)
        return 1 if self.strata is None else len(self.strata)

    def codes(self, rows: pl.DataFrame) -> Int[np.ndarray, " row"]:
        """Return the PSU (or stratum, without PSUs) of each row."""
        code = np.zeros(rows.height, dtype=np.int64)
        if self.strata is not None:
            code = self.strata.codes(rows[self.strata.column])
        if self.psu is None or self.pairs is None:
            return code
        pair = code * len(self.psu) + self.psu.codes(rows[self.psu.column])
        unit: Int[np.ndarray, " row"] = np.searchsorted(self.pairs, pair)
        return unit

    @property
    def stratum(self) -> Int[np.ndarray, " psu"]:
        """Stratum of each PSU, or each stratum itself."""
        if self.psu is None or self.pairs is None:
            return np.arange(len(self))
        stratum: Int[np.ndarray, " psu"] = self.pairs // len(self.psu)
        return stratum


def find_units(frame: pl.LazyFrame, strata: str | None, psu: str | None) -> Units:
    """Return the strata and PSUs of all rows, by a pass over each column."""
    layers = None if strata is None else find_coding(frame, strata)
    if psu is None:
        return Units(layers, None, None)
    villages = find_coding(frame, psu)
    if layers is None:
        return Units(None, villages, np.arange(len(villages)))
    both = frame.select(layers.column, psu).unique().collect(engine="streaming")
    pairs = layers.codes(both[layers.column]) * len(villages) + villages.codes(both[psu])
    return Units(layers, villages, np.unique(pairs))
