"""How regions move against each other over the years."""

from gongfu.measure.dynamics.classes import pooled_classes, relative_classes, yearly_classes
from gongfu.measure.dynamics.concordance import rank_concordance
from gongfu.measure.dynamics.lisa_markov import lisa_markov
from gongfu.measure.dynamics.markov import markov
from gongfu.measure.dynamics.matrix_mobility import matrix_mobility
from gongfu.measure.dynamics.rank_mobility import income_elasticity, rank_slope
from gongfu.measure.dynamics.spatial_markov import spatial_markov

__all__ = [
    "income_elasticity",
    "lisa_markov",
    "markov",
    "matrix_mobility",
    "pooled_classes",
    "rank_concordance",
    "rank_slope",
    "relative_classes",
    "spatial_markov",
    "yearly_classes",
]
