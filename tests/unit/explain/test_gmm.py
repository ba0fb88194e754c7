"""Difference GMM against R plm 2.6-2 (pgmm with robust errors) on the panel made here."""

import re
import runpy
from pathlib import Path

import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.explain import DynamicModel, PanelData, difference_gmm
from gongfu.explain import gmm as inside
from gongfu.explain.gmm_columns import dynamic_columns

SAME = 1e-9  # the same formulas; pgmm inverts the weights by another decomposition


def table():
    """60 units, up to 9 years with ragged ends; w moves with the error of its year."""
    rng = np.random.default_rng(1991)
    units, times = 60, 9
    a, x = rng.normal(size=units), rng.normal(size=(units, times + 5))
    w, y = rng.normal(size=(units, times + 5)), np.zeros((units, times + 5))
    for t in range(1, times + 5):
        x[:, t] += 0.5 * x[:, t - 1]
        error = rng.normal(size=units) * (1 + 0.5 * np.abs(x[:, t]))
        w[:, t] += 0.4 * w[:, t - 1] + 0.5 * error
        y[:, t] = 0.5 * y[:, t - 1] + x[:, t] - 0.5 * w[:, t] + a + 0.1 * t + error
    first, last = rng.integers(0, 2, size=units), times - rng.integers(0, 2, size=units)
    i, t = np.divmod(np.arange(units * times), times)
    kept = (t >= first[i]) & (t < last[i])
    values = np.stack([y, x, w], axis=2)[:, 5:].reshape(-1, 3).round(3)
    return i[kept], t[kept] + 2010, values[kept]


@pytest.fixture
def data():
    entity, time, values = table()
    return PanelData.from_arrays(
        values[:, 0], values[:, 1:], entity=entity, time=time, names=["x", "w"]
    )


MODELS = {
    "lags": DynamicModel(
        lags=2, regressor_lags={"x": (0, 1)}, endogenous=["w"], time_effects=False
    ),
    "time": DynamicModel(deepest=4),
    "collapsed": DynamicModel(predetermined=["w"], collapse=True, time_effects=False),
}
PLM = {
    ("lags", 1): (
        [0.14528946471004, -0.01454526066841, 1.08820094378942, 0.27156765589187, 0.17473144730148],
        [0.09418707144072, 0.04505685509762, 0.09421218828303, 0.13383948116208, 0.12994172586413],
        56,
    ),
    ("lags", 2): (
        [0.15412682025488, -0.00994090576619, 1.09623055553267, 0.28895874762122, 0.18630550719109],
        [0.10858751928943, 0.05033350994255, 0.10965312752655, 0.15418082144176, 0.14266332516829],
        56,
    ),
    ("time", 1): (
        [0.536916917714737, 1.154214690121736, 0.375632913192194],
        [0.0622239031316565, 0.0795069601743244, 0.0874881472351060],
        27,
    ),
    ("time", 2): (
        [0.579709492335111, 1.077328245051079, 0.344924633347762],
        [0.0653117781473737, 0.1035102044957324, 0.0959252979893488],
        27,
    ),
    ("collapsed", 1): (
        [0.205333643246807, 1.082597347103498, 0.340435253887463],
        [0.0752863356298303, 0.0826140477888975, 0.0753469022048632],
        16,
    ),
    ("collapsed", 2): (
        [0.194435300138241, 1.027923276849998, 0.402394090389735],
        [0.0958661633117810, 0.0922074247011048, 0.0909797049082268],
        16,
    ),
}
HANSEN = {"lags": 55.6437591796787, "time": 21.4991523771734, "collapsed": 20.4329631192107}


@pytest.mark.parametrize(("name", "steps"), PLM)
def test_estimates_robust_and_corrected_errors_equal_plm(data, name, steps):
    coefficients, errors, instruments = PLM[name, steps]
    found = difference_gmm(data, MODELS[name], steps=steps)
    k = len(coefficients)
    assert found.estimates.coefficients[:k] == pytest.approx(coefficients, rel=SAME)
    assert found.estimates.standard_errors[:k] == pytest.approx(errors, rel=SAME)
    assert found.hansen.statistic == pytest.approx(HANSEN[name], rel=SAME)
    assert found.instruments == instruments


