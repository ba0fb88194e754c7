import pytest

from gongfu.core import InputError
from gongfu.data.assumption_files import load_assumptions
from gongfu.data.lever_files import find_lever, load_levers
from gongfu.data.scenario_files import load_presets, preset, read_scenario

GOOD = """
schema = "gongfu/scenario/1"
name = "mine"
title = { zh = "我的", en = "Mine" }
to = 2030
[financing]
closure = "vat"
[levers.rural_broadband]
values = { 2025 = 0.2 }
where = ["West", "河北", "rural"]
"""


def write(folder, text):
    path = folder / "方案 one.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_scenario_is_read_with_its_places(tmp_path):
    scenario = read_scenario(write(tmp_path, GOOD))
    (setting,) = scenario.policy.settings
    assert "13-rural" in setting.zones
    assert "51-rural" in setting.zones
    assert "51-urban" not in setting.zones
    assert "44-rural" not in setting.zones
    assert scenario.years[0] == 2023


def test_every_lever_is_well_described():
    levers = load_levers()
    assert len(levers) == 15
    assert {lever.level for lever in levers.values()} == {"national", "enterprise", "individual"}
    for lever in levers.values():
        assert lever.unit_cost in {"", *load_assumptions()}
        assert lever.low <= lever.neutral <= lever.high
        assert lever.cost_basis != "none" or lever.name == "income_surtax"


def test_the_combined_preset_pulls_every_lever():
    assert {s.lever for s in preset("combined").policy.settings} == set(load_levers())
    assert len(load_presets()) >= 5


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("[levers.rural_broadband]", "[levers.rural_brodband]"), "Did you mean 'rural_broadband'"),
        (("0.2 }", "0.9 }"), "expected 0 to 0.4"),
        (("0.2 }", "-0.1 }"), "out of bounds"),
        (("2025 =", "2023 ="), "a lever starts after it"),
        (("2025 =", "2031 ="), "expected a year from 2024 to 2030"),
        (("to = 2030", "to = 2020"), "'to' must come after 'base'"),
        (('"河北"', '"河背"'), "no place or area is called '河背'"),
        (('closure = "vat"', 'closure = "none"'), "Financing is mandatory"),
        (('[financing]\nclosure = "vat"', ""), "Financing is mandatory"),
        (("values =", "value ="), "Did you mean 'values'"),
        (("rural_broadband]", "rural_broadband"), "not valid TOML"),
        (("{ 2025 = 0.2 }", "{}"), "at least 1 item"),
        (("{ 2025 = 0.2 }", '{ 2025 = "a" }'), "valid number"),
        (("{ 2025 = 0.2 }", "{ 2025 = nan }"), "out of bounds"),
    ],
)
def test_a_wrong_scenario_says_what_to_do(tmp_path, change, message):
    with pytest.raises(InputError) as caught:
        read_scenario(write(tmp_path, GOOD.replace(*change, 1)))
    assert message in str(caught.value)


def test_all_problems_of_a_scenario_come_at_once(tmp_path):
    text = GOOD.replace("0.2 }", "0.9, 2050 = 0.1 }").replace("West", "Wset")
    with pytest.raises(InputError) as caught:
        read_scenario(write(tmp_path, text + "[levers.data_sharin]\nvalues = { 2024 = 0.1 }\n"))
    assert len(caught.value.problems) == 4


def test_a_missing_scenario_offers_a_preset(tmp_path):
    with pytest.raises(InputError, match="Did you mean 'combined'"):
        read_scenario(tmp_path / "combind.toml")
    with pytest.raises(InputError, match="Did you mean 'skills'"):
        preset("skils")


def test_an_unknown_lever_offers_the_nearest():
    with pytest.raises(InputError, match="Did you mean 'sme_voucher'"):
        find_lever("sme_vouchers")
