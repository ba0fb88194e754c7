"""Estimators of associations in panels, each a function of arrays with one type of result."""

from gongfu.explain.cross_section import pesaran_cd_test
from gongfu.explain.fixed_effects import fixed_effects, pooled
from gongfu.explain.panel_data import PanelData
from gongfu.explain.random_effects import (
    breusch_pagan_test,
    effects_f_test,
    hausman_test,
    random_effects,
)
from gongfu.explain.result import Convention, EstimationResult, Fit
from gongfu.explain.spatial_panel import SpatialPanel, spatial_panel
from gongfu.explain.spatial_spectrum import WeightSpectrum
from gongfu.explain.spatial_tests import spatial_lm_tests
from gongfu.explain.wild_cluster import WildClusterTest, wild_cluster_test

__all__ = [
    "Convention",
    "EstimationResult",
    "Fit",
    "PanelData",
    "SpatialPanel",
    "WeightSpectrum",
    "WildClusterTest",
    "breusch_pagan_test",
    "effects_f_test",
    "fixed_effects",
    "hausman_test",
    "pesaran_cd_test",
    "pooled",
    "random_effects",
    "spatial_lm_tests",
    "spatial_panel",
    "wild_cluster_test",
]
