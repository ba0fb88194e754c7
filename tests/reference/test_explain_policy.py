"""Policy evaluation against diff-diff 3.13.0 (Python) and synthdid 0.0.9 (R 4.2.2)."""

import numpy as np
import polars as pl
import pytest

from gongfu.explain import PanelData
from gongfu.explain.policy import (
    effects_by_relative_time,
    group_time_effects,
    imputation,
    interaction_weighted,
    policy_design,
    summarise_effects,
    synthetic_did,
)

pytestmark = pytest.mark.reference

PRINTED = 1e-9  # all digits of both tools, less rounding


def staggered(slopes=()):
    rng = np.random.default_rng(7)
    units, times = 40, 10
    starts = np.resize([3, 5, 7, times], units)
    since = np.arange(times) - starts[:, None]
    effect = np.where(since >= 0, 1 + 0.3 * since + 0.2 * (starts[:, None] == 5), 0.0)
    outcome = rng.normal(size=(units, 1)) + 0.2 * np.arange(times) + effect
    outcome = outcome + rng.normal(size=(units, times))
    x = np.random.default_rng(8).normal(size=(units, times, len(slopes)))
    data = PanelData.from_arrays(
        (outcome + x @ np.array(slopes)).ravel(),
        x.reshape(units * times, len(slopes)),
        entity=np.repeat(np.arange(units), times),
        time=np.tile(np.arange(2010, 2020), units),
    )
    dates = {i: 2010 + int(g) for i, g in enumerate(starts) if g < times}
    return policy_design(data, dates, source="generated")


@pytest.fixture(scope="module")
def design():
    return staggered()


# CallawaySantAnna(estimation_method="reg"): overall, then (g, t), event times, cohorts
CALLAWAY_SANTANNA = {
    ("never", "varying"): {
        "overall": (1.5947392457253597, 0.26617309593422717),
        "g=2013 t=2015": (1.3450578822151595, 0.4275546413314381),
        "g=2017 t=2011": (-0.4916670258818811, 0.4703089549525393),
        "e-3": (-0.572742437965645, 0.3903692652209082),
        "e+5": (2.332020195774647, 0.4674716445903257),
        "2015": (2.3102311129803814, 0.4104408800699955),
    },
    ("never", "universal"): {
        "g=2017 t=2011": (-0.5737402110154812, 0.546088358567215),
        "e-3": (-0.3950530164045436, 0.262322664830311),
        "e+2": (1.3588601428013487, 0.34261383194145856),
    },
    ("not yet", "varying"): {
        "overall": (1.5554339725579167, 0.2601357856654482),
        "g=2017 t=2011": (-1.0005540067148564, 0.34939420609772137),
        "e-3": (-0.5156688641167112, 0.36954043865493935),
        "e+0": (0.9946997338435024, 0.2661805886431944),
        "2015": (2.0842782038111594, 0.3870203888096219),
    },
    ("not yet", "universal"): {
        "g=2013 t=2010": (-0.3699206845033939, 0.4600817028315967),
        "e-3": (-0.531975863605854, 0.2916082171815178),
    },
}


@pytest.mark.parametrize(("controls", "base"), CALLAWAY_SANTANNA)
def test_group_time_effects_equal_diff_diff(design, controls, base):
    effects = group_time_effects(design, controls=controls, base=base)
    path = effects_by_relative_time(effects)
    parts = (summarise_effects(effects), effects.result, path.result)
    parts = (*parts, summarise_effects(effects, "cohort"))
    for name, expected in CALLAWAY_SANTANNA[controls, base].items():
        result = next(part for part in parts if name in part.names)
        found = result.coefficient(name), result.standard_error(name)
        assert found == pytest.approx(expected, rel=PRINTED)


def test_interaction_weighted_effects_equal_diff_diff(design):
    path = interaction_weighted(design)
    expected = {
        "e-7": (-0.0820731851336001, 0.43866002308636276),
        "e-3": (-0.39505301640454277, 0.24156035903089526),
        "e+0": (1.1142259935606855, 0.283335064854416),
        "e+6": (2.432483377511439, 0.6342216680261382),
    }
    for name, pair in expected.items():
        found = path.result.coefficient(name), path.result.standard_error(name)
        assert found == pytest.approx(pair, rel=PRINTED)
    details = path.result.details
    assert details["overall"] == pytest.approx(1.594739245725359, rel=PRINTED)
    assert details["overall_standard_error"] == pytest.approx(0.2640790384997174, rel=PRINTED)


