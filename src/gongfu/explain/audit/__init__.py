"""Audits of a study: each finding carries evidence, threshold, citation and fix."""

from gongfu.explain.audit.bootstraps import check_bootstraps
from gongfu.explain.audit.clusters import check_clusters
from gongfu.explain.audit.collinear import check_collinear
from gongfu.explain.audit.dependence import check_dependence
from gongfu.explain.audit.dynamics import check_nickell
from gongfu.explain.audit.instruments import check_instruments
from gongfu.explain.audit.pretrend import check_pretrend
from gongfu.explain.audit.printed import PrintedCell, check_likelihood, check_stars
from gongfu.explain.audit.sample import check_roles, check_sample
from gongfu.explain.audit.space import (
    check_effects,
    check_siphon,
    check_weights_signs,
)
from gongfu.explain.audit.staggered import (
    Comparison,
    bacon_comparisons,
    check_staggered,
    two_way_weights,
)
from gongfu.explain.audit.trend import check_common_trend
from gongfu.explain.audit.wandering import check_wandering
from gongfu.measure.index.audit_overlap import check_overlap
from gongfu.measure.index.coupling import check_coupling
from gongfu.measure.index.finding import Finding, Say

__all__ = [
    "Comparison",
    "Finding",
    "PrintedCell",
    "Say",
    "bacon_comparisons",
    "check_bootstraps",
    "check_clusters",
    "check_collinear",
    "check_common_trend",
    "check_coupling",
    "check_dependence",
    "check_effects",
    "check_instruments",
    "check_likelihood",
    "check_nickell",
    "check_overlap",
    "check_pretrend",
    "check_roles",
    "check_sample",
    "check_siphon",
    "check_staggered",
    "check_stars",
    "check_wandering",
    "check_weights_signs",
    "two_way_weights",
]
