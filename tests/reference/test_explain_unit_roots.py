"""Panel unit-root tests against R plm 2.6-2 on the investment of its Grunfeld data."""

import numpy as np
import polars as pl
import pytest

from gongfu.explain.unit_roots import fisher_test, ips_test, llc_test
from gongfu.explain.unit_roots_common import cips_test

pytestmark = pytest.mark.reference

PRINTED = 1e-9  # twelve digits printed


@pytest.fixture
def investment(reference_folder):
    frame = pl.read_csv(reference_folder / "explain" / "grunfeld.csv").sort("firm", "year")
    return frame["inv"].to_numpy().reshape(10, 20)


@pytest.mark.parametrize(
    ("has_trend", "lags", "statistic"),
    [
        (False, 0, 1.90598740151),
        (False, 1, 2.01540205411),
        (False, 2, 4.99647169108),
        (True, 0, -1.79888225475),
        (True, 1, -3.40662988768),
    ],
)
def test_levin_lin_chu_equals_plm(investment, has_trend, lags, statistic):
    found = llc_test(investment, lags=lags, has_trend=has_trend)
    assert found.statistic == pytest.approx(statistic, rel=PRINTED)


@pytest.mark.parametrize(
    ("has_trend", "lags", "mean_t", "statistic"),
    [
        (False, 0, -0.7412134557999, 2.6487013851625),
        (False, 1, -0.72337321777976, 2.5501904101751),
        (True, 0, -2.0985803181522, 0.24718162319846),
        (True, 1, -2.6059698320016, -1.4529897777134),
    ],
)
def test_im_pesaran_shin_agrees_with_plm(investment, has_trend, lags, mean_t, statistic):
    found = ips_test(investment, lags=lags, has_trend=has_trend)  # plm: dfcor = TRUE
    assert found.by_unit.mean() == pytest.approx(mean_t, rel=PRINTED)
    # plm interpolates the printed moments, 2 or 3 digits of 50,000 draws, to 18 or 19 rows
    assert found.statistic == pytest.approx(statistic, abs=0.03)


def test_maddala_wu_equals_plm_with_its_law_and_divisor(investment):
    found = fisher_test(investment, law="asymptotic", is_corrected=False)
    # the reference run: MacKinnon's law of 1994, squared residuals over rows
    assert found.statistic == pytest.approx(17.211798193896, rel=1e-9)
    assert found.p == pytest.approx(0.6392, abs=5e-5)  # four digits printed
    # the same law with plm's dfcor switched on
    corrected = fisher_test(investment, law="asymptotic")
    assert corrected.statistic == pytest.approx(13.8729925298, rel=PRINTED)
    trending = fisher_test(investment, law="asymptotic", has_trend=True)
    assert trending.statistic == pytest.approx(55.278368587391, rel=PRINTED)


@pytest.mark.parametrize(
    ("has_trend", "lags", "statistic"),
    # plm 2.6-2 answers lags = 0 with the regression of lags = 1: not compared
    [
        (False, 1, -2.2420104657),
        (False, 2, -1.48017375546),
        (True, 1, -2.20298850447),
        (True, 2, -1.39703557759),
    ],
)
def test_cips_equals_plm(investment, has_trend, lags, statistic):
    found = cips_test(investment, lags=lags, has_trend=has_trend, draws=100)
    assert found.statistic == pytest.approx(statistic, rel=PRINTED)


def test_simulated_p_value_of_cips_agrees_with_the_printed_critical_values(investment):
    found = cips_test(investment, draws=4000)
    # plm interpolates 0.0907 between tabulated quantiles; 4,000 draws have an error of 0.0045
    assert found.p == pytest.approx(0.0907, abs=0.015)
    assert np.isfinite(found.by_unit).all()
