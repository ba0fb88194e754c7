"""Clustered errors of spatial panels, weights side by side, tests of simpler models."""

import numpy as np
import polars as pl
import pytest
from scipy import stats

from gongfu.core import InputError
from gongfu.explain import (
    PanelData,
    WeightSpectrum,
    compare_weights,
    durbin_tests,
    fixed_effects,
    spatial_panel,
)
from gongfu.explain.spatial_robust import clustered_by_entity
from gongfu.measure.space import SpatialWeights


def ring(units=31, reach=2):
    distance = np.abs(np.arange(units)[:, None] - np.arange(units))
    near = np.minimum(distance, units - distance)
    return SpatialWeights.from_matrix((near > 0) & (near <= reach)).standardised()


def panel(rng, *, rho=0.4, theta=0.0, persistent=0.0, sem=False, units=31, times=12):
    w = ring(units).matrix()
    inverse = np.linalg.inv(np.eye(units) - rho * w)
    e, x = rng.normal(size=(2, units, times + 20))
    for t in range(1, times + 20):
        e[:, t] += persistent * e[:, t - 1]
        x[:, t] += persistent * x[:, t - 1]
    e, x = e[:, 20:], x[:, 20:] + rng.normal(size=(units, 1))
    y = x + inverse @ e if sem else inverse @ (x + theta * w @ x + e)
    entity, time = np.repeat(np.arange(units), times), np.tile(np.arange(times), units)
    return PanelData.from_arrays(y.ravel(), x.ravel(), entity=entity, time=time)


def test_scores_by_entity_are_uncorrelated_pieces_of_the_quadratic_form():
    """The pieces of rho add up to the score, and their squares to its variance on average."""
    rng = np.random.default_rng(1)
    gain = rng.normal(size=(9, 9)) / 3
    inverse, x = np.diag([1.0, 0.0, 0.0]), np.zeros((9, 4, 1))
    shares = []
    for _ in range(4000):
        e = rng.normal(size=(9, 4))
        shares.append(
            clustered_by_entity(
                inverse, design=x, expected_lag=None, gain=gain, residuals=e, sigma2=1.0
            )[0, 0]
        )
    own = gain.diagonal()
    apart = 4 * (np.sum(gain * gain) + np.sum(gain * gain.T) - 2 * own @ own)
    # the variance is estimated: squares less their mean lose a ninth, which the factor gives back
    assert np.mean(shares) == pytest.approx(9 / 8 * apart + 8 * own @ own, rel=0.05)


def test_without_links_that_matter_clustered_errors_are_those_of_fixed_effects():
    rng = np.random.default_rng(4)
    data = panel(rng, rho=0.0, persistent=0.6)
    weights = ring()
    clustered = spatial_panel(data, weights, model="sem", errors="cluster", lee_yu=True)
    plain = fixed_effects(data)
    ratio = clustered.estimates.standard_errors[1] / plain.standard_errors[0]
    # factors differ by (n - 1) / (n - K) of fixed effects, lambda is .0 only in truth
    assert ratio == pytest.approx(1.0, abs=0.06)
    assert clustered.estimates.convention.dof == 30
    assert str(clustered.estimates.convention).startswith("clustered by entity")
    assert clustered.effects.convention.errors == "clustered by entity"


@pytest.mark.slow
@pytest.mark.parametrize("model", ["sar", "sdm", "sem"])
def test_clustered_intervals_cover_where_errors_persist(model):
    rng, spectrum = np.random.default_rng(3), WeightSpectrum(ring())
    held = {"information": [], "cluster": []}
    for _ in range(150):
        theta = 0.5 if model == "sdm" else 0.0
        data = panel(rng, theta=theta, persistent=0.6, sem=model == "sem")
        for errors, hits in held.items():
            found = spatial_panel(data, spectrum, model=model, errors=errors).estimates
            hits.append(0.4 in found.interval_of(found.names[0]))
    for errors, hits in held.items():
        print(
            f"\n  coverage {model}, errors with autocorrelation .6, {errors}: {np.mean(hits):.3f}"
        )
    reach = 3 * np.sqrt(0.05 * 0.95 / 150)
    assert 0.93 - reach <= np.mean(held["cluster"]) <= 0.97 + reach
    assert np.mean(held["information"]) < 0.93 - reach / 2


def test_errors_that_persist_are_warned_of_and_independent_ones_are_not():
    spectrum = WeightSpectrum(ring())
    for persistent in (0.0, 0.6):
        data = panel(np.random.default_rng(3), persistent=persistent)
        said = " ".join(spatial_panel(data, spectrum).estimates.warnings)
        assert ("errors='cluster'" in said) == (persistent > 0)
        (few,) = spatial_panel(data, spectrum, errors="cluster").estimates.warnings
        assert "Only 31 clusters" in few


