"""Access of dataframes: places of demand, places of supply, and the ways between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from jaxtyping import Float, Int
from narwhals.typing import IntoFrame

from gongfu.core import InputError, Problem
from gongfu.core.errors import nearest_name
from gongfu.core.panel import as_polars
from gongfu.data.plain_text import plain
from gongfu.measure.access.decay import Decay, decay_weights
from gongfu.measure.access.floating import (
    CatchmentAccess,
    Method,
    floating_catchment,
    opportunities,
)
from gongfu.measure.access.reach import Reach, reach_by_distance, reach_from_table
from gongfu.measure.gini import gini

__all__ = ["AccessTable", "Places", "access"]


@dataclass(frozen=True, slots=True)
class Places:
    """Columns of a table of places.

    Parameters
    ----------
    key : identity of each place.
    amount : people, or capacity.
    longitude, latitude : degrees east and north; not needed with a table of travel times.
    """

    key: str = "id"
    amount: str = "people"
    longitude: str = "longitude"
    latitude: str = "latitude"


@dataclass(frozen=True, slots=True, eq=False)
class AccessTable:
    """Access of every place and its summary.

    Parameters
    ----------
    places : one row a place of demand: ``id``, ``people``, ``access`` (supply per person),
        ``nearest`` (``unit``; null where none is in reach) and ``in_reach`` (supply in reach).
    found : the arrays behind it.
    unit : of travel: ``km`` or ``minutes``.
    convention : method, catchment and decay, in words.
    """

    places: pl.DataFrame
    found: CatchmentAccess
    unit: str
    convention: str

    @property
    def summary(self) -> dict[str, float | None]:
        """What can be said of all people together; shares 0-1."""
        people = self.places["people"].to_numpy()
        access, total = self.found.access, float(people.sum())
        counted = people > 0
        mean = float(np.sum(people * access)) / total
        is_shared = mean > 0 and counted.sum() > 1
        return {
            "people": total,
            "mean_access": mean,
            "gini": gini(access[counted], people[counted]).value if is_shared else None,
            "unserved_share": float(people[~self.found.is_served].sum()) / total,
            "supply_in_reach": self.found.supply_in_reach,
            "supply_unreached_places": float(np.count_nonzero(~self.found.is_used)),
            "conservation_gap": self.found.conservation_gap,
        }

    def to_dict(self) -> dict[str, Any]:
        """Return full-precision JSON values; access is supply per person."""
        return {
            "convention": self.convention,
            "travel_unit": self.unit,
            "evidence": "observed",
            "uncertainty": "no published error",
            "summary": self.summary,
            "places": self.places.to_dicts(),
        }


def access(
    demand: IntoFrame,
    supply: IntoFrame,
    catchment: float,
    *,
    demand_columns: Places = Places(),
    supply_columns: Places = Places(amount="capacity"),
    times: IntoFrame | None = None,
    method: Method = "2sfca",
    decay: Decay = "none",
    steps: Sequence[tuple[float, float]] = (),
) -> AccessTable:
    """Return the access of places of demand to places of supply.

    Parameters
    ----------
    demand : one row a place with people, at least 0.
    supply : one row a place with capacity, at least 0.
    catchment : largest distance in km, or largest travel time in minutes with ``times``.
    demand_columns, supply_columns : names of their columns.
    times : table with columns ``demand``, ``supply`` and ``minutes``; pairs not listed are out of
        reach. Without it distances are great circles.
    method, decay, steps : see ``floating_catchment`` and ``decay_weights``.

    Raises
    ------
    InputError
        With every problem of the tables.
    """
    here, there = as_polars(demand), as_polars(supply)
    with_ways = times is None
    problems = [
        *_place_problems("demand", here, demand_columns, with_ways),
        *_place_problems("supply", there, supply_columns, with_ways),
    ]
    if problems:
        raise InputError(problems)
    reach = (
        reach_by_distance(_where(here, demand_columns), _where(there, supply_columns), catchment)
        if times is None
        else _listed(here[demand_columns.key], there[supply_columns.key], times, catchment)
    )
    weight = decay_weights(reach.travel, catchment, decay, steps=steps)
    people, capacity = _floats(here[demand_columns.amount]), _floats(there[supply_columns.amount])
    found = floating_catchment(people, capacity, reach, weight, method)
    zones = f" ({', '.join(f'{end:g}: {one:g}' for end, one in steps)})" if steps else ""
    return AccessTable(
        pl.DataFrame(
            {
                "id": here[demand_columns.key].cast(pl.String),
                "people": people,
                "access": found.access,
                "nearest": pl.Series(reach.nearest).replace({float("inf"): None}),
                "in_reach": opportunities(capacity, reach, weight),
            }
        ),
        found,
        reach.unit,
        f"{method}, catchment {catchment:g} {reach.unit}, decay {decay}{zones}",
    )


def _listed(here: pl.Series, there: pl.Series, times: IntoFrame, catchment: float) -> Reach:
    table = as_polars(times)
    missing = [name for name in ("demand", "supply", "minutes") if name not in table.columns]
    if missing:
        raise InputError(
            Problem(
                f"the travel times have no column {name!r}",
                expected="columns demand, supply and minutes",
                fix=nearest_name(name, table.columns),
            )
            for name in missing
        )
    if not table["minutes"].dtype.is_numeric():
        raise InputError(Problem("minutes must be numbers", column="minutes"))
    left, right = _positions(table["demand"], here), _positions(table["supply"], there)
    problems = [
        *_unknown("demand", table["demand"], left),
        *_unknown("supply", table["supply"], right),
    ]
    if problems:
        raise InputError(problems)
    return reach_from_table(
        left,
        right,
        _floats(table["minutes"]),
        demands=len(here),
        supplies=len(there),
        catchment=catchment,
    )


def _positions(wanted: pl.Series, known: pl.Series) -> Int[np.ndarray, " pair"]:
    keys = known.cast(pl.String).to_numpy().astype(np.str_)
    order = np.argsort(keys)
    names = wanted.cast(pl.String).fill_null("").to_numpy().astype(np.str_)
    place = np.minimum(np.searchsorted(keys, names, sorter=order), len(keys) - 1)
    return np.where(keys[order[place]] == names, order[place], -1)


def _unknown(kind: str, wanted: pl.Series, found: Int[np.ndarray, " pair"]) -> Iterator[Problem]:
    bad = np.flatnonzero(found < 0)
    if len(bad):
        yield Problem(
            f"travel times name places that are not in the table of {kind} ({len(bad)} rows)",
            found=plain(str(wanted[int(bad[0])]), 40),
            row=int(bad[0]) + 2,
            column=kind,
        )


def _place_problems(
    kind: str, table: pl.DataFrame, columns: Places, with_ways: bool
) -> Iterator[Problem]:
    numbers = [columns.amount, *((columns.longitude, columns.latitude) if with_ways else ())]
    for name in (columns.key, *numbers):
        if name not in table.columns:
            yield Problem(
                f"the table of {kind} has no column {name!r}",
                expected=plain(f"one of {', '.join(table.columns)}"),
                fix=nearest_name(name, table.columns),
            )
    if table.is_empty():
        yield Problem(f"the table of {kind} has no row")
    for name in numbers:
        if name in table.columns:
            yield from _number_problems(kind, table[name])
    if columns.key in table.columns:
        keys = table[columns.key]
        if keys.has_nulls() or keys.n_unique() < len(keys):
            yield Problem(
                f"places of {kind} stand twice or have no identity",
                column=columns.key,
                fix="One row a place; add up the rows of a place first.",
            )


def _number_problems(kind: str, column: pl.Series) -> Iterator[Problem]:
    if not column.dtype.is_numeric():
        found = f"column type {column.dtype}"
        yield Problem(f"a column of {kind} holds no numbers", column=column.name, found=found)
    elif column.null_count() or not column.cast(pl.Float64).is_finite().all():
        bad = (~column.cast(pl.Float64).is_finite().fill_null(False)).arg_true()
        yield Problem(
            f"{len(bad)} numbers of {kind} are missing",
            row=int(bad[0]) + 2,
            column=column.name,
            fix="Leave these places out and say so.",
        )


def _where(
    table: pl.DataFrame, columns: Places
) -> tuple[Float[np.ndarray, " place"], Float[np.ndarray, " place"]]:
    return _floats(table[columns.longitude]), _floats(table[columns.latitude])


def _floats(column: pl.Series) -> Float[np.ndarray, " place"]:
    return column.cast(pl.Float64).to_numpy()
