"""Robust errors and residual autocorrelation against R sandwich and spdep, on Columbus."""

import csv
import json

import numpy as np
import pytest

from gongfu.measure.dynamics.beta import beta_convergence
from gongfu.measure.space import listed_weights

pytestmark = pytest.mark.reference

PRINTED = 1e-12  # relative: the answers were printed with 14 digits


@pytest.fixture
def columbus(reference_folder):
    # Not growth at all: house values "grow" out of incomes in ten years, as good a regression.
    folder = reference_folder / "measure"
    with (folder / "columbus.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    answers = json.loads((folder / "spdep_columbus.json").read_text(encoding="utf-8"))
    lists = [[j - 1 for j in row] for row in answers["neighbours_1based"]]
    columns = [np.array([float(row[name]) for row in rows]) for name in ("INC", "HOVAL", "CRIME")]
    return *columns, listed_weights(lists)


# R 4.2.2, sandwich 3.0-2: vcovHC of lm(log(HOVAL / INC) / 10 ~ log(INC) + CRIME).
@pytest.mark.parametrize(
    ("error", "of_beta", "of_crime"),
    [
        ("HC1", 0.01374641628271656, 0.00037034844406581),
        ("HC3", 0.01865960740382409, 0.00048841222719574),
    ],
)
def test_robust_errors_equal_sandwich(columbus, error, of_beta, of_crime):
    start, end, crime, _ = columbus
    result = beta_convergence(start, end, 10, controls={"crime": crime}, error=error)
    assert result.beta.value == pytest.approx(-0.0769805429114253, rel=PRINTED)
    assert result.beta.standard_error == pytest.approx(of_beta, rel=PRINTED)
    assert result.controls["constant"].value == pytest.approx(0.3399203891634925, rel=PRINTED)
    assert result.controls["crime"].value == pytest.approx(-0.0012619537405792, rel=PRINTED)
    assert result.controls["crime"].standard_error == pytest.approx(of_crime, rel=1e-11)
    assert result.r_squared == pytest.approx(0.3234897999301, rel=PRINTED)
    half = 2.0128955989194 * of_beta  # qt(.975, 46)
    assert result.beta.interval.high - result.beta.value == pytest.approx(half, rel=PRINTED)


def test_neighbours_as_a_control_and_residual_moran_equal_spdep(columbus):
    # R 4.2.2, spdep 1.2-7: lm(... ~ log(INC) + lag.listw(log(INC))), lm.morantest, two-sided.
    start, end, _, weights = columbus
    result = beta_convergence(start, end, 10, weights=weights)
    neighbours = result.controls["neighbours' initial level"]
    assert result.beta.value == pytest.approx(-0.047473546372459, rel=PRINTED)
    assert neighbours.value == pytest.approx(0.014426679803575, rel=PRINTED)
    assert neighbours.standard_error == pytest.approx(0.024526680441530, rel=PRINTED)
    assert result.residual_moran.variance == pytest.approx(0.0085828751490577, rel=PRINTED)
    assert result.residual_moran.z == pytest.approx(2.0684283128, rel=1e-10)  # 11 digits
    assert result.residual_moran.p == pytest.approx(0.038599765146, rel=1e-10)
