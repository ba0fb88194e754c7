"""A three-line regression table as a value: every cell formatted, ready for any kind of file."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from gongfu.report.catalogue import has_text, text
from gongfu.report.catalogue.numbers import count, decimals, rounded
from gongfu.report.regression.conventions import convention_text

__all__ = ["Cell", "RegressionTable", "Row", "regression_table"]

_STARS = ((0.01, "***"), (0.05, "**"), (0.1, "*"))
_MARKS = ("entity", "time", "region_year", "trends", "controls")
_LEAST_PLACES, _MOST_PLACES = 3, 6


@dataclass(frozen=True, slots=True)
class Cell:
    """One estimate: as shown, as a number, and where it stands in a result document, if in one.

    Parameters
    ----------
    path, error_path : of the estimate and of its error there.
    """

    estimate: str = ""
    error: str = ""
    stars: str = ""
    value: float | None = None
    standard_error: float | None = None
    path: str = ""
    error_path: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One regressor across all columns."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class RegressionTable:
    """A table ready to be set: heads, estimates with errors below, foot, notes.

    Parameters
    ----------
    title : caption.
    heads, dependents : of each column.
    rows : regressors, the treatment first.
    foot : label and text of each column: effects, rows, clusters, fit.
    foot_paths : in the shape of the foot, which number of a result document each text shows.
    notes : error convention, stars, evidence; each a sentence.
    """

    language: str
    title: str
    heads: tuple[str, ...]
    dependents: tuple[str, ...]
    rows: tuple[Row, ...]
    foot: tuple[tuple[str, tuple[str, ...]], ...]
    notes: tuple[str, ...]
    foot_paths: tuple[tuple[str, ...], ...]


def regression_table(
    models: pl.DataFrame,
    estimates: pl.DataFrame,
    numbers: pl.DataFrame,
    *,
    title: str,
    language: str,
    first: Sequence[str] = (),
    stars: bool = True,
    footer: Sequence[str] = (),
) -> RegressionTable:
    """Return the table of some models.

    Parameters
    ----------
    models, estimates, numbers : rows of the models wanted, as the result document keeps them; if
        they have a ``row_path``, the table says which numbers of the document it shows.
    first : coefficients that come first, such as the treatment.
    stars : one, two, three for p below 0.1, 0.05, 0.01.
    footer : further sentences below the table, such as where the figures come from.
    """
    keys = models["model"].to_list()
    by_model = {key: estimates.filter(pl.col("model") == key) for key in keys}
    names = _order(estimates["name"].to_list(), first)
    labels = dict(zip(estimates["name"], estimates[f"name_{language}"], strict=True))
    foot = [*_marks(models, language), *_numbers(numbers, keys, language), *_fit(models, language)]
    return RegressionTable(
        language=language,
        title=title,
        heads=tuple(models[f"label_{language}"]),
        dependents=tuple(models[f"dependent_{language}"]),
        rows=tuple(
            Row(labels[name], tuple(_cell(by_model[key], name, stars) for key in keys))
            for name in names
        ),
        foot=tuple((label, tuple(cells)) for label, cells, _ in foot),
        notes=(*_notes(models, language, stars), *footer),
        foot_paths=tuple(tuple(paths) for *_, paths in foot),
    )


def _order(names: Sequence[str], first: Sequence[str]) -> list[str]:
    """Return each name once: those that come first, then as they stand, the constant last."""
    known = list(dict.fromkeys(names))
    head = [name for name in known if any(name == one or name.endswith(f" {one}") or
            name.startswith(f"{one} |") for one in first)]  # fmt: skip
    tail = [name for name in known if name == "(intercept)"]
    return [*head, *(n for n in known if n not in head and n not in tail), *tail]


def _cell(estimates: pl.DataFrame, name: str, stars: bool) -> Cell:
    found = estimates.filter(pl.col("name") == name)
    if found.is_empty():
        return Cell()
    row = found.row(0, named=True)
    value, error = row["estimate"], row["standard_error"]
    places = _places(error)
    return Cell(
        estimate=decimals(value, places),
        error=f"({decimals(error, places)})" if error is not None else "",
        stars=_star(row["p"]) if stars else "",
        value=value,
        standard_error=error,
        path=_paths(found, "estimate")[0],
        error_path=_paths(found, "standard_error")[0],
    )


def _places(error: float | None) -> int:
    """Return decimals that show two digits of the error, three at least."""
    if error is None or not math.isfinite(error) or error <= 0:
        return _LEAST_PLACES
    return min(max(1 - math.floor(math.log10(error)), _LEAST_PLACES), _MOST_PLACES)


def _star(p: float | None) -> str:
    if p is None:
        return ""
    return next((stars for level, stars in _STARS if p < level), "")


_FootRow = tuple[str, Sequence[str], Sequence[str]]
"""Label, texts and paths."""


def _marks(models: pl.DataFrame, language: str) -> Iterator[_FootRow]:
    marks = [set(one.split(",")) for one in models["marks"]]
    for name in _MARKS:
        if any(name in one for one in marks):
            yield (
                text(f"regression.mark.{name}", language),
                [text(f"regression.{'yes' if name in one else 'no'}", language) for one in marks],
                [""] * len(marks),
            )


def _numbers(numbers: pl.DataFrame, keys: Sequence[str], language: str) -> Iterator[_FootRow]:
    rows = zip(*(numbers[name] for name in ("model", "number", "value")), strict=True)
    found = {
        (model, name): (value, path)
        for (model, name, value), path in zip(rows, _paths(numbers, "value"), strict=True)
    }
    for name in dict.fromkeys(numbers["number"]):
        if not name.endswith("_high"):
            cells = [_number(found, key, name) for key in keys]
            yield _number_label(name, language), [one for one, _ in cells], [p for _, p in cells]


def _number(
    found: Mapping[tuple[str, str], tuple[float, str]], model: str, name: str
) -> tuple[str, str]:
    """Return one number with its path; with ``_low`` in its name, as an interval to its ``_high``.

    An interval has the path of its upper end.
    """
    value, path = found.get((model, name), (None, ""))
    if value is None:
        return "", ""
    end = f"{name.removesuffix('_low')}_high" if "_low" in name else ""
    high, high_path = found.get((model, end), (None, ""))
    if high is None:
        return rounded(value), path
    return f"[{rounded(value)}, {rounded(high)}]", high_path


def _number_label(name: str, language: str) -> str:
    key = f"regression.number.{name}"
    return text(key, language) if has_text(key, language) else name


def _fit(models: pl.DataFrame, language: str) -> Iterator[_FootRow]:
    written: tuple[tuple[str, str, Callable[[float], str]], ...] = (
        ("n", "n", count),
        ("clusters", "clusters", count),
        ("r2", "r2_within", lambda value: decimals(value, 3)),
    )
    for key, column, write in written:
        values = models[column].to_list()
        if key == "n" or any(value is not None for value in values):
            cells = ["" if value is None else write(value) for value in values]
            yield text(f"regression.{key}", language), cells, _paths(models, column)


def _paths(rows: pl.DataFrame, column: str) -> list[str]:
    """Return the path of a column in each row, where the rows know theirs and it has a value."""
    if "row_path" not in rows.columns:
        return [""] * rows.height
    pairs = rows.select("row_path", column).iter_rows()
    return ["" if value is None else f"{path}/{column}" for path, value in pairs]


def _notes(models: pl.DataFrame, language: str, stars: bool) -> Iterator[str]:
    yield text("regression.note.errors", language)
    for numbers, convention in _conventions(models, language):
        yield text("regression.note.convention", language, columns=numbers, errors=convention)
    if stars:
        yield text("regression.note.stars", language)
    for tag in dict.fromkeys(models["evidence"]):
        yield text(f"regression.note.{tag}", language)


def _conventions(models: pl.DataFrame, language: str) -> Iterator[tuple[str, str]]:
    """Yield each error convention with the numbers of its columns."""
    columns: dict[str, list[str]] = {}
    rows = models.select("errors", "rule", "dof").iter_rows()
    for i, (errors, rule, dof) in enumerate(rows, start=1):
        words = convention_text(errors, rule, math.inf if dof is None else dof, language)
        columns.setdefault(words, []).append(f"({i})")
    for words, numbers in columns.items():
        yield text("list.separator", language).join(numbers), words


def of_step(frames: Mapping[str, pl.DataFrame], step: str, **options: Any) -> RegressionTable:
    """Return the table of one step, given the frames ``models``, ``estimates``, ``numbers``."""
    own = {name: frame.filter(pl.col("step") == step) for name, frame in frames.items()}
    return regression_table(own["models"], own["estimates"], own["numbers"], **options)
