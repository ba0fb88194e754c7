"""Regions by years: the one table every part of gongfu reads and writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import narwhals as nw
import numpy as np
import polars as pl
from jaxtyping import Float
from narwhals.typing import IntoFrame

from gongfu.core.errors import InputError, Problem, nearest_name
from gongfu.core.evidence import Evidence
from gongfu.core.variable import Variable

__all__ = ["PANEL_COLUMNS", "Panel"]

PANEL_COLUMNS: Mapping[str, pl.DataType] = MappingProxyType(
    {
        "unit": pl.String(),
        "year": pl.Int32(),
        "variable": pl.String(),
        "value": pl.Float64(),
        "evidence": pl.String(),
        "note": pl.String(),
    }
)
"""Columns of a panel: region code, year, variable name, value in the variable's unit, evidence
tag, provenance note (empty when there is nothing to say)."""


@dataclass(frozen=True, slots=True)
class Panel:
    """Values by unit (region, zone, city), year and variable, one row a value.

    Parameters
    ----------
    frame : the columns of ``PANEL_COLUMNS``; missing values have no row.
    variables : dictionary entries of the variables in the frame.
    labels : name of each unit by language, ``{"zh": {"51": "四川"}, "en": {"51": "Sichuan"}}``.

    Raises
    ------
    InputError
        If a column is missing, a cell stands twice or a value is not finite.

    Notes
    -----
    Real yearbooks and simulated yearbooks have this one form, so a measure cannot tell them apart
    except by the evidence tag of the cells.
    """

    frame: pl.DataFrame
    variables: Mapping[str, Variable] = field(default_factory=dict)
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        missing = [name for name in PANEL_COLUMNS if name not in self.frame.columns]
        if missing:
            raise InputError(f"a panel needs the columns {list(PANEL_COLUMNS)}, missing {missing}")
        frame = self.frame.select(pl.col(name).cast(dtype) for name, dtype in PANEL_COLUMNS.items())
        _refuse_bad_cells(frame)
        object.__setattr__(self, "frame", frame.sort("variable", "unit", "year"))
        object.__setattr__(self, "variables", MappingProxyType(dict(self.variables)))

    @classmethod
    def from_wide(
        cls,
        frame: IntoFrame,
        *,
        unit: str,
        year: str,
        variables: Mapping[str, Variable] | None = None,
        evidence: Evidence = Evidence.OBSERVED,
    ) -> Panel:
        """Return a panel from any dataframe with one column per variable.

        Parameters
        ----------
        frame : pandas, Polars, Arrow or any frame that narwhals reads.
        unit, year : names of its region and year columns; all other columns are variables.
        """
        wide = as_polars(frame)
        names = [name for name in wide.columns if name not in (unit, year)]
        long = (
            wide.rename({unit: "unit", year: "year"})
            .unpivot(names, index=["unit", "year"])
            .drop_nulls("value")
            .with_columns(evidence=pl.lit(evidence.value), note=pl.lit(""))
        )
        return cls(long, variables or {})

    @property
    def units(self) -> list[str]:
        """Region codes in ascending order."""
        return sorted(self.frame["unit"].unique().to_list())

    @property
    def names(self) -> list[str]:
        """Variables that have at least one value."""
        return sorted(self.frame["variable"].unique().to_list())

    def years(self, *variables: str) -> list[int]:
        """Return the years in which *every* named variable has at least one value."""
        wanted = variables or tuple(self.names)
        by_variable = (set(self._rows(name)["year"].to_list()) for name in wanted)
        return sorted(set.intersection(*by_variable)) if wanted else []

    def select(self, *variables: str) -> Panel:
        """Return the panel of the named variables only."""
        for name in variables:
            self._require(name)
        return self._with(self.frame.filter(pl.col("variable").is_in(variables)))

    def until(self, year: int) -> Panel:
        """Return the panel without any figure after ``year`` (the cut a backcast sees)."""
        return self._with(self.frame.filter(pl.col("year") <= year))

    def at(self, variable: str, year: int) -> dict[str, float]:
        """Return ``{unit: value}`` of one variable in one year."""
        rows = self._rows(variable).filter(pl.col("year") == year)
        return dict(zip(rows["unit"].to_list(), rows["value"].to_list(), strict=True))

    def array(
        self, variable: str, units: Sequence[str], years: Sequence[int]
    ) -> Float[np.ndarray, "unit year"]:
        """Return values as an array; a missing cell is NaN."""
        out = np.full((len(units), len(years)), np.nan)
        row = {unit: i for i, unit in enumerate(units)}
        column = {year: j for j, year in enumerate(years)}
        for unit, year, value in self._rows(variable).select("unit", "year", "value").iter_rows():
            if unit in row and year in column:
                out[row[unit], column[year]] = value
        return out

    def wide(self, *variables: str) -> pl.DataFrame:
        """Return one row per unit and year and one column per variable."""
        rows = self.select(*variables).frame if variables else self.frame
        wide = rows.pivot("variable", index=["unit", "year"], values="value")
        return wide.select("unit", "year", *(variables or self.names)).sort("unit", "year")

    def join(self, *others: Panel) -> Panel:
        """Return the union of panels; a cell may stand in one of them only."""
        parts = [self, *others]
        variables = {k: v for part in parts for k, v in part.variables.items()}
        labels = {k: v for part in parts for k, v in part.labels.items()}
        return Panel(pl.concat([part.frame for part in parts]), variables, labels)

    def label(self, unit: str, language: str) -> str:
        """Return a unit's name in ``zh`` or ``en``, or its code when it has none."""
        return self.labels.get(language, {}).get(unit, unit)

    def __repr__(self) -> str:
        years = self.years() if len(self.names) == 1 else self.frame["year"].unique().to_list()
        span = f"{min(years)}-{max(years)}" if years else "no years"
        size = f"{len(self.names)} variables, {self.frame.height} values"
        return f"Panel({len(self.units)} units, {span}, {size})"

    def _with(self, frame: pl.DataFrame) -> Panel:
        return Panel(frame, self.variables, self.labels)

    def _require(self, variable: str) -> None:
        if variable not in self.names:
            raise InputError(
                Problem(
                    f"no variable {variable!r} in this panel",
                    fix=nearest_name(variable, self.names),
                )
            )

    def _rows(self, variable: str) -> pl.DataFrame:
        self._require(variable)
        return self.frame.filter(pl.col("variable") == variable)


