"""Access to services: floating catchments, nearest supply, opportunities in reach."""

from gongfu.measure.access.decay import DECAYS, Decay, decay_weights
from gongfu.measure.access.floating import (
    METHODS,
    CatchmentAccess,
    Method,
    floating_catchment,
    opportunities,
)
from gongfu.measure.access.reach import Reach, reach_by_distance, reach_from_table
from gongfu.measure.access.table import AccessTable, Places, access

__all__ = [
    "DECAYS",
    "METHODS",
    "AccessTable",
    "CatchmentAccess",
    "Decay",
    "Method",
    "Places",
    "Reach",
    "access",
    "decay_weights",
    "floating_catchment",
    "opportunities",
    "reach_by_distance",
    "reach_from_table",
]
