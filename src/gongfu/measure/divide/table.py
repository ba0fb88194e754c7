"""The digital divide in a dataframe: gaps by group, concentration by income, years behind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from narwhals.typing import IntoFrame

from gongfu.core import Estimate, Evidence, InputError, Problem
from gongfu.core.errors import nearest_name
from gongfu.measure.amount_columns import amount_problems
from gongfu.measure.design import Lonely
from gongfu.measure.divide.concentration import CORRECTIONS, Correction
from gongfu.measure.divide.table_estimates import DivideRows, divide_estimates
from gongfu.measure.table_estimates import Speaker
from gongfu.measure.table_rows import Columns, read_rows, select_columns

__all__ = ["DivideTable", "divide"]


_NOT_NEGATIVE = "Turn a measure of lack around, or leave these rows out and say so."


@dataclass(frozen=True, slots=True, eq=False)
class DivideTable:
    """Estimates of one divide.

    Parameters
    ----------
    outcome : column of access, use or benefit.
    design : how the rows were sampled, in words.
    estimates : by year, then by grouping; ``group`` is the group, ``note`` what it is compared
        with.
    warnings : what a reader must know.
    """

    outcome: str
    design: str
    estimates: tuple[Estimate, ...]
    warnings: tuple[str, ...] = ()

    def find(self, measure: str, group: str | None = None, year: int | None = None) -> Estimate:
        """Return one estimate by its measure, group and year.

        Raises
        ------
        InputError
            If there is none.
        """
        for one in self.estimates:
            if (one.measure, one.group) == (measure, group) and year in (None, one.year):
                return one
        known = sorted({one.measure for one in self.estimates})
        raise InputError(
            Problem(
                f"no estimate {measure!r} of {group or 'all rows'}",
                fix=nearest_name(measure, known),
            )
        )

    def to_dict(self) -> dict[str, Any]:
        """Return full-precision JSON values."""
        return {
            "outcome": self.outcome,
            "design": self.design,
            "estimates": [one.to_dict() for one in self.estimates],
            "warnings": list(self.warnings),
        }


def divide(
    frame: IntoFrame,
    outcome: str,
    *,
    by: str | Sequence[str] = (),
    rank: str | None = None,
    reference: str | None = None,
    time: str | None = None,
    weight: str | None = None,
    strata: str | None = None,
    psu: str | None = None,
    bounds: tuple[float, float] | None = None,
    correction: Correction = "none",
    confidence: float = 0.95,
    lonely: Lonely = "error",
    population: bool = False,
    unit: str | None = None,
    year: int | None = None,
) -> DivideTable:
    """Return how unequally an access, use or benefit is spread, with standard errors.

    Parameters
    ----------
    frame : pandas, Polars, Arrow or any frame narwhals reads; one row a person, household or (for
        published figures) a region.
    outcome : column of access, use or benefit, at least 0. Rows without one are left out.
    by : columns whose groups are compared, such as area, region or age group. Each gives means,
        gaps behind the reference group, and Theil's index within and between the groups.
    rank : column that ranks the rows, such as income: gives the concentration index.
    reference : group of the first ``by`` column that the others are compared with; none takes
        the group with the highest mean (of the last year).
    time : column of years: everything by year, and the years each group is behind.
    weight, strata, psu, lonely : of the sampling design, as for ``inequality``. For published
        figures of regions the weight is their population.
    bounds : lowest and highest possible outcome, such as (0, 1): gives log-odds and allows the
        corrections ``wagstaff`` and ``erreygers``.
    correction : of the concentration index.
    population : true when the rows are published figures or all there are: no sampling error.
    unit, year : of the outcome, for the printed result.

    Raises
    ------
    InputError
        With every problem of the columns and arguments.
    """
    groups = (by,) if isinstance(by, str) else tuple(by)
    more = tuple(name for name in (rank, time) if name is not None)
    columns = Columns(outcome, weight, strata, psu, None, groups)
    problems = [*_problems(groups, rank, confidence, correction, bounds)]
    if problems:
        raise InputError(problems)
    wanted = Columns(outcome, weight, strata, psu, None, (*groups, *more))
    table, _ = select_columns(frame, wanted)
    problems = [*amount_problems(table[outcome], _NOT_NEGATIVE)]
    if problems:
        raise InputError(problems)
    rows = read_rows(table, columns, lonely)
    speaker = Speaker(
        rows=rows,
        confidence=confidence,
        population=population,
        evidence=Evidence.OBSERVED if population else Evidence.ESTIMATED,
        unit=unit or f"unit of {outcome}",
        year=year,
        price_base=None,
    )
    data = DivideRows.of(table, speaker, groups, rank, time)
    estimates = divide_estimates(data, reference, bounds, correction)
    return DivideTable(outcome, speaker.design_words, tuple(estimates), tuple(_warnings(data)))


def _problems(
    groups: tuple[str, ...],
    rank: str | None,
    confidence: float,
    correction: str,
    bounds: tuple[float, float] | None,
) -> Iterator[Problem]:
    if not groups and rank is None:
        yield Problem(
            "there is nothing to compare",
            fix="Name columns of groups (by) or a column that ranks the rows (rank).",
        )
    if not 0 < confidence < 1:
        yield Problem("confidence lies between 0 and 1", found=f"{confidence:g}")
    if bounds is not None and not bounds[0] < bounds[1]:
        yield Problem("bounds go from low to high", found=f"{bounds[0]:g} to {bounds[1]:g}")
    if correction not in CORRECTIONS:
        yield Problem(
            f"no correction {correction!r}",
            expected=f"one of {', '.join(CORRECTIONS)}",
            fix=nearest_name(correction, CORRECTIONS),
        )


def _warnings(data: DivideRows) -> Iterator[str]:
    rows = data.speaker.rows
    if rows.missing:
        yield (
            f"{rows.missing} of {len(rows.income)} rows have no value and are left out; "
            "if they differ from the others, the gaps are biased."
        )
