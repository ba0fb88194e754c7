"""The only place that reads figures: those that ship with gongfu, and a user's own."""

from gongfu.data.dictionary import find_variable, load_dictionary, require_one_vintage
from gongfu.data.places import (
    Province,
    area_of,
    find_province,
    place_labels,
    province_code,
    provinces,
    recognise_area,
)
from gongfu.data.prices import (
    Deflator,
    consumer_deflator,
    deflate,
    national_deflator,
    regional_deflator,
)
from gongfu.data.yearbook import (
    NATION,
    excluded_cells,
    exclusion_line,
    load_china,
    load_china_national,
    load_secondary,
)
from gongfu.data.zones import load_zones, zone_code, zone_labels

__all__ = [
    "NATION",
    "Deflator",
    "Province",
    "area_of",
    "consumer_deflator",
    "deflate",
    "excluded_cells",
    "exclusion_line",
    "find_province",
    "find_variable",
    "load_china",
    "load_china_national",
    "load_dictionary",
    "load_secondary",
    "load_zones",
    "national_deflator",
    "place_labels",
    "province_code",
    "provinces",
    "recognise_area",
    "regional_deflator",
    "require_one_vintage",
    "zone_code",
    "zone_labels",
]
