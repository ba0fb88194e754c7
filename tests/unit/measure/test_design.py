from __future__ import annotations

import math

import numpy as np
import pytest

from gongfu.core import Evidence, InputError, Uncertainty
from gongfu.measure.design import SurveyDesign, estimate
from gongfu.measure.linearised import Linearised
from gongfu.measure.mean import mean

INCOME = np.array([1.0, 2.0, 4.0, 7.0, 3.0, 5.0])
SAID = {"measure": "mean", "unit": "yuan", "convention": "weighted mean"}


def test_simple_random_sample_gives_the_textbook_error_of_a_mean():
    variance = SurveyDesign.simple(6).variance(mean(INCOME))
    assert variance == pytest.approx(np.var(INCOME, ddof=1) / 6, rel=1e-14)  # same sum


def test_strata_add_their_variances():
    strata = np.array([0, 0, 0, 1, 1, 1])
    variance = SurveyDesign(np.ones(6), strata).variance(mean(INCOME))
    parts = [np.var(part, ddof=1) / 3 / 4 for part in (INCOME[:3], INCOME[3:])]
    assert variance == pytest.approx(sum(parts), rel=1e-14)  # same sums


def test_clusters_count_by_their_totals():
    psu = np.array([0, 0, 1, 1, 2, 2])
    variance = SurveyDesign(np.ones(6), psu=psu).variance(mean(INCOME))
    means = INCOME.reshape(3, 2).mean(axis=1)
    assert variance == pytest.approx(np.var(means, ddof=1) / 3, rel=1e-14)  # same sums


def test_psu_labels_are_read_inside_their_stratum():
    strata = np.array(["a", "a", "a", "b", "b", "b"])
    repeated = SurveyDesign(np.ones(6), strata, np.array([1, 1, 2, 1, 2, 2]))
    distinct = SurveyDesign(np.ones(6), strata, np.array([1, 1, 2, 3, 4, 4]))
    assert repeated.degrees_of_freedom() == 2
    assert repeated.variance(mean(INCOME)) == distinct.variance(mean(INCOME))


def test_a_lonely_psu_is_refused_by_the_name_of_its_stratum():
    strata = np.array(["north", "north", "south", "east", "north", "north"])
    with pytest.raises(InputError) as refused:
        SurveyDesign(np.ones(6), strata)
    assert [problem.what for problem in refused.value.problems] == [
        "stratum east has a single sampling unit",
        "stratum south has a single sampling unit",
    ]
    assert "lonely='centre'" in str(refused.value)


def test_a_lonely_psu_contributes_as_chosen():
    strata = np.array([0, 0, 0, 0, 0, 1])
    statistic = Linearised(0.0, np.array([1.0, -1.0, 2.0, -2.0, 0.0, 6.0]))
    rest = 5 / 4 * 10
    certainty = SurveyDesign(np.ones(6), strata, lonely="certainty").variance(statistic)
    centre = SurveyDesign(np.ones(6), strata, lonely="centre").variance(statistic)
    assert certainty == rest
    assert centre == rest + (6 - 1) ** 2


def test_an_unknown_choice_for_lonely_units_is_refused():
    with pytest.raises(InputError, match="one of error, centre, certainty"):
        SurveyDesign(np.ones(2), lonely="adjust")


def test_labels_of_another_length_are_refused():
    with pytest.raises(InputError, match="psu and weight differ in length"):
        SurveyDesign(np.ones(3), psu=np.array([1, 2]))


def test_estimate_says_how_its_error_was_made():
    found = estimate(mean(INCOME), SurveyDesign.simple(6), **SAID, year=2024, price_base="2024")
    assert found.standard_error == pytest.approx(np.std(INCOME, ddof=1) / math.sqrt(6))
    # Student's t for 95 % and 5 degrees of freedom, from a printed table.
    half = (found.interval.high - found.interval.low) / 2
    assert half / found.standard_error == pytest.approx(2.5706, abs=5e-5)
    assert found.convention == (
        "weighted mean; error: linearised, simple random sample of 6 rows, t with 5 df"
    )
    assert (found.n, found.year, found.price_base) == (6, 2024, "2024")
    assert found.uncertainty is Uncertainty.SAMPLING
    assert found.evidence is Evidence.ESTIMATED
    assert found.influence.sum() == pytest.approx(0, abs=1e-15)  # rounding of six terms


def test_a_domain_keeps_the_design_of_all_rows():
    member = np.array([True, True, True, False, False, False])
    inside = mean(INCOME[member]).in_domain(member)
    found = estimate(inside, SurveyDesign.simple(6), **SAID, member=member)
    assert found.n == 3
    terms = (INCOME[:3] - INCOME[:3].mean()) / 3
    assert found.standard_error == pytest.approx(math.sqrt(6 / 5 * np.sum(terms**2)))
    assert "t with 2 df" in found.convention


def test_a_domain_with_one_unit_has_no_error():
    member = np.array([True, False, False, False, False, False])
    with pytest.raises(InputError, match="too few sampling units"):
        estimate(mean(INCOME[:1]).in_domain(member), SurveyDesign.simple(6), **SAID, member=member)


def test_a_single_row_has_no_error():
    with pytest.raises(InputError, match="the sample has a single sampling unit"):
        SurveyDesign.simple(1)


def test_problems_of_an_estimate_come_at_once():
    statistic = Linearised(math.nan, np.zeros(2))
    with pytest.raises(InputError) as refused:
        estimate(statistic, SurveyDesign.simple(3), **SAID, confidence=95)
    assert len(refused.value.problems) == 3
    assert "in_domain()" in str(refused.value)
