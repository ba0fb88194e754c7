import numpy as np
import pytest

from gongfu.economy.base_year.income_sources import income_by_source, survey_wedges
from gongfu.economy.base_year.weights import survey_population, survey_rural_share


def test_rural_share_is_what_three_published_means_imply():
    share = survey_rural_share(np.array([39_218.0]), np.array([51_821.0]), np.array([21_691.0]))
    assert float(share[0]) == pytest.approx(12_603 / 30_130)


def test_survey_population_keeps_each_region_and_its_mean():
    share = survey_rural_share(
        np.array([30.0, 20.0]), np.array([40.0, 30.0]), np.array([20.0, 10.0])
    )
    people = survey_population(np.array([100.0, 200.0]), share)
    assert people.tolist() == [50.0, 50.0, 100.0, 100.0]


def test_sources_have_the_national_structure_and_the_zones_level():
    national = np.array([[60.0, 10.0, 10.0, 20.0], [40.0, 40.0, 0.0, 20.0]])
    sources = income_by_source(np.array([200.0, 50.0, 100.0, 10.0]), national)
    np.testing.assert_allclose(sources[0], [120.0, 20.0, 20.0, 40.0])
    np.testing.assert_allclose(sources[3], [4.0, 4.0, 0.0, 2.0])


def test_two_named_objects_close_the_gap_between_accounts_and_survey():
    sources = np.array([[60.0, 10.0, 5.0, 9.0], [20.0, 20.0, 1.0, 9.0]])
    wedge = survey_wedges(sources, np.array([100.0, 80.0]), 60.0)
    np.testing.assert_allclose(wedge.labour, [0.7, 0.5])
    assert wedge.pass_through == pytest.approx(0.1)
    explained = wedge.labour @ np.array([100.0, 80.0]) + wedge.pass_through * 60.0
    assert explained == pytest.approx(sources[:, :3].sum())  # nothing else hides
