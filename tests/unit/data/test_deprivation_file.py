from __future__ import annotations

import pytest

from gongfu.core import InputError
from gongfu.data.deprivation_file import deprivation_schema, parse_deprivations, read_deprivations

HEAD = """
schema = "gongfu/deprivations/1"
name = "needs"
title = { zh = "基本需要", en = "Needs" }
k = 0.34
"""
SCHOOL = '[indicators.school]\ntitle = { zh = "教育", en = "School" }\n'


def test_weights_are_shared_by_dimensions_then_by_indicators():
    spec = parse_deprivations(
        HEAD
        + "[dimensions.education]\nweight = 1\n[dimensions.living]\nweight = 2\n"
        + SCHOOL
        + 'dimension = "education"\nbelow = 6\n'
        + '[indicators.water]\ntitle = { zh = "水", en = "Water" }\ndimension = "living"\n'
        + "weight = 3\none_of = [false]\n"
        + '[indicators.room]\ntitle = { zh = "房", en = "Room" }\ndimension = "living"\n'
        + 'at_most = 12\ncolumn = "每人面积"\n'
        + '[indicators.debt]\ntitle = { zh = "债", en = "Debt" }\nabove = 0\n',
        "needs.toml",
    )
    weights = {one.name: one.weight for one in spec.indicators}
    assert weights == pytest.approx({"school": 1 / 4, "water": 3 / 8, "room": 1 / 8, "debt": 1 / 4})
    assert spec.columns == ("school", "water", "每人面积", "debt")
    assert [one.words for one in spec.indicators] == [
        "school below 6",
        "water is false",
        "每人面积 at most 12",
        "debt above 0",
    ]


def test_equal_weights_without_dimensions():
    spec = parse_deprivations(
        HEAD + SCHOOL + 'at_least = 1\n[indicators.b]\ntitle = {zh="乙",en="B"}\nbelow = 1\n', "f"
    )
    assert [one.weight for one in spec.indicators] == [0.5, 0.5]


def test_every_problem_of_a_file_comes_at_once():
    with pytest.raises(InputError) as refused:
        parse_deprivations(
            HEAD.replace("0.34", "1.5")
            + "titel = 1\n[dimensions.educaton]\n"
            + SCHOOL
            + 'dimension = "education"\nbelow = 6\nabove = 9\n'
            + '[indicators.educaton]\ntitle = { zh = "重", en = "Twice" }\nweight = 0\n',
            "needs.toml",
        )
    text = str(refused.value)
    for claim in (
        "column k: Input should be less than or equal to 1 (found 1.5)",
        "column titel: no such key (found 1). Did you mean 'title'?",
        "column indicators.school: an indicator needs exactly one cut-off",
        "column indicators.school.dimension: no such dimension",
        "Did you mean 'educaton'?",
        "column indicators.educaton: name stands twice",
        "column indicators.educaton.weight: Input should be greater than 0",
        "column indicators.educaton: an indicator needs exactly one cut-off (expected one of "
        "below, at_most, above, at_least, one_of; found none)",
        "column dimensions.educaton: a dimension without indicators",
    ):
        assert claim in text
    assert all(problem.file == "needs.toml" for problem in refused.value.problems)


@pytest.mark.parametrize("text", ["", "k = ", HEAD, HEAD + "[indicators]\n", HEAD + "indicators=3"])
def test_files_without_indicators_are_refused(text):
    with pytest.raises(InputError):
        parse_deprivations(text, "needs.toml")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match="no such deprivation file"):
        read_deprivations(tmp_path / "没有.toml")


def test_the_schema_names_every_comparison():
    entry = deprivation_schema()["$defs"]["IndicatorEntry"]["properties"]
    assert {"below", "at_most", "above", "at_least", "one_of"} <= set(entry)
