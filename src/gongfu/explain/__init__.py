"""Estimators of associations in panels, each a function of arrays with one type of result."""

from gongfu.explain.conley import Conley
from gongfu.explain.cross_section import pesaran_cd_test
from gongfu.explain.distribution_moments import moment_quantiles
from gongfu.explain.distribution_unconditional import unconditional_quantiles
from gongfu.explain.fixed_effects import fixed_effects, pooled
from gongfu.explain.gmm import DynamicPanel, difference_gmm
from gongfu.explain.gmm_columns import DynamicModel
from gongfu.explain.instruments import InstrumentedPanel, instrumental_variables
from gongfu.explain.instruments_anderson_rubin import AndersonRubinSet, anderson_rubin_set
from gongfu.explain.instruments_plausible import plausibly_exogenous, plausibly_exogenous_bounds
from gongfu.explain.panel_data import PanelData
from gongfu.explain.random_effects import (
    breusch_pagan_test,
    effects_f_test,
    hausman_test,
    random_effects,
)
from gongfu.explain.result import Convention, EstimationResult, Fit
from gongfu.explain.spatial_comparison import WeightsComparison, compare_weights, durbin_tests
from gongfu.explain.spatial_panel import SpatialPanel, spatial_panel
from gongfu.explain.spatial_spectrum import WeightSpectrum
from gongfu.explain.spatial_tests import spatial_lm_tests
from gongfu.explain.trend_effects import fixed_effects_with_trends, region_time_effects
from gongfu.explain.wild_cluster import WildClusterTest, wild_cluster_test

__all__ = [
    "AndersonRubinSet",
    "Conley",
    "Convention",
    "DynamicModel",
    "DynamicPanel",
    "EstimationResult",
    "Fit",
    "InstrumentedPanel",
    "PanelData",
    "SpatialPanel",
    "WeightSpectrum",
    "WeightsComparison",
    "WildClusterTest",
    "anderson_rubin_set",
    "breusch_pagan_test",
    "compare_weights",
    "difference_gmm",
    "durbin_tests",
    "effects_f_test",
    "fixed_effects",
    "fixed_effects_with_trends",
    "hausman_test",
    "instrumental_variables",
    "moment_quantiles",
    "pesaran_cd_test",
    "plausibly_exogenous",
    "plausibly_exogenous_bounds",
    "pooled",
    "random_effects",
    "region_time_effects",
    "spatial_lm_tests",
    "spatial_panel",
    "unconditional_quantiles",
    "wild_cluster_test",
]
