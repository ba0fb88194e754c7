"""Moran, Geary, Getis-Ord and local Moran against R spdep on crime in Columbus, Ohio."""

import csv
import json

import numpy as np
import pytest

from gongfu.measure.space import (
    geary,
    getis_ord,
    listed_weights,
    local_geary,
    local_getis_ord,
    local_moran,
    moran,
)

pytestmark = pytest.mark.reference

PRINTED = 1e-12  # relative: the answers were printed with 13 digits


@pytest.fixture
def columbus(reference_folder):
    folder = reference_folder / "measure"
    with (folder / "columbus.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    answers = json.loads((folder / "spdep_columbus.json").read_text(encoding="utf-8"))
    lists = [[j - 1 for j in row] for row in answers["neighbours_1based"]]
    columns = {name: np.array([float(row[name]) for row in rows]) for name in ("CRIME", "INC")}
    return columns, lists, answers


def test_moran_equals_spdep(columbus):
    columns, lists, answers = columbus
    result = moran(columns["CRIME"], listed_weights(lists), alternative="positive")
    assert result.value == pytest.approx(0.4857709136618, rel=PRINTED)
    assert result.expected == pytest.approx(-0.02083333333333, abs=1e-14)
    assert result.randomisation.variance == pytest.approx(0.008991121321779, rel=PRINTED)
    assert result.randomisation.z == pytest.approx(5.342713639408, rel=PRINTED)
    # the p-value moves z |dz| = 27 times as much as the score
    assert result.randomisation.p == pytest.approx(4.578267741302e-08, rel=30 * PRINTED)
    assert result.value == pytest.approx(answers["moran"]["I"], rel=PRINTED)


def test_geary_equals_spdep(columbus):
    columns, lists, _ = columbus
    result = geary(columns["CRIME"], listed_weights(lists))
    assert result.value == pytest.approx(0.5478033771673, rel=PRINTED)
    assert result.randomisation.variance == pytest.approx(0.009804107870386, rel=PRINTED)
    assert result.randomisation.z == pytest.approx(4.566918633543, rel=PRINTED)


def test_global_getis_ord_equals_spdep(columbus):
    columns, lists, _ = columbus
    result = getis_ord(columns["CRIME"], listed_weights(lists, standardise=False))
    assert result.value == pytest.approx(0.1227242453793, rel=PRINTED)
    assert result.randomisation.z == pytest.approx(4.286455110715, rel=PRINTED)


def test_local_moran_equals_spdep(columbus):
    columns, lists, answers = columbus
    result = local_moran(columns["CRIME"], listed_weights(lists), seed=1, draws=9)
    assert result.value == pytest.approx(answers["localI"], abs=PRINTED)


# Below: R 4.2.2 with spdep 1.2-7, printed with 14 digits; units 1, 2, 7, 20 and 49.
SOME = [0, 1, 6, 19, 48]


def test_tests_under_normality_and_with_weights_of_one_equal_spdep(columbus):
    columns, lists, _ = columbus
    standardised, plain = listed_weights(lists), listed_weights(lists, standardise=False)
    crime, income = columns["CRIME"], columns["INC"]
    by_moran = moran(crime, standardised, alternative="positive").normality
    assert by_moran.variance == pytest.approx(0.0088609622694505, rel=PRINTED)
    by_geary = geary(crime, standardised, alternative="positive").normality
    assert by_geary.variance == pytest.approx(0.010306735761082, rel=PRINTED)
    assert by_geary.p == pytest.approx(4.2109266864e-06, rel=1e-10)  # printed with 11 digits
    result = moran(income, plain)
    assert result.value == pytest.approx(0.4137200773300710, rel=PRINTED)
    assert result.randomisation.variance == pytest.approx(0.0074201504772825, rel=PRINTED)
    result = geary(income, plain)
    assert result.value == pytest.approx(0.726343222706315, rel=PRINTED)
    assert result.randomisation.variance == pytest.approx(0.017277032989713, rel=PRINTED)
    result = getis_ord(income, standardised)
    assert result.value == pytest.approx(2.2777162014176e-02, rel=PRINTED)
    assert result.randomisation.variance == pytest.approx(3.3463002703065e-07, rel=1e-11)


def test_conditional_moments_of_local_moran_equal_spdep(columbus):
    columns, lists, _ = columbus
    result = local_moran(columns["CRIME"], listed_weights(lists), seed=1, draws=9)
    assert result.expected[SOME] == pytest.approx(
        [
            -0.028598541967194,
            -0.020250213989389,
            -0.092794292185181,
            -0.092552694482960,
            -0.012035954829247,
        ],
        rel=PRINTED,
    )
    assert result.variance[SOME] == pytest.approx(
        [0.66614489076260, 0.31026606329230, 0.96542367470031, 0.33273026125212, 0.18595641715187],
        rel=PRINTED,
    )
    assert result.z[SOME] == pytest.approx(
        [0.93780765103526, 0.98565912026153, -1.79917106522192, 0.75232593947498, 0.87053367688944],
        rel=PRINTED,
    )


def test_local_getis_ord_equals_spdep_with_and_without_the_unit_itself(columbus):
    columns, lists, _ = columbus
    crime = columns["CRIME"]
    without = [
        -0.93780765103526,
        -0.98565912026153,
        1.79917106522192,
        -0.75232593947498,
        -0.87053367688944,
    ]
    star = [
        -1.43277965396643,
        -1.34000809746416,
        0.66136483774786,
        -1.26314577467033,
        -1.13310465371950,
    ]
    for standardise in (True, False):
        weights = listed_weights(lists, standardise=standardise)
        result = local_getis_ord(crime, weights, seed=1, draws=9, star=False)
        assert result.z[SOME] == pytest.approx(without, rel=PRINTED)
        result = local_getis_ord(crime, weights, seed=1, draws=9)
        assert result.z[SOME] == pytest.approx(star, rel=PRINTED)


def test_local_geary_equals_esda_and_spdep(columbus):
    columns, lists, _ = columbus
    result = local_geary(columns["CRIME"], listed_weights(lists), seed=1, draws=19_999)
    # esda 2.8.2, Geary_Local(...).localG
    by_esda = [
        0.4220506508014792,
        0.405800020234907,
        9.170692102370088,
        4.212745004765248,
        0.08583888279778434,
    ]
    assert result.value[SOME] == pytest.approx(by_esda, rel=PRINTED)
    # R spdep 1.2-7, localC: variance with n - 1
    by_spdep = [0.413437372213694, 0.397518387168889, 8.983535120689071, 4.126770616912897]
    assert result.value[SOME[:4]] * 48 / 49 == pytest.approx(by_spdep, rel=PRINTED)
    # esda's p_sim of 9,999 draws is the smaller side; .018 is three errors of both at p = .29
    by_chance = 2 * np.array([0.1249, 0.0786, 0.0514, 0.1441, 0.0185])
    assert result.p[SOME] == pytest.approx(by_chance, abs=0.018)


def test_p_value_of_geary_is_the_tail_of_its_score(columbus):
    columns, lists, _ = columbus
    geary_test = geary(columns["CRIME"], listed_weights(lists), alternative="positive")
    assert geary_test.expected == 1
    assert geary_test.randomisation.p == pytest.approx(2.474730096644119e-06, rel=1e-10)
    # the tail at spdep's score 4.566918633543, printed with 13 digits