@pytest.mark.parametrize("name", MODELS)
def test_autocorrelation_tests_are_those_of_the_paper_entity_by_entity(data, name):
    """Arellano and Bond's m_j, equation 8, one entity after another."""
    columns = dynamic_columns(data, MODELS[name])
    weight = np.linalg.pinv(sum(z.T @ difference_pattern(len(z)) @ z for z in columns.z))
    zx = sum(z.T @ x for z, x in zip(columns.z, columns.x, strict=True))
    zy = sum(z.T @ y for z, y in zip(columns.z, columns.y, strict=True))
    bread = np.linalg.inv(zx.T @ weight @ zx)
    u = columns.y - columns.x @ (bread @ zx.T @ weight @ zy)
    meat = sum(np.outer(z.T @ e, z.T @ e) for z, e in zip(columns.z, u, strict=True))
    vcov = bread @ zx.T @ weight @ meat @ weight @ zx @ bread
    for order in (1, 2):
        total, own, moments, through = 0.0, 0.0, 0.0, 0.0
        for i, e in enumerate(u):
            earlier = np.append(np.zeros(order), e[:-order]) * columns.present[i]
            total += earlier @ e
            own += (earlier @ e) ** 2
            moments = moments + columns.z[i].T @ e * (e @ earlier)
            through = through + columns.x[i].T @ earlier
        variance = own - 2 * through @ bread @ zx.T @ weight @ moments + through @ vcov @ through
        test = difference_gmm(data, MODELS[name], steps=1).autocorrelation[order]
        assert test.statistic == pytest.approx(total / np.sqrt(variance), rel=1e-8)
    moments = sum(z.T @ e for z, e in zip(columns.z, u, strict=True))
    sargan = moments @ weight @ moments / (np.sum(u * u) / (2 * columns.n))
    assert difference_gmm(data, MODELS[name]).sargan.statistic == pytest.approx(sargan, rel=1e-8)


def difference_pattern(times):
    return 2 * np.eye(times) - np.eye(times, k=1) - np.eye(times, k=-1)


def test_the_slope_in_the_correction_is_a_finite_difference(data):
    columns = dynamic_columns(data, MODELS["collapsed"])
    first = inside._step(columns, inside._first_weight(columns))

    def two_step(coefficients):
        residuals = columns.y - columns.x @ coefficients
        covariance = inside._moment_covariance(columns, residuals)
        return inside._step(columns, np.linalg.inv(covariance))

    second = two_step(first.coefficients)
    numeric = np.column_stack(
        [
            (
                two_step(first.coefficients + move).coefficients
                - two_step(first.coefficients - move).coefficients
            )
            / 2e-5
            for move in 1e-5 * np.eye(3)
        ]
    )
    robust = inside._sandwich(columns, first)
    across = numeric @ second.bread
    expected = second.bread + across + across.T + numeric @ robust @ numeric.T
    found = inside._windmeijer(columns, first, second, robust)
    assert found == pytest.approx(expected, rel=1e-6)  # second-order differences of 1e-5


def test_without_lags_of_levels_to_spare_the_estimate_is_anderson_and_hsiao(data):
    model = DynamicModel(deepest=2, collapse=True, time_effects=False)
    columns = dynamic_columns(data, model)
    z, x, y = columns.z[columns.present], columns.x[columns.present], columns.y[columns.present]
    assert z.shape[1] == x.shape[1]
    simple = np.linalg.solve(z.T @ x, z.T @ y)
    found = difference_gmm(data, model, steps=1)
    assert found.estimates.coefficients == pytest.approx(simple, rel=SAME)
    assert found.hansen.p == 1.0


def test_holes_in_the_middle_cost_the_equations_that_need_them(data):
    gone = ~((data.entity == 3) & (data.time == 4))
    holed = PanelData.from_arrays(
        data.dependent[gone],
        data.regressors[gone],
        entity=data.entity[gone],
        time=data.times[data.time[gone]],
        names=data.names,
    )
    full, left = (dynamic_columns(d, DynamicModel()) for d in (data, holed))
    # the difference at the hole, the one after it, and the one whose lag needs it
    assert full.n - left.n == 3


