"""Values between a few known years, without a look beyond the year a base or backcast stands in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from jaxtyping import Float

__all__ = ["assumed_nodes", "value_path"]


def value_path(
    nodes: Mapping[int, float], years: Sequence[int], *, origin: int
) -> Float[np.ndarray, " year"]:
    """Return values on straight lines between nodes, after the last one on the line of the last.

    Parameters
    ----------
    nodes : ``{year: value}``.
    years : the first node or later.
    origin : nodes after this year are not used, so that a backcast cannot see them.
    """
    known = sorted(year for year in nodes if year <= origin)
    x = np.array(known, np.float64)
    y = np.array([nodes[year] for year in known])
    slope = (y[-1] - y[-2]) / (x[-1] - x[-2]) if len(known) > 1 else 0.0
    t = np.asarray(years, np.float64)
    path: Float[np.ndarray, " year"] = np.interp(t, x, y) + slope * np.maximum(t - x[-1], 0.0)
    return path


def assumed_nodes(assumed: Mapping[str, float], name: str) -> dict[int, float]:
    """Return ``{year: value}`` of the assumptions called ``name_2013``, ``name_2015`` ..."""
    years = {key.removeprefix(f"{name}_"): value for key, value in assumed.items()}
    return {int(year): value for year, value in years.items() if year.isdecimal()}
