"""How regions move against each other over the years."""

from gongfu.measure.dynamics.beta import beta_convergence, beta_line
from gongfu.measure.dynamics.classes import pooled_classes, relative_classes, yearly_classes
from gongfu.measure.dynamics.clubs import convergence_clubs, log_t_test
from gongfu.measure.dynamics.concordance import rank_concordance
from gongfu.measure.dynamics.density import density
from gongfu.measure.dynamics.hp_filter import hp_trend
from gongfu.measure.dynamics.lisa_markov import lisa_markov
from gongfu.measure.dynamics.markov import markov
from gongfu.measure.dynamics.matrix_mobility import matrix_mobility
from gongfu.measure.dynamics.rank_mobility import income_elasticity, rank_slope
from gongfu.measure.dynamics.sigma import sigma_convergence
from gongfu.measure.dynamics.spatial_markov import spatial_markov
from gongfu.measure.dynamics.stochastic_kernel import stochastic_kernel

__all__ = [
    "beta_convergence",
    "beta_line",
    "convergence_clubs",
    "density",
    "hp_trend",
    "income_elasticity",
    "lisa_markov",
    "log_t_test",
    "markov",
    "matrix_mobility",
    "pooled_classes",
    "rank_concordance",
    "rank_slope",
    "relative_classes",
    "sigma_convergence",
    "spatial_markov",
    "stochastic_kernel",
    "yearly_classes",
]
