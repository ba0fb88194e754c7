"""Figures for a journal: one or two columns wide, in colour or grey, as PDF and PNG."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

from PIL import Image

from gongfu.data.writing import refuse_bad_target, write_bytes
from gongfu.report.book import book_charts
from gongfu.report.document import ResultDocument
from gongfu.report.figures import Sheet, draw
from gongfu.report.figures.sheet import Preset
from gongfu.report.pdf import picture_to_pdf

__all__ = ["PRESETS", "Width", "write_figures"]

Width = Literal["single", "double"]
PRESETS: Mapping[Width, Preset] = {
    "single": Preset("single", width=89.0, title=9.0, text=7.5, small=6.5),
    "double": Preset("double", width=183.0, title=10.5, text=8.0, small=6.5),
}
"""One and two columns of a journal's page, in millimetres."""
_DOTS = 600  # an inch
_COLOUR = re.compile(r"#([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})\b")
_LUMA = (0.299, 0.587, 0.114)  # of red, green and blue (ITU-R BT.601), as image software has it


def write_figures(
    document: ResultDocument,
    folder: Path,
    *,
    language: str = "zh",
    width: Width = "double",
    grey: bool = False,
    force: bool = False,
    progress: Callable[[str], None] = lambda _: None,
) -> list[Path]:
    """Write every figure as ``<chart>.<language>.<width>.{pdf,png}`` and return the paths.

    A figure stands without title and source, which a journal sets in the caption. PDF files carry
    their fonts; PNG files have 600 dots an inch.

    Parameters
    ----------
    folder : made if it does not exist.
    width : ``single``, 89 mm, or ``double``, 183 mm.
    grey : turn colours into greys of the same lightness.

    Raises
    ------
    InputError
        If the document lacks what a chart needs, or a file stands there without ``force``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    charts = book_charts(document, language)
    targets = {key: folder / f"{key}.{language}.{width}" for key in charts}
    for target in targets.values():
        for kind in ("pdf", "png"):
            refuse_bad_target(Path(f"{target}.{kind}"), force=force)
    written = []
    for key, chart in charts.items():
        progress(targets[key].name)
        sheet = draw(chart, PRESETS[width])
        contents = {"pdf": _pdf(sheet, grey=grey), "png": _png(sheet, grey=grey)}
        for kind, content in contents.items():
            written.append(write_bytes(f"{targets[key]}.{kind}", content, force=force))
    return written


def _pdf(sheet: Sheet, *, grey: bool) -> bytes:
    svg = sheet.save("svg", whole=False).decode("utf-8")
    if grey:
        svg = _COLOUR.sub(_greyed, svg)
    return picture_to_pdf(svg.encode(), sheet.preset.width, sheet.chart.alt)


def _png(sheet: Sheet, *, grey: bool) -> bytes:
    content = sheet.save("png", whole=False, dpi=_DOTS)
    if not grey:
        return content
    buffer = io.BytesIO()
    with Image.open(io.BytesIO(content)) as image:
        image.convert("L").save(buffer, "png", dpi=(_DOTS, _DOTS))
    return buffer.getvalue()


def _greyed(colour: re.Match[str]) -> str:
    shade = sum(part * int(value, 16) for part, value in zip(_LUMA, colour.groups(), strict=True))
    return f"#{round(shade):02x}" + 2 * f"{round(shade):02x}"
