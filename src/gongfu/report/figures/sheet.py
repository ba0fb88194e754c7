"""The sheet a chart is drawn on: title above, body, source and version below; sizes in millimetres.

A sheet is laid out once and saved twice: whole, to stand alone; and its body only, for a page that
sets title and source in its own type.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Literal

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from gongfu.report.chart import Chart
from gongfu.report.figures.lettering import wrap
from gongfu.report.fonts import families_for
from gongfu.report.palette import GRID, INK, MUTED

__all__ = [
    "EVEN_WIDTHS",
    "NARROW",
    "WIDE",
    "Format",
    "Margins",
    "Preset",
    "Sheet",
    "house_style",
    "open_sheet",
]

Format = Literal["svg", "png", "pdf"]
MM = 1 / 25.4  # inches
POINT = 1 / 72  # inches
LINE = 1.35  # line height by font size
EVEN_WIDTHS: Any = {"text.hinting": "no_hinting"}
"""Letters then grow evenly with their size, as the wrapping of lines counts on."""


@dataclass(frozen=True, slots=True)
class Preset:
    """A width of print with its type sizes in points."""

    name: str
    width: float
    title: float
    text: float
    small: float

    @property
    def is_wide(self) -> bool:
        """Whether there is room beside the plot."""
        return self.width > 120


WIDE = Preset("wide", width=174.0, title=10.5, text=8.0, small=6.5)
NARROW = Preset("narrow", width=84.0, title=9.0, text=7.5, small=6.5)


@dataclass(frozen=True, slots=True)
class Margins:
    """Room around the axes within the body, in millimetres, for ticks and labels."""

    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """An open sheet: draw on ``axes``, then save.

    ``plot_width`` and ``plot_height`` are those of the axes, ``left`` the room to their left, all
    in points of type.
    """

    figure: Figure
    axes: Axes
    chart: Chart
    preset: Preset
    plot_width: float
    plot_height: float
    left: float
    body: Bbox
    frame: list[Artist] = field(default_factory=list)

    def save(self, kind: Format, *, whole: bool = True, dpi: int = 200) -> bytes:
        """Return the picture; the same chart gives the same bytes.

        Parameters
        ----------
        whole : with title and source, and letters as outlines that need no font; otherwise the
            body only, with letters as text in the page's font.
        """
        for artist in self.frame:
            artist.set_visible(whole)
        buffer = BytesIO()
        letters = "path" if whole else "none"
        salt = f"{self.chart.key}-{self.preset.name}"
        options = _save_options(kind, dpi)
        with mpl.rc_context(
            {"svg.fonttype": letters, "svg.hashsalt": salt, "pdf.fonttype": 42, **EVEN_WIDTHS}
        ):
            self.figure.savefig(
                buffer, format=kind, bbox_inches=None if whole else self.body, **options
            )
        return buffer.getvalue()


def _save_options(kind: Format, dpi: int) -> dict[str, Any]:
    """Return what keeps clocks and versions out of the file, so that its bytes are the same."""
    if kind == "svg":
        return {"dpi": 72, "metadata": {"Date": None, "Creator": None}}
    if kind == "pdf":
        nothing = {"CreationDate": None, "Creator": None, "Producer": None}
        return {"dpi": 72, "metadata": nothing}
    return {"dpi": dpi, "metadata": {"Software": None}, "pil_kwargs": {"compress_level": 3}}


@contextmanager
def house_style(preset: Preset, words: str) -> Iterator[None]:
    """Draw in the house's type, lines and colours, with fonts that have the ``words``."""
    style: Any = {
        "font.family": list(families_for(words)),
        "font.size": preset.text,
        "text.color": INK,
        "axes.edgecolor": MUTED,
        "axes.labelcolor": INK,
        "axes.labelsize": preset.text,
        "axes.linewidth": 0.6,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.unicode_minus": True,
        "grid.color": GRID,
        "grid.linewidth": 0.5,
        "axes.axisbelow": True,
        "xtick.color": MUTED,
        "ytick.color": MUTED,
        "xtick.labelsize": preset.text,
        "ytick.labelsize": preset.text,
        "xtick.major.size": 0,
        "ytick.major.size": 0,
        "xtick.major.pad": 4,
        "ytick.major.pad": 4,
        "hatch.linewidth": 0.5,
        "lines.solid_capstyle": "round",
        "path.simplify": False,
    }
    with mpl.rc_context(style):
        yield


def open_sheet(chart: Chart, preset: Preset, plot_height: float, margins: Margins) -> Sheet:
    """Return a sheet with its title and source set, and empty axes of the height asked for.

    Parameters
    ----------
    plot_height : of the axes, in millimetres; margins, title and source come on top.
    """
    head, foot = _head(chart, preset), _foot(chart, preset)
    head_height, foot_height = _height(head), _height(foot)
    body_height = (margins.top + plot_height + margins.bottom) * MM
    width, height = preset.width * MM, head_height + body_height + foot_height
    figure = Figure(figsize=(width, height))
    plot_width = preset.width - margins.left - margins.right
    axes = figure.add_axes(
        (
            margins.left * MM / width,
            (foot_height + margins.bottom * MM) / height,
            plot_width * MM / width,
            plot_height * MM / height,
        )
    )
    frame = [*_set(figure, head, height), *_set(figure, foot, foot_height)]
    return Sheet(
        figure=figure,
        axes=axes,
        chart=chart,
        preset=preset,
        plot_width=plot_width * MM / POINT,
        plot_height=plot_height * MM / POINT,
        left=margins.left * MM / POINT,
        body=Bbox.from_extents(0, foot_height, width, foot_height + body_height),
        frame=frame,
    )


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    size: float
    colour: str
    bold: bool = False
    space: float = 0.0


def _head(chart: Chart, preset: Preset) -> list[_Line]:
    width = preset.width * MM / POINT
    title = wrap(chart.title, preset.title, width, bold=True)
    subtitle = wrap(chart.subtitle, preset.text, width)
    return [
        *(_Line(line, preset.title, INK, bold=True) for line in title),
        *(_Line(line, preset.text, MUTED, space=2.0 if i == 0 else 0.0)
          for i, line in enumerate(subtitle)),
        _Line("", 5.0, INK),
    ]  # fmt: skip


def _foot(chart: Chart, preset: Preset) -> list[_Line]:
    width = preset.width * MM / POINT
    paragraphs = [chart.note] if chart.note else []
    paragraphs += [chart.evidence_line, chart.version_line]
    lines = [line for text in paragraphs for line in wrap(text, preset.small, width)]
    return [_Line("", 3.0, INK), *(_Line(line, preset.small, MUTED) for line in lines)]


def _height(lines: list[_Line]) -> float:
    return sum(line.size * LINE + line.space for line in lines) * POINT


def _set(figure: Figure, lines: list[_Line], top: float) -> Iterator[Artist]:
    """Write lines downwards from ``top`` inches above the sheet's lower edge."""
    total = figure.get_figheight()
    for line in lines:
        top -= (line.size * LINE + line.space) * POINT
        if line.text:
            yield figure.text(
                0,
                (top + 0.25 * line.size * POINT) / total,
                line.text,
                size=line.size,
                color=line.colour,
                weight="bold" if line.bold else "normal",
                ha="left",
                va="baseline",
                parse_math=False,
            )
