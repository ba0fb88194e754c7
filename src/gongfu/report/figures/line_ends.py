"""Names of lines beside their last points: in the right margin, none over another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongfu.report.figures.lettering import wrap
from gongfu.report.figures.scales import write
from gongfu.report.figures.sheet import LINE, Sheet
from gongfu.report.figures.spread import spread

__all__ = ["LineEnd", "name_line_ends"]

_MM_PER_POINT = 25.4 / 72
_FREE = 1.5  # millimetres left free at the sheet's edge


@dataclass(frozen=True, slots=True)
class LineEnd:
    """A name in the right margin, the words below it, and the value it stands level with."""

    label: str
    words: str
    place: float
    colour: str


def name_line_ends(sheet: Sheet, ends: Sequence[LineEnd], right: float) -> None:
    """Write names and words in the right margin.

    Parameters
    ----------
    right : width of that margin, in millimetres.
    """
    size = sheet.preset.text
    room = (right - _FREE) / _MM_PER_POINT - 6
    texts = [
        [*(wrap(end.label, size, room) if end.label else []), *([end.words] if end.words else [])]
        for end in ends
    ]
    low, high = sheet.axes.get_ylim()
    wanted = [(end.place - low) / (high - low) * sheet.plot_height for end in ends]
    heights = [len(lines) * size * LINE + 3 for lines in texts]
    centres = spread(wanted, heights, 0, sheet.plot_height + 10)
    for end, lines, centre in zip(ends, texts, centres, strict=True):
        write(
            sheet, "\n".join(lines), (1, 0), frame="axes", shift=(5, centre), ha="left",
            colour=end.colour,
        )  # fmt: skip
