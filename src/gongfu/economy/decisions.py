"""What is decided in one year, in the form each part of the economy reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float

from gongfu.core.policy import Closure, Lever, Policy
from gongfu.data.lever_files import load_levers
from gongfu.data.places import provinces
from gongfu.data.zones import zone_code
from gongfu.economy.base_year import SECTORS
from gongfu.economy.enterprises import EnterpriseLevers, to_markets
from gongfu.economy.enterprises.markets import DIGITAL_MARKETS

__all__ = ["Decisions", "decide", "enterprise_levers", "zone_codes"]

_ENTERPRISE = (
    "data_sharing",
    "open_public_data",
    "interoperability",
    "competition_conduct",
    "sme_voucher",
)
"""Levers that enterprises read, market by market."""
_DIGITAL_ONLY = ("interoperability",)
"""Levers that reach digital markets alone: there are no platforms to open elsewhere."""


@dataclass(frozen=True, slots=True, eq=False)
class Decisions:
    """Values of every lever in one year, by zone, and who pays.

    Parameters
    ----------
    values : by lever name; each zone's value in the lever's unit.
    neutral : value at which a lever does nothing.
    closure : how the package is financed.
    """

    values: Mapping[str, Float[np.ndarray, " zone"]]
    neutral: Mapping[str, float]
    closure: Closure

    def __getitem__(self, lever: str) -> Float[np.ndarray, " zone"]:
        return self.values[lever]

    def is_pulled(self, lever: str) -> bool:
        """Whether the lever differs from its neutral value anywhere."""
        return bool((self.values[lever] != self.neutral[lever]).any())

    def excess(self, lever: str) -> Float[np.ndarray, " zone"]:
        """Return the value less the neutral one, by zone."""
        return np.asarray(self.values[lever] - self.neutral[lever])


def zone_codes() -> tuple[str, ...]:
    """Return the codes of the 62 zones in the order of the economy: urban, rural in turn."""
    return tuple(zone_code(p.code, area) for p in provinces() for area in ("urban", "rural"))


def decide(policy: Policy, years: Sequence[int]) -> list[Decisions]:
    """Return the decisions of each year under a policy."""
    levers: list[Lever] = list(load_levers().values())
    paths = policy.paths(years, levers, zone_codes())
    neutral = {lever.name: lever.neutral for lever in levers}
    names = [lever.name for lever in levers]
    return [
        Decisions(dict(zip(names, paths[i], strict=True)), neutral, policy.closure)
        for i in range(len(years))
    ]


def enterprise_levers(
    decisions: Decisions, neutral: EnterpriseLevers, digital_output: Float[np.ndarray, " region"]
) -> EnterpriseLevers:
    """Return what enterprises are told, by market.

    Parameters
    ----------
    neutral : levers of the base year.
    digital_output : of each region; national digital markets take the mean with these weights.

    Notes
    -----
    A region's firms follow the higher of its urban and rural value.
    """
    told = {name: _by_market(decisions[name], digital_output) for name in _ENTERPRISE}
    for name in _DIGITAL_ONLY:
        told[name][:-DIGITAL_MARKETS] = decisions.neutral[name]
    return replace(neutral, **told)


def _by_market(
    values: Float[np.ndarray, " zone"], digital_output: Float[np.ndarray, " region"]
) -> Float[np.ndarray, " market"]:
    region = values.reshape(-1, 2).max(1)
    return to_markets(np.tile(region[:, None], (1, len(SECTORS))), digital_output)
