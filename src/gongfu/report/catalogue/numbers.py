"""Numbers as people read them: few digits, a true minus, a sign on changes."""

from __future__ import annotations

import math
from typing import Literal, TypeGuard

from gongfu.report.catalogue.texts import text

__all__ = [
    "amount",
    "change_percent",
    "change_size",
    "count",
    "decimals",
    "direction",
    "log_points",
    "percent",
    "rounded",
    "signed",
    "span",
]

MISSING = "–"
_STEPS = {"zh": (1e8, 1e4), "en": (1e9, 1e6)}


def change_percent(log_change: float | None, digits: int = 2) -> str:
    """Return a log change as the percentage it means, such as ``+91%``.

    Parameters
    ----------
    log_change : change of a natural logarithm; 0.69 means a doubling.
    digits : significant digits.
    """
    return f"{signed(100 * math.expm1(log_change), digits)}%" if _known(log_change) else MISSING


def change_size(log_change: float) -> str:
    """Return the percentage a log change means without its sign, for "grew by" and "fell by"."""
    return change_percent(log_change).lstrip("+−")


def direction(log_change: float) -> Literal["up", "down", "flat"]:
    """Return which way a change goes, as far as its shown digits tell."""
    shown = change_percent(log_change)
    if shown.startswith("+"):
        return "up"
    return "down" if shown.startswith("−") else "flat"


def log_points(log_change: float | None) -> str:
    """Return 100 times a log change with one decimal, so that shown parts add up."""
    return _with_sign(f"{100 * log_change:.1f}") if _known(log_change) else MISSING


def percent(share: float | None, digits: int = 3) -> str:
    """Return a share (0-1) as a percentage without a sign."""
    return f"{rounded(100 * share, digits)}%" if _known(share) else MISSING


def signed(value: float, digits: int = 2) -> str:
    """Return a number with its sign, few significant digits and at most two decimals."""
    return _with_sign(rounded(value, digits, most_decimals=2))


def rounded(value: float | None, digits: int = 3, most_decimals: int = 6) -> str:
    """Return a number with few significant digits; whole digits are never dropped."""
    if not _known(value):
        return MISSING
    if value == 0:
        return "0"
    size = math.floor(math.log10(abs(value)))
    places = max(0, digits - 1 - size)
    return _with_minus(f"{value:,.{min(places, most_decimals)}f}")


def decimals(value: float | None, places: int) -> str:
    """Return a number with a fixed count of decimals, for columns that line up."""
    return _with_minus(f"{value:,.{places}f}") if _known(value) else MISSING


def count(value: float | None) -> str:
    """Return a whole number with separated thousands."""
    return decimals(value, 0)


def amount(value: float | None, language: str) -> str:
    """Return a large amount in the steps of the language: 万 and 亿, or m and bn."""
    if not _known(value):
        return MISSING
    large, small = _STEPS[language]
    if abs(value) >= large:
        return text("number.large_step", language, number=rounded(value / large))
    if abs(value) >= small:
        return text("number.small_step", language, number=rounded(value / small))
    return count(value)


def span(first: int, last: int) -> str:
    """Return a span of years, such as ``2013–2024``."""
    return str(first) if first == last else f"{first}–{last}"


def _with_sign(digits: str) -> str:
    shown = _with_minus(digits)
    is_zero = not any(character in "123456789" for character in shown)
    if is_zero:
        return "0"
    return shown if shown.startswith("−") else f"+{shown}"


def _with_minus(digits: str) -> str:
    return digits.replace("-", "−")


def _known(value: float | None) -> TypeGuard[float]:
    return value is not None and math.isfinite(value)
