import json
from dataclasses import replace

import pytest

from gongfu.core import InputError
from gongfu.report.chart import Axis, Chart


def test_a_quantity_without_unit_is_refused(zh: dict[str, Chart]):
    chart = zh["gap"]
    bare = replace(chart.axes["y"], unit="")
    with pytest.raises(InputError, match="has no unit"):
        replace(chart, axes={**chart.axes, "y": bare})


def test_money_without_price_base_is_refused(zh: dict[str, Chart]):
    money = Axis(key="m", label="均值", unit="元", format="yuan")
    with pytest.raises(InputError, match="no price base"):
        replace(zh["gap"], axes={"y": money})


@pytest.mark.parametrize("field", ["title", "subtitle", "source", "uncertainty_text", "alt"])
def test_a_text_that_every_chart_needs_may_not_be_empty(zh: dict[str, Chart], field: str):
    with pytest.raises(InputError, match=field):
        replace(zh["gap"], **{field: " "})


def test_all_problems_of_a_chart_come_at_once(zh: dict[str, Chart]):
    with pytest.raises(InputError) as caught:
        replace(zh["gap"], title="", alt="")
    assert len(caught.value.problems) == 2


def test_json_is_the_same_each_time_and_has_no_nan(en: dict[str, Chart]):
    for chart in en.values():
        assert chart.to_json() == chart.to_json()
        raw = json.loads(chart.to_json(), parse_constant=pytest.fail)
        assert raw["schema"] == "gongfu/chart/1"


def test_a_value_that_is_not_a_number_becomes_null(en: dict[str, Chart]):
    chart = en["gap"]
    broken = replace(chart.series[0], rows=({"x": 2013, "y": float("nan")},))
    assert replace(chart, series=(broken,)).to_dict()["series"][0]["rows"] == [
        {"x": 2013, "y": None}
    ]
