"""The embedded figures as tables of a study: provinces, zones, nation."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gongfu.data import load_china, load_china_national, load_zones, provinces
from gongfu.study.tables.types import UnitTable

__all__ = ["EMBEDDED"]


def _province_table() -> UnitTable:
    region = {place.code: place.region for place in provinces()}
    return UnitTable(load_china(), {"region": region}, "provinces")


def _zone_table() -> UnitTable:
    panel = load_zones()
    region = {place.code: place.region for place in provinces()}
    split = {unit: unit.split("-", maxsplit=1) for unit in panel.units}
    levels = {
        "region": {unit: region[province] for unit, (province, _) in split.items()},
        "province": {unit: province for unit, (province, _) in split.items()},
        "area": {unit: area for unit, (_, area) in split.items()},
    }
    return UnitTable(panel, levels, "zones")


def _national_table() -> UnitTable:
    return UnitTable(load_china_national(), embedded="national")


EMBEDDED: Mapping[str, Callable[[], UnitTable]] = {
    "provinces": _province_table,
    "zones": _zone_table,
    "national": _national_table,
}
