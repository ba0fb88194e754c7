"""Mobility indices by hand, against scipy, and their errors against finite differences."""

import numpy as np
import pytest
from scipy import stats

from gongfu.core import InputError
from gongfu.measure.design import SurveyDesign, estimate
from gongfu.measure.dynamics.concordance import rank_concordance
from gongfu.measure.dynamics.matrix_mobility import bartholomew, matrix_mobility, prais
from gongfu.measure.dynamics.rank_mobility import income_elasticity, mid_ranks, rank_slope
from gongfu.measure.sample import Sample

TIED = np.array([3.0, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8])
LATER = np.array([2.0, 7, 1, 8, 2, 8, 1, 8, 2, 8, 4, 5])
WEIGHT = np.array([1.0, 2, 1.5, 3, 1, 1, 2.5, 1, 2, 1, 1, 0.5])


def test_nobody_moves_and_origins_that_do_not_matter_are_the_two_ends():
    still = matrix_mobility(np.diag([5.0, 7, 9]))
    assert (still.prais, still.determinant, still.leaving, still.steps) == (0, 0, 0, 0)
    assert still.eigenvalue == 0
    even = matrix_mobility(np.ones((4, 4)))
    assert even.prais == pytest.approx(1, abs=1e-15)
    assert even.determinant == pytest.approx(1, abs=1e-15)
    assert even.eigenvalue == pytest.approx(1, abs=1e-8)  # a multiple eigenvalue: root of rounding


def test_indices_by_hand():
    counts = np.array([[6.0, 2], [1, 3]])
    result = matrix_mobility(counts)
    assert result.prais == 0.5  # 2 - 3/4 - 3/4
    assert result.determinant == pytest.approx(0.5, abs=1e-15)  # 1 - |9/16 - 1/16|
    assert result.eigenvalue == pytest.approx(0.5, abs=1e-15)
    assert result.leaving == pytest.approx(0.5, abs=1e-15)  # 2 (8/12 1/4 + 4/12 1/4)
    assert result.steps == pytest.approx(0.25, abs=1e-15)
    assert result.prais_error == pytest.approx((3 / 16 / 8 + 3 / 16 / 4) ** 0.5, abs=1e-15)
    other = matrix_mobility(np.array([[6.0, 2], [2, 2]]), start=[0.25, 0.75])
    assert other.leaving == pytest.approx(2 * (1 / 16 + 3 / 8), abs=1e-15)


def test_error_of_prais_is_the_spread_of_simulated_tables():
    p, rows = np.array([[0.8, 0.15, 0.05], [0.2, 0.6, 0.2], [0.0, 0.3, 0.7]]), [80, 50, 60]
    rng = np.random.default_rng(6)
    draws = [
        np.stack([rng.multinomial(n, row) for n, row in zip(rows, p, strict=True)])
        for _ in range(2000)
    ]
    spread = np.std([prais(draw / draw.sum(1, keepdims=True)) for draw in draws])
    expected = matrix_mobility(p * np.array(rows)[:, None]).prais_error
    assert spread == pytest.approx(expected, rel=0.07)  # four errors of a deviation of 2,000 draws


def test_bartholomew_starts_from_the_long_run_unless_told():
    p = np.array([[0.9, 0.1], [0.3, 0.7]])
    assert bartholomew(p) == pytest.approx(0.75 * 0.1 + 0.25 * 0.3, abs=1e-15)


def test_a_class_never_left_and_a_start_that_is_no_distribution_are_refused():
    with pytest.raises(InputError, match="never left"):
        matrix_mobility(np.array([[1.0, 1], [0, 0]]))
    with pytest.raises(InputError, match="add up to 1"):
        matrix_mobility(np.ones((2, 2)), start=[0.5, 0.6])


def test_ranks_lie_in_the_middle_of_their_people():
    ranks = mid_ranks(Sample.of([10, 30, 20, 30], [1, 2, 4, 1]))
    assert ranks.tolist() == [0.5 / 8, 6.5 / 8, 3 / 8, 6.5 / 8]


