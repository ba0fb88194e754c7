"""How estimates are written for people: as many digits as the error supports."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from typing import Protocol

from gongfu.core import Estimate
from gongfu.data.plain_text import plain
from gongfu.measure.catalogue import PLAIN_UNITS

__all__ = ["digits", "foot_lines", "interval_text", "number_text", "table_text"]

_LINES = 18
"""Lines of estimates that fit on one screen with head and foot."""

_LACKS = 5
"""Reasons why measures were not possible, listed one by one."""


class Lack(Protocol):
    """A measure that was not possible, and why."""

    @property
    def measure(self) -> str: ...
    @property
    def group(self) -> str | None: ...
    @property
    def reason(self) -> str: ...


class Estimates(Protocol):
    """What a table of estimates holds, as far as it is written out."""

    @property
    def income(self) -> str: ...
    @property
    def design(self) -> str: ...
    @property
    def estimates(self) -> tuple[Estimate, ...]: ...
    @property
    def parts(self) -> tuple[Estimate, ...]: ...
    @property
    def skipped(self) -> Sequence[Lack]: ...
    @property
    def warnings(self) -> tuple[str, ...]: ...


def digits(estimate: Estimate) -> int:
    """Return the decimals worth showing: two significant digits of the error, at most six."""
    error = estimate.standard_error
    scale = error if error else abs(estimate.value) / 100
    if not scale:
        return 4
    return min(max(1 - math.floor(math.log10(scale)), 0), 6)


def number_text(value: float | None, decimals: int) -> str:
    """Return a number with separated thousands, or nothing for none."""
    return "" if value is None else f"{value:,.{decimals}f}"


def interval_text(estimate: Estimate) -> str:
    """Return ``low to high`` with the digits of the estimate."""
    if estimate.interval is None:
        return ""
    decimals = digits(estimate)
    ends = (estimate.interval.low, estimate.interval.high)
    return " to ".join(number_text(end, decimals) for end in ends)


def table_text(table: Estimates, subject: str = "Inequality") -> str:
    """Return the table as text of one screen, 79 columns wide."""
    estimates = [*table.estimates, *table.parts]
    lines = [f"{subject} of {table.income}: {table.design}"]
    lines.append(_columns("measure", "value", "error", _level(estimates)))
    lines += [_line(found) for found in estimates[:_LINES]]
    if len(estimates) > _LINES:
        lines.append(f"... {len(estimates) - _LINES} more: to_frame() has all")
    notes = [*foot_lines(table), *table.warnings]
    wrapped = (line for note in notes for line in textwrap.wrap(plain(note, 500), 79))
    return "\n".join([*(plain(line) for line in lines), *wrapped])


def foot_lines(table: Estimates) -> list[str]:
    """Return what the numbers are counted in, how they came to be and what was not possible."""
    estimates = [*table.estimates, *table.parts]
    return [*_counted_in(estimates), *_lacks(table)]


def _counted_in(estimates: Sequence[Estimate]) -> list[str]:
    if not estimates:
        return []
    first = estimates[0]
    units = {found.unit: found.price_base for found in estimates if found.unit not in PLAIN_UNITS}
    money = [f"{unit} ({base})" if base else unit for unit, base in units.items()]
    year = f"year {first.year}" if first.year else "year not given"
    parts = [f"money in {', '.join(money)}"] if money else []
    return [
        "; ".join(
            [*parts, year, f"evidence: {first.evidence}", f"uncertainty: {first.uncertainty}"]
        )
    ]


def _lacks(table: Estimates) -> list[str]:
    names: dict[str, list[str]] = {}
    for lack in table.skipped:
        names.setdefault(lack.reason, []).append(_where(lack.measure, lack.group))
    lacks = [f"not possible here: {', '.join(those)}: {why}" for why, those in names.items()]
    rest = len(lacks) - _LACKS
    return [*lacks[:_LACKS], f"... {rest} more not possible"] if rest > 0 else lacks


def _line(found: Estimate) -> str:
    decimals = digits(found)
    return _columns(
        _where(found.measure, found.group),
        number_text(found.value, decimals),
        number_text(found.standard_error, decimals),
        interval_text(found),
    )


def _where(measure: str, group: str | None) -> str:
    return measure if group is None else f"{group}: {measure}"


def _level(estimates: Sequence[Estimate]) -> str:
    levels = [found.interval.level for found in estimates if found.interval is not None]
    return f"{100 * levels[0]:g} % interval" if levels else "no sampling error"


def _columns(name: str, value: str, error: str, interval: str) -> str:
    return f"{name:<28.28} {value:>12} {error:>10}  {interval}".rstrip()
