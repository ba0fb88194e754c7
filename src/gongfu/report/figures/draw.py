"""Which renderer draws which kind of chart."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gongfu.report.chart import Chart
from gongfu.report.figures.curve import draw_curve
from gongfu.report.figures.effects_plane import draw_effects_plane
from gongfu.report.figures.intervals import draw_intervals
from gongfu.report.figures.matrix import draw_matrix
from gongfu.report.figures.panels import draw_panels
from gongfu.report.figures.paths import draw_paths
from gongfu.report.figures.plane import draw_plane
from gongfu.report.figures.ranges import draw_ranges
from gongfu.report.figures.rows import draw_dumbbells, draw_ranking, draw_waterfall
from gongfu.report.figures.scatter import draw_scatter
from gongfu.report.figures.shares import draw_shares
from gongfu.report.figures.sheet import Preset, Sheet, house_style
from gongfu.report.figures.tile_classes import draw_tile_classes
from gongfu.report.figures.tiles import draw_tiles
from gongfu.report.figures.years import draw_lines, draw_stack

__all__ = ["draw"]

_RENDERERS: Mapping[str, Callable[[Chart, Preset], Sheet]] = {
    "plane": draw_plane,
    "paths": draw_paths,
    "ranges": draw_ranges,
    "tiles": draw_tiles,
    "tile_classes": draw_tile_classes,
    "scatter": draw_scatter,
    "log_scatter": draw_scatter,
    "matrix": draw_matrix,
    "ranking": draw_ranking,
    "dumbbell": draw_dumbbells,
    "waterfall": draw_waterfall,
    "stack": draw_stack,
    "lines": draw_lines,
    "effects_plane": draw_effects_plane,
    "shares": draw_shares,
    "panels": draw_panels,
    "curve": draw_curve,
    "intervals": draw_intervals,
}


def draw(chart: Chart, preset: Preset) -> Sheet:
    """Return a chart drawn at one width, ready to be saved."""
    with house_style(preset, chart.to_json()):
        return _RENDERERS[chart.kind](chart, preset)
