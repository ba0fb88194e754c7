import pytest

from gongfu.report.charts import build_charts
from gongfu.report.document import ResultDocument
from gongfu.report.figures.draw import _RENDERERS
from gongfu.report.front import charts_data
from gongfu.report.front.data import DRAWN_KINDS
from gongfu.report.palette import LOSS_TO_GAIN


@pytest.fixture(scope="module")
def data(document: ResultDocument) -> dict:
    return charts_data(build_charts(document, "en"))


def rows_of(series: dict) -> list[dict]:
    return [dict(zip(series["columns"], row, strict=True)) for row in series["rows"]]


def test_every_kind_of_printed_figure_is_live():
    assert set(DRAWN_KINDS) == set(_RENDERERS)


def test_a_stack_carries_the_sum_of_its_parts_and_what_became_of_each(data: dict):
    *parts, total = data["dagum"]["series"]
    for i, whole in enumerate(rows_of(total)):
        heights = [rows_of(part)[i]["y"] for part in parts]
        assert whole["y"] == pytest.approx(sum(heights), abs=1e-5)  # six digits each
    assert total["label"] == "Total"
    for series in (*parts, total):
        ends = [rows_of(series)[i]["y"] for i in (0, -1)]
        said = rows_of(series)[-1]["words"].split(" → ")
        assert [float(one) for one in said] == pytest.approx(ends, abs=6e-4)  # three decimals


def test_classes_of_shares_go_from_loss_to_gain(data: dict):
    *classes, verdicts = data["winners"]["series"]
    paints = [{row["paint"] for row in rows_of(one)} for one in classes]
    assert paints == [{colour} for colour in LOSS_TO_GAIN]
    for row in rows_of(verdicts):
        assert row["text"].endswith("%")
        assert " … " in row["shown_range"]
        assert row["words"] in {"gains", "loses", "cannot tell"}


def test_packages_say_both_ranges_and_the_parts_of_their_effect(data: dict):
    chart = data["plane_policies"]
    labels = [chart["axes"][channel]["label"] for channel in ("z0", "z1", "z2")]
    assert labels == ["Bigger cake: GDP per head", "Household share", "Common prosperity"]
    for series in chart["series"]:
        (row,) = rows_of(series)
        assert {"range_x", "range_y", "shown_z0", "shown_z1", "shown_z2"} <= row.keys()
        assert "shown_range" not in row
