from __future__ import annotations

import re
from dataclasses import replace

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from gongfu.core import Evidence, Uncertainty
from gongfu.report.chart import Axis, Chart, ReferenceLine, Series, Shade, Twin
from gongfu.report.charts.measures.origin import Origin, measure_chart
from gongfu.report.figures import NARROW, WIDE, draw
from gongfu.report.figures.sheet import EVEN_WIDTHS
from gongfu.report.figures.ticks import index_ticks, share_ticks

ORIGIN = Origin(
    file="households 住户.csv", evidence=Evidence.SIMULATED, uncertainty=Uncertainty.SAMPLING
)
X = Axis(key="x", label="Rank", unit="share of people", format="share")
Y = Axis(key="y", label="Growth", unit="%", format="log_percent", price_base="2020 prices")


def series(key: str, role="first", level: float = 0.0, mark="line", outer=True) -> Series:
    ranks = np.linspace(0.05, 0.95, 19)
    rows = tuple(
        {
            "x": float(p),
            "y": float(level + 0.3 - 0.2 * p),
            "y_low": float(level + 0.25 - 0.2 * p),
            "y_high": float(level + 0.35 - 0.2 * p),
            **({"y_outer_low": level + 0.2 - 0.2 * p, "y_outer_high": level + 0.4 - 0.2 * p}
               if outer else {}),
        }
        for p in ranks
    )  # fmt: skip
    return Series(key=key, label=f"The line called {key}", mark=mark, role=role, rows=rows)


def curve(language: str = "en", **changes) -> Chart:
    chart = measure_chart(
        ORIGIN,
        language,
        kind="curve",
        key="made_up",
        title="Incomes of the poor grow faster",
        subtitle="Growth by rank, 2013-2024",
        axes={"x": X, "y": Y},
        series=(series("one"),),
        references=(ReferenceLine(intercept=0.2, label="growth of the mean"),),
        twin=Twin(columns=(X, Y), rows=((0.05, 0.29),)),
        alt="A falling line.",
    )
    return replace(chart, **changes)


def intervals(**changes) -> Chart:
    value = Axis(key="value", label="Share of inequality", unit="%", format="share")
    rows = tuple(
        {"label": name, "value": share, "low": share - 0.1, "high": share + 0.1}
        for name, share in (("Wages and salaries", 0.7), ("财产性收入", -0.05), ("Transfers", 0.2))
    )
    one = Series(key="sources", label="Sources", mark="range", role="first", rows=rows)
    zero = (ReferenceLine(intercept=0.0, vertical=True),)
    return curve(kind="intervals", axes={"x": value}, series=(one,), references=zero, **changes)


def texts(chart: Chart, preset=WIDE) -> str:
    svg = draw(chart, preset).save("svg", whole=False).decode("utf-8")
    return " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", svg))


CHARTS = {
    "one": curve(),
    "two": curve(series=(series("one"), series("two", "second", 0.01))),
    "points": curve(series=(series("one", mark="point"),)),
    "steps": curve(series=(series("one", mark="step", outer=False),)),
    "shaded": curve(shades=(Shade(label="cannot tell", x_low=0.2, x_high=0.4),)),
    "upright": curve(references=(ReferenceLine(intercept=0.5, vertical=True, label="median"),)),
    "sloped": curve(references=(ReferenceLine(intercept=0.0, slope=0.3, label="equality"),)),
    "rows": intervals(),
}


@pytest.mark.parametrize("preset", [WIDE, NARROW])
@pytest.mark.parametrize("name", CHARTS)
def test_no_text_runs_over_the_edge_of_its_sheet(name: str, preset):
    sheet = draw(CHARTS[name], preset)
    sheet.figure.set_dpi(200)
    renderer = FigureCanvasAgg(sheet.figure).get_renderer()
    with mpl.rc_context(EVEN_WIDTHS):
        extents = [text.get_window_extent(renderer) for text in (*sheet.frame, *sheet.axes.texts)]
    # Two pixels of a 200th of an inch: a letter's box is rounded to whole pixels.
    assert min(extent.x0 for extent in extents) >= -2
    assert max(extent.x1 for extent in extents) <= sheet.figure.get_figwidth() * 200 + 2


@pytest.mark.parametrize("kind", ["svg", "png", "pdf"])
def test_the_same_chart_gives_the_same_bytes(kind: str):
    first, second = (draw(CHARTS["two"], WIDE).save(kind) for _ in range(2))
    assert first == second


def test_lines_are_named_at_their_ends_and_bands_are_drawn():
    words = texts(CHARTS["two"])
    assert "The line called one" in words
    assert "The line called two" in words
    assert len(draw(CHARTS["two"], WIDE).axes.collections) >= 4  # two bands for each of two lines


def test_a_band_widens_the_range_drawn():
    low, high = draw(CHARTS["one"], WIDE).axes.get_ylim()
    assert low < 0.2 - 0.2 * 0.95
    assert high > 0.4 - 0.2 * 0.05


def test_rows_show_their_values_and_the_line_of_nothing():
    words = texts(CHARTS["rows"])
    assert "70.0%" in words
    assert "财产性收入" in words


def test_a_figure_names_its_file_and_its_evidence():
    chart = curve("zh")
    assert "households 住户.csv" in chart.evidence_line
    assert "模拟" in chart.evidence_line
    assert "文件" in chart.version_line


def test_ticks_reach_from_tiny_densities_to_large_amounts():
    assert [label for _, label in index_ticks(0.0, 4e-6, 4)][1] == "0.000001"
    assert index_ticks(0.0, 4e7, 4)[-1][1] == "40,000,000"
    assert share_ticks(4, -0.2, 0.2)[0][1] == "−20%"