def test_too_many_instruments_and_a_failing_assumption_are_said(data):
    found = difference_gmm(data, MODELS["lags"])
    assert "60 entities" in found.estimates.warnings[0]
    few = data.entity < 20
    small = PanelData.from_arrays(
        data.dependent[few], data.regressors[few], entity=data.entity[few], time=data.time[few]
    )
    warned = " ".join(difference_gmm(small).estimates.warnings)
    assert "instruments for 20 entities" in warned
    assert "collapse=True" in warned
    rng = np.random.default_rng(3)
    e, x = rng.normal(size=(150, 9)), rng.normal(size=(150, 9))
    for t in range(1, 9):
        e[:, t] += 0.6 * e[:, t - 1]  # levels of two years ago move with the differenced error
    y = e.copy()
    for t in range(1, 9):
        y[:, t] += 0.5 * y[:, t - 1] + x[:, t]
    wrong = PanelData.from_arrays(
        y.ravel(), x.ravel(), entity=np.repeat(np.arange(150), 9), time=np.tile(np.arange(9), 150)
    )
    warned = " ".join(difference_gmm(wrong).estimates.warnings)
    assert "AR(2) rejects" in warned
    assert "Hansen's test rejects" in warned


def test_every_fault_of_a_dynamic_model_is_one_message(data):
    with pytest.raises(InputError, match="no regressor 'q'"):
        difference_gmm(data, DynamicModel(endogenous=["q"]))
    with pytest.raises(InputError, match="both predetermined and endogenous"):
        difference_gmm(data, DynamicModel(endogenous=["w"], predetermined=["w"]))
    with pytest.raises(InputError, match="start at 1"):
        difference_gmm(data, DynamicModel(lags=0))
    with pytest.raises(InputError, match="consecutive"):
        difference_gmm(data, DynamicModel(lags=9))
    with pytest.raises(InputError, match="steps are 1 or 2"):
        difference_gmm(data, steps=3)
    fixed = PanelData.from_arrays(
        data.dependent, data.entity.astype(float), entity=data.entity, time=data.time
    )
    with pytest.raises(InputError, match="x1 does not change over time"):
        difference_gmm(fixed)
    with pytest.raises(InputError, match="do not identify"):
        difference_gmm(data, DynamicModel(lags=2, deepest=2, collapse=True, endogenous=["w"]))
    named = PanelData.from_arrays(
        data.dependent, data.regressors, entity=data.entity, time=data.times[data.time].astype(str)
    )
    with pytest.raises(InputError, match="whole numbers"):
        difference_gmm(named)


@pytest.mark.slow
@pytest.mark.parametrize(("units", "low", "high"), [(31, 0.85, 0.97), (140, 0.93, 0.97)])
def test_intervals_cover_or_the_result_warns(units, low, high):
    rng = np.random.default_rng(7)
    model, hits, rejected = DynamicModel(collapse=True, deepest=4), [], []
    for _ in range(200):
        a, x = rng.normal(size=units), rng.normal(size=(units, 32))
        y = np.zeros((units, 32))
        for t in range(1, 32):
            x[:, t] += 0.5 * x[:, t - 1]
            y[:, t] = 0.5 * y[:, t - 1] + x[:, t] + a + rng.normal(size=units)
        panel = PanelData.from_arrays(
            y[:, 20:].ravel(),
            x[:, 20:].ravel(),
            entity=np.repeat(np.arange(units), 12),
            time=np.tile(np.arange(12), units),
        )
        found = difference_gmm(panel, model)
        hits.append(0.5 in found.estimates.interval_of("y, lag 1"))
        rejected.append(found.autocorrelation[2].p < 0.05)
    warns = any("cover less" in w for w in found.estimates.warnings)
    print(f"\n  coverage difference GMM, {units} x 12: {np.mean(hits):.3f}, "
          f"AR(2) rejects {np.mean(rejected):.3f}")  # fmt: skip
    reach = 3 * np.sqrt(0.05 * 0.95 / 200)
    assert low - reach <= np.mean(hits) <= high + reach
    assert np.mean(rejected) <= 0.05 + reach
    assert warns == (low < 0.93)


def test_examples_of_the_page_hold(tmp_path):
    page = Path(__file__).parents[3] / "docs" / "reference" / "explain" / "dynamic-panel.md"
    blocks = re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), flags=re.S)
    assert blocks
    script = tmp_path / "example.py"
    script.write_text("\n".join(blocks), encoding="utf-8")
    runpy.run_path(str(script))
