"""``gongfu why``: from a number of a result to equation, inputs, parameters and rows of data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gongfu.cli import output
from gongfu.cli.run import ReportLanguage

if TYPE_CHECKING:
    from gongfu.report.document import ResultDocument

__all__ = ["why"]


def why(
    result: Annotated[
        Path, typer.Argument(help="result.json, its folder or a report beside it. 结果文件或目录")
    ],
    path: Annotated[
        str | None,
        typer.Argument(help="Such as accounts/households_gini/cake; all tables if left out. 路径"),
    ] = None,
    study: Annotated[
        Path | None, typer.Option(help="Study file, if not beside the result. 研究文件")
    ] = None,
    lang: Annotated[ReportLanguage, typer.Option(help="Language. 语言")] = ReportLanguage.EN,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Say why a number is what it is: equation, inputs, figures, parameters. 追溯一个数的来由。"""
    from gongfu.cli.why_view import print_trace, trace_data
    from gongfu.study.verify_files import read_result
    from gongfu.study.why import trace

    file = _document_file(result)
    document = read_result(file)
    if path is None:
        _list_tables(document, result, lang.value, as_json=as_json)
        return
    found = trace(document, path, beside=file.parent, study=study, language=lang.value)
    command = _command(found.path, document)
    output.emit(
        "why/1",
        trace_data(found, command),
        as_json=as_json,
        render=lambda: print_trace(found, command, str(result), lang.value),
    )


def _command(path: str, document: ResultDocument) -> str:
    """Return the line that shows a number again: its study's, or that of an embedded figure."""
    head, *rest = path.split("/")
    return f"gongfu data show {rest[0]}" if head == "data" else document.meta.command


def _document_file(result: Path) -> Path:
    """Return the result document: the file itself, in the folder, or beside a report."""
    if result.suffix.lower() in {".html", ".htm"}:
        return result.with_name("result.json")
    return result / "result.json" if result.is_dir() else result


def _list_tables(document: ResultDocument, result: Path, language: str, *, as_json: bool) -> None:
    from gongfu.cli.why_view import print_tables
    from gongfu.report.why import example_paths

    tables = [
        {"table": table.name, "rows": table.rows.height, "path": path}
        for table, path in example_paths(document)
    ]
    output.emit(
        "why-tables/1",
        {"tables": tables},
        as_json=as_json,
        render=lambda: print_tables(document, str(result), language),
    )
