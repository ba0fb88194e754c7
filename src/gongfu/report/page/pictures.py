"""Figures as inline SVG: named for those who do not see them, with ids of their own."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

from markupsafe import Markup, escape

from gongfu.report.chart import Chart
from gongfu.report.figures import NARROW, Sheet, draw

__all__ = ["Bodies", "bodies_of"]

DRAWN_BY_THE_PAGE = ("tiles", "ranking")  # as a table and cells of its own

_ROOT = re.compile(r"<svg [^>]*>", re.DOTALL)
_VIEW = re.compile(r'viewBox="([^"]*)"')
_IDS = re.compile(r'\bid="([^"]+)"')
_GROUP_IDS = re.compile(r'<g id="[^"]*"')
_LONG_NUMBERS = re.compile(r"(?<![\w#.])\d+\.\d{3,}(?![\w.])")
_TAGS = re.compile(r"<[^>]+>")
_METADATA = re.compile(r"<metadata>.*?</metadata>", re.DOTALL)
_POINTERS = re.compile(r'(url\(#|href="#)([^")]+)')
_PATHS = re.compile(r' d="([^"]*)"')
_STEPS = re.compile(r"\s*([A-Za-z])\s*")
_NOTHING = Markup("")


@dataclass(frozen=True, slots=True)
class Bodies:
    """The body of a chart on the page.

    Parameters
    ----------
    picture : as printed, for readers without scripts; empty where the page has cells of its own.
    wide, narrow : height by width of the printed bodies, which the live figure keeps.
    """

    picture: Markup = _NOTHING
    wide: float = 0.6
    narrow: float = 1.0


def bodies_of(chart: Chart, wide: Sheet) -> Bodies:
    """Return what the page shows of a chart, given its sheet at full width."""
    narrow = draw(chart, NARROW)
    picture = _NOTHING if chart.key in DRAWN_BY_THE_PAGE else _inline(narrow)
    return Bodies(picture, _height(wide), _height(narrow))


def _height(sheet: Sheet) -> float:
    return round(sheet.body.height / sheet.body.width, 3)


def _inline(sheet: Sheet) -> Markup:
    """Return the body of a sheet as markup: it comes from our renderer, its texts are escaped."""
    svg = sheet.save("svg", whole=False).decode("utf-8")
    name = f"{sheet.chart.key}-{sheet.preset.name}"
    prefix = f"c{zlib.crc32(name.encode()):08x}"[:7]
    return Markup(_own_ids(_rooted(svg, sheet.chart), prefix))


def _rooted(svg: str, chart: Chart) -> str:
    """Return the picture without prolog and metadata, under a root that says what it shows."""
    root = _ROOT.search(svg)
    assert root is not None, "matplotlib wrote no svg element"
    view = _VIEW.search(root[0])
    assert view is not None, "matplotlib wrote no viewBox"
    inside = _rounded(_METADATA.sub("", svg[root.end() :]))
    return (
        f'<svg viewBox="{view[1]}" role="img" aria-label="{escape(chart.alt)}" '
        f'preserveAspectRatio="xMinYMin meet">{inside}'
    )


def _rounded(svg: str) -> str:
    """Return the marks with places to a hundredth of a point, which no screen can show finer.

    Only inside tags: what stands between them are words and numbers for people.
    """
    rounded = _TAGS.sub(lambda tag: _LONG_NUMBERS.sub(_to_hundredths, tag[0]), svg)
    return _PATHS.sub(lambda path: f' d="{_STEPS.sub(_step, path[1]).strip()}"', rounded)


def _step(found: re.Match[str]) -> str:
    """Return a step of a path without the spaces that tell it from its numbers."""
    return found[1]


def _to_hundredths(number: re.Match[str]) -> str:
    return f"{float(number[0]):.2f}".rstrip("0").rstrip(".")


def _own_ids(svg: str, prefix: str) -> str:
    """Return the picture with short ids that no other picture on the page has; drop unused ones."""
    without = _GROUP_IDS.sub("<g", svg)
    numbers = {name: f"{prefix}{i:x}" for i, name in enumerate(_IDS.findall(without))}
    named = _IDS.sub(lambda found: f'id="{numbers[found[1]]}"', without)
    return _POINTERS.sub(lambda found: f"{found[1]}{numbers[found[2]]}", named)
