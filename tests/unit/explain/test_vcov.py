import itertools

import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.explain import PanelData, fixed_effects, pooled, wild_cluster_test
from gongfu.explain.driscoll_kraay import default_lags, driscoll_kraay_meat

ROUNDING = 1e-10


def panel(entities=8, times=6, seed=4, start=2001):
    rng = np.random.default_rng(seed)
    entity, time = np.repeat(np.arange(entities), times), np.tile(np.arange(times), entities)
    x = rng.normal(size=(entities * times, 2)) + rng.normal(size=entities)[entity][:, None]
    y = x[:, 0] + rng.normal(size=entities)[entity] + rng.normal(size=entities * times)
    return PanelData.from_arrays(y, x, entity=entity, time=time + start)


def demeaned(data):
    dummies = np.column_stack([np.eye(len(data.entities))[data.entity]])
    q = np.linalg.qr(dummies)[0]
    return data.regressors - q @ (q.T @ data.regressors)


def by_hand(data, residuals, groups):
    x = demeaned(data)
    bread = np.linalg.inv(x.T @ x)
    meat = np.zeros((2, 2))
    for g in np.unique(groups):
        score = x[groups == g].T @ residuals[groups == g]
        meat += np.outer(score, score)
    return bread @ meat @ bread


def test_clustered_errors_are_the_sum_over_clusters_times_the_stated_factor():
    data = panel()
    result = fixed_effects(data, effects="entity")
    factor = 8 / 7 * 47 / (48 - 3)  # two coefficients; nested effects count once
    assert result.convention.factor == pytest.approx(factor)
    assert result.vcov == pytest.approx(
        factor * by_hand(data, result.residuals, data.entity), rel=ROUNDING
    )
    assert result.convention.dof == 7
    assert dict(result.clusters) == {"entity": 8}
    assert "Only 8 clusters" in result.warnings[0]


def test_clusters_of_single_rows_are_hc1_up_to_their_factors():
    data = panel()
    rows = fixed_effects(data, effects="entity", cluster={"row": np.arange(data.n)})
    robust = fixed_effects(data, effects="entity", errors="hc1")
    ratio = rows.convention.factor / robust.convention.factor
    assert rows.vcov == pytest.approx(ratio * robust.vcov, rel=ROUNDING)


def test_two_way_clusters_add_both_and_take_off_the_crossed():
    data = panel(entities=20, times=15)
    result = fixed_effects(data, effects="entity", errors="two-way cluster")
    pair = data.entity * 15 + data.time
    parts = [by_hand(data, result.residuals, g) for g in (data.entity, data.time, pair)]
    expected = result.convention.factor * (parts[0] + parts[1] - parts[2])
    assert result.vcov == pytest.approx(expected, rel=ROUNDING)
    assert result.convention.dof == 14


def test_a_two_way_covariance_that_is_not_positive_is_mended_aloud():
    result = fixed_effects(panel(), effects="entity", errors="two-way cluster")
    assert np.linalg.eigvalsh(result.vcov).min() > -1e-15
    assert "not positive" in " ".join(result.warnings)


def test_driscoll_kraay_without_lags_clusters_by_time():
    data = panel(times=20)
    result = fixed_effects(data, effects="entity", errors="driscoll-kraay", lags=0)
    expected = by_hand(data, result.residuals, data.time)
    assert result.vcov == pytest.approx(expected, rel=ROUNDING)
    assert result.convention.factor == 1.0


def test_driscoll_kraay_meat_by_hand():
    scores = np.array([[1.0], [2.0], [-1.0]])
    # squares add up to 6; products at lag one, 2 and -2, cancel; then without the sign they do not
    assert driscoll_kraay_meat(scores, 1)[0, 0] == pytest.approx(6.0)
    assert driscoll_kraay_meat(np.abs(scores), 1)[0, 0] == pytest.approx(6.0 + 4.0)
    assert [default_lags(t) for t in (15, 16, 20, 81)] == [1, 2, 2, 3]


def test_driscoll_kraay_refuses_gaps_in_time_and_says_where():
    data = panel(times=20)
    kept = data.time != 9
    gap = PanelData.from_arrays(
        data.dependent[kept],
        data.regressors[kept],
        entity=data.entity[kept],
        time=data.times[data.time[kept]],
    )
    with pytest.raises(InputError, match="a step from 2009 to 2011"):
        fixed_effects(gap, errors="driscoll-kraay")


def test_a_single_cluster_is_refused():
    data = panel()
    with pytest.raises(InputError, match="a single cluster by country"):
        pooled(data, cluster={"country": np.zeros(data.n)})
    with pytest.raises(InputError, match="2 to 500"):
        wild_cluster_test(data, "x1", seed=1, cluster=np.zeros(data.n))


def test_labels_of_the_wrong_length_are_refused():
    with pytest.raises(InputError, match="do not fit the rows"):
        fixed_effects(panel(), cluster={"region": np.arange(3)})


def brute_force_p(data, place, null):
    """Every sign pattern, each with a regression of its own."""
    x = demeaned(data)
    codes, count = data.entity, len(data.entities)
    q = np.linalg.qr(np.eye(count)[codes])[0]
    y = data.dependent - q @ (q.T @ data.dependent)

    def statistic(values, against):
        values = values - q @ (q.T @ values)
        b = np.linalg.lstsq(x, values, rcond=None)[0]
        bread = np.linalg.inv(x.T @ x)
        scores = np.array([x[codes == g].T @ (values - x @ b)[codes == g] for g in range(count)])
        return (b[place] - against) / np.sqrt((bread @ scores.T @ scores @ bread)[place, place])

    other = x[:, [1 - place]]
    rest = y - null * x[:, place]
    restricted = null * x[:, place] + other @ np.linalg.lstsq(other, rest, rcond=None)[0]
    residuals = y - restricted
    found = abs(statistic(y, null)) * (1 - 1e-9)
    signs = itertools.product([-1.0, 1.0], repeat=count)
    draws = [abs(statistic(restricted + np.array(s)[codes] * residuals, null)) for s in signs]
    return np.mean(np.array(draws) >= found)


@pytest.mark.parametrize("null", [0.0, 0.7])
def test_wild_bootstrap_equals_a_regression_for_every_sign_pattern(null):
    data = panel(entities=6)
    test = wild_cluster_test(data, "x1", seed=1, effects="entity", null=null, weights="rademacher")
    assert test.is_exhaustive
    assert test.draws == 64
    assert test.p == pytest.approx(brute_force_p(data, 0, null), abs=1e-12)  # a count over 64


def test_the_interval_holds_exactly_the_values_that_are_not_rejected():
    data = panel(entities=14)
    settings = {"seed": 3, "draws": 999}
    test = wild_cluster_test(data, "x1", **settings)
    for bound, outward in ((test.interval.low, -1), (test.interval.high, 1)):
        inside = wild_cluster_test(data, "x1", null=bound - outward * 1e-6, **settings)
        outside = wild_cluster_test(data, "x1", null=bound + outward * 1e-6, **settings)
        assert outside.p <= 0.05 < inside.p


def test_the_same_seed_gives_the_same_bits():
    data = panel(entities=14)
    first, second = (wild_cluster_test(data, "x1", seed=3, draws=499) for _ in range(2))
    assert first == second
