"""The grow-divide accounts of a study: each account, in each kind of prices, by each index."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from gongfu.core import Evidence, InputError, Problem
from gongfu.measure.grow_divide import GrowDivide, Index, Snapshot, grow_divide
from gongfu.study.prices import Prices
from gongfu.study.settings import AccountSettings
from gongfu.study.tables import RowTable, StudyTables, UnitTable

__all__ = ["Account", "Point", "study_accounts"]


@dataclass(frozen=True, slots=True)
class Point:
    """One year of an account: where the cake and its division stand.

    Parameters
    ----------
    mean : income per person in the account's prices.
    equality : 1 - I by index, 0-1.
    snapshot : the incomes behind it; none where only the index was published.
    """

    year: int
    mean: float
    equality: Mapping[Index, float]
    snapshot: Snapshot | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """One account in one kind of prices by one index: its path and its change over the window."""

    settings: AccountSettings
    prices: Prices
    index: Index
    path: tuple[Point, ...]
    change: GrowDivide
    evidence: Evidence

    @property
    def first(self) -> Point:
        """The first year."""
        return self.path[0]

    @property
    def last(self) -> Point:
        """The last year."""
        return self.path[-1]


def study_accounts(
    settings: Sequence[AccountSettings], tables: StudyTables, prices: Sequence[Prices]
) -> list[Account]:
    """Return every account that the figures support, constant prices first.

    Raises
    ------
    InputError
        If an account has fewer than two years.
    """
    return [
        Account(one, price, index, points, _change(one, points, index), tables.evidence(one))
        for one in settings
        for price in prices
        if (points := _points(one, tables, price))
        for index in points[0].equality
    ]


def _points(settings: AccountSettings, tables: StudyTables, prices: Prices) -> tuple[Point, ...]:
    if settings.data in tables.rows:
        points = tuple(_row_points(settings, tables.rows[settings.data], prices))
    else:
        make = {"units": _unit_points, "gini": _gini_points, "quintiles": _quintile_points}
        table = tables.units[settings.data]
        points = tuple(make[settings.inequality_from](settings, table, prices))
    if len(points) < 2 and not prices.is_real:
        raise InputError(
            Problem(
                f"account {settings.name!r} has figures for {len(points)} year(s)",
                expected=f"two years or more from {settings.start} to {settings.end}",
                fix="`gongfu data show NAME` lists the years a variable has.",
            )
        )
    return points if len(points) >= 2 else ()


def _years(settings: AccountSettings, table: UnitTable, prices: Prices, *names: str) -> list[int]:
    window = range(settings.start, settings.end + 1)
    return prices.keep([year for year in table.panel.years(*names) if year in window])


def _unit_points(settings: AccountSettings, table: UnitTable, prices: Prices) -> Iterator[Point]:
    assert settings.population is not None
    panel = table.panel.select(settings.income, settings.population)
    years = _years(settings, table, prices, settings.income, settings.population)
    income = panel.array(settings.income, panel.units, years)
    people = panel.array(settings.population, panel.units, years)
    complete = np.isfinite(income + people).all(axis=1)
    units = [unit for unit, keep in zip(panel.units, complete, strict=True) if keep]
    labels = {
        level: np.array([groups[unit] for unit in units])
        for level, groups in table.levels.items()
        if level in settings.levels
    }
    if len(set(zip(*labels.values(), strict=True))) < len(units):
        labels["unit"] = np.array(units)
    for j, year in enumerate(years):
        level = np.array([prices.level(unit, year) for unit in units])
        snapshot = Snapshot(year, income[complete, j] / level, people[complete, j], labels)
        yield _measured(settings, snapshot)


def _row_points(settings: AccountSettings, rows: RowTable, prices: Prices) -> Iterator[Point]:
    frame = rows.microdata.frame.collect()
    window = range(settings.start, settings.end + 1)
    years = [year for year in frame[rows.year].unique().sort().to_list() if year in window]
    for year in prices.keep(years):
        wave = frame.filter(pl.col(rows.year) == year)
        income = wave[settings.income].cast(pl.Float64).to_numpy() / prices.level("", year)
        design = rows.design(wave)
        levels = {level: wave[level].cast(pl.String).to_numpy() for level in settings.levels}
        yield _measured(settings, Snapshot(year, income, design.weight, levels, design))


def _measured(settings: AccountSettings, snapshot: Snapshot) -> Point:
    mean = math.exp(snapshot.log_mean().value)
    equality = {i: math.exp(snapshot.log_equality(i).value) for i in settings.indices}
    return Point(snapshot.year, mean, equality, snapshot)


def _gini_points(settings: AccountSettings, table: UnitTable, prices: Prices) -> Iterator[Point]:
    assert settings.inequality is not None
    for year in _years(settings, table, prices, settings.income, settings.inequality):
        unit, mean = _only(table, settings.income, year)
        _, index = _only(table, settings.inequality, year)
        yield Point(year, mean / prices.level(unit, year), {"gini": 1.0 - index})


def _quintile_points(
    settings: AccountSettings, table: UnitTable, prices: Prices
) -> Iterator[Point]:
    names = settings.quintile_means
    for year in _years(settings, table, prices, settings.income, *names):
        unit, mean = _only(table, settings.income, year)
        level = prices.level(unit, year)
        incomes = np.array([_only(table, name, year)[1] for name in names]) / level
        snapshot = Snapshot(year, incomes, np.ones(5), {"quintile": np.arange(1, 6)})
        yield Point(year, mean / level, _measured(settings, snapshot).equality, snapshot)


def _only(table: UnitTable, variable: str, year: int) -> tuple[str, float]:
    values = table.panel.at(variable, year)
    if len(values) != 1:
        raise InputError(
            Problem(
                f"{variable} has {len(values)} units in {year}",
                expected="one: a published index or quintile belongs to one population",
                fix="Use inequality_from = 'units' for a table of several units.",
            )
        )
    return next(iter(values.items()))


def _change(settings: AccountSettings, points: tuple[Point, ...], index: Index) -> GrowDivide:
    first, last = points[0], points[-1]
    if settings.inequality_from in {"units", "rows"}:
        assert first.snapshot is not None
        assert last.snapshot is not None
        by = settings.levels[-1] if settings.levels else ""
        return grow_divide(first.snapshot, last.snapshot, index, by, same_units=settings.same_units)
    return GrowDivide(
        index,
        first.year,
        last.year,
        math.log(last.mean / first.mean),
        math.log(last.equality[index] / first.equality[index]),
    )
