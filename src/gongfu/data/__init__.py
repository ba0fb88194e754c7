"""The only place that reads figures: those that ship with gongfu, and a user's own."""

from gongfu.data.dictionary import (
    find_variable,
    load_dictionary,
    require_one_vintage,
    translate_term,
)
from gongfu.data.estimates import estimate_missing
from gongfu.data.external import load_ceads, load_meic, load_pku_dfiic
from gongfu.data.geography import Capital, borders, capitals, distances, neighbours
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
from gongfu.data.quality import quality_table, second_copy_share
from gongfu.data.sources import Source, cite, find_source, load_sources
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
    "Capital",
    "Deflator",
    "Province",
    "Source",
    "area_of",
    "borders",
    "capitals",
    "cite",
    "consumer_deflator",
    "deflate",
    "distances",
    "estimate_missing",
    "excluded_cells",
    "exclusion_line",
    "find_province",
    "find_source",
    "find_variable",
    "load_ceads",
    "load_china",
    "load_china_national",
    "load_dictionary",
    "load_meic",
    "load_pku_dfiic",
    "load_secondary",
    "load_sources",
    "load_zones",
    "national_deflator",
    "neighbours",
    "place_labels",
    "province_code",
    "provinces",
    "quality_table",
    "recognise_area",
    "regional_deflator",
    "require_one_vintage",
    "second_copy_share",
    "translate_term",
    "zone_code",
    "zone_labels",
]
