"""A three-line regression table as a value: every cell formatted, ready for any kind of file."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
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
    """One estimate: as shown, and as a number."""

    estimate: str = ""
    error: str = ""
    stars: str = ""
    value: float | None = None
    standard_error: float | None = None


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
    notes : error convention, stars, evidence; each a sentence.
    """

    language: str
    title: str
    heads: tuple[str, ...]
    dependents: tuple[str, ...]
    rows: tuple[Row, ...]
    foot: tuple[tuple[str, tuple[str, ...]], ...]
    notes: tuple[str, ...]


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
    models, estimates, numbers : rows of the models wanted, as the result document keeps them.
    first : coefficients that come first, such as the treatment.
    stars : one, two, three for p below 0.1, 0.05, 0.01.
    footer : further sentences below the table, such as where the figures come from.
    """
    keys = models["model"].to_list()
    by_model = {key: estimates.filter(pl.col("model") == key) for key in keys}
    names = _order(estimates["name"].to_list(), first)
    labels = dict(zip(estimates["name"], estimates[f"name_{language}"], strict=True))
    return RegressionTable(
        language=language,
        title=title,
        heads=tuple(models[f"label_{language}"]),
        dependents=tuple(models[f"dependent_{language}"]),
        rows=tuple(
            Row(labels[name], tuple(_cell(by_model[key], name, stars) for key in keys))
            for name in names
        ),
        foot=(
            *_marks(models, language),
            *_numbers(numbers, keys, language),
            *_fit(models, language),
        ),
        notes=(*_notes(models, language, stars), *footer),
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


def _marks(models: pl.DataFrame, language: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    marks = [set(one.split(",")) for one in models["marks"]]
    for name in _MARKS:
        if any(name in one for one in marks):
            yield (
                text(f"regression.mark.{name}", language),
                tuple(text(f"regression.{'yes' if name in one else 'no'}", language)
                      for one in marks),
            )  # fmt: skip


def _numbers(
    numbers: pl.DataFrame, keys: Sequence[str], language: str
) -> Iterator[tuple[str, tuple[str, ...]]]:
    found = {(m, n): value for m, n, value in numbers.select("model", "number", "value").rows()}
    for name in dict.fromkeys(numbers["number"]):
        if name.endswith("_high"):
            continue
        cells = (_number(found, key, name) for key in keys)
        yield _number_label(name, language), tuple(cells)


def _number(found: Mapping[tuple[str, str], float], model: str, name: str) -> str:
    """Return one number; one that ends in ``_low`` stands as an interval with its ``_high``."""
    value = found.get((model, name))
    if value is None:
        return ""
    high = found.get((model, f"{name.removesuffix('_low')}_high")) if "_low" in name else None
    return rounded(value) if high is None else f"[{rounded(value)}, {rounded(high)}]"


def _number_label(name: str, language: str) -> str:
    key = f"regression.number.{name}"
    return text(key, language) if has_text(key, language) else name


def _fit(models: pl.DataFrame, language: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield text("regression.n", language), tuple(count(value) for value in models["n"])
    if models["clusters"].is_not_null().any():
        cells = (count(value) if value is not None else "" for value in models["clusters"])
        yield text("regression.clusters", language), tuple(cells)
    if models["r2_within"].is_not_null().any():
        cells = (decimals(v, 3) if v is not None else "" for v in models["r2_within"])
        yield text("regression.r2", language), tuple(cells)


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
