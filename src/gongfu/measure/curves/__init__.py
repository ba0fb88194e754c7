"""Whole curves with bands: growth incidence, dominance, densities."""

from gongfu.measure.curves.density_band import DensityCurve, density_curve
from gongfu.measure.curves.dominance import Dominance, dominance
from gongfu.measure.curves.grouped_dominance import GroupDominance, group_dominance
from gongfu.measure.curves.grouped_incidence import GroupGrowth, group_growth
from gongfu.measure.curves.incidence import GrowthIncidence, growth_incidence
from gongfu.measure.curves.joint import JointErrors, joint_errors
from gongfu.measure.curves.pro_poor import pro_poor_growth

__all__ = [
    "DensityCurve",
    "Dominance",
    "GroupDominance",
    "GroupGrowth",
    "GrowthIncidence",
    "JointErrors",
    "density_curve",
    "dominance",
    "group_dominance",
    "group_growth",
    "growth_incidence",
    "joint_errors",
    "pro_poor_growth",
]
