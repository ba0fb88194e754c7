from __future__ import annotations

import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.measure.bootstrap import bootstrap_values, bootstrap_weights
from gongfu.measure.design import SurveyDesign
from gongfu.measure.gini import gini
from gongfu.measure.jackknife import jackknife_standard_error
from gongfu.measure.mean import mean
from gongfu.measure.replicates import ReplicateWeights, replicate_standard_error

INCOME = np.array([1.0, 2.0, 4.0, 7.0, 3.0, 5.0])
STRATA = np.array([0, 0, 0, 1, 1, 1])
EXACT = 1e-13
"""Relative: the same sums in another order."""


def test_jackknife_of_a_mean_is_its_textbook_error():
    error = jackknife_standard_error(mean, INCOME, SurveyDesign.simple(6))
    assert error == pytest.approx(np.std(INCOME, ddof=1) / np.sqrt(6), rel=EXACT)


def test_stratified_jackknife_of_a_mean_adds_the_strata():
    error = jackknife_standard_error(mean, INCOME, SurveyDesign(np.ones(6), STRATA))
    parts = [np.var(part, ddof=1) / 3 / 4 for part in (INCOME[:3], INCOME[3:])]
    assert error == pytest.approx(np.sqrt(sum(parts)), rel=EXACT)


def test_jk1_replicates_give_the_error_of_a_mean():
    replicates = (1 - np.eye(6)) * 6 / 5
    error = replicate_standard_error(mean, INCOME, ReplicateWeights(np.ones(6), replicates, "JK1"))
    assert error == pytest.approx(np.std(INCOME, ddof=1) / np.sqrt(6), rel=EXACT)


@pytest.mark.parametrize("fay", [0.0, 0.5])
def test_balanced_half_samples_give_the_error_of_a_stratified_mean(fay):
    income = np.array([1.0, 3.0, 2.0, 8.0])
    signs = np.array([[1, 1], [-1, 1], [1, -1], [-1, -1]]).T
    first = 1 + (1 - fay) * np.repeat(signs, 2, axis=0) * np.array([1, -1, 1, -1])[:, None]
    weights = ReplicateWeights(np.ones(4), first, "BRR", fay=fay)
    parts = [np.var(part, ddof=1) / 2 / 4 for part in (income[:2], income[2:])]
    error = replicate_standard_error(mean, income, weights)
    assert error == pytest.approx(np.sqrt(sum(parts)), rel=EXACT)


def test_bootstrap_weights_keep_the_total_of_each_stratum_with_equal_weights():
    design = SurveyDesign(np.ones(6), STRATA)
    for weight in bootstrap_weights(design, seed=1, replications=20):
        assert np.bincount(STRATA, weight).tolist() == pytest.approx([3, 3], rel=EXACT)


def test_bootstrap_gives_all_rows_of_a_cluster_the_same_factor():
    design = SurveyDesign(np.ones(6), psu=np.array([0, 0, 1, 1, 2, 2]))
    for weight in bootstrap_weights(design, seed=1, replications=20):
        assert (weight[::2] == weight[1::2]).all()
        assert weight.sum() == pytest.approx(6, rel=EXACT)


def test_a_replication_depends_on_its_seed_and_number_alone():
    design = SurveyDesign.simple(6)
    long = bootstrap_values(gini, INCOME, design, seed=3, replications=10)
    short = bootstrap_values(gini, INCOME, design, seed=3, replications=4)
    other = bootstrap_values(gini, INCOME, design, seed=4, replications=10)
    assert long[:4].tolist() == short.tolist()
    assert long.tolist() != other.tolist()


def test_bootstrap_replicates_go_through_replicate_weights():
    design = SurveyDesign.simple(6)
    replicates = np.column_stack(list(bootstrap_weights(design, seed=3, replications=50)))
    weights = ReplicateWeights(design.weight, replicates, "bootstrap")
    values = bootstrap_values(mean, INCOME, design, seed=3, replications=50)
    by_hand = np.sqrt(np.mean((values - INCOME.mean()) ** 2))
    assert replicate_standard_error(mean, INCOME, weights) == pytest.approx(by_hand, rel=EXACT)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"replicates": np.ones((5, 2))}, "differ in length"),
        ({"replicates": np.full((6, 2), -1.0)}, "at least 0"),
        ({"replicates": np.full((6, 2), np.nan)}, "finite"),
        ({"kind": "JKn"}, "JKn needs them"),
        ({"factors": np.ones(2)}, "factors belong to JKn"),
        ({"kind": "JKn", "factors": np.ones(3)}, "one factor a replicate"),
        ({"kind": "BRR", "fay": 1.0}, "Fay's factor"),
    ],
)
def test_replicate_weights_that_do_not_fit_are_refused(changes, said):
    good = {"weight": np.ones(6), "replicates": np.ones((6, 2)), "kind": "JK1"}
    with pytest.raises(InputError, match=said):
        ReplicateWeights(**{**good, **changes})
