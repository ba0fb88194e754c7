"""Round numbers along an axis, written as the language of the chart wants them."""

from __future__ import annotations

import math

from gongfu.report.catalogue.numbers import decimals

__all__ = [
    "effect_ticks",
    "index_ticks",
    "log_percent_ticks",
    "log_point_ticks",
    "share_ticks",
    "year_ticks",
]

Tick = tuple[float, str]
_STEPS = tuple(m * 10.0**e for e in range(-12, 13) for m in (1, 2, 5))


def log_percent_ticks(low: float, high: float, most: int) -> list[Tick]:
    """Return round percentages at their places on a log axis, such as ``+20%`` at ln 1.2."""
    first, last = 100 * math.expm1(low), 100 * math.expm1(high)
    levels = [p for p in _round_values(first, last, most) if p > -100]
    return [(math.log1p(p / 100), f"{_step_sign(p)}%") for p in levels]


def log_point_ticks(low: float, high: float, most: int) -> list[Tick]:
    """Return round log points, such as ``+20`` at 0.2."""
    return [(p / 100, _step_sign(p)) for p in _round_values(100 * low, 100 * high, most)]


def effect_ticks(low: float, high: float, most: int) -> list[Tick]:
    """Return round values of an effect in its own unit, such as ``+0.5``."""
    return [(value, _step_sign(value)) for value in _round_values(low, high, most)]


def share_ticks(most: int, low: float = 0.0, high: float = 1.0) -> list[Tick]:
    """Return round percentages, by default from nothing to the whole, such as ``50%`` at 0.5."""
    values = _round_values(100 * low, 100 * high, most)
    return [(value / 100, f"{value:.10g}%".replace("-", "−")) for value in values]


def index_ticks(low: float, high: float, most: int) -> list[Tick]:
    """Return round values of an index with as many decimals as their step needs."""
    values = _round_values(low, high, most)
    step = values[1] - values[0] if len(values) > 1 else _step_of(values)
    places = max(0, -math.floor(math.log10(step) + 1e-9))
    return [(value, decimals(value, places)) for value in values]


def _step_of(values: list[float]) -> float:
    """Return the largest round step that leads to a lone value, such as 0.5 to 0.5; 1 to none."""
    lone = [value for value in values if value]
    whole = (step for step in reversed(_STEPS) if lone and _is_whole(lone[0] / step))
    return min(next(whole, 1.0), 1.0)


def _is_whole(value: float) -> bool:
    return math.isclose(value, round(value), abs_tol=1e-9) and round(value) != 0


def year_ticks(first: int, last: int, most: int) -> list[Tick]:
    """Return years at an even step that includes the last one."""
    step = next(s for s in (1, 2, 3, 4, 5, 10, 20, 50) if (last - first) / s <= most)
    return [(float(year), str(year)) for year in range(last, first - 1, -step)][::-1]


def _step_sign(value: float) -> str:
    """Return a round number with its sign and no more digits than it has."""
    shown = f"{value:+.10g}".replace("-", "−")
    return "0" if shown in {"+0", "−0"} else shown


def _round_values(low: float, high: float, most: int) -> list[float]:
    step = next(s for s in _STEPS if (high - low) / s <= most)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [k * step for k in range(first, last + 1)]
