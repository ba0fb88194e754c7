import json
from pathlib import Path

import pytest

from gongfu.core import InputError
from gongfu.data.scenario_files import preset, read_scenario
from gongfu.study.settings import study_schema
from gongfu.study.start import write_scenario, write_study
from gongfu.study.study_file import embedded_study, read_study


def write(folder: Path, text: str) -> Path:
    path = folder / "研究 file.toml"
    path.write_text(text, encoding="utf-8")
    return path


MINIMAL = """
schema = "gongfu/study/1"
name = "mine"
title = { zh = "甲", en = "A" }
[data.cities]
source = "file"
path = "cities.csv"
[[account]]
name = "cities"
title = { zh = "城市", en = "Cities" }
data = "cities"
income = "income"
population = "population"
start = 2013
end = 2020
"""


def test_a_minimal_study_is_read(tmp_path):
    study = read_study(write(tmp_path, MINIMAL))
    assert study.account[0].indices == ("gini", "atkinson_1")
    assert study.prices.deflator == "none"


def test_the_copy_that_init_writes_is_the_embedded_study(tmp_path):
    written, schema = write_study(tmp_path / "新 folder")
    assert read_study(written) == embedded_study()
    assert json.loads(schema.read_text("utf-8")) == study_schema()


def test_init_refuses_to_overwrite(tmp_path):
    write_study(tmp_path)
    with pytest.raises(InputError, match="--force"):
        write_study(tmp_path)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("start = 2013", "start = 2021"), "end (2020) must come after start (2021)"),
        (('income = "income"', 'incom = "income"'), "Did you mean 'income'?"),
        (('data = "cities"', 'data = "citys"'), "Did you mean 'cities'?"),
        (("start = 2013", "start = 13"), "greater than or equal to 1900"),
        (('schema = "gongfu/study/1"', 'schema = "gongfu/study/2"'), "gongfu/study/1"),
        (('population = "population"\n', ""), "needs 'population'"),
        (("[data.cities]", "[data.cities"), "not valid TOML"),
        (('name = "cities"', 'name = "Cities!"'), "pattern"),
    ],
)
def test_a_wrong_study_says_what_to_do(tmp_path, change, message):
    with pytest.raises(InputError) as caught:
        read_study(write(tmp_path, MINIMAL.replace(*change, 1)))
    assert message in str(caught.value)
    assert all(problem.file for problem in caught.value.problems)


def test_all_problems_of_a_study_come_at_once(tmp_path):
    text = MINIMAL.replace("start = 2013", "start = 1").replace("path =", "pth =")
    with pytest.raises(InputError) as caught:
        read_study(write(tmp_path, text))
    assert len(caught.value.problems) == 3  # impossible year, unknown key, missing path


def test_a_missing_study_offers_the_nearest_file(tmp_path):
    write(tmp_path, MINIMAL)
    with pytest.raises(InputError, match=r"研究 file\.toml"):
        read_study(tmp_path / "研究 fil.toml")


def test_a_study_that_is_not_utf8_says_so(tmp_path):
    path = tmp_path / "study.toml"
    path.write_bytes("名 = 1".encode("gb18030"))
    with pytest.raises(InputError, match="Save the study file as UTF-8"):
        read_study(path)


def test_a_preset_can_be_copied_changed_and_read_again(tmp_path):
    written, schema = write_scenario(tmp_path / "方案", "skills")
    assert schema.name == "scenario.schema.json"
    assert written.read_text("utf-8").startswith("#:schema ./scenario.schema.json\n")
    found = read_scenario(written)
    assert found.policy.settings == preset("skills").policy.settings
    with pytest.raises(InputError, match="file exists"):
        write_scenario(tmp_path / "方案", "skills")
    with pytest.raises(InputError, match="skills"):
        write_scenario(tmp_path, "skils")
