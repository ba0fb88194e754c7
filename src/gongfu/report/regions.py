"""Names of the provinces and their places in the tile map, from the table in ``gongfu.data``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import polars as pl

__all__ = ["Region", "region_label", "region_short", "regions"]


@dataclass(frozen=True, slots=True)
class Region:
    """A province: names, larger region, and its cell in the tile map (row 0 is the north)."""

    code: str
    zh: str
    en: str
    abbr: str
    iso: str
    area: str
    has_data: bool
    tile_row: int
    tile_column: int

    def label(self, language: str) -> str:
        """Return the name in ``zh`` or ``en``."""
        return self.zh if language == "zh" else self.en

    def short(self, language: str) -> str:
        """Return one Chinese character, or two Latin letters."""
        return self.abbr if language == "zh" else self.iso


def region_label(code: str, language: str) -> str:
    """Return the name of a province, or the code itself for any other region."""
    place = regions().get(code)
    return place.label(language) if place else code


def region_short(code: str, language: str) -> str:
    """Return the short name of a province, or the code itself for any other region."""
    place = regions().get(code)
    return place.short(language) if place else code


@cache
def regions() -> Mapping[str, Region]:
    """Return all provinces by code, in the order of their codes."""
    content = (files("gongfu.data") / "china" / "provinces.csv").read_bytes()
    rows = pl.read_csv(content, infer_schema=False).sort("code").iter_rows(named=True)
    return MappingProxyType({row["code"]: _region(row) for row in rows})


def _region(row: Mapping[str, str | None]) -> Region:
    fields = {key: value or "" for key, value in row.items()}
    return Region(
        code=fields["code"],
        zh=fields["zh"],
        en=fields["en"],
        abbr=fields["abbr"],
        iso=fields["iso"].removeprefix("CN-"),
        area=fields["region"].lower(),
        has_data=fields["has_data"] == "yes",
        tile_row=int(fields["tile_row"]),
        tile_column=int(fields["tile_column"]),
    )