def test_tests_of_simpler_models_are_differences_of_likelihoods_and_wald_forms():
    data, spectrum = panel(np.random.default_rng(8), theta=0.3), WeightSpectrum(ring())
    tests = durbin_tests(data, spectrum)
    fits = {m: spatial_panel(data, spectrum, model=m).estimates for m in ("sar", "sem", "sdm")}
    for model in ("sar", "sem"):
        gap = 2 * (fits["sdm"].fit.log_likelihood - fits[model].fit.log_likelihood)
        assert tests[f"LR {model.upper()}"].statistic == pytest.approx(gap, rel=1e-12)
        assert tests[f"LR {model.upper()}"].p == pytest.approx(stats.chi2.sf(gap, 1), rel=1e-9)
    wald = tests["Wald SAR"]
    assert wald.statistic == pytest.approx(fits["sdm"].t[2] ** 2, rel=1e-10)
    rho, own, lagged = fits["sdm"].coefficients
    slope = np.array([own, rho, 1.0])
    expected = (lagged + rho * own) ** 2 / (slope @ fits["sdm"].vcov @ slope)
    assert tests["Wald SEM"].statistic == pytest.approx(expected, rel=1e-10)
    # two forms of one test on a few hundred rows
    assert wald.statistic == pytest.approx(tests["LR SAR"].statistic, rel=0.1)


def test_the_true_model_is_kept_and_the_wrong_one_rejected():
    spectrum = WeightSpectrum(ring())
    lag = durbin_tests(panel(np.random.default_rng(2), rho=0.6), spectrum)
    assert lag["LR SAR"].p > 0.05
    assert lag["LR SEM"].p < 0.001
    error = durbin_tests(panel(np.random.default_rng(2), rho=0.6, sem=True), spectrum)
    assert error["LR SEM"].p > 0.05
    assert error["LR SAR"].p < 0.001


@pytest.mark.reference
def test_likelihood_ratios_on_us_states_are_those_of_splm(reference_folder):
    """R splm 1.6-5, entity effects: 1609.7200298178 (SAR), 1655.0190283386 (SDM); SEM corrected."""
    frame = pl.read_csv(reference_folder / "explain" / "produc.csv")
    logs = frame.with_columns(pl.col("gsp", "pcap", "pc", "emp").log())
    names = ["pcap", "pc", "emp", "unemp"]
    data = PanelData.from_frame(logs, "gsp", names, entity="state", time="year")
    table = pl.read_csv(reference_folder / "explain" / "usaww.csv")
    states = table.columns[1:]
    weights = SpatialWeights.from_matrix(table.select(states).to_numpy().astype(float))
    found = durbin_tests(data, weights, effects="entity", lee_yu=False, order=states)
    assert found["LR SAR"].statistic == pytest.approx(2 * 45.2989985208, abs=1e-8)
    assert found["LR SEM"].statistic == pytest.approx(2 * 20.9983478698, abs=1e-8)
    assert found["LR SAR"].dof == (4,)


def test_weights_stand_side_by_side():
    data = panel(np.random.default_rng(8), theta=-0.5)
    weights = {"near": ring(reach=1), "wide": WeightSpectrum(ring(reach=3))}
    found = compare_weights(data, weights)
    table = found.table()
    assert table["weights"].unique(maintain_order=True).to_list() == ["near", "wide"]
    alone = spatial_panel(data, weights["near"])
    near = table.filter(pl.col("weights") == "near")
    assert near["quantity"].to_list() == ["rho", "direct x1", "indirect x1", "total x1"]
    expected = [alone.rho, *alone.effects.coefficients]
    assert near["estimate"].to_list() == pytest.approx(expected, rel=1e-12)
    assert near["log_likelihood"][0] == pytest.approx(alone.estimates.fit.log_likelihood)
    effects = np.array([fit.effects.coefficients for fit in found.fits.values()])
    mixed = {n for n, c in zip(alone.effects.names, effects.T, strict=True) if c[0] * c[1] < 0}
    assert set(found.sign_changes) == mixed


def test_faults_of_weights_are_told_together_and_by_name():
    data = panel(np.random.default_rng(8))
    with pytest.raises(InputError) as caught:
        compare_weights(data, {"short": ring(12), "small": ring(9)})
    assert [p.what.split(":")[0] for p in caught.value.problems] == [
        "weights short",
        "weights small",
    ]
    with pytest.raises(InputError, match="two or more weights"):
        compare_weights(data, {"one": ring()})
    with pytest.raises(InputError, match="information or cluster"):
        spatial_panel(data, ring(), errors="hc1")
