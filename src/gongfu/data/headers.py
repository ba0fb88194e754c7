"""What a column header says: region, year, variable, value, income or weight; zh and en."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

from gongfu.core import Variable
from gongfu.core.errors import nearest_name
from gongfu.data.dictionary import load_dictionary, translate_term

__all__ = [
    "ROLES",
    "Role",
    "VariableHeader",
    "columns_with_role",
    "nearest_header",
    "nearest_variable",
    "recognise_variable",
    "says_province",
    "year_in_header",
]

Role = Literal["unit", "year", "variable", "value", "income", "weight"]

_PROVINCE = """
省份 省 省区市 省份名称 省份代码 省代码 province province_name province_code province_zh province_en
"""
_REGION = """
地区 地区名称 地区代码 省市 行政区 行政区划 行政区划代码
城市 城市名称 城市代码 地级市 区县 县区 县市 县 市
region region_name region_code city city_name city_code county county_name county_code district
prefecture unit
"""
_YEAR_WORDS = "年份 年度 年 时间 统计年度 year years"
_VARIABLE = "指标 指标名称 变量 变量名 变量名称 variable indicator series"
_VALUE = "数值 值 指标值 数据 value values"
_INCOME = """
收入 可支配收入 人均收入 人均可支配收入 家庭收入 等价收入 等值收入
income disposable_income household_income income_per_head equivalised_income
"""
_WEIGHT = """
权重 权数 抽样权重 加权权重 weight weights wgt pweight sample_weight sampling_weight
"""

ROLES: Mapping[Role, tuple[str, ...]] = MappingProxyType(
    {
        "unit": tuple((_PROVINCE + _REGION).split()),
        "year": tuple(_YEAR_WORDS.split()),
        "variable": tuple(_VARIABLE.split()),
        "value": tuple(_VALUE.split()),
        "income": tuple(_INCOME.split()),
        "weight": tuple(_WEIGHT.split()),
    }
)
"""Headers that name each role, without regard to case, width, spaces and punctuation."""

_SHORT_UNITS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"元": ("yuan per person", "yuan per year"), "%": ("%", "% of GDP")}
)
"""Units as yearbooks shorten them in headers, and what they can mean in the dictionary."""

SLIP = 0.8  # similarity from which an unknown name counts as a typing error of a known one

_YEAR = re.compile(r"(\d{4,5})(?:年|年度)?")


@dataclass(frozen=True, slots=True)
class VariableHeader:
    """A header read as a variable.

    Parameters
    ----------
    name : dictionary name, or the header itself.
    entry : dictionary entry, if there is one.
    other_unit : unit the header states, if it is not the unit of the dictionary.
    """

    name: str
    entry: Variable | None = None
    other_unit: str = ""


def columns_with_role(role: Role, headers: Sequence[str]) -> list[str]:
    """Return the headers that name a role, in their order.

    ``unit`` names a region only where nothing else does: it is also the word for yuan or persons.
    """
    words = {_folded(word) for word in ROLES[role]}
    found = [name for name in headers if _folded(_split_unit(name)[0]) in words]
    if role == "unit" and len(found) > 1:
        return [name for name in found if _folded(name) != "unit"]
    return found


def says_province(header: str) -> bool:
    """Return whether a header of regions promises provinces."""
    return _folded(header) in {_folded(word) for word in _PROVINCE.split()}


def nearest_header(role: Role, headers: Sequence[str]) -> str:
    """Return which header was perhaps meant to name a role, as a question, or an empty string."""
    for name in headers:
        near = nearest_name(name, ROLES[role])
        if near:
            return f"Is {name!r} meant? {near}"
    return ""


def recognise_variable(header: str) -> VariableHeader:
    """Return the variable a header names by name or label, zh or en, with or without unit."""
    entry = _variables_by_spelling().get(_folded(header))
    if entry is not None:
        return VariableHeader(entry.name, entry)
    label, unit = _split_unit(header)
    entry = _variables_by_spelling().get(_folded(label))
    if entry is None:
        return VariableHeader(header)
    same = not unit or entry.unit in _units_by_spelling()[unit]
    return VariableHeader(entry.name, entry, "" if same else unit)


def nearest_variable(name: str) -> str:
    """Return ``Did you mean 'gdp'?`` for a name or label one slip away from a known one."""
    known = _variables_by_spelling()
    close = difflib.get_close_matches(_folded(name), list(known), n=1, cutoff=SLIP)
    return f"Did you mean {known[close[0]].name!r} ({known[close[0]].zh})?" if close else ""


def year_in_header(header: str) -> int | None:
    """Return the year of a header such as ``2020`` or ``2020年``, else ``None``."""
    match = _YEAR.fullmatch(_narrow(header))
    return int(match[1]) if match else None


@cache
def _variables_by_spelling() -> dict[str, Variable]:
    return {
        _folded(spelling): entry
        for entry in load_dictionary().values()
        for spelling in (entry.en, entry.zh, entry.name)
    }


def _split_unit(header: str) -> tuple[str, str]:
    """Return label and unit; what stands in brackets is a unit only if it is a known one."""
    narrow = _narrow(header)
    if narrow.endswith((")", "]")):
        for bracket in re.finditer(r"[(\[]", narrow):
            unit = narrow[bracket.end() : -1].strip()
            if unit in _units_by_spelling():
                return narrow[: bracket.start()], unit
    return narrow, ""


@cache
def _units_by_spelling() -> dict[str, tuple[str, ...]]:
    """Return the dictionary's units by every way to write them: their zh names are not unique."""
    found: dict[str, tuple[str, ...]] = {}
    for unit in dict.fromkeys(entry.unit for entry in load_dictionary().values()):
        for spelling in (unit, _narrow(translate_term(unit, "zh"))):
            found[spelling] = (*found.get(spelling, ()), unit)
    return {**found, **_SHORT_UNITS}


def _narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _folded(text: str) -> str:
    return "".join(letter for letter in _narrow(text).casefold() if letter.isalnum())
