"""Spatial panels against R splm 1.6-5 and a prototype checked with spreg 1.9.1, on US states.

splm's spatial error log-likelihood is not one (it prints 56.47), and its two-way models take the
spatial lag of the demeaned dependent: those numbers are compared with the true maximum instead.
"""

import json

import numpy as np
import polars as pl
import pytest

from gongfu.explain import PanelData, WeightSpectrum, spatial_lm_tests, spatial_panel
from gongfu.measure.space import SpatialWeights

pytestmark = pytest.mark.reference

OPTIMISER = 2e-7  # splm stops its search for rho some 1e-8 from the maximum
ENTITY = {
    "sar": {
        "coefficients": [
            0.27468871174228,
            -0.04658189351043,
            0.18743251918885,
            0.62509017129609,
            -0.00448158977406,
        ],
        "errors": [
            0.023516404664596,
            0.025442496875925,
            0.023044153507393,
            0.029704359325380,
            0.000865303580202,
        ],
        "log_likelihood": 1609.7200298178,
        "sigma2": 0.00111137946376,
    },
    "sem": {
        "coefficients": [
            0.55740132152072,
            0.00514384040999,
            0.20530255729806,
            0.78225397891907,
            -0.00223166515961,
        ],
        "errors": [
            0.03307490543986,
            0.02501086425133,
            0.02314267732726,
            0.02780572121315,
            0.00107091201209,
        ],
        "log_likelihood": 1634.0206804688,
        "sigma2": 0.000976486176495,
    },
    "sdm": {
        "coefficients": [
            0.49330435605230,
            -0.01213638164942,
            0.17718866075254,
            0.74324655613351,
            -0.00152252175316,
            -0.05849617591717,
            0.06262883311950,
            -0.41025554428812,
            -0.00364050591783,
        ],
        "errors": [
            0.03563832943532,
            0.02514446341239,
            0.02530898506697,
            0.02919666567725,
            0.00124542197172,
            0.04279967905891,
            0.03849850957339,
            0.04892222095648,
            0.00161311505662,
        ],
        "log_likelihood": 1655.0190283386,
        "sigma2": 0.000947889787069,
    },
}


@pytest.fixture
def produc(reference_folder):
    frame = pl.read_csv(reference_folder / "explain" / "produc.csv")
    logs = frame.with_columns(pl.col("gsp", "pcap", "pc", "emp").log())
    regressors = ["pcap", "pc", "emp", "unemp"]
    return PanelData.from_frame(logs, "gsp", regressors, entity="state", time="year")


@pytest.fixture
def weights(reference_folder):
    table = pl.read_csv(reference_folder / "explain" / "usaww.csv")
    states = table.columns[1:]
    matrix = table.select(states).to_numpy().astype(float)
    # usaww.csv is rounded nowhere; rows add up to 1 only within double precision
    return WeightSpectrum(SpatialWeights.from_matrix(matrix)), states


@pytest.mark.parametrize("model", ["sar", "sem", "sdm"])
def test_models_with_entity_effects_equal_splm(produc, weights, model):
    spectrum, states = weights
    fit = spatial_panel(
        produc, spectrum, model=model, effects="entity", lee_yu=False, order=states
    ).estimates
    expected = ENTITY[model]
    assert fit.coefficients == pytest.approx(expected["coefficients"], rel=OPTIMISER)
    assert fit.standard_errors == pytest.approx(expected["errors"], rel=OPTIMISER)
    # at a maximum the likelihood hardly feels the optimiser's stop
    assert fit.fit.log_likelihood == pytest.approx(expected["log_likelihood"], rel=1e-12)
    assert fit.fit.sigma2 == pytest.approx(expected["sigma2"], rel=OPTIMISER)


def test_effects_of_sar_equal_splm_and_their_errors_its_simulated_ones(produc, weights):
    spectrum, states = weights
    effects = spatial_panel(
        produc, spectrum, model="sar", effects="entity", lee_yu=False, order=states
    ).effects
    direct = [-0.047503680, 0.191141532, 0.637459782, -0.004570274]
    indirect = [-0.016719632, 0.067275126, 0.224363523, -0.001608576]
    assert effects.coefficients[:8] == pytest.approx(direct + indirect, abs=1e-8)
    simulated = [0.0255135878, 0.0232518384, 0.0290775084, 0.0008936276]
    # splm draws 200 times or so: its errors have a relative error of 5 % themselves
    assert effects.standard_errors[:4] == pytest.approx(simulated, rel=0.05)


def test_two_way_models_find_the_true_maximum(produc, weights, reference_folder):
    spectrum, states = weights
    stored = json.loads(
        (reference_folder / "explain" / "produc_sdm_values.json").read_text(encoding="utf-8")
    )
    for lee_yu, key in ((False, "lagfirst_lagfirst"), (True, "leeyu")):
        expected = stored[f"produc_sdm_twoway_{key}"]
        fit = spatial_panel(produc, spectrum, lee_yu=lee_yu, order=states)
        effects = [*expected["direct"], *expected["indirect"], *expected["total"]]
        # the prototype searched rho with a tolerance of 1e-8 or so
        assert fit.rho == pytest.approx(expected["rho"], abs=1e-8)
        assert fit.estimates.coefficients[1:] == pytest.approx(expected["coef"], abs=1e-8)
        assert fit.effects.coefficients == pytest.approx(effects, abs=1e-8)
        assert fit.estimates.fit.log_likelihood == pytest.approx(expected["ll"], rel=1e-12)


def test_two_way_durbin_effects_of_employment_are_the_published_ones(produc, weights):
    spectrum, states = weights
    fits = {flag: spatial_panel(produc, spectrum, lee_yu=flag, order=states) for flag in (0, 1)}
    values = [
        fits[flag].effects.coefficient(f"{kind} emp")
        for flag in (0, 1)
        for kind in ("direct", "indirect")
    ]
    # four printed decimals
    assert values == pytest.approx([0.7504, -0.0039, 0.7506, -0.0096], abs=5.1e-5)


def test_splm_lags_the_demeaned_dependent_and_so_misses_the_two_way_maximum(produc, weights):
    spectrum, states = weights
    fit = spatial_panel(produc, spectrum, lee_yu=False, order=states)
    assert fit.rho == pytest.approx(0.370168, abs=5e-7)  # six printed decimals
    assert fit.estimates.fit.log_likelihood > 1680.4735320902  # splm's, at .368846


@pytest.mark.parametrize(
    ("name", "statistic"),
    [("lag", 163.7), ("error", 223.87), ("robust lag", 34.749), ("robust error", 94.923)],
)
def test_lagrange_multiplier_tests_equal_splm(produc, weights, name, statistic):
    spectrum, states = weights
    test = spatial_lm_tests(produc, spectrum, effects="entity", order=states)[name]
    assert test.statistic == pytest.approx(statistic, rel=4e-5)  # four or five printed digits
    assert test.p < 1e-8


def test_eigenvalues_of_contiguity_weights_are_real_and_complete(weights):
    spectrum, _ = weights
    general = np.sort(np.linalg.eigvals(spectrum.matrix).real)
    # eigenvalues of a nonsymmetric matrix are known to about 1e-14 times their condition
    assert np.sort(spectrum.eigenvalues) == pytest.approx(general, abs=1e-11)
