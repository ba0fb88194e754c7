"""The equation behind every column of a result document, read from ``equations.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from gongfu.report.document import Words

__all__ = ["Equation", "InputName", "TableEntry", "table_entries"]


@dataclass(frozen=True, slots=True)
class InputName:
    """A number that enters an equation.

    Parameters
    ----------
    table : of the result document; empty for the table of the number itself.
    column : its column.
    where : cells that choose its rows; ``@name`` means the cell of the number's own row.
    """

    table: str
    column: str
    where: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Equation:
    """What a number is, in words and as a formula in plain text.

    Parameters
    ----------
    tag : of the specification of the economy, such as ``E26``; empty for a measure.
    page : of the documentation.
    """

    formula: str
    words: Words
    page: str
    tag: str = ""
    inputs: tuple[InputName, ...] = ()


@dataclass(frozen=True, slots=True)
class TableEntry:
    """How the rows of a table are named, and the equations of its columns.

    Parameters
    ----------
    keys : columns that name a row, in the order of a path.
    shown : the column meant where a path names none.
    by : column whose cell chooses the equation; empty where the name of the column does.
    figures : how the figures behind a row are found; empty if there are none of its own.
    of : equations by column, or by cell of ``by``; at : of all others.
    """

    keys: tuple[str, ...]
    shown: str
    page: str
    by: str = ""
    figures: str = ""
    of: Mapping[str, Equation] = field(default_factory=dict)
    at: Equation | None = None

    def equation(self, column: str, row: Mapping[str, Any]) -> Equation | None:
        """Return the equation of a cell, or None if it is a name, a year or a tag."""
        key = str(row.get(self.by)) if self.by else column
        return self.of.get(key, self.at)


@cache
def table_entries() -> Mapping[str, TableEntry]:
    """Return what is known of each table of a result document."""
    text = (resources.files("gongfu.report.why") / "equations.toml").read_text("utf-8")
    return MappingProxyType({name: _entry(raw) for name, raw in tomllib.loads(text).items()})


def _entry(raw: Mapping[str, Any]) -> TableEntry:
    page = raw["page"]
    return TableEntry(
        keys=tuple(raw["keys"]),
        shown=raw["shown"],
        page=page,
        by=raw.get("by", ""),
        figures=raw.get("figures", ""),
        of=MappingProxyType(
            {name: _equation(one, page) for name, one in raw.get("of", {}).items()}
        ),
        at=_equation(raw["at"], page) if "at" in raw else None,
    )


def _equation(raw: Mapping[str, Any], page: str) -> Equation:
    return Equation(
        formula=raw["formula"],
        words=Words(raw["zh"], raw["en"]),
        page=page,
        tag=raw.get("tag", ""),
        inputs=tuple(map(_input_name, raw.get("inputs", ()))),
    )


_INPUT = re.compile(r"(?:(?P<table>\w+)\.)?(?P<column>\w+)(?:\[(?P<where>[^\]]*)\])?")


def _input_name(text: str) -> InputName:
    found = _INPUT.fullmatch(text)
    assert found is not None, f"equations.toml: {text!r} names no column"
    pairs = (part.split("=", 1) for part in (found["where"] or "").split(",") if part)
    return InputName(found["table"] or "", found["column"], MappingProxyType(dict(pairs)))
