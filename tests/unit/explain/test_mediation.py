"""Mediation against regressions with dummies and against scipy's BCa interval."""

import numpy as np
import pytest
from scipy import stats

from gongfu.core import Evidence, InputError
from gongfu.explain.mediation import mediation
from gongfu.explain.mediation_bootstrap import bca_interval


def made(units=25, periods=8, *, first=0.6, second=0.5, confounder=0.0, seed=0):
    rng = np.random.default_rng(seed)
    entity, time = np.repeat(np.arange(units), periods), np.tile(np.arange(periods), units)
    n = len(entity)
    level, z, hidden = rng.normal(size=units)[entity], rng.normal(size=(n, 1)), rng.normal(size=n)
    x = rng.normal(size=n) + level
    m = (
        first * x
        + 0.3 * z[:, 0]
        + 2 * level
        + 0.1 * time
        + confounder * hidden
        + rng.normal(size=n)
    )
    y = second * m + 0.2 * x - level + 0.2 * time + confounder * hidden + rng.normal(size=n)
    return {"y": y, "m": m, "x": x, "z": z, "entity": entity, "time": time}


def run(data, **settings):
    return mediation(
        data["y"], data["m"], data["x"], controls=data["z"],
        entity=data["entity"], time=data["time"], **settings,
    )  # fmt: skip


def slopes(data, y, *columns):
    dummies = [(data[n][:, None] == np.unique(data[n])).astype(float) for n in ("entity", "time")]
    x = np.column_stack([*columns, data["z"], *dummies])
    return np.linalg.lstsq(x, y, rcond=None)[0]


@pytest.mark.parametrize("holes", [0, 31])
def test_paths_equal_regressions_with_dummies(holes):
    data = made(seed=2)
    kept = np.random.default_rng(1).permutation(len(data["y"]))[holes:]
    data = {name: column[kept] for name, column in data.items()}
    found = run(data, replications=100)
    first = slopes(data, data["m"], data["x"])[0]
    second, direct = slopes(data, data["y"], data["m"], data["x"])[:2]
    total = slopes(data, data["y"], data["x"])[0]
    ours = [getattr(found, n).value for n in ("first", "second", "indirect", "direct", "total")]
    # Two routes to one least-squares fit.
    np.testing.assert_allclose(ours, [first, second, first * second, direct, total], rtol=1e-8)


def test_a_draw_of_entities_equals_the_regression_on_the_drawn_rows():
    data = made(units=6, seed=3)
    found = run(data, replications=100, seed=5)
    counts = np.random.default_rng(5).multinomial(6, np.full(6, 1 / 6), size=100)
    again = []
    for row in counts:
        places = [np.flatnonzero(data["entity"] == u) for u in np.repeat(np.arange(6), row)]
        drawn = {name: column[np.concatenate(places)] for name, column in data.items()}
        drawn["entity"] = np.repeat(np.arange(6), 8)
        first = slopes(drawn, drawn["m"], drawn["x"])[0]
        again.append(first * slopes(drawn, drawn["y"], drawn["m"], drawn["x"])[0])
    # The slow way, draw by draw.
    assert found.indirect.standard_error == pytest.approx(np.std(again, ddof=1), rel=1e-8)
    assert found.indirect.percentile.low == pytest.approx(np.quantile(again, 0.025), rel=1e-8)


def test_bca_interval_equals_scipy_on_the_same_draws():
    sample = np.random.default_rng(4).exponential(size=40)
    theirs = stats.bootstrap(
        (sample,), np.mean, n_resamples=2000, method="BCa", random_state=np.random.default_rng(1)
    )
    without = np.array([np.delete(sample, i).mean() for i in range(40)])
    ours = bca_interval(float(sample.mean()), theirs.bootstrap_distribution, without, 0.95)
    # Same draws and formula; scipy 1.15 or later interpolates quantiles the same way.
    assert ours.low == pytest.approx(theirs.confidence_interval.low, rel=1e-9)
    assert ours.high == pytest.approx(theirs.confidence_interval.high, rel=1e-9)


def test_planted_path_is_found_and_no_path_is_left_open():
    found, none = run(made(seed=6)), run(made(first=0.0, second=0.0, seed=6))
    assert found.indirect.bca.low > 0
    assert 0.3 in found.indirect.bca
    assert 0.0 in none.indirect.bca
    assert "do not settle" in none.says.en


def test_sensitivity_starts_at_the_estimate_and_crosses_zero_where_it_says():
    found = run(made(seed=7))
    grid = found.sensitivity
    at_zero = np.argmin(np.abs(grid.correlation))
    assert grid.indirect[at_zero] == pytest.approx(found.indirect.value, rel=1e-9)  # rounding
    beside = [grid.zero_at - 0.06, grid.zero_at + 0.06]
    sign = np.sign(np.interp(beside, grid.correlation, grid.indirect))
    assert list(sign) == [1, -1]
    assert 0 < grid.loses_sign_at <= abs(grid.zero_at) + 0.05


def test_the_right_error_correlation_takes_a_hidden_common_cause_out():
    data = made(400, 10, second=0.0, confounder=1.0, seed=8)
    found = run(data, replications=100)
    assert found.indirect.value > 0.2
    # Errors: hidden + own noise, so their correlation is 1 / 2; sampling error about 0.01.
    assert found.sensitivity.zero_at == pytest.approx(0.5, abs=0.05)


def test_no_cause_is_claimed():
    found = run(made(seed=9))
    assert found.evidence is Evidence.ASSOCIATIONAL
    for verb in ("cause ", "causes", "effect", "raises", "leads to", "increase"):
        assert verb not in found.says.en
    for verb in ("导致", "促进", "提高", "影响"):
        assert verb not in found.says.zh


def test_a_mediator_without_variation_is_named():
    data = made()
    data["m"] = data["entity"] * 1.0
    with pytest.raises(InputError, match="column mediator"):
        run(data)


def test_a_mediator_that_is_the_regressor_is_refused():
    data = made()
    data["m"] = 2 * data["x"]
    with pytest.raises(InputError, match="collinear"):
        run(data)
