"""``--figure FILE``: the picture of a single measure, with its numbers and specification beside it.

A command takes ``figure: FigureFile = None`` and ``force: Force = False``, calls ``check_figure``
before it computes, and ``write_figure`` with the chart of its result.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gongfu.cli.run import ReportLanguage

if TYPE_CHECKING:
    from gongfu.report.chart import Chart

__all__ = ["ENDINGS", "FigureFile", "FigureLanguage", "Force", "check_figure", "write_figure"]

ENDINGS = ("svg", "png", "pdf")

FigureFile = Annotated[
    Path | None,
    typer.Option(
        "--figure",
        help="Draw it: FILE.svg, .png or .pdf; its numbers and specification are written beside "
        "it, as FILE.svg.csv and FILE.svg.json. 绘图文件。",
    ),
]
FigureLanguage = Annotated[
    ReportLanguage, typer.Option("--lang", help="Language of table and figure. 语言。")
]
Force = Annotated[bool, typer.Option("--force", help="Replace files that exist. 覆盖已有文件。")]


def check_figure(figure: Path | None, *, force: bool = False) -> None:
    """Refuse a picture that could not be written, before anything is computed.

    Raises
    ------
    InputError
        If the ending is none of ``ENDINGS``, the folder is missing, or one of the three files
        exists and ``force`` is not set.
    """
    from gongfu.core import InputError, Problem
    from gongfu.data.plain_text import plain
    from gongfu.data.writing import refuse_bad_target

    if figure is None:
        return
    if _ending(figure) not in ENDINGS:
        raise InputError(
            Problem(
                "a figure needs a file name with a known ending",
                expected=", ".join(f".{ending}" for ending in ENDINGS),
                found=plain(figure.name),
                fix=f"Try {plain(figure.stem)}.svg.",
            )
        )
    for path in _files(figure):
        refuse_bad_target(path, force=force)


def write_figure(chart: Chart, figure: Path, *, force: bool = False) -> list[Path]:
    """Write picture, table (CSV) and specification (JSON) of a chart; return their paths.

    Raises
    ------
    InputError
        As ``check_figure``, and if the disk refuses.
    """
    from gongfu.data.writing import write_bytes
    from gongfu.report.cells import csv_bytes
    from gongfu.report.figures import WIDE, draw
    from gongfu.report.fonts import warn_of_missing_glyphs

    check_figure(figure, force=force)
    warn_of_missing_glyphs(chart.to_json())
    contents = (
        draw(chart, WIDE).save(_ending(figure)),  # type: ignore[arg-type]
        csv_bytes(chart.twin),
        f"{chart.to_json()}\n".encode(),
    )
    pairs = zip(_files(figure), contents, strict=True)
    return [write_bytes(path, content, force=force) for path, content in pairs]


def _ending(figure: Path) -> str:
    return figure.suffix.lower().removeprefix(".")


def _files(figure: Path) -> tuple[Path, ...]:
    # FILE.svg.csv, not FILE.csv: that may be the very file that was measured.
    return figure, *(figure.with_name(f"{figure.name}.{end}") for end in ("csv", "json"))
