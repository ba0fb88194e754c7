"""Thresholds against brute force: every candidate fitted anew with dummies."""

import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.explain.threshold import threshold_regression
from gongfu.explain.threshold_panel import threshold_panel
from gongfu.explain.threshold_search import gains, residuals, scan


def made_panel(units=12, periods=8, *, seed=0, cuts=(0.2,), slopes=(0.5, 2.0), k=1, noise=1.0):
    rng = np.random.default_rng(seed)
    n = units * periods
    entity, time = np.repeat(np.arange(units), periods), np.tile(np.arange(periods), units)
    x = rng.normal(2.0, 1.0, (n, k)) + rng.normal(size=units)[entity][:, None]
    q = rng.normal(size=n) + 0.3 * rng.normal(size=units)[entity]
    z = rng.normal(size=(n, 1))
    slope = np.asarray(slopes)[np.searchsorted(np.asarray(cuts), q, side="left")]
    y = slope * x[:, 0] + 0.7 * z[:, 0] + rng.normal(size=units)[entity] * 3 + 0.2 * time
    y += noise * rng.normal(size=n)
    return {"y": y, "x": x, "z": z, "q": q, "entity": entity, "time": time}


def dummies(labels):
    return (labels[:, None] == np.unique(labels)).astype(float)


def squares(y, columns):
    fitted = columns @ np.linalg.lstsq(columns, y, rcond=None)[0]
    return float(((y - fitted) ** 2).sum())


def brute(data, candidates, given, *, time_effects):
    fixed = [dummies(data["entity"]), data["x"], data["z"]]
    fixed += [dummies(data["time"])] if time_effects else []
    fixed += [data["x"] * (data["q"] <= g)[:, None] for g in given]
    return np.array(
        [squares(data["y"], np.hstack([*fixed, data["x"] * (data["q"] <= g)[:, None]]))
         for g in candidates]
    )  # fmt: skip


def run(data, **settings):
    return threshold_regression(
        data["y"], data["x"], data["q"], entity=data["entity"], time=data["time"],
        controls=data["z"], **settings,
    )  # fmt: skip


@pytest.mark.parametrize("time_effects", [False, True])
@pytest.mark.parametrize("k", [1, 3])
@pytest.mark.parametrize("given", [(), (0.0,), (-0.4, 0.5)])
@pytest.mark.parametrize("holes", [0, 17])
def test_sum_of_squares_is_exact_at_every_candidate(time_effects, k, given, holes):
    data = made_panel(k=k, seed=3)
    kept = np.sort(np.random.default_rng(1).permutation(len(data["y"]))[holes:])
    data = {name: column[kept] for name, column in data.items()}
    given = [float(np.sort(data["q"])[np.searchsorted(np.sort(data["q"]), g)]) for g in given]
    panel = threshold_panel(
        data["y"], data["x"], data["z"], data["q"], entity=data["entity"], time=data["time"],
        time_effects=time_effects,
    )  # fmt: skip
    found = scan(panel, given, trim=0.05)
    remaining = residuals(panel, found.basis)
    ours = remaining @ remaining - gains(panel, found, remaining[None, :])[0]
    expected = brute(data, found.values, given, time_effects=time_effects)
    # Two routes to one least-squares fit: sums of products here, a dummy regression there.
    np.testing.assert_allclose(ours, expected, rtol=1e-9)


def test_ties_of_the_threshold_variable_stay_in_one_regime():
    data = made_panel(seed=5)
    data["q"] = np.round(data["q"], 1)
    found = run(data, replications=0)
    values = found.thresholds[0].candidates
    assert len(values) == len(np.unique(values))
    expected = brute(data, values, (), time_effects=False)
    assert found.thresholds[0].value == values[np.argmin(expected)]


def test_rows_in_any_order_give_the_same_answer():
    data = made_panel(seed=6)
    order = np.random.default_rng(0).permutation(len(data["y"]))
    shuffled = {name: column[order] for name, column in data.items()}
    one, other = run(data, replications=20), run(shuffled, replications=20)
    assert one.thresholds[0].value == other.thresholds[0].value
    assert one.tests[0].block_p == other.tests[0].block_p
    # The same rows are summed in the same order after sorting.
    np.testing.assert_array_equal(one.regression.coefficients, other.regression.coefficients)


def test_two_planted_thresholds_are_found_in_ascending_order():
    data = made_panel(40, 12, cuts=(-0.6, 0.6), slopes=(0.0, 2.0, -1.0), noise=0.3, seed=7)
    found = run(data, thresholds=2, replications=50)
    # Neighbouring values of q lie about 0.005 apart here.
    assert [one.value for one in found.thresholds] == pytest.approx([-0.6, 0.6], abs=0.03)
    assert all(one.block_p < 0.05 and one.wild_p < 0.05 for one in found.tests)
    assert found.rows_in_regime == tuple(
        np.bincount(np.searchsorted([one.value for one in found.thresholds], data["q"])).tolist()
    )


