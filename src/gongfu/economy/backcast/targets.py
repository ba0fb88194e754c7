"""What is forecast, and the only figures a rule may see: those up to the origin."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from jaxtyping import Float, Int

from gongfu.core import Panel

__all__ = ["TARGETS", "Model", "Sources", "Target"]


@dataclass(frozen=True, slots=True)
class Sources:
    """The panels a backcast reads."""

    provinces: Panel
    zones: Panel
    nation: Panel

    def until(self, origin: int) -> Sources:
        """Return the panels without any figure after the origin."""
        cut = (panel.until(origin) for panel in (self.provinces, self.zones, self.nation))
        return Sources(*cut)


@dataclass(frozen=True, slots=True, eq=False)
class Target:
    """Observed values of one target.

    Parameters
    ----------
    values : NaN where nothing was published.
    in_logs : errors are counted in logs (relative) rather than in the unit itself.
    """

    years: Int[np.ndarray, " year"]
    values: Float[np.ndarray, "unit year"]
    in_logs: bool


Model = Callable[[str, Sources, int, int], Float[np.ndarray, "unit horizon"]]
"""A forecaster that needs more than a series: target, figures cut at the origin, origin, last."""


def _national_ratio(sources: Sources) -> Target:
    panel = sources.nation
    years = panel.years("income_pc_urban", "income_pc_rural")
    urban, rural = (panel.array(f"income_pc_{a}", panel.units, years) for a in ("urban", "rural"))
    return Target(np.array(years), urban / rural, in_logs=False)


def _zones(sources: Sources) -> Target:
    return _incomes(sources.zones, "income_pc")


def _provinces(sources: Sources) -> Target:
    return _incomes(sources.provinces, "income_pc_all")


def _incomes(panel: Panel, variable: str) -> Target:
    years = panel.years(variable)
    return Target(np.array(years), panel.array(variable, panel.units, years), in_logs=True)


TARGETS: Mapping[str, Callable[[Sources], Target]] = MappingProxyType(
    {"national_ratio": _national_ratio, "zones": _zones, "provinces": _provinces}
)
"""Urban-rural ratio of the nation; income per person of 62 zones and of 31 provinces, current
prices."""
