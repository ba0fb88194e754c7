"""Files to hand in, from one result document: page, PDF, Word, workbook, journal figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal

from gongfu.core import InputError, Problem
from gongfu.data.writing import refuse_bad_target, write_bytes
from gongfu.report.book import Book, Style, book_charts, build_book
from gongfu.report.catalogue import LANGUAGES
from gongfu.report.chart import Chart
from gongfu.report.charts import build_charts
from gongfu.report.document import ResultDocument
from gongfu.report.figures import NARROW, WIDE, Sheet, draw
from gongfu.report.figures.sheet import Format, Preset
from gongfu.report.fonts import warn_of_missing_glyphs
from gongfu.report.page import bodies_of, render_page
from gongfu.report.pdf import to_pdf
from gongfu.report.sheets import to_xlsx
from gongfu.report.why import Basis
from gongfu.report.word import to_docx

__all__ = ["FORMATS", "ReportFormat", "write_files"]

ReportFormat = Literal["html", "pdf", "docx", "xlsx"]
FORMATS: tuple[ReportFormat, ...] = ("html", "pdf", "docx", "xlsx")
_DOTS = 300  # an inch, of pictures in Word files

Progress = Callable[[str], None]


def write_files(
    document: ResultDocument,
    folder: Path,
    formats: Sequence[ReportFormat] = FORMATS,
    *,
    language: str = "zh",
    style: Style = "gov",
    basis: Basis | None = None,
    force: bool = False,
    progress: Progress = lambda _: None,
) -> list[Path]:
    """Write ``report.<language>.<format>`` for each format and return the paths.

    Parameters
    ----------
    folder : made if it does not exist.
    formats : each once, in any order.
    language : ``zh`` or ``en``.
    style : of PDF and Word: ``gov``, an official report, or ``paper``, a journal article.
    basis : what the document's numbers rest on; without it the page's why-chains end at them.
    force : replace files that stand there already; otherwise that is refused before any work.
    progress : told the name of each file before it is made.

    Raises
    ------
    InputError
        If the language is unknown, the document lacks what a chart needs, or a file is refused.

    Notes
    -----
    Only the document is read, no model runs and nothing is fetched; the same document gives the
    same bytes. Each figure is drawn once a width and shared by all formats.
    """
    if language not in LANGUAGES:
        raise InputError(
            Problem("unknown language of a report", expected="zh or en", found=language)
        )
    folder.mkdir(parents=True, exist_ok=True)
    targets = {name: folder / f"report.{language}.{name}" for name in dict.fromkeys(formats)}
    for target in targets.values():
        refuse_bad_target(target, force=force)
    work = _Work(document, language, style, basis)
    written = []
    for name, target in targets.items():
        progress(target.name)
        written.append(write_bytes(target, _MAKERS[name](work), force=force))
    return written


@dataclass(frozen=True, eq=False)
class _Work:
    """What the formats share: charts, book, and the figures drawn so far."""

    document: ResultDocument
    language: str
    style: Style
    basis: Basis | None
    _drawn: dict[tuple[str, str], Sheet] = field(default_factory=dict)

    @cached_property
    def charts(self) -> dict[str, Chart]:
        """Charts of the book."""
        charts = book_charts(self.document, self.language)
        warn_of_missing_glyphs("".join(chart.to_json() for chart in charts.values()))
        return charts

    @cached_property
    def book(self) -> Book:
        """Chapters of PDF and Word file."""
        return build_book(self.document, self.charts, self.language)

    def sheet(self, key: str, preset: Preset) -> Sheet:
        """Return a figure, drawn at the first call."""
        if (key, preset.name) not in self._drawn:
            self._drawn[key, preset.name] = draw(self.charts[key], preset)
        return self._drawn[key, preset.name]

    def pictures(self, kind: Format) -> dict[str, bytes]:
        """Return the bodies of the figures of the book, as wide as the book shows them."""
        wide, narrow = (self.book.keys(narrow=is_narrow) for is_narrow in (False, True))
        sheets = [self.sheet(key, WIDE) for key in wide]
        sheets += [self.sheet(key, NARROW) for key in narrow]
        return {one.chart.key: one.save(kind, whole=False, dpi=_DOTS) for one in sheets}


def _html(work: _Work) -> bytes:
    keys = build_charts(work.document, work.language)
    charts = {key: work.charts[key] for key in keys}
    bodies = {key: bodies_of(chart, work.sheet(key, WIDE)) for key, chart in charts.items()}
    return render_page(work.document, charts, bodies, work.language, {}, basis=work.basis).encode()


def _pdf(work: _Work) -> bytes:
    return to_pdf(work.book, work.pictures("svg"), work.style)


def _docx(work: _Work) -> bytes:
    return to_docx(work.book, work.pictures("png"), work.style)


def _xlsx(work: _Work) -> bytes:
    return to_xlsx(work.document, work.language)


_MAKERS: Mapping[ReportFormat, Callable[[_Work], bytes]] = {
    "html": _html,
    "pdf": _pdf,
    "docx": _docx,
    "xlsx": _xlsx,
}