def test_imputed_effects_equal_diff_diff(design):
    found = imputation(design)
    assert found.overall.coefficients[0] == pytest.approx(1.588586610420764, rel=PRINTED)
    assert found.overall.standard_errors[0] == pytest.approx(0.1636984248558611, rel=PRINTED)
    expected = {
        "e+0": (1.1410822391109194, 0.24803506204032866),
        "e+4": (1.8814365956153598, 0.39161631222280796),
        "e+6": (2.5556197587219405, 0.5218327562372326),
    }
    for name, pair in expected.items():
        result = found.path.result
        assert (result.coefficient(name), result.standard_error(name)) == pytest.approx(
            pair, rel=PRINTED
        )


WITH_COVARIATES = {
    "never": {
        "overall": (1.7469228634401848, 0.22172562157468903),
        "g=2013 t=2015": (1.3532847664706038, 0.5825616533897983),
        "g=2017 t=2011": (-0.45719969380531056, 0.6288972316622451),
    },
    "not yet": {
        "overall": (1.6997994438843533, 0.2142065182126467),
        "g=2013 t=2015": (1.3682089398043518, 0.6257799982617669),
    },
}


@pytest.mark.parametrize("controls", WITH_COVARIATES)
def test_group_time_effects_with_covariates_equal_diff_diff(controls):
    effects = group_time_effects(staggered([0.5, -0.5]), controls=controls)
    parts = summarise_effects(effects), effects.result
    for name, expected in WITH_COVARIATES[controls].items():
        result = next(part for part in parts if name in part.names)
        found = result.coefficient(name), result.standard_error(name)
        assert found == pytest.approx(expected, rel=PRINTED)


def test_other_estimators_with_covariates_equal_diff_diff():
    design = staggered([0.5, -0.5])
    found = imputation(design).overall
    assert found.coefficients[0] == pytest.approx(1.5848004790221106, rel=PRINTED)
    assert found.standard_errors[0] == pytest.approx(0.16476216255840095, rel=PRINTED)
    details = interaction_weighted(design).result.details
    assert details["overall"] == pytest.approx(1.5883086509630269, rel=PRINTED)
    assert details["overall_standard_error"] == pytest.approx(0.2669230907372866, rel=PRINTED)


@pytest.fixture(scope="module")
def california(request):
    import os
    from pathlib import Path

    folder = os.environ.get("GONGFU_REFERENCE", "")
    if not folder or not Path(folder).is_dir():
        pytest.skip("GONGFU_REFERENCE names no folder with third-party example files")
    path = Path(folder) / "explain" / "california_prop99.csv"
    frame = pl.read_csv(path, separator=";")
    data = PanelData.from_arrays(
        frame["PacksPerCapita"].to_numpy(),
        np.empty((len(frame), 0)),
        entity=frame["State"].to_numpy(),
        time=frame["Year"].to_numpy(),
    )
    return policy_design(data, {"California": 1989}, source="Proposition 99")


SYNTHDID = {"sdid": -15.6038278727, "sc": -19.6196634709, "did": -27.3491110836}


@pytest.mark.parametrize("method", SYNTHDID)
def test_estimates_of_proposition_99_equal_synthdid(california, method):
    found = synthetic_did(california, method=method, replications=2)
    # ten decimals are printed
    assert found.result.coefficients[0] == pytest.approx(SYNTHDID[method], abs=1e-9)


def test_weights_of_proposition_99_equal_synthdid(california):
    found = synthetic_did(california, replications=2)
    weights = dict(zip(found.controls.tolist(), found.unit_weights, strict=True))
    expected = {"Nevada": 0.124, "New Hampshire": 0.105, "Connecticut": 0.078, "Iowa": 0.026}
    for state, weight in expected.items():
        assert weights[state] == pytest.approx(weight, abs=5e-4)  # three digits printed
    assert found.time_weights[-3:] == pytest.approx([0.366471, 0.206453, 0.427076], abs=1e-6)


@pytest.mark.slow
def test_placebo_error_of_proposition_99_agrees_with_100_draws_of_synthdid(california):
    found = synthetic_did(california, replications=200)
    assert len(found.placebo_effects) == 38
    rng = np.random.default_rng(0)
    drawn = rng.choice(found.placebo_effects, size=(2000, 100)).std(axis=1)
    low, high = np.quantile(drawn, [0.01, 0.99])
    # synthdid draws one of the 38 states at random 100 times: a sample of ours
    assert low < 8.308947756 < high
