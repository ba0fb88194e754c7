"""Markets of a dataframe of firms: concentration, markups, entry and exit, year by year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
import polars as pl
from jaxtyping import Bool
from narwhals.typing import IntoFrame

from gongfu.core import Estimate, Evidence, InputError, Problem
from gongfu.measure.amount_columns import amount_problems
from gongfu.measure.design import Lonely
from gongfu.measure.markets.table_estimates import Elasticity, concentration_of, markups_of
from gongfu.measure.markets.turnover import Turnover, turnover
from gongfu.measure.table_estimates import Speaker
from gongfu.measure.table_rows import MISSING, Columns, Rows, read_rows, select_columns

__all__ = ["MarketTable", "MarketTurnover", "market"]


_NOT_NEGATIVE = "Leave returns and corrections out, or book them where they belong."


@dataclass(frozen=True, slots=True)
class MarketTurnover:
    """Entry and exit of one market between two years."""

    market: str | None
    start: int
    end: int
    turnover: Turnover


@dataclass(frozen=True, slots=True, eq=False)
class MarketTable:
    """Measures of each market and year.

    Parameters
    ----------
    sales : column of sales.
    design : how the rows were sampled, in words.
    estimates : by market (``group``) and year.
    turnover : between each two years that follow each other in the rows, where these are all
        firms.
    warnings : what a reader must know.
    """

    sales: str
    design: str
    estimates: tuple[Estimate, ...]
    turnover: tuple[MarketTurnover, ...] = ()
    warnings: tuple[str, ...] = ()

    def values(self, market: str | None = None, year: int | None = None) -> dict[str, float]:
        """Return the values of one market and year by measure."""
        return {
            one.measure: one.value
            for one in self.estimates
            if one.group == market and year in (None, one.year)
        }

    def to_dict(self) -> dict[str, Any]:
        """Return full-precision JSON values."""
        return {
            "sales": self.sales,
            "design": self.design,
            "estimates": [one.to_dict() for one in self.estimates],
            "turnover": [
                {
                    "market": one.market,
                    "start": one.start,
                    "end": one.end,
                    **{name: getattr(one.turnover, name) for name in Turnover.__slots__},
                }
                for one in self.turnover
            ],
            "warnings": list(self.warnings),
        }


def market(
    frame: IntoFrame,
    sales: str,
    *,
    firm: str | None = None,
    market: str | None = None,
    time: str | None = None,
    cost: str | None = None,
    elasticity: Elasticity | None = None,
    weight: str | None = None,
    strata: str | None = None,
    psu: str | None = None,
    confidence: float = 0.95,
    lonely: Lonely = "error",
    unit: str | None = None,
) -> MarketTable:
    """Return concentration, markups and turnover of markets.

    Parameters
    ----------
    frame : one row a firm and year.
    sales : column of sales, at least 0; rows without are left out.
    firm : column of the firm's identity; with ``time`` it gives entry and exit.
    market : column of markets, such as industry or industry and region; none means one market.
    time : column of years.
    cost : column of variable costs, in the currency and year of the sales: gives the accounting
        markup and the Lerner index.
    elasticity : output elasticity of that cost: gives markups after De Loecker and Warzynski.
    weight, strata, psu, lonely : of the sampling design. With any of them the rows are a sample and
        have errors; without them they are all firms and have none.
    unit : of the sales.

    Raises
    ------
    InputError
        With every problem of the columns and arguments.
    """
    problems = [*_problems(elasticity, cost, confidence)]
    if problems:
        raise InputError(problems)
    is_sample = any(name is not None for name in (weight, strata, psu))
    extra = tuple(name for name in (firm, market, time, cost) if name is not None)
    table, _ = select_columns(frame, Columns(sales, weight, strata, psu, None, extra))
    amounts = [table[name] for name in (sales, cost) if name is not None]
    problems = [one for column in amounts for one in amount_problems(column, _NOT_NEGATIVE)]
    if problems:
        raise InputError(problems)
    columns = Columns(sales, weight, strata, psu, market)
    rows = read_rows(table, columns, lonely)
    costs = None if cost is None else read_rows(table, replace(columns, income=cost), lonely)
    speaker = Speaker(
        rows=rows,
        confidence=confidence,
        population=not is_sample,
        evidence=Evidence.ESTIMATED if is_sample else Evidence.OBSERVED,
        unit=unit or f"currency of {sales}",
        year=None,
        price_base=None,
    )
    cells = [*_cells(table, rows, time)]
    spent = None if costs is None else costs.income
    has_turnover = not is_sample and firm is not None and time is not None
    return MarketTable(
        sales,
        speaker.design_words,
        tuple(_estimates(speaker, cells, spent, elasticity)),
        tuple(_turnover(table, rows, cells, str(firm))) if has_turnover else (),
        tuple(_warnings(rows, is_sample)),
    )


_Cell = tuple[str | None, int | None, Bool[np.ndarray, " row"]]
"""Market, year and the rows of both."""


def _problems(
    elasticity: Elasticity | None, cost: str | None, confidence: float
) -> Iterator[Problem]:
    if elasticity is not None and cost is None:
        yield Problem(
            "an output elasticity needs the cost of its input",
            fix="Name the column of that cost.",
        )
    if not 0 < confidence < 1:
        yield Problem("confidence lies between 0 and 1", found=f"{confidence:g}")


def _cells(table: pl.DataFrame, rows: Rows, time: str | None) -> Iterator[_Cell]:
    years = None if time is None else _years(table[time])
    markets = rows.by
    for name in [None] if markets is None else [str(one) for one in np.unique(markets)]:
        inside = rows.has_income if markets is None else rows.has_income & (markets == name)
        for year in [None] if years is None else [int(y) for y in np.unique(years)]:
            member = inside if years is None else inside & (years == year)
            if member.any() and rows.income[member].sum() > 0:
                yield name, year, member


def _years(column: pl.Series) -> np.ndarray:
    if not column.dtype.is_numeric() or column.has_nulls():
        raise InputError(
            Problem("the column of years has gaps or holds no numbers", column=column.name)
        )
    return column.cast(pl.Int64).to_numpy()


def _estimates(
    speaker: Speaker, cells: list[_Cell], costs: np.ndarray | None, elasticity: Elasticity | None
) -> Iterator[Estimate]:
    for name, year, member in cells:
        found = [*concentration_of(speaker, member, name)]
        if costs is not None:
            found += markups_of(speaker, costs, member, name, elasticity)
        yield from (one.replace(year=year) for one in found)


def _turnover(
    table: pl.DataFrame, rows: Rows, cells: list[_Cell], firm: str
) -> Iterator[MarketTurnover]:
    firms = table[firm].cast(pl.String).fill_null(MISSING).to_numpy().astype(np.str_)
    for (name, start, before), (other, end, after) in pairwise(cells):
        if name == other and start is not None and end is not None:
            found = turnover(firms[before], rows.income[before], firms[after], rows.income[after])
            yield MarketTurnover(name, start, end, found)


def _warnings(rows: Rows, is_sample: bool) -> Iterator[str]:
    if rows.missing:
        yield f"{rows.missing} of {len(rows.income)} rows have no sales and are left out."
    if is_sample:
        yield (
            "The largest firms decide about CR-k and HHI: unless all of them are in the sample, "
            "the errors do not tell the whole uncertainty. Entry and exit need all firms."
        )
