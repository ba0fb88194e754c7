"""Weights and methods against pymcdm 1.4.0 on four alternatives and three criteria."""

import numpy as np
import pytest

from gongfu.measure.index.distance_methods import topsis, vikor
from gongfu.measure.index.normalise import normalise
from gongfu.measure.index.outranking import promethee
from gongfu.measure.index.weight import critic, entropy, standard_deviation
from gongfu.measure.index.weight_removal import cilos, idocriw, merec

pytestmark = pytest.mark.reference

SAME_FORMULA = 1e-10  # the same few dozen operations in another order

DECISIONS = np.array([[1.0, 2, 3], [4, 3, 6], [7, 5, 2], [3, 9, 4]])
"""Two criteria of which more is better and a third of which less is."""

BENEFITS = DECISIONS ** np.array([1, 1, -1])
"""The cost as its reciprocal, which is what MEREC and CILOS make of it."""

WEIGHTS = {
    "entropy": (
        lambda: entropy(DECISIONS),
        [0.43379386478903215, 0.3767081521667662, 0.18949798304420173],
    ),
    "critic": (
        lambda: critic(DECISIONS),
        [0.3187568145449929, 0.3094421000346452, 0.371801085420362],
    ),
    "standard deviation": (
        lambda: standard_deviation(DECISIONS),
        [0.3423006489504898, 0.42386349125273093, 0.23383585979677926],
    ),
    "merec": (
        lambda: merec(BENEFITS),
        [0.4739290190721742, 0.28157811484318873, 0.24449286608463713],
    ),
    "cilos": (
        lambda: cilos(BENEFITS),
        [0.2916666666666665, 0.37500000000000006, 0.3333333333333334],
    ),
    "idocriw": (
        lambda: idocriw(BENEFITS, entropy(DECISIONS)),
        [0.38229759804265867, 0.4268424972039061, 0.19085990475343523],
    ),
}

METHODS = {
    "topsis, min-max": (
        topsis,
        [0.1977770307874814, 0.34058018968621445, 0.6991084738462188, 0.5766273416010059],
    ),
    "topsis, fixed ideal": (
        lambda scores, weights: topsis(scores, weights, ideal=(0.0, 1.0)),
        [0.1977770307874814, 0.34058018968621445, 0.6991084738462188, 0.5766273416010059],
    ),
    "vikor": (vikor, [1.0, 0.6462075138734589, 0.0, 0.30040824216037126]),
    "promethee ii, usual": (
        promethee,
        [-0.7473360226077311, -0.17046941217011302, 0.7488612318888226, 0.1689442028890215],
    ),
}


@pytest.mark.parametrize("name", WEIGHTS)
def test_weights_equal_those_of_pymcdm(name):
    ours, theirs = WEIGHTS[name]
    np.testing.assert_allclose(ours(), theirs, atol=SAME_FORMULA)


@pytest.mark.parametrize("name", METHODS)
def test_methods_with_entropy_weights_equal_those_of_pymcdm(name):
    ours, theirs = METHODS[name]
    scores = normalise(DECISIONS, ["+", "+", "-"], "min-max")
    np.testing.assert_allclose(ours(scores, entropy(DECISIONS)), theirs, atol=SAME_FORMULA)
