"""Writes a report: a page per language, and every figure as picture, numbers and specification."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from gongfu.core import InputError, Problem
from gongfu.data.writing import write_bytes, write_text
from gongfu.report.catalogue import LANGUAGES
from gongfu.report.cells import csv_bytes
from gongfu.report.charts import build_charts
from gongfu.report.document import ResultDocument
from gongfu.report.drawing import Drawn, draw_charts
from gongfu.report.fonts import warn_of_missing_glyphs
from gongfu.report.page import render_pages
from gongfu.report.why import Basis

__all__ = ["write_report"]


def write_report(
    document: ResultDocument,
    folder: Path,
    languages: Sequence[str] = LANGUAGES,
    *,
    basis: Basis | None = None,
    force: bool = False,
    processes: int = 1,
) -> list[Path]:
    """Write ``report.<language>.html`` and ``figures/<chart>.<language>.{svg,png,csv,json}``.

    Parameters
    ----------
    folder : made if it does not exist.
    languages : of ``zh`` and ``en``: a page opens in each; every page holds all of the document's.
    basis : what the document's numbers rest on; without it a page's why-chains end at them.
    force : replace files that stand there already; otherwise that is refused.
    processes : that draw; see :func:`gongfu.report.drawing.draw_charts`.

    Raises
    ------
    InputError
        If a language is unknown, the document lacks what a chart needs, or a file is refused.

    Notes
    -----
    Only the document is read: no number is computed here that it does not hold. The same document
    gives the same bytes.
    """
    _refuse_unknown(languages)
    (folder / "figures").mkdir(parents=True, exist_ok=True)
    charts = [
        chart for language in languages for chart in build_charts(document, language).values()
    ]
    warn_of_missing_glyphs("".join(chart.to_json() for chart in charts))
    drawn = [*draw_charts(charts, processes)]
    return [
        *_write_pages(document, drawn, folder, languages, basis, force=force),
        *(path for one in drawn for path in _write_figure(one, folder / "figures", force=force)),
    ]


def _write_pages(
    document: ResultDocument,
    drawn: Sequence[Drawn],
    folder: Path,
    languages: Sequence[str],
    basis: Basis | None,
    *,
    force: bool,
) -> Iterator[Path]:
    files = {language: f"report.{language}.html" for language in languages}
    figures = {
        language: (
            {one.chart.key: one.chart for one in drawn if one.chart.language == language},
            {one.chart.key: one.body for one in drawn if one.chart.language == language},
        )
        for language in languages
    }
    for language, page in render_pages(document, figures, files, basis=basis):
        yield write_text(folder / files[language], page, force=force)


def _write_figure(drawn: Drawn, folder: Path, *, force: bool) -> Iterator[Path]:
    chart = drawn.chart
    contents = {
        "svg": drawn.svg,
        "png": drawn.png,
        "csv": csv_bytes(chart.twin),
        "json": f"{chart.to_json()}\n".encode(),
    }
    for ending, content in contents.items():
        path = folder / f"{chart.key}.{chart.language}.{ending}"
        yield write_bytes(path, content, force=force)


def _refuse_unknown(languages: Sequence[str]) -> None:
    unknown = [language for language in languages if language not in LANGUAGES]
    if unknown or not languages:
        found = ", ".join(unknown) or "none"
        raise InputError(Problem("unknown language of a report", expected="zh or en", found=found))