def test_a_third_threshold_leaves_the_fit_of_the_joint_regression():
    data = made_panel(
        40, 12, cuts=(-0.8, 0.0, 0.8), slopes=(0.0, 2.0, -1.0, 1.0), noise=0.3, seed=8
    )
    found = run(data, thresholds=3, replications=0)
    values = [one.value for one in found.thresholds]
    assert values == pytest.approx([-0.8, 0.0, 0.8], abs=0.03)  # candidates lie 0.005 apart
    left = brute(data, values[2:], values[:2], time_effects=False)[0]
    ours = float(found.regression.residuals @ found.regression.residuals)
    assert ours == pytest.approx(left, rel=1e-9)  # the same fit, by dummies


def test_likelihood_ratio_is_zero_at_the_estimate_and_the_set_holds_it():
    found = run(made_panel(seed=9), replications=0).thresholds[0]
    assert found.likelihood_ratio.min() == 0.0
    assert found.candidates[np.argmin(found.likelihood_ratio)] == found.value
    assert any(found.value in run for run in found.confidence_set)
    # Hansen 1999, table of the limit law: 7.35 at 95 %.
    assert found.critical == pytest.approx(7.35, abs=0.005)


def test_clustered_errors_equal_the_sandwich_written_out():
    data = made_panel(seed=10)
    found = run(data, replications=0)
    below = (data["q"] <= found.thresholds[0].value)[:, None]
    x = np.hstack([data["x"] * below, data["x"] * ~below, data["z"]])
    d = dummies(data["entity"])
    x = x - d @ np.linalg.lstsq(d, x, rcond=None)[0]
    inverse = np.linalg.inv(x.T @ x)
    error = found.regression.residuals
    meat = np.zeros((3, 3))
    for unit in np.unique(data["entity"]):
        score = x[data["entity"] == unit].T @ error[data["entity"] == unit]
        meat += np.outer(score, score)
    n, g = len(x), len(np.unique(data["entity"]))
    factor = g / (g - 1) * (n - 1) / (n - 4)
    # Two orders of the same sums.
    np.testing.assert_allclose(found.regression.vcov, factor * inverse @ meat @ inverse, rtol=1e-9)
    assert found.regression.names == ("x1 | regime 1", "x1 | regime 2", "z1")


def test_bootstrap_statistic_of_a_draw_equals_a_search_on_the_drawn_data():
    data = made_panel(6, 5, seed=11)
    found = run(data, replications=3, seed=4)
    test = found.tests[0]
    null = np.hstack([dummies(data["entity"]), data["x"], data["z"]])
    left = data["y"] - null @ np.linalg.lstsq(null, data["y"], rcond=None)[0]
    rng = np.random.default_rng([4, 1])
    rng.integers(6, size=(3, 6))
    sign = rng.integers(0, 2, size=(3, 6)) * 2.0 - 1.0
    again = []
    for row in sign:
        drawn = {**data, "y": left * row[data["entity"]]}
        again.append(run(drawn, replications=0).tests[0].statistic)
    # The slow way: the whole estimator on each drawn panel.
    np.testing.assert_allclose(test.wild_statistics, again, rtol=1e-9)


def test_same_seed_gives_the_same_p_values_and_another_seed_other_draws():
    data = made_panel(seed=12)
    one, same, other = (run(data, replications=30, seed=s).tests[0] for s in (1, 1, 2))
    np.testing.assert_array_equal(one.wild_statistics, same.wild_statistics)
    assert not np.array_equal(one.block_statistics, other.block_statistics)


def test_an_unbalanced_panel_has_a_wild_p_value_and_no_block_p_value():
    data = {name: column[3:] for name, column in made_panel(seed=13).items()}
    test = run(data, replications=20).tests[0]
    assert test.block_p is None
    assert 0 < test.wild_p <= 1


def test_no_threshold_is_seldom_found_where_there_is_none():
    p = [
        run(made_panel(slopes=(1.0, 1.0), seed=s), replications=99, seed=s).tests[0]
        for s in range(100, 160)
    ]
    # 60 worlds at 5 %: a binomial count above 8 has probability 0.9 %.
    assert sum(one.wild_p <= 0.05 for one in p) <= 8
    assert sum(one.block_p <= 0.05 for one in p) <= 8


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda d: d["y"].__setitem__(3, np.nan), "number in every cell"),
        (lambda d: d["time"].__setitem__(1, 0), "one row only"),
        (lambda d: d["z"].__setitem__(slice(None), d["entity"][:, None] * 1.0), "control 1"),
        (lambda d: d["z"].__setitem__(slice(None), d["x"] * 2), "collinear"),
        (lambda d: d["q"].__setitem__(slice(None), 1.0), "no candidate threshold"),
    ],
)
def test_bad_panels_end_in_one_clear_message(change, message):
    data = made_panel()
    change(data)
    with pytest.raises(InputError, match=message):
        run(data, replications=0)


def test_more_than_three_thresholds_are_refused():
    with pytest.raises(InputError, match="1, 2 or 3"):
        run(made_panel(), thresholds=4)
