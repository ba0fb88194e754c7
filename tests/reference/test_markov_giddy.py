"""Markov chains of US state incomes against giddy 2.3.8, on its example data."""

import json

import numpy as np
import pytest

from gongfu.measure.dynamics.chi_square import chi_square_tail
from gongfu.measure.dynamics.classes import relative_classes, yearly_classes
from gongfu.measure.dynamics.concordance import rank_concordance
from gongfu.measure.dynamics.lisa_markov import lisa_markov
from gongfu.measure.dynamics.long_run import second_eigenvalue
from gongfu.measure.dynamics.markov import markov
from gongfu.measure.dynamics.matrix_mobility import matrix_mobility
from gongfu.measure.dynamics.spatial_markov import spatial_markov
from gongfu.measure.dynamics.transitions import count_transitions, probabilities
from gongfu.measure.space import listed_weights
from gongfu.measure.space.permutation import normal_p

pytestmark = pytest.mark.reference

SAME = 1e-12  # quotients of the same whole numbers, and eigenvectors of a 5 x 5 matrix
SUMS = 1e-10  # sums of 125 quotients of size up to 100


@pytest.fixture
def states(reference_folder):
    folder = reference_folder / "measure"
    income = np.loadtxt(folder / "usjoin_pci_1929_2009.csv", delimiter=",")
    lists = json.loads((folder / "states48_neighbors.json").read_text(encoding="utf-8"))
    answers = json.loads((folder / "pysal_pymcdm.json").read_text(encoding="utf-8"))
    return income, listed_weights([lists[str(i)] for i in range(48)]), answers


def test_chain_of_yearly_quintiles_equals_giddy(states):
    income, _, answers = states
    expected = answers["markov_quintiles"]
    chain = markov(yearly_classes(income))
    assert np.array_equal(chain.counts, expected["transitions"])
    assert chain.counts[0].tolist() == [729, 71, 1, 0, 0]
    assert chain.probabilities == pytest.approx(np.array(expected["p"]), abs=SAME)
    assert chain.ergodic == pytest.approx(expected["steady_state"], abs=SAME)
    assert chain.ergodic[0] == pytest.approx(0.20774715891655166, abs=SAME)


def test_mobility_indices_equal_giddy(states):
    income, _, _ = states
    chain = markov(yearly_classes(income))
    result = matrix_mobility(chain.counts)
    assert result.prais == pytest.approx(0.19758992000997844, abs=SAME)
    assert result.eigenvalue == pytest.approx(0.03978200230815965, abs=SAME)
    assert result.determinant == pytest.approx(0.606848546236956, abs=SAME)
    assert 1 - second_eigenvalue(chain.probabilities) == pytest.approx(result.eigenvalue, abs=SAME)


def test_spatial_chain_of_relative_quintiles_equals_giddy(states):
    income, weights, answers = states
    expected = answers["spatial_markov_fixed5"]
    result = spatial_markov(relative_classes(income), weights)
    assert result.pooled == pytest.approx(np.array(expected["p"]), abs=SAME)
    assert result.probabilities == pytest.approx(np.array(expected["P"]), abs=SAME)
    assert result.ergodic == pytest.approx(np.array(expected["S"]), abs=SAME)


def test_tests_of_the_spatial_chain_equal_giddy(states):
    income, weights, _ = states
    test = spatial_markov(relative_classes(income), weights).test
    assert test.pearson == pytest.approx(200.62372763076806, abs=SUMS)
    assert test.likelihood_ratio == pytest.approx(170.6588284308426, abs=SUMS)
    assert test.degrees_of_freedom == 60
    # giddy subtracts from 1, which leaves 1e-16: it prints 1.492250767398673e-12, and Q_p 0.0
    assert test.likelihood_ratio_p == pytest.approx(1.492250767398673e-12, abs=1e-16)
    assert test.pearson_p == pytest.approx(0.0, abs=1e-16)


def test_giddys_other_p_value_counts_moves_that_never_happened(states):
    income, weights, answers = states
    test = spatial_markov(relative_classes(income), weights).test
    expected = answers["spatial_markov_fixed5"]
    assert test.pearson == pytest.approx(expected["chi2_total"], abs=SUMS)
    # 5 (5 - 1) (5 - 1) nominal degrees of freedom; printed as 1 minus a distribution function
    assert chi_square_tail(test.pearson, 80) == pytest.approx(2.442379631872882e-12, abs=1e-16)
    assert chi_square_tail(test.pearson, 80) == pytest.approx(expected["x2_pvalue"], abs=1e-16)


def test_dealing_histories_out_over_the_map_doubts_what_chi_square_calls_certain(states):
    income, weights, _ = states
    result = spatial_markov(relative_classes(income), weights, seed=2024)
    assert result.test.pearson_p < 1e-16
    assert 0.001 < result.permutation.p < 0.05


def test_lisa_chain_equals_giddy(states):
    income, weights, answers = states
    result = lisa_markov(income, weights)
    assert np.array_equal(result.counts, answers["lisa_markov"]["transitions"])
    assert result.probabilities == pytest.approx(np.array(answers["lisa_markov"]["p"]), abs=SAME)


def test_giddys_test_of_the_lisa_chain_expects_moves_from_state_to_state(states):
    # giddy 2.3.8 hands its table to the chains of own and neighbours' moves with years as rows, so
    # that they "move" from one state of the union to the next in the file, and divides by each
    # state's mean over the years. Done the same way we get its number; ours follows the years.
    income, weights, answers = states
    relative = income / income.mean(axis=0)
    over_time = relative.mean(axis=1)
    own, neighbours = (
        probabilities(count_transitions((part.T / over_time < 1).astype(int), 2))
        for part in (relative, weights.lag(relative))
    )
    is_low, low_around = [0, 1, 1, 0], [0, 0, 1, 1]
    joint = own[np.ix_(is_low, is_low)] * neighbours[np.ix_(low_around, low_around)]
    result = lisa_markov(income, weights)
    expected = result.counts.sum(axis=1, keepdims=True) * joint
    transposed = float(((result.counts - expected) ** 2 / expected).sum())
    assert transposed == pytest.approx(answers["lisa_markov"]["chi2"], rel=1e-12)  # 16 terms
    assert transposed == pytest.approx(8780.335406861852, rel=1e-12)
    assert result.statistic == pytest.approx(60.32690123888705, rel=1e-12)  # ours, on the years


def test_kendalls_tau_equals_giddy(states):
    income, _, _ = states
    result = rank_concordance(income[:, 0], income[:, -1])
    assert result.tau == pytest.approx(0.5188470576690462, abs=SAME)
    # giddy's p-value leaves the ties of 1929 and 2009 out of the variance; scipy's and ours do not
    without_ties = result.tau / ((4 * 48 + 10) / (9 * 48 * 47)) ** 0.5
    assert normal_p(without_ties, "two-sided") == pytest.approx(1.9735720263920198e-07, rel=1e-9)
    assert result.p == pytest.approx(1.9960077947887315e-07, rel=1e-9)
