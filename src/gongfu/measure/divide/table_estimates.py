"""Estimates of a divide, year by year: means, gaps, Theil's parts, concentration, years behind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from jaxtyping import Bool, Float, Shaped

from gongfu.core import Estimate, InputError, Problem, Uncertainty
from gongfu.core.errors import nearest_name
from gongfu.measure.decomposition import nested_entropy
from gongfu.measure.divide.concentration import Correction, concentration_index
from gongfu.measure.divide.gaps import Gap, group_gaps
from gongfu.measure.divide.lag import TimeLag, years_behind
from gongfu.measure.linearised import Linearised
from gongfu.measure.mean import mean
from gongfu.measure.table_estimates import Speaker

__all__ = ["DivideRows", "divide_estimates"]

_Bounds = tuple[float, float] | None
_Member = Bool[np.ndarray, " row"]


@dataclass(frozen=True, slots=True, eq=False)
class DivideRows:
    """Rows with the names of their groupings.

    Parameters
    ----------
    by : names of the groupings; their labels are the speaker's groups.
    rank, rank_name : what ranks the rows, or none.
    year : of each row, or none.
    """

    speaker: Speaker
    by: tuple[str, ...]
    rank: Float[np.ndarray, " row"] | None
    rank_name: str
    year: Shaped[np.ndarray, " row"] | None

    @classmethod
    def of(
        cls,
        table: pl.DataFrame,
        speaker: Speaker,
        by: tuple[str, ...],
        rank: str | None,
        time: str | None,
    ) -> DivideRows:
        """Return the rows of a table.

        Raises
        ------
        InputError
            If the ranking column or the years do not hold numbers, or one is missing.
        """
        problems = [*_number_problems(table, rank), *_number_problems(table, time)]
        if problems:
            raise InputError(problems)
        return cls(
            speaker,
            by,
            None if rank is None else table[rank].cast(pl.Float64).to_numpy(),
            rank or "",
            None if time is None else table[time].cast(pl.Int64).to_numpy(),
        )

    @property
    def periods(self) -> list[tuple[int | None, _Member]]:
        """Each year with its rows that have a value; without years, all such rows."""
        known = self.speaker.rows.has_income
        if self.year is None:
            return [(self.speaker.year, known)]
        found = [(int(y), known & (self.year == y)) for y in np.unique(self.year)]
        return [(y, member) for y, member in found if member.any()]

    def weight(self, member: _Member) -> Float[np.ndarray, " some_row"]:
        """Return the weights of some rows."""
        weight = self.speaker.rows.weight
        return np.ones(int(member.sum())) if weight is None else weight[member]


def divide_estimates(
    data: DivideRows, reference: str | None, bounds: _Bounds, correction: Correction
) -> Iterator[Estimate]:
    """Yield everything that the rows support, by year and grouping."""
    references = _references(data, reference)
    for year, member in data.periods:
        for place, name in enumerate(data.by):
            yield from _grouping(
                data, place, references[name], bounds=bounds, year=year, member=member
            )
        if data.rank is not None:
            yield _concentration(data, bounds, correction, year, member)
    if data.year is not None:
        for place, name in enumerate(data.by):
            yield from _lags(data, place, references[name])


def _references(data: DivideRows, reference: str | None) -> dict[str, str]:
    """The reference of each grouping: as asked for, or the highest mean of the last year."""
    _, member = data.periods[-1]
    found = {}
    for place, name in enumerate(data.by):
        means = _means(data, place, member)
        if reference is not None and place == 0:
            if reference not in means:
                raise InputError(
                    Problem(
                        f"no group {reference!r} in the last year",
                        column=name,
                        expected=f"one of {', '.join(means)}",
                        fix=nearest_name(reference, list(means)),
                    )
                )
            found[name] = reference
        else:
            found[name] = max(means, key=lambda label: means[label].value)
    return found


def _grouping(
    data: DivideRows,
    place: int,
    reference: str,
    *,
    bounds: _Bounds,
    year: int | None,
    member: _Member,
) -> Iterator[Estimate]:
    speaker, name = data.speaker, data.by[place]
    values, weight = speaker.rows.income[member], data.weight(member)
    labels = speaker.rows.groups[place][member]
    for label, found in _means(data, place, member).items():
        yield _said(
            data, found, member, f"mean by {name}", unit=speaker.unit, year=year, group=label
        )
    if reference in labels and len(np.unique(labels)) > 1:
        for gap in group_gaps(values, labels, weight, reference=reference, bounds=bounds):
            yield from _gap(data, gap, name, year, member)
    if values.max() > 0:
        parts = nested_entropy(values, [labels], weight, alpha=1.0)
        named = (("total", parts.total), ("between", parts.between[0]), ("within", parts.within))
        for part, statistic in named:
            yield _said(data, statistic, member, f"theil {part} {name}", unit="index", year=year)


def _gap(
    data: DivideRows, gap: Gap, name: str, year: int | None, member: _Member
) -> Iterator[Estimate]:
    parts = (
        ("difference", gap.difference, data.speaker.unit),
        ("ratio", gap.ratio, "ratio"),
        ("log-odds", gap.log_odds, "log-odds"),
    )
    for kind, statistic, unit in parts:
        if statistic is not None:
            found = _said(
                data, statistic, member, f"{kind} by {name}", unit=unit, year=year, group=gap.group
            )
            yield found.replace(note=f"compared with {gap.reference}")


def _concentration(
    data: DivideRows,
    bounds: _Bounds,
    correction: Correction,
    year: int | None,
    member: _Member,
) -> Estimate:
    assert data.rank is not None
    found = concentration_index(
        data.speaker.rows.income[member],
        data.rank[member],
        data.weight(member),
        correction=correction,
        bounds=bounds,
    )
    kind = "" if correction == "none" else f", {correction}"
    unit = data.speaker.unit if correction == "generalised" else "index -1 to 1"
    measure = f"concentration index by {data.rank_name}{kind}"
    return _said(data, found, member, measure, unit=unit, year=year)


def _lags(data: DivideRows, place: int, reference: str) -> Iterator[Estimate]:
    periods = [(float(year), member) for year, member in data.periods if year is not None]
    means = {year: _in_all(data, place, member) for year, member in periods}
    leader = {year: found[reference] for year, found in means.items() if reference in found}
    last = periods[-1][0]
    years = np.array(list(leader))
    history = np.array([one.value for one in leader.values()])
    for label, found in means[last].items():
        if label != reference:
            lag = years_behind(found.value, last, years, history)
            yield _lag(
                data,
                lag,
                follower=found,
                leader=leader,
                label=label,
                name=data.by[place],
                reference=reference,
                last=last,
            )


def _lag(
    data: DivideRows,
    lag: TimeLag,
    *,
    follower: Linearised,
    leader: Mapping[float, Linearised],
    label: str,
    name: str,
    reference: str,
    last: float,
) -> Estimate:
    everyone = np.ones(len(data.speaker.rows.income), dtype=bool)
    against = f"compared with {reference}"
    if lag.between is not None:
        start, end = lag.between
        step = (follower - leader[start]) / (leader[end] - leader[start])
        found = _said(
            data, last - start - step * (end - start), everyone, f"years behind by {name}",
            unit="years", year=int(last), group=label,
        )  # fmt: skip
        return found.replace(note=against)
    note = f"at least {lag.at_least:g} years, {against}" if lag.at_least is not None else against
    population = Uncertainty.NOT_PUBLISHED if data.speaker.population else Uncertainty.UNKNOWN
    return Estimate(
        measure=f"years behind by {name}",
        value=np.nan if lag.years is None else lag.years,
        unit="years",
        convention=_CONVENTION,
        evidence=data.speaker.evidence,
        uncertainty=population,
        year=int(last),
        group=label,
        note=note,
    )


_CONVENTION = (
    "weighted means; Theil's index split by group; mid-interval ranks; "
    "time lag on the leader's own history"
)


def _means(data: DivideRows, place: int, member: _Member) -> dict[str, Linearised]:
    """Mean of each group, as statistics of the rows ``member``."""
    labels = data.speaker.rows.groups[place][member]
    values, weight = data.speaker.rows.income[member], data.weight(member)
    return {
        str(label): mean(values[labels == label], weight[labels == label]).in_domain(
            labels == label
        )
        for label in np.unique(labels.astype(np.str_))
    }


def _in_all(data: DivideRows, place: int, member: _Member) -> dict[str, Linearised]:
    return {label: found.in_domain(member) for label, found in _means(data, place, member).items()}


def _said(
    data: DivideRows,
    statistic: Linearised,
    member: _Member,
    measure: str,
    *,
    unit: str,
    year: int | None,
    group: str | None = None,
) -> Estimate:
    found = data.speaker.estimate(
        statistic, member, measure=measure, unit=unit, convention=_CONVENTION, group=group
    )
    return found.replace(year=year)


def _number_problems(table: pl.DataFrame, name: str | None) -> Iterator[Problem]:
    if name is None:
        return
    column = table[name]
    if not column.dtype.is_numeric():
        yield Problem(
            "the column does not hold numbers", column=name, found=f"column type {column.dtype}"
        )
    elif column.has_nulls() or not column.cast(pl.Float64).is_finite().all():
        bad = int((~column.cast(pl.Float64).is_finite().fill_null(False)).arg_true()[0])
        yield Problem("a value is missing", expected="a number", row=bad + 2, column=name)
