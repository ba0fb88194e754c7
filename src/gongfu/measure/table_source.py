"""From a frame and the names of its columns to rows that estimates can be made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import narwhals as nw
import polars as pl
from narwhals.typing import IntoFrame

from gongfu.core import Evidence, InputError, Microdata, Problem
from gongfu.measure.design import Lonely
from gongfu.measure.table_estimates import Speaker
from gongfu.measure.table_result import Backend
from gongfu.measure.table_rows import Columns, Rows, read_rows, select_columns

__all__ = [
    "Source",
    "confidence_problems",
    "design_columns",
    "evidence_of",
    "missing_note",
    "missing_words",
    "open_source",
]


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """The columns in use, read into memory.

    Parameters
    ----------
    table : the named columns.
    columns : which of them plays which part.
    evidence : what the rows are.
    backend : library of the frame that came in.
    """

    table: pl.DataFrame
    columns: Columns
    evidence: Evidence
    backend: Backend

    def speaker(
        self,
        *,
        confidence: float,
        lonely: Lonely,
        population: bool,
        unit: str | None,
        year: int | None,
        price_base: str | None,
    ) -> Speaker:
        """Return the rows with everything that their estimates say.

        Raises
        ------
        InputError
            With every faulty cell, or the strata that have a single PSU.
        """
        return Speaker(
            rows=read_rows(self.table, self.columns, lonely),
            confidence=confidence,
            population=population,
            evidence=self.evidence,
            unit=unit or f"currency of {self.columns.income}",
            year=year,
            price_base=price_base,
        )


def open_source(frame: IntoFrame | Microdata, given: Columns, *, population: bool) -> Source:
    """Return the named columns of a frame; ``Microdata`` brings its own weight and design.

    Raises
    ------
    InputError
        If a column is missing, simulated rows stand beside others, or the frame has replicate
        weights.
    """
    columns = design_columns(frame, given)
    native = frame.frame if isinstance(frame, Microdata) else frame
    table, backend = select_columns(native, columns)
    return Source(table, columns, evidence_of(frame, population), backend)


def design_columns(frame: IntoFrame | Microdata, given: Columns) -> Columns:
    """Return the columns named, and those of the design that ``Microdata`` names itself."""
    if not isinstance(frame, Microdata):
        return given
    if frame.replicate_weights:
        raise InputError(
            Problem(
                "replicate weights need the scheme they were made with",
                fix="Use gongfu.measure.replicates.replicate_standard_error.",
            )
        )
    return Columns(
        given.income,
        given.weight or frame.weight,
        given.strata or frame.strata,
        given.psu or frame.psu,
        given.by,
        given.groups,
    )


def confidence_problems(confidence: float) -> Iterator[Problem]:
    """Yield what is wrong with the coverage of intervals."""
    if not 0 < confidence < 1:
        yield Problem("confidence lies between 0 and 1", found=f"{confidence:g}")


def missing_note(rows: Rows, income: str) -> Iterator[str]:
    """Yield a sentence that counts the rows left out, if there are any."""
    yield from missing_words(rows.missing, len(rows.income), income)


def missing_words(missing: int, rows: int, income: str) -> Iterator[str]:
    """Yield a sentence that counts ``missing`` of ``rows`` rows, if there are any."""
    if missing:
        yield (
            f"{missing} of {rows} rows have no {income} and are left out; "
            "if they differ from the others, the estimates are biased."
        )


def evidence_of(frame: IntoFrame | Microdata, population: bool) -> Evidence:
    """Return what the rows are, by their own tag where they have one."""
    if isinstance(frame, Microdata):
        return frame.evidence
    tags = _tags(frame)
    if Evidence.SIMULATED in tags and len(tags) > 1:
        raise InputError(
            Problem(
                "simulated rows stand beside others",
                column="evidence",
                found=", ".join(sorted(tags)),
                fix="Measure them apart: simulated values are never mixed with others.",
            )
        )
    if Evidence.SIMULATED in tags:
        return Evidence.SIMULATED
    return Evidence.OBSERVED if population else Evidence.ESTIMATED


def _tags(frame: IntoFrame) -> set[str]:
    """Return what a column ``evidence``, as our own tables have it, says of the rows."""
    found = nw.from_native(frame)
    if "evidence" not in found.collect_schema().names():
        return set()
    rows = found.lazy().select("evidence").unique().collect("polars")
    return {str(tag) for tag in rows["evidence"].to_list()}
