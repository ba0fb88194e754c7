"""Neighbours and whether they are alike."""

from gongfu.measure.space.geary import geary
from gongfu.measure.space.getis_ord import getis_ord, local_getis_ord
from gongfu.measure.space.local_geary import local_geary
from gongfu.measure.space.local_moran import local_moran
from gongfu.measure.space.moran import moran
from gongfu.measure.space.neighbours import (
    border_weights,
    distance_band_weights,
    economic_distance_weights,
    inverse_distance_weights,
    listed_weights,
    nearest_neighbour_weights,
)
from gongfu.measure.space.weights import SpatialWeights

__all__ = [
    "SpatialWeights",
    "border_weights",
    "distance_band_weights",
    "economic_distance_weights",
    "geary",
    "getis_ord",
    "inverse_distance_weights",
    "listed_weights",
    "local_geary",
    "local_getis_ord",
    "local_moran",
    "moran",
    "nearest_neighbour_weights",
]
