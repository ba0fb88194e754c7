"""The chapter on regions over time: do they draw together, and who moves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gongfu.report.catalogue import text
from gongfu.report.catalogue.numbers import change_percent, decimals, percent
from gongfu.report.cells import shown
from gongfu.report.charts.frame import axis_of
from gongfu.report.charts.region_words import money_or_index, sign_of
from gongfu.report.document import ResultDocument
from gongfu.report.page.answers import Answer
from gongfu.report.page.grid import Grid, Row, cell_of, grid_of
from gongfu.report.regions import region_label
from gongfu.report.why import located_rows

__all__ = ["ConvergenceChapter", "convergence_chapter"]

_NAMED = 3
"""Regions named as those that moved most, each way."""

_STICKY = 0.8
"""Slope of ranks from which words say that ranks hardly change."""


@dataclass(frozen=True, slots=True)
class ConvergenceChapter:
    """What the template needs: answers in reading order, and every region's ranks."""

    answers: list[Answer]
    ranks: Grid


def convergence_chapter(document: ResultDocument, language: str) -> ConvergenceChapter | None:
    """Return the chapter, or None where the document compares no regions."""
    if "sigma_trends" not in document or "rank_moves" not in document:
        return None
    answers = [_together(document, language), _absolute(document, language)]
    return ConvergenceChapter(
        answers=[*answers, _movers(document, language)], ranks=_ranks(document, language)
    )


def _together(document: ResultDocument, language: str) -> Answer:
    trend, logs = (_trend(document, name) for name in ("variation", "log_deviation"))
    signs = {sign_of(one["low"], one["high"]) for one in (trend, logs)}
    beta = document.table("beta").rows.row(0, named=True)
    key = sign_of(beta["low"], beta["high"])
    speed = beta["speed"]
    after = text(
        f"convergence.beta_{key}",
        language,
        speed="–" if speed is None else decimals(100 * speed, 1),
    )
    says = text(
        f"convergence.together_{signs.pop() if len(signs) == 1 else 'split'}",
        language,
        change=change_percent(trend["trend"]),
        low=change_percent(trend["low"]),
        high=change_percent(trend["high"]),
        logs=change_percent(logs["trend"]),
        beta=after,
    )
    return Answer(text("convergence.together", language), says)


def _absolute(document: ResultDocument, language: str) -> Answer:
    trend = _trend(document, "deviation")
    table = document.table("sigma")
    values, column = table.rows["deviation"], table.column("deviation")
    axis = axis_of(column, language, format=money_or_index(column))
    says = text(
        f"convergence.absolute_{sign_of(trend['low'], trend['high'])}",
        language,
        before=shown(values[0], axis),
        after=shown(values[-1], axis),
        unit=axis.unit,
        price=axis.price_base or text("convergence.no_price", language),
    )
    return Answer(text("convergence.absolute", language), says)


def _movers(document: ResultDocument, language: str) -> Answer:
    found = {row["measure"]: row["value"] for row in document.table("mobility").rows.to_dicts()}
    rows = document.table("rank_moves").rows.to_dicts()
    up = sorted(rows, key=lambda row: (row["rank_end"] - row["rank_start"], row["code"]))
    key = "movers_answer" if found["rank_slope"] >= _STICKY else "movers_many"
    says = text(
        f"convergence.{key}",
        language,
        first=rows[0]["start"],
        last=rows[0]["end"],
        slope=decimals(found["rank_slope"], 2),
        overtaken=percent(found["overtaken"], 2),
        risers=_listed(up[:_NAMED], language),
        fallers=_listed(up[::-1][:_NAMED], language, falls=True),
    )
    return Answer(text("convergence.movers", language), says)


def _listed(rows: list[dict[str, Any]], language: str, *, falls: bool = False) -> str:
    sign = 1 if falls else -1
    named = [
        text(
            "convergence.move",
            language,
            region=region_label(row["code"], language),
            before=row["rank_start"],
            after=row["rank_end"],
        )
        for row in rows
        if sign * (row["rank_end"] - row["rank_start"]) > 0
    ]
    nobody = text("convergence.nobody", language)
    return text("list.separator", language).join(named) if named else nobody


def _trend(document: ResultDocument, measure: str) -> dict[str, Any]:
    rows = document.table("sigma_trends").rows.to_dicts()
    return next(row for row in rows if row["measure"] == measure)


def _ranks(document: ResultDocument, language: str) -> Grid:
    table = document.table("rank_moves")
    names = ("rank_start", "rank_end", "relative_start", "relative_end")
    columns = [(text("column.region", language), False)]
    columns += [(table.column(name).label(language), True) for name in names]
    return grid_of(text("convergence.caption", language), columns, _rank_rows(document, language))


def _rank_rows(document: ResultDocument, language: str) -> Iterator[Row]:
    table = document.table("rank_moves")
    for row in located_rows(table, table.rows.sort("rank_end")):
        yield (
            region_label(row["code"], language),
            *(cell_of(row, name, str(row[name])) for name in ("rank_start", "rank_end")),
            *(cell_of(row, name, decimals(row[name], 2))
              for name in ("relative_start", "relative_end")),
        )  # fmt: skip