def test_rank_slope_without_ties_is_spearmans_correlation():
    x, y = np.random.default_rng(1).lognormal(size=(2, 60))
    assert rank_slope(x, y).value == pytest.approx(stats.spearmanr(x, y).statistic, abs=1e-14)
    assert rank_slope(x, x).value == pytest.approx(1, abs=1e-14)
    assert rank_slope(x, -x).value == pytest.approx(-1, abs=1e-14)


def test_elasticity_is_the_slope_of_logs():
    x, y = np.random.default_rng(1).lognormal(size=(2, 60))
    expected = stats.linregress(np.log(x), np.log(y)).slope
    assert income_elasticity(x, y).value == pytest.approx(expected, abs=1e-13)


@pytest.mark.parametrize("measure", [rank_slope, income_elasticity])
def test_influence_is_the_derivative_by_the_weight(measure):
    step, result = 1e-5, measure(TIED, LATER, WEIGHT)
    for row in range(len(TIED)):
        up, down = WEIGHT.copy(), WEIGHT.copy()
        up[row] += step
        down[row] -= step
        slope = (measure(TIED, LATER, up).value - measure(TIED, LATER, down).value) / (2 * step)
        assert result.influence[row] == pytest.approx(slope, abs=1e-9)  # error of order step**2


@pytest.mark.parametrize("measure", [rank_slope, income_elasticity])
def test_a_weight_of_three_is_three_rows(measure):
    times = np.array([1, 2, 1, 3, 1, 1, 2, 1, 2, 1, 1, 1])
    repeated = measure(np.repeat(TIED, times), np.repeat(LATER, times))
    assert measure(TIED, LATER, times).value == pytest.approx(repeated.value, abs=1e-14)


def test_errors_of_slopes_are_those_of_fresh_samples():
    rng = np.random.default_rng(10)
    found = {rank_slope: [], income_elasticity: []}
    for _ in range(400):
        x = rng.normal(size=200)
        y = 0.5 * x + rng.normal(size=200) * (0.5 + np.abs(x))
        for measure, results in found.items():
            result = measure(np.exp(x), np.exp(y))
            error = SurveyDesign.simple(200).variance(result) ** 0.5
            results.append((result.value, error))
    for results in found.values():
        values, errors = np.transpose(results)
        # four errors of a deviation of 400 samples: 4 / sqrt(800) = 14 %
        assert errors.mean() == pytest.approx(values.std(), rel=0.14)


def test_slopes_go_through_the_error_engine():
    slope = rank_slope(TIED, LATER, WEIGHT)
    words = {"measure": "rank slope", "unit": "slope", "convention": "mid-ranks"}
    result = estimate(slope, SurveyDesign(WEIGHT), **words)
    assert result.value in result.interval
    assert float(WEIGHT @ slope.influence) == pytest.approx(0, abs=1e-14)  # twelve terms


def test_mobility_of_unequal_lengths_and_equal_origins_is_refused():
    with pytest.raises(InputError, match="3 destinations; found 2"):
        rank_slope([1, 2, 3], [1, 2])
    for measure in (rank_slope, income_elasticity):
        with pytest.raises(InputError, match="origins that differ"):
            measure([2, 2, 2], [1, 2, 3])
    with pytest.raises(InputError, match="incomes > 0"):
        income_elasticity([1, 2, 3], [1, 0, 3])


@pytest.mark.parametrize("seed", range(5))
def test_concordance_equals_scipy_with_ties(seed):
    rng = np.random.default_rng(seed)
    x = rng.integers(0, 8, 40)
    y = rng.integers(0, 6, 40) + x // 2
    expected = stats.kendalltau(x, y, method="asymptotic")
    result = rank_concordance(x, y)
    assert result.tau == pytest.approx(expected.statistic, abs=1e-14)
    assert result.p == pytest.approx(expected.pvalue, rel=1e-12)


def test_overtaken_share_counts_pairs():
    # of six pairs (1,2) swap and so do (1,4) and (3,4)
    assert rank_concordance([1, 2, 3, 4], [3, 1, 4, 2]).overtaken_share == 0.5


def test_concordance_of_too_little_is_refused():
    with pytest.raises(InputError, match="2 and 2 values"):
        rank_concordance([1, 2], [2, 1])
    with pytest.raises(InputError, match="differ at both dates"):
        rank_concordance([1, 2, 3], [1, 1, 1])
