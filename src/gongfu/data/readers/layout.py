"""Which columns of a user's table are region, year, variable and values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from gongfu.core import Problem
from gongfu.data.headers import ROLES, Role, columns_with_role, nearest_header, year_in_header
from gongfu.data.plain_text import plain
from gongfu.data.readers.columns import require_columns
from gongfu.data.readers.problems import ProblemList

__all__ = ["Layout", "Shape", "find_layout"]

Shape = Literal["auto", "wide", "long"]


@dataclass(frozen=True, slots=True)
class Layout:
    """Columns of a table of regions by years, by what they hold.

    Parameters
    ----------
    shape : ``wide``, ``long`` or ``years as columns``, for people.
    unit, year, variable : headers; empty where the table has none.
    values : headers of the columns of values.
    """

    shape: str
    unit: str
    year: str
    variable: str
    values: tuple[str, ...]


def find_layout(
    headers: Sequence[str],
    problems: ProblemList,
    *,
    unit: str | None = None,
    year: str | None = None,
    shape: Shape = "auto",
) -> Layout | None:
    """Return the layout, or ``None`` after adding what is missing or ambiguous.

    Parameters
    ----------
    unit, year : headers of the region and year columns, where the user named them.
    shape : ``wide`` has one column a variable or a year, ``long`` one row a value.
    """
    require_columns([name for name in (unit, year) if name], headers, problems.file)
    regions = [unit] if unit else columns_with_role("unit", headers)
    years = [year] if year else columns_with_role("year", headers)
    variables = columns_with_role("variable", headers) if shape != "wide" else []
    values = columns_with_role("value", headers) if shape != "wide" else []
    year_headers = [name for name in headers if year_in_header(name) is not None]
    counted: dict[Role, list[str]] = {"unit": regions, "variable": variables, "value": values}
    if not year_headers or years:
        counted["year"] = years
    before = problems.total
    problems.add(_missing_or_double(counted, headers, problems.file, shape, year_headers))
    if problems.total > before:
        return None
    named = {regions[0], *years, *variables, *values}
    if not years:
        return Layout("years as columns", regions[0], "", _first(variables), tuple(year_headers))
    if variables:
        return Layout("long", regions[0], years[0], variables[0], tuple(values))
    others = tuple(name for name in headers if name not in named) + tuple(values)
    return Layout("wide", regions[0], years[0], "", others)


def _missing_or_double(
    counted: dict[Role, list[str]],
    headers: Sequence[str],
    file: str,
    shape: Shape,
    year_headers: list[str],
) -> list[Problem]:
    is_long = bool(counted["variable"]) or shape == "long"
    needed: list[Role] = ["unit", "year", "variable", "value"] if is_long else ["unit", "year"]
    if "year" not in counted:
        needed = [role for role in needed if role != "value"]
    taken = {name for found in counted.values() for name in found}
    free = [name for name in headers if name not in taken]
    problems = [
        _missing(role, headers, free, file)
        for role, found in counted.items()
        if role in needed and not found
    ]
    problems += [_double(role, found, file) for role, found in counted.items() if len(found) > 1]
    if year_headers and counted.get("year"):
        problems.append(_years_twice(counted["year"][0], year_headers[0], file))
    return problems


def _missing(role: Role, headers: Sequence[str], free: Sequence[str], file: str) -> Problem:
    option = _OPTIONS.get(role, "")
    near = nearest_header(role, free)
    return Problem(
        f"no column of {_WORDS[role]}s",
        expected=f"a header such as {ROLES[role][0]} or {_english(role)}",
        found=plain(", ".join(headers)),
        file=file,
        fix=f"{near} Add it, or rename the column that holds it{option}.".lstrip(),
    )


def _double(role: Role, found: list[str], file: str) -> Problem:
    option = _OPTIONS.get(role, "")
    return Problem(
        f"{len(found)} columns could hold the {_WORDS[role]}",
        expected="one",
        found=plain(", ".join(found)),
        file=file,
        fix=f"Delete or rename the others{option}.",
    )


def _years_twice(year: str, header: str, file: str) -> Problem:
    return Problem(
        "years stand both in a column and in the header",
        expected="one of the two",
        found=plain(f"{year}, {header}"),
        file=file,
        fix="Delete the column of years, or give the other columns names of variables.",
    )


_WORDS: dict[Role, str] = {
    "unit": "region",
    "year": "year",
    "variable": "variable",
    "value": "value",
}
_OPTIONS: dict[Role, str] = {
    "unit": ", or name the column with --unit (in Python: unit=)",
    "year": ", or name the column with --year (in Python: year=)",
}


def _english(role: Role) -> str:
    return next(word for word in ROLES[role] if word.isascii())


def _first(names: list[str]) -> str:
    return names[0] if names else ""
