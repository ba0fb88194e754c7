"""Who moves between classes of income, and the shape of the distribution."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from gongfu.report.catalogue import text
from gongfu.report.catalogue.numbers import count, decimals, percent, span
from gongfu.report.chart import Chart, ReferenceLine, Role, Series
from gongfu.report.charts.frame import axis_of, chart_of, text_column, twin_of, year_column
from gongfu.report.charts.region_words import (
    region_count,
    subject,
    with_error,
)
from gongfu.report.document import ResultDocument, ResultTable
from gongfu.report.why import located_rows

__all__ = ["density_curves", "transition_matrix"]

_SHAPES: tuple[Role, ...] = ("second", "first")


def transition_matrix(document: ResultDocument, language: str) -> Chart:
    """Return the chances to move between classes, with the shares of classes below."""
    table, of_classes = document.table("markov_moves"), document.table("markov_classes")
    moves, classes = (located_rows(one, one.rows) for one in (table, of_classes))
    total = sum(row["moves"] for row in moves)
    stay = sum(row["moves"] for row in moves if row["origin"] == row["destination"])
    first, last = _window(document)
    found = {
        "years": span(first, last), "first": first, "last": last, "stay": percent(stay / total, 2),
        "moves": count(total), "moved": count(total - stay), "k": len(classes),
        "what": subject(document, language),
    }  # fmt: skip
    names = [_class_words(row, language) for row in classes]
    has_long_run = classes[0]["long_run"] is not None
    share = axis_of(table.column("probability"), language, key="share", format="share")
    return with_error(chart_of(
        document, table, language,
        kind="matrix", key="markov",
        title=text("chart.markov.title", language, **found),
        subtitle=text("chart.markov.subtitle", language, **found),
        note=text(f"chart.markov.note_{'long' if has_long_run else 'trap'}", language, **found),
        axes={
            "colour": share,
            "x": text_column("destination", table.column("destination").label(language)),
            "y": text_column("origin", table.column("origin").label(language)),
        },
        series=(
            Series(key="names", label="", mark="tile", role="neutral", rows=tuple(names)),
            Series(key="cells", label=share.label, mark="tile", role="gain",
                   rows=tuple(_move(row, language) for row in moves)),
            Series(key="below", label="", mark="tile", role="gain",
                   rows=tuple(_shares(classes, first, last, language))),
        ),
        twin=_matrix_twin(table, classes, moves, language),
        alt=text("chart.markov.title", language, **found),
    ))  # fmt: skip


def density_curves(document: ResultDocument, language: str) -> Chart:
    """Return the shape of the distribution of regions in the first and the last year."""
    table = document.table("densities")
    rows = located_rows(table, table.rows)
    years = sorted({row["year"] for row in rows})
    peaks = {y: max((r for r in rows if r["year"] == y), key=lambda r: r["height"]) for y in years}
    x = axis_of(
        table.column("at"), language, key="x", format="ratio", year=span(years[0], years[-1])
    )
    y = axis_of(table.column("height"), language, key="y", format="index", low=0.0)
    found = {
        "years": span(years[0], years[-1]), "first": years[0], "last": years[-1],
        "before": decimals(peaks[years[0]]["at"], 2), "after": decimals(peaks[years[-1]]["at"], 2),
        "n": count(region_count(document)), "what": subject(document, language),
    }  # fmt: skip
    title = "title_same" if found["before"] == found["after"] else "title"
    return chart_of(
        document, table, language,
        kind="curve", key="densities",
        title=text(f"chart.densities.{title}", language, **found),
        subtitle=text("chart.densities.subtitle", language, **found),
        note=table.note[language],
        axes={"x": x, "y": y},
        series=tuple(_shapes(rows, years)),
        references=(
            ReferenceLine(
                intercept=1.0, vertical=True, label=text("chart.densities.mean", language)
            ),
        ),
        twin=twin_of(
            (year_column(language), replace(x, key="at"), replace(y, key="height")), rows
        ),
        alt=text(f"chart.densities.{title}", language, **found),
    )  # fmt: skip


def _window(document: ResultDocument) -> tuple[int, int]:
    row = document.table("rank_moves").rows.row(0, named=True)
    return row["start"], row["end"]


def _shapes(rows: list[dict[str, Any]], years: Sequence[int]) -> Iterator[Series]:
    """Yield the curve of each year and its name, where it stands furthest above the other."""
    curves = {year: [row for row in rows if row["year"] == year] for year in years}
    for year, role in zip(years, _SHAPES, strict=False):
        other = curves[next((one for one in years if one != year), year)]
        own = tuple(
            {"x": row["at"], "y": row["height"], "row_path": row["row_path"]}
            for row in curves[year]
        )
        yield Series(key=str(year), label="", mark="line", role=role, rows=own)
        lead = max(zip(own, other, strict=True), key=lambda pair: pair[0]["y"] - pair[1]["height"])[
            0
        ]
        name = {**lead, "text": str(year)}
        yield Series(key=f"name-{year}", label="", mark="point", role=role, rows=(name,))


def _class_words(row: Mapping[str, Any], language: str) -> dict[str, str]:
    low, high = (None if row[end] is None else decimals(row[end], 2) for end in ("above", "up_to"))
    key = "lowest" if low is None else ("highest" if high is None else "between")
    words = text(f"chart.markov.class_{key}", language, n=row["class"], low=low, high=high)
    return {"label": words, "short": text("chart.markov.class", language, n=row["class"])}


def _move(row: Mapping[str, Any], language: str) -> dict[str, Any]:
    return {
        "row": int(row["origin"]) - 1,
        "column": int(row["destination"]) - 1,
        "share": row["probability"],
        "text": text("chart.markov.moves", language, n=row["moves"]),
        "row_path": row["row_path"],
    }


def _shares(
    classes: list[dict[str, Any]], first: int, last: int, language: str
) -> Iterator[dict[str, Any]]:
    wanted = {"share_start": str(first), "share_end": str(last)}
    if classes[0]["long_run"] is not None:
        wanted["long_run"] = text("chart.markov.long_run", language)
    for key, label in wanted.items():
        for place, row in enumerate(classes):
            bounds = (
                f"{percent(row['low'], 2)}–{percent(row['high'], 2)}" if key == "long_run" else ""
            )
            yield {"label": label, "column": place, "share": row[key], "text": bounds,
                   "paths": {"share": f"{row['row_path']}/{key}"}}  # fmt: skip


def _matrix_twin(
    table: ResultTable,
    classes: list[dict[str, Any]],
    moves: list[dict[str, Any]],
    language: str,
) -> Any:
    columns = [
        text_column(name, table.column(name).label(language)) for name in ("origin", "destination")
    ]
    columns.append(axis_of(table.column("moves"), language, format="count"))
    columns += [
        axis_of(table.column(name), language, format="share")
        for name in ("probability", "low", "high")
    ]
    long_run = text("chart.markov.long_run", language)
    long_run_columns = (("probability", "long_run"), ("low", "low"), ("high", "high"))
    more = [
        {"origin": long_run, "destination": row["class"], "moves": None,
         "probability": row["long_run"], "low": row["low"], "high": row["high"],
         "paths": {name: f"{row['row_path']}/{column}" for name, column in long_run_columns}}
        for row in classes if row["long_run"] is not None
    ]  # fmt: skip
    return twin_of(columns, [*moves, *more])
