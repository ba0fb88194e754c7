"""Panel estimators against R plm 2.6-2 on its Grunfeld data."""

import numpy as np
import polars as pl
import pytest

from gongfu.explain import (
    PanelData,
    breusch_pagan_test,
    effects_f_test,
    fixed_effects,
    hausman_test,
    pesaran_cd_test,
    random_effects,
)

pytestmark = pytest.mark.reference

PRINTED = 1e-9  # plm's output has ten significant digits
PLM = {
    "entity": {
        "coefficients": [0.1101238041, 0.3100653413],
        "iid": [0.01185669421, 0.01735450278],
        "p": [3.921108432e-17, 2.220006693e-42],
        "cluster": [0.01441439678, 0.05004345469],
        "driscoll-kraay": [0.01768603272, 0.03482014687],
    },
    "two-way": {
        "coefficients": [0.1177158551, 0.3579162731],
        "iid": [0.01375128300, 0.02271901088],
        "p": [6.652575211e-15, 5.453066062e-35],
        "cluster": [0.009760951068, 0.043147387936],
        "driscoll-kraay": [0.02043632295, 0.05581053063],
    },
}


@pytest.fixture
def grunfeld(reference_folder):
    frame = pl.read_csv(reference_folder / "explain" / "grunfeld.csv")
    return PanelData.from_frame(frame, "inv", ["value", "capital"], entity="firm", time="year")


@pytest.mark.parametrize("effects", ["entity", "two-way"])
def test_fixed_effects_and_their_p_values_equal_plm(grunfeld, effects):
    result = fixed_effects(grunfeld, effects=effects, errors="iid")
    assert result.coefficients == pytest.approx(PLM[effects]["coefficients"], rel=PRINTED)
    assert result.standard_errors == pytest.approx(PLM[effects]["iid"], rel=PRINTED)
    # t is computed from ten printed digits only in the reader's mind: p is printed in full
    assert result.p == pytest.approx(PLM[effects]["p"], rel=1e-8)


@pytest.mark.parametrize("effects", ["entity", "two-way"])
def test_clustered_errors_equal_plm_up_to_the_stated_factor(grunfeld, effects):
    result = fixed_effects(grunfeld, effects=effects, errors="cluster")
    plm_factor = 200 / 198  # HC1 of vcovHC: n / (n - k), effects not counted
    errors = result.standard_errors * np.sqrt(plm_factor / result.convention.factor)
    assert errors == pytest.approx(PLM[effects]["cluster"], rel=PRINTED)


@pytest.mark.parametrize("effects", ["entity", "two-way"])
def test_driscoll_kraay_errors_equal_plm(grunfeld, effects):
    result = fixed_effects(grunfeld, effects=effects, errors="driscoll-kraay", lags=2)
    assert result.standard_errors == pytest.approx(PLM[effects]["driscoll-kraay"], rel=PRINTED)


def test_random_effects_equal_plm(grunfeld):
    result = random_effects(grunfeld)
    expected = [-57.8344149050, 0.1097811522, 0.3081129828]
    errors = [28.89893526029, 0.01049266355, 0.01718046909]
    p = [4.536388703e-02, 1.282074980e-25, 6.410879118e-72]
    assert result.coefficients == pytest.approx(expected, rel=PRINTED)
    assert result.standard_errors == pytest.approx(errors, rel=PRINTED)
    assert result.p == pytest.approx(p, rel=1e-8)  # a tail magnifies the last digit of t


@pytest.mark.parametrize(
    ("test", "statistic", "p"),
    [
        (hausman_test, 2.3304, 0.3119),
        (effects_f_test, 49.177, None),
        (breusch_pagan_test, 798.16, None),
        (lambda data: pesaran_cd_test(data, residuals="entity"), 4.6612, 3.144e-06),
    ],
)
def test_specification_tests_equal_plm(grunfeld, test, statistic, p):
    result = test(grunfeld)
    assert result.statistic == pytest.approx(statistic, rel=2e-5)  # plm prints five digits
    if p is not None:
        assert result.p == pytest.approx(p, rel=2e-4)  # and four of p
