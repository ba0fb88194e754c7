"""Provinces and the many ways people write them.

References
----------
[GB/T 2260] Codes for the administrative divisions of the People's Republic of China.
[NBS regions] Division of China into East, Central, West and Northeast, National Bureau of
Statistics of China, 2011.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

from gongfu.core import InputError, Problem
from gongfu.data.embedded import read_embedded
from gongfu.data.plain_text import plain

__all__ = [
    "Area",
    "Province",
    "area_of",
    "find_province",
    "place_labels",
    "province_code",
    "provinces",
    "recognise_area",
]

Area = Literal["urban", "rural"]


@dataclass(frozen=True, slots=True)
class Province:
    """One province-level division and its cell in the tile map.

    Parameters
    ----------
    code : two digits of [GB/T 2260].
    zh, zh_full, en, abbr : short name, full name, English name, one-character abbreviation.
    iso : ISO 3166-2 code.
    region : East, Central, West or Northeast [NBS regions]; empty where there are no figures.
    has_data : whether provincial yearbook figures ship with the package.
    tile_row, tile_column : cell of the tile map, counted from the upper left corner, from 0.
    aliases : further spellings.
    """

    code: str
    zh: str
    zh_full: str
    en: str
    abbr: str
    iso: str
    region: str
    has_data: bool
    tile_row: int
    tile_column: int
    aliases: tuple[str, ...] = ()

    def label(self, language: str) -> str:
        """Return the short name in ``zh`` or ``en``."""
        return self.zh if language == "zh" else self.en


@cache
def provinces(*, with_data: bool = True) -> tuple[Province, ...]:
    """Return the 31 provinces with figures, or all 34 cells of the tile map."""
    rows = read_embedded("provinces.csv").iter_rows(named=True)
    places = [
        Province(
            **{
                **row,
                "has_data": row["has_data"] == "yes",
                "aliases": tuple(row["aliases"].split(";")) if row["aliases"] else (),
            }
        )
        for row in rows
    ]
    return tuple(place for place in places if place.has_data or not with_data)


def province_code(text: str | float) -> str:
    """Return the two-digit code of a province written in any usual form.

    Parameters
    ----------
    text : ``四川``, ``四川省``, ``川``, ``Sichuan``, ``sichuan province``, ``CN-SC``, ``51``,
        ``510000``, ``51.0`` ...

    Raises
    ------
    InputError
        If it names no province; offers the nearest name.

    Examples
    --------
    >>> province_code("Shaanxi"), province_code("山西省"), province_code(510000)
    ('61', '14', '51')
    """
    place = find_province(text)
    if place is None:
        raise InputError(
            Problem(
                f"no province is called {plain(text, 60)!r}",
                expected="a name such as 四川 or Sichuan, or a code such as 51",
                fix=_nearest_place(str(text)),
            )
        )
    return place.code


def find_province(text: str | float) -> Province | None:
    """Return the province a text names, or ``None``; see :func:`province_code`."""
    spelling = unicodedata.normalize("NFKC", str(text)).strip()
    code = _CODE.fullmatch(spelling)
    return _spellings().get(code[1] if code else _plain(spelling))


def recognise_area(text: str) -> Area | None:
    """Return ``urban`` or ``rural`` for 城镇, 农村, urban, Rural areas ..., else ``None``."""
    return _AREAS.get(_plain(text))


def area_of(text: str) -> Area:
    """Return ``urban`` or ``rural``.

    Raises
    ------
    InputError
        If the text names neither.
    """
    area = recognise_area(text)
    if area is None:
        raise InputError(
            Problem(f"no area is called {plain(text, 60)!r}", expected="城镇, 农村, urban or rural")
        )
    return area


@cache
def place_labels() -> Mapping[str, Mapping[str, str]]:
    """Return the names of provinces by language and code, the form a panel carries."""
    places = provinces(with_data=False)
    return MappingProxyType(
        {
            language: MappingProxyType({place.code: place.label(language) for place in places})
            for language in ("zh", "en")
        }
    )


_CODE = re.compile(r"(\d\d)(?:0000(?:0{6})?)?(?:\.0+)?")
"""Two digits, or the six or twelve of the full code; city and county codes do not match."""

_ENDINGS = (
    "壮族自治区",
    "回族自治区",
    "维吾尔自治区",
    "特别行政区",
    "自治区",
    "省",
    "市",
    "zhuangautonomousregion",
    "huiautonomousregion",
    "uygurautonomousregion",
    "uyghurautonomousregion",
    "specialadministrativeregion",
    "autonomousregion",
    "municipality",
    "province",
    "sheng",
)

_URBAN = "城镇 城市 城 城区 城镇居民 urban city cities town urbanarea urbanareas urbanresidents"
_RURAL = "农村 乡村 乡 农 农村居民 rural village countryside ruralarea ruralareas ruralresidents"
_AREAS: Mapping[str, Area] = MappingProxyType(
    {**dict.fromkeys(_URBAN.split(), "urban"), **dict.fromkeys(_RURAL.split(), "rural")}
)


@cache
def _spellings() -> dict[str, Province]:
    found = {}
    for place in provinces(with_data=False):
        for name in _names(place):
            found[_plain(name)] = place
    return found


def _names(place: Province) -> Iterable[str]:
    return (
        place.code,
        place.zh,
        place.zh_full,
        place.en,
        place.abbr,
        place.iso,
        place.iso.removeprefix("CN-"),
        *place.aliases,
    )


def _plain(text: str) -> str:
    """Return a spelling without case, width, spaces, punctuation and administrative ending."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = "".join(letter for letter in folded if letter.isalnum())
    for ending in _ENDINGS:
        if kept.endswith(ending) and kept != ending:
            return kept.removesuffix(ending)
    return kept


def _nearest_place(text: str) -> str:
    by_plain = {_plain(name): name for place in provinces() for name in (place.zh, place.en)}
    close = difflib.get_close_matches(_plain(text), list(by_plain), n=1, cutoff=0.5)
    return f"Did you mean {by_plain[close[0]]!r}?" if close else ""
