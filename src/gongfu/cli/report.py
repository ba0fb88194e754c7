"""``gongfu report``: files to hand in, from the results of a run."""

from __future__ import annotations

import time
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gongfu.cli import output

if TYPE_CHECKING:
    from gongfu.report.exports import ReportFormat

__all__ = ["report"]


class FileFormat(StrEnum):
    """Kinds of files a report is written as."""

    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    ALL = "all"


class ReportStyle(StrEnum):
    """Looks of PDF and Word files."""

    GOV = "gov"
    PAPER = "paper"


class FigureWidth(StrEnum):
    """Widths of figures for a journal: 89 and 183 mm."""

    SINGLE = "single"
    DOUBLE = "double"


class Language(StrEnum):
    """Languages of a report."""

    ZH = "zh"
    EN = "en"


def report(
    result: Annotated[
        Path, typer.Argument(help="result.json, or the folder a run wrote. 结果文件或其目录")
    ],
    formats: Annotated[
        list[FileFormat] | None,
        typer.Option("--format", help="May repeat; all by default. 可重复；默认全部格式"),
    ] = None,
    style: Annotated[
        ReportStyle, typer.Option(help="gov: official report 公文; paper: journal 论文.")
    ] = ReportStyle.GOV,
    lang: Annotated[Language, typer.Option(help="Language of the files. 语言")] = Language.ZH,
    out: Annotated[
        Path | None, typer.Option(help="Folder; hand-in beside the result by default. 输出目录")
    ] = None,
    figures: Annotated[
        Path | None, typer.Option(help="Only the figures, for a journal, here. 只输出期刊插图")
    ] = None,
    preset: Annotated[
        FigureWidth, typer.Option(help="Of figures: 89 or 183 mm wide. 单栏或双栏")
    ] = FigureWidth.DOUBLE,
    grey: Annotated[bool, typer.Option("--grey", help="Figures without colour. 灰度插图")] = False,
    force: Annotated[bool, typer.Option(help="Replace files that exist. 覆盖已有文件")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Write a report as page, PDF, Word file and workbook. 生成网页、PDF、Word 与 Excel 报告。"""
    from gongfu.report.exports import write_files
    from gongfu.report.journal import write_figures
    from gongfu.report.storage import read_document
    from gongfu.study.why_basis import find_basis

    begun = time.perf_counter()
    document = read_document(result)
    shared: dict[str, Any] = {"language": lang.value, "force": force, "progress": output.say}
    if figures is not None:
        written = write_figures(document, figures, width=preset.value, grey=grey, **shared)
    else:
        home = result if result.is_dir() else result.parent
        shared |= {"style": style.value, "basis": find_basis(document, home)}
        written = write_files(document, out or home / "hand-in", _wanted(formats), **shared)
    output.emit(
        "report/1",
        {
            "files": [{"path": str(path), "bytes": path.stat().st_size} for path in written],
            "language": lang.value,
            "style": style.value,
        },
        as_json=as_json,
        render=lambda: _print(written),
        warnings=[warning[lang.value] for warning in document.meta.warnings],
        meta={
            "seconds": round(time.perf_counter() - begun, 3),
            "study_hash": document.meta.study_hash,
        },
    )


def _wanted(formats: list[FileFormat] | None) -> list[ReportFormat]:
    from gongfu.report.exports import FORMATS

    if not formats or FileFormat.ALL in formats:
        return list(FORMATS)
    return [name for name in FORMATS if name in formats]


def _print(written: list[Path]) -> None:
    for path in written:
        print(path)
