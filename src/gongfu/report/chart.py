"""A chart as a value: what is drawn, in words and numbers, before any renderer touches it.

The same specification is drawn for print, read by the browser and kept as JSON beside each figure.
It names colours by their meaning (gain, loss, cannot tell) and leaves their looks to the renderer.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from gongfu.core import Evidence, InputError, Problem, Uncertainty

__all__ = [
    "SCHEMA",
    "Axis",
    "Chart",
    "ReferenceLine",
    "Role",
    "Series",
    "Shade",
    "Twin",
    "Value",
]

SCHEMA = "gongfu/chart/1"

Value = str | float | int | None
Format = Literal[
    "text",
    "year",
    "count",
    "yuan",
    "index",
    "ratio",
    "log_percent",
    "log_points",
    "effect",
    "share",
]
"""How a value is printed. ``log_percent``: a log change shown as the percentage it means.
``effect``: a difference in the unit stated, with its sign. ``share``: 0-1 shown in percent."""
Mark = Literal["line", "point", "path", "bar", "step", "dot", "tile", "range"]
Role = Literal["gain", "loss", "neutral", "total", "first", "second", "third", "fourth", "fifth"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """A quantity: the label, unit, year and prices that an axis, colour or table column shows.

    Parameters
    ----------
    key : name of the value in the rows of the series.
    label, unit : in the chart's language.
    format : how its values are printed.
    year : the year or span the values speak of, where it is not a value itself.
    price_base : for money, and for changes of money.
    low, high : the range drawn, where the renderer should not choose it.
    of : the column of the result document that it shows, as the last part of a path.
    """

    key: str
    label: str
    unit: str
    format: Format
    year: str = ""
    price_base: str = ""
    low: float | None = None
    high: float | None = None
    of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Marks of one kind and meaning.

    Parameters
    ----------
    rows : one mapping a mark; its keys are the keys of the axes, and ``label``, ``role``, ``text``
        or ``hatched`` where a mark has its own; ``row_path`` or ``paths`` say which numbers of the
        result document they are (see :func:`gongfu.report.charts.frame.twin_of`).
    """

    key: str
    label: str
    mark: Mark
    role: Role
    rows: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceLine:
    """A straight line ``y = intercept + slope * x``, or ``x = intercept`` when ``vertical``.

    ``short`` is the label where a longer one of its kind has been read already.
    """

    intercept: float
    slope: float = 0.0
    vertical: bool = False
    label: str = ""
    short: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shade:
    """A shaded rectangle; an open side (None) reaches the edge of the chart."""

    label: str
    x_low: float | None = None
    x_high: float | None = None
    y_low: float | None = None
    y_high: float | None = None


@dataclass(frozen=True, slots=True)
class Twin:
    """The chart as a table: every number drawn, with label and unit of each column.

    Parameters
    ----------
    paths : in the shape of ``rows``, which number of the result document each cell is; empty for
        one that is none. None at all where nothing is known of the cells.
    """

    columns: tuple[Axis, ...]
    rows: tuple[tuple[Value, ...], ...]
    paths: tuple[tuple[str, ...], ...] = ()

    def __post_init__(self) -> None:
        if self.paths:
            shape, wanted = ([len(row) for row in part] for part in (self.paths, self.rows))
            assert shape == wanted, "a table twin has a path for every cell or none at all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One chart in one language.

    Parameters
    ----------
    kind : which renderer draws it, such as ``plane`` or ``tiles``.
    key : file name without ending.
    title : the finding, as a sentence.
    subtitle : what is shown: quantity, unit, years, prices.
    axes : by channel: ``x``, ``y``, ``colour``.
    twin : the same numbers as a table.
    source, evidence_text, uncertainty_text : printed below the chart.
    version_line : data vintage, version and hash.
    alt : the chart in one sentence, for those who do not see it.
    note : how to read it, or nothing.

    Raises
    ------
    InputError
        If a quantity has no unit, money has no price base, or a text that every chart needs is
        empty. All problems at once.
    """

    kind: str
    key: str
    language: str
    title: str
    subtitle: str
    axes: Mapping[str, Axis]
    series: tuple[Series, ...]
    twin: Twin
    source: str
    evidence: Evidence
    evidence_text: str
    uncertainty: Uncertainty
    uncertainty_text: str
    version_line: str
    alt: str
    references: tuple[ReferenceLine, ...] = ()
    shades: tuple[Shade, ...] = ()
    note: str = ""
    schema: str = SCHEMA

    def __post_init__(self) -> None:
        problems = [*self._missing_texts(), *self._missing_units()]
        if problems:
            raise InputError(problems)

    def series_of(self, key: str) -> Series:
        """Return the series with this key."""
        return next(series for series in self.series if series.key == key)

    @property
    def evidence_line(self) -> str:
        """Where the numbers come from, how they came to be, and how sure they are."""
        stop = "。" if self.language == "zh" else ". "
        return f"{self.source}{stop}{self.evidence_text}{stop}{self.uncertainty_text}".strip()

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON values of full precision; what is not a number is null.

        Which numbers of the result document it shows stands in the twin only, and briefly: a row
        has one path, to which a column adds what it is ``of``, or a path for every cell.
        """
        plain: dict[str, Any] = _without_nan(asdict(self))
        for axis in plain["axes"].values():
            del axis["of"]
        for row in (row for series in plain["series"] for row in series["rows"]):
            row.pop("row_path", None)
            row.pop("paths", None)
        plain["twin"]["paths"] = [_brief(row, self.twin.columns) for row in self.twin.paths]
        return plain

    def to_json(self) -> str:
        """Return the specification as text, the same for the same chart."""
        return json.dumps(
            self.to_dict(), ensure_ascii=False, allow_nan=False, sort_keys=True, indent=1
        )

    def _missing_texts(self) -> Iterator[Problem]:
        for name in (
            "title",
            "subtitle",
            "source",
            "evidence_text",
            "uncertainty_text",
            "version_line",
            "alt",
        ):
            if not getattr(self, name).strip():
                yield Problem(f"chart {self.key} has no {name}", fix="Every chart shows it.")

    def _missing_units(self) -> Iterator[Problem]:
        for axis in (*self.axes.values(), *self.twin.columns):
            if axis.format != "text" and not axis.unit:
                yield Problem(f"chart {self.key}: {axis.key!r} has no unit", fix="Say its unit.")
            if axis.format == "yuan" and not axis.price_base:
                fix = "Say the prices the money is counted in."
                yield Problem(f"chart {self.key}: {axis.key!r} has no price base", fix=fix)


def _brief(paths: Sequence[str], columns: Sequence[Axis]) -> str | list[str]:
    """Return the path of the row where its cells have that path and what their columns are of."""
    cells = [pair for pair in zip(paths, columns, strict=True) if pair[0]]
    rows = {path.rpartition("/")[0] for path, _ in cells}
    is_one_row = len(rows) == 1 and all(path.endswith(f"/{column.of}") for path, column in cells)
    return rows.pop() if is_one_row else list(paths)


def _without_nan(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {key: _without_nan(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_without_nan(item) for item in value]
    return value
