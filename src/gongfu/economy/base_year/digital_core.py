"""Core digital industries by region: a national share of GDP, spread by where their traces are."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError, Problem

__all__ = ["carve_digital_core", "spread_with_caps"]


def carve_digital_core(
    industry: Float[np.ndarray, " region"],
    services: Float[np.ndarray, " region"],
    *,
    total: float,
    hightech_revenue: Float[np.ndarray, " region"],
    software_revenue: Float[np.ndarray, " region"],
    ict_employment: Float[np.ndarray, " region"],
    from_hightech: float,
    from_software: float,
    cap: float,
) -> Float[np.ndarray, "part region"]:
    """(E9) Return what the digital core takes out of industry and out of services.

    Parameters
    ----------
    industry, services : value added with the digital core still in it, 100m yuan.
    total : value added of the core industries in all regions, 100m yuan.
    hightech_revenue, software_revenue, ict_employment : traces; only their shares matter.
    from_hightech : part of the total that is manufacturing: it leaves industry.
    from_software : part that follows software revenue; the rest follows employment in information
        services. Both leave services.
    cap : highest part of a region's industry or services that may be core, 0-1.
    """
    in_services = from_software * _shares(software_revenue) + (
        1.0 - from_hightech - from_software
    ) * _shares(ict_employment)
    return np.stack(
        [
            spread_with_caps(from_hightech * total, hightech_revenue, cap * industry),
            spread_with_caps((1.0 - from_hightech) * total, in_services, cap * services),
        ]
    )


def spread_with_caps(
    total: float, weight: Float[np.ndarray, " region"], most: Float[np.ndarray, " region"]
) -> Float[np.ndarray, " region"]:
    """Return a total spread in proportion to weights, no region above its most.

    What a capped region cannot take goes to the others in proportion to their weights.

    Raises
    ------
    InputError
        If the total is above the sum of what regions with a weight can take.
    """
    room = float(most[weight > 0].sum())
    if total > room:
        raise InputError(
            Problem(
                "the digital core does not fit under its caps",
                expected=f"at most {room:.0f}",
                found=f"{total:.0f}",
                fix="Raise digital_core_cap or lower the digital core's share of GDP.",
            )
        )
    is_capped = np.zeros(weight.shape, dtype=bool)
    while True:
        free = np.where(is_capped, 0.0, weight)
        left = total - float(most[is_capped].sum())
        spread = np.where(is_capped, most, left * free / free.sum())
        beyond = spread > most
        if not (beyond & ~is_capped).any():
            return spread
        is_capped |= beyond


def _shares(values: Float[np.ndarray, " region"]) -> Float[np.ndarray, " region"]:
    shares: Float[np.ndarray, " region"] = values / values.sum()
    return shares
