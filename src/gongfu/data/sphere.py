"""Distances on the earth taken as a sphere.

References
----------
[Sinnott 1984] Virtues of the haversine. Sky and Telescope 68(2), 159.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

__all__ = ["EARTH_RADIUS_KM", "great_circle_km"]

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the earth, International Union of Geodesy and Geophysics."""


def great_circle_km(
    from_longitude: Float[np.ndarray, " start"],
    from_latitude: Float[np.ndarray, " start"],
    to_longitude: Float[np.ndarray, " end"],
    to_latitude: Float[np.ndarray, " end"],
) -> Float[np.ndarray, "start end"]:
    """Return the great-circle distance of every start from every end, in km.

    Parameters
    ----------
    from_longitude, from_latitude, to_longitude, to_latitude : degrees east and north.

    Notes
    -----
    Haversine formula [Sinnott 1984] on a sphere of mean radius: within 0.6 % of the ellipsoid.
    """
    start_x, start_y = np.radians(from_longitude), np.radians(from_latitude)
    end_x, end_y = np.radians(to_longitude), np.radians(to_latitude)
    half_chord = np.sin((start_y[:, None] - end_y) / 2) ** 2
    half_chord += (
        np.cos(start_y)[:, None] * np.cos(end_y) * np.sin((start_x[:, None] - end_x) / 2) ** 2
    )
    result: Float[np.ndarray, "start end"] = (
        2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(half_chord, 1.0)))
    )
    return result