def as_polars(frame: IntoFrame) -> pl.DataFrame:
    """Return any dataframe (pandas, Polars eager or lazy, Arrow ...) as an eager Polars frame."""
    native = nw.from_native(frame)
    collected = native.collect() if isinstance(native, nw.LazyFrame) else native
    return collected.to_polars()


def _refuse_bad_cells(frame: pl.DataFrame) -> None:
    problems = [*_repeated_cells(frame), *_not_finite(frame)]
    if problems:
        raise InputError(problems)


def _repeated_cells(frame: pl.DataFrame) -> Iterable[Problem]:
    repeated = frame.group_by("unit", "year", "variable").len().filter(pl.col("len") > 1)
    for row in repeated.sort("unit", "year", "variable").iter_rows(named=True):
        yield Problem(
            f"{row['variable']} of {row['unit']} in {row['year']} stands {row['len']} times",
            expected="one value per unit, year and variable",
            fix="Keep one of them.",
        )


def _not_finite(frame: pl.DataFrame) -> Iterable[Problem]:
    bad: dict[str, Any]
    wrong = pl.col("value").is_null() | ~pl.col("value").is_finite()
    for bad in frame.filter(wrong).iter_rows(named=True):
        yield Problem(
            f"{bad['variable']} of {bad['unit']} in {bad['year']} is not a number",
            expected="a finite value",
            found=str(bad["value"]),
            fix="Leave a missing value out.",
        )
