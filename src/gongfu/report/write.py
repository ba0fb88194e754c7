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
from gongfu.report.figures import WIDE, Sheet, draw
from gongfu.report.fonts import warn_of_missing_glyphs
from gongfu.report.page import bodies_of, render_page
from gongfu.report.why import Basis

__all__ = ["write_report"]


def write_report(
    document: ResultDocument,
    folder: Path,
    languages: Sequence[str] = LANGUAGES,
    *,
    basis: Basis | None = None,
    force: bool = False,
) -> list[Path]:
    """Write ``report.<language>.html`` and ``figures/<chart>.<language>.{svg,png,csv,json}``.

    Parameters
    ----------
    folder : made if it does not exist.
    languages : of ``zh`` and ``en``: a page opens in each; every page holds all of the document's.
    basis : what the document's numbers rest on; without it a page's why-chains end at them.
    force : replace files that stand there already; otherwise that is refused.

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
    return [
        path
        for language in languages
        for path in _write_language(document, folder, language, languages, basis, force=force)
    ]


def _write_language(
    document: ResultDocument,
    folder: Path,
    language: str,
    languages: Sequence[str],
    basis: Basis | None,
    *,
    force: bool,
) -> Iterator[Path]:
    charts = build_charts(document, language)
    warn_of_missing_glyphs("".join(chart.to_json() for chart in charts.values()))
    sheets = {key: draw(chart, WIDE) for key, chart in charts.items()}
    bodies = {key: bodies_of(chart, sheets[key]) for key, chart in charts.items()}
    others = {code: f"report.{code}.html" for code in languages if code != language}
    page = render_page(document, charts, bodies, language, others, basis=basis)
    yield write_text(folder / f"report.{language}.html", page, force=force)
    for sheet in sheets.values():
        yield from _write_figure(sheet, folder / "figures", force=force)


def _write_figure(sheet: Sheet, folder: Path, *, force: bool) -> Iterator[Path]:
    chart = sheet.chart
    contents = {
        "svg": sheet.save("svg"),
        "png": sheet.save("png"),
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
