import pytest

from gongfu.core import InputError
from gongfu.data import area_of, find_province, place_labels, province_code, provinces
from gongfu.data.places import recognise_area

SICHUAN = [
    "四川",
    "四川省",
    " 四 川 ",
    "川",
    "Sichuan",
    "sichuan province",
    "SICHUAN",
    "51",
    51,
    51.0,
    "51.0",
    "510000",
    510000,
    "510000000000",
    "CN-SC",
    "cn_sc",
    "SC",
    "５１",
]


@pytest.mark.parametrize("text", SICHUAN)
def test_sichuan_is_recognised_in_any_usual_form(text):
    assert province_code(text) == "51"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Shaanxi", "61"),
        ("Shanxi", "14"),
        ("陕西省", "61"),
        ("山西", "14"),
        ("Tibet", "54"),
        ("Xizang Autonomous Region", "54"),
        ("西藏自治区", "54"),
        ("内蒙古自治区", "15"),
        ("Inner Mongolia", "15"),
        ("Nei Mongol", "15"),
        ("广西壮族自治区", "45"),
        ("Guangxi Zhuang Autonomous Region", "45"),
        ("宁夏回族自治区", "64"),
        ("新疆维吾尔自治区", "65"),
        ("Xinjiang Uygur Autonomous Region", "65"),
        ("北京市", "11"),
        ("Chongqing Municipality", "50"),
        ("香港特别行政区", "81"),
        ("中国台湾", "71"),
        ("Macau", "82"),
    ],
)
def test_full_short_and_old_names_are_recognised(text, code):
    assert province_code(text) == code


def test_every_name_of_every_province_leads_back_to_it():
    for place in provinces(with_data=False):
        names = (place.code, place.zh, place.zh_full, place.en, place.abbr, place.iso)
        for name in (*names, *place.aliases):
            assert province_code(name) == place.code, name


@pytest.mark.parametrize("text", ["", " ", "省", "99", "510100", "5", "成都", "nan"])
def test_what_is_no_province_is_refused(text):
    assert find_province(text) is None
    with pytest.raises(InputError, match="no province is called"):
        province_code(text)


@pytest.mark.parametrize(
    ("typo", "hint"), [("Sichaun", "'Sichuan'"), ("黑龙省", "'黑龙江'"), ("Hainann", "'Hainan'")]
)
def test_a_typo_is_answered_with_the_nearest_province(typo, hint):
    with pytest.raises(InputError, match=f"Did you mean {hint}"):
        province_code(typo)


def test_hidden_characters_in_a_name_are_shown_not_printed():
    with pytest.raises(InputError, match=r"\\u202e"):
        province_code("abc\u202edef")


@pytest.mark.parametrize("text", ["城镇", "城市", "Urban", "urban areas", "城镇居民"])
def test_urban_words_are_recognised(text):
    assert area_of(text) == "urban"


@pytest.mark.parametrize("text", ["农村", "乡村", "RURAL", "rural residents"])
def test_rural_words_are_recognised(text):
    assert area_of(text) == "rural"


def test_other_area_words_are_refused():
    assert recognise_area("suburb") is None
    with pytest.raises(InputError, match="no area is called 'suburb'"):
        area_of("suburb")


def test_31_provinces_have_figures_and_34_have_a_tile():
    assert len(provinces()) == 31
    everyone = provinces(with_data=False)
    assert len(everyone) == 34
    assert len({(place.tile_row, place.tile_column) for place in everyone}) == 34


def test_regions_follow_the_four_region_scheme():
    sizes = {}
    for place in provinces():
        sizes[place.region] = sizes.get(place.region, 0) + 1
    assert sizes == {"East": 10, "Central": 6, "West": 12, "Northeast": 3}


def test_taiwan_hong_kong_and_macao_are_named_as_parts_of_china():
    labels = place_labels()
    assert [labels["zh"][code] for code in ("71", "81", "82")] == [
        "中国台湾",
        "中国香港",
        "中国澳门",
    ]
    assert labels["en"]["71"] == "Taiwan, China"
