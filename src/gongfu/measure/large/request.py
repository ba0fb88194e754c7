"""What is asked of a table of incomes."""

from __future__ import annotations

from dataclasses import dataclass

from gongfu.measure.catalogue import NamedMeasure
from gongfu.measure.design import Lonely
from gongfu.measure.large.blocks import Progress
from gongfu.measure.table_estimates import Decomposition
from gongfu.measure.table_rows import Columns

__all__ = ["Request"]


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of the rows; as the arguments of ``gongfu.measure.table.inequality``.

    Parameters
    ----------
    must : refuse, rather than skip, a measure that is not possible over all rows.
    progress : told the name of each pass and the part of it that is done.
    """

    columns: Columns
    measures: tuple[NamedMeasure, ...]
    must: bool
    decompose: Decomposition | None
    confidence: float
    lonely: Lonely
    population: bool
    unit: str | None
    year: int | None
    price_base: str | None
    progress: Progress | None = None
