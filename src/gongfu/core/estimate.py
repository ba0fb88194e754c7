"""A number with everything a reader needs to trust or doubt it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from jaxtyping import Float

from gongfu.core.errors import InputError
from gongfu.core.evidence import Evidence, Uncertainty

__all__ = ["Estimate", "Interval"]


@dataclass(frozen=True, slots=True)
class Interval:
    """A range ``low`` to ``high``; ``level`` is its coverage (0-1), e.g. 0.95."""

    low: float
    high: float
    level: float

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            raise InputError(f"an interval needs low <= high, got {self.low} and {self.high}")
        if not 0 < self.level < 1:
            raise InputError(f"an interval level lies between 0 and 1, got {self.level}")

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """One value with its error, unit, year, price base, convention and evidence.

    Parameters
    ----------
    measure : name of the measure, such as ``gini``.
    value : in ``unit``.
    unit : such as ``index 0-1`` or ``yuan per person``.
    year, price_base : the year the value speaks of and the prices money is counted in.
    convention : the choices behind the number, in words a researcher can check.
    standard_error, interval : only where rows were sampled (or, for the interval, draws made).
    n : rows used.
    influence : influence value of each row, in row order; ``value`` moves by
        ``sum(weight_change * influence)`` to first order.

    Raises
    ------
    InputError
        If the stated uncertainty and the error given contradict each other.
    """

    measure: str
    value: float
    unit: str
    convention: str
    evidence: Evidence
    uncertainty: Uncertainty
    year: int | None = None
    price_base: str | None = None
    standard_error: float | None = None
    interval: Interval | None = None
    n: int | None = None
    group: str | None = None
    note: str | None = None
    influence: Float[np.ndarray, " row"] | None = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        sampled = self.uncertainty is Uncertainty.SAMPLING
        if sampled and self.standard_error is None:
            raise InputError(f"{self.measure}: a sampled value needs a standard error")
        if not sampled and self.standard_error is not None:
            raise InputError(
                f"{self.measure}: only sampled rows have a standard error, "
                f"this value says {self.uncertainty.value!r}"
            )

    def __float__(self) -> float:
        return self.value

    def replace(self, **changes: Any) -> Estimate:
        """Return a copy with some fields changed."""
        return replace(self, **changes)

    def to_dict(self) -> dict[str, Any]:
        """Return full-precision JSON values, without the influence values."""
        return {
            "measure": self.measure,
            "value": _finite_or_none(self.value),
            "unit": self.unit,
            "year": self.year,
            "price_base": self.price_base,
            "group": self.group,
            "standard_error": _finite_or_none(self.standard_error),
            "interval": _interval_dict(self.interval),
            "n": self.n,
            "uncertainty": self.uncertainty.value,
            "evidence": self.evidence.value,
            "convention": self.convention,
            "note": self.note,
        }


def _finite_or_none(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def _interval_dict(interval: Interval | None) -> dict[str, float] | None:
    if interval is None:
        return None
    return {"low": interval.low, "high": interval.high, "level": interval.level}
