import re
from dataclasses import replace

import matplotlib as mpl
import numpy as np
import polars as pl
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from gongfu.report.chart import Chart
from gongfu.report.charts import build_charts
from gongfu.report.figures import NARROW, WIDE, draw
from gongfu.report.figures.sheet import EVEN_WIDTHS

KEYS = (
    "plane",
    "waterfall",
    "tiles",
    "ranking",
    "plane_provinces",
    "ratios",
    "inequality",
    "dagum",
    "nested",
    "gap",
    "plane_policies",
    "winners",
    "policy_paths",
)


def text_of(svg: bytes) -> str:
    return " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", svg.decode("utf-8")))


@pytest.mark.parametrize("preset", [WIDE, NARROW])
@pytest.mark.parametrize("key", KEYS)
def test_a_body_has_the_numbers_and_leaves_title_and_source_to_the_page(
    en: dict[str, Chart], key: str, preset
):
    chart = en[key]
    body = text_of(draw(chart, preset).save("svg", whole=False))
    assert chart.source not in body
    assert chart.title not in body
    assert re.search(r"\d", body)


@pytest.mark.parametrize("preset", [WIDE, NARROW])
def test_a_sheet_has_the_width_asked_for(zh: dict[str, Chart], preset):
    for chart in zh.values():
        width = draw(chart, preset).figure.get_figwidth() * 25.4
        assert width == pytest.approx(preset.width)  # float rounding of millimetres


def test_the_same_chart_gives_the_same_bytes(zh: dict[str, Chart]):
    for kind in ("svg", "png"):
        first, second = (draw(zh["nested"], WIDE).save(kind) for _ in range(2))
        assert first == second
        assert b"202" not in first[:400] or kind == "png"  # no date in the head of the file
    assert b"<dc:date>" not in draw(zh["nested"], WIDE).save("svg")


def test_a_whole_picture_needs_no_font_and_a_body_uses_the_fonts_of_its_page(
    zh: dict[str, Chart],
):
    sheet = draw(zh["waterfall"], WIDE)
    assert b"<text" not in sheet.save("svg")
    assert "做大蛋糕" in text_of(sheet.save("svg", whole=False))
    assert b"<text" not in sheet.save("svg")  # saving the body changes nothing for the next save


def test_markup_and_mathematics_in_a_label_are_shown_as_text(en: dict[str, Chart]):
    chart = en["waterfall"]
    row = {**chart.series[0].rows[0], "label": "<b>$x^2$</b> & more"}
    steps = replace(chart.series[0], rows=(row, *chart.series[0].rows[1:]))
    body = draw(replace(chart, series=(steps,)), WIDE).save("svg", whole=False)
    assert b"&lt;b&gt;$x^2$&lt;/b&gt; &amp; more" in body
    assert b"<b>" not in body


@pytest.mark.parametrize("preset", [WIDE, NARROW])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_names_of_provinces_do_not_cover_each_other(
    zh: dict[str, Chart], en: dict[str, Chart], language: str, preset
):
    chart = (zh if language == "zh" else en)["plane_provinces"]
    sheet = draw(chart, preset)
    renderer = FigureCanvasAgg(sheet.figure).get_renderer()
    key = "label" if preset is WIDE else "short"
    names = {row[key] for series in chart.series for row in series.rows}
    boxes = [
        text.get_window_extent(renderer) for text in sheet.axes.texts if text.get_text() in names
    ]
    assert len(boxes) == 31
    areas = np.array([[b.x0, b.y0, b.x1, b.y1] for b in boxes])
    for i in range(len(areas)):
        for j in range(i):
            shared = np.minimum(areas[i, 2:], areas[j, 2:]) - np.maximum(areas[i, :2], areas[j, :2])
            # Boxes of type hold empty space above and below the letters: a sliver may be shared.
            assert (shared <= 2.0).any()


@pytest.mark.parametrize("preset", [WIDE, NARROW])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_text_runs_over_the_edge_of_its_sheet(
    zh: dict[str, Chart], en: dict[str, Chart], language: str, preset
):
    for chart in (zh if language == "zh" else en).values():
        sheet = draw(chart, preset)
        sheet.figure.set_dpi(200)
        renderer = FigureCanvasAgg(sheet.figure).get_renderer()
        with mpl.rc_context(EVEN_WIDTHS):
            extents = [
                text.get_window_extent(renderer) for text in (*sheet.frame, *sheet.axes.texts)
            ]
        width = sheet.figure.get_figwidth() * 200
        # Two pixels of a 200th of an inch: a letter's box is rounded to whole pixels.
        assert min(extent.x0 for extent in extents) >= -2, chart.key
        assert max(extent.x1 for extent in extents) <= width + 2, chart.key


def test_a_falling_account_is_drawn_too(with_rows):
    falls = with_rows("account_paths", -pl.col("cake"), -pl.col("division"))
    assert draw(build_charts(falls, "zh")["plane"], WIDE).save("svg")


def test_a_tile_map_with_gains_and_losses_is_centred_on_zero(with_rows):
    mixed = with_rows("provinces", pl.col("growth") - 0.6)
    svg = draw(build_charts(mixed, "zh")["tiles"], WIDE).save("svg", whole=False)
    assert "−" in text_of(svg)
