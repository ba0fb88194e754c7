from __future__ import annotations

import json
from functools import partial

import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.measure.change_shapley import (
    GROUP_CAUSES,
    MATCHING,
    change_by_group,
    change_by_source,
)
from gongfu.measure.design import SurveyDesign
from gongfu.measure.entropy import mld
from gongfu.measure.gini import gini

RNG = np.random.default_rng(8)
AREA = np.repeat(["rural", "urban"], 50)
START = RNG.lognormal(2, 0.5, 100) * np.where(AREA == "urban", 2.0, 1.0)
DESIGN = SurveyDesign(np.ones(100), psu=np.arange(100))
quick = partial(change_by_group, mld, "mld", replications=3)


def test_causes_add_up_to_the_change():
    end = START * np.where(AREA == "urban", 1.2, 1.7)
    found = quick((START, AREA, DESIGN), (end, AREA, DESIGN))
    total = sum(cause.value for cause in found.causes.values())
    assert total == pytest.approx(found.change.value, rel=1e-9)  # rounding
    assert found.change.value == pytest.approx(mld(end).value - mld(START).value, rel=1e-9)


def test_growth_of_a_whole_group_is_a_change_of_means_only():
    end = START * np.where(AREA == "urban", 1.0, 1.7)
    causes = quick((START, AREA, DESIGN), (end, AREA, DESIGN)).causes
    assert causes["within"].value == pytest.approx(0, abs=1e-12)
    assert causes["population"].value == pytest.approx(0, abs=1e-12)
    assert causes["means"].value < 0


def test_moves_between_groups_are_a_change_of_population_only():
    later = SurveyDesign(np.where(AREA == "urban", 3.0, 1.0), psu=np.arange(100))
    causes = quick((START, AREA, DESIGN), (START, AREA, later)).causes
    assert causes["within"].value == pytest.approx(0, abs=1e-12)
    assert causes["means"].value == pytest.approx(0, abs=1e-12)
    assert causes["population"].value != 0


def test_sources_add_up_with_what_the_matching_leaves():
    old = {"wage": START, "transfer": np.full(100, 2.0)}
    new = {"wage": START[:80] * 1.1, "transfer": np.full(80, 5.0)}
    found = change_by_source(
        gini, "gini", (old, DESIGN), (new, SurveyDesign.simple(80)), replications=3
    )
    assert list(found.causes) == ["wage", "transfer", MATCHING]
    total = sum(cause.value for cause in found.causes.values())
    assert total == pytest.approx(found.change.value, rel=1e-9)  # rounding
    assert json.dumps(found.to_dict(), allow_nan=False)


def test_equal_rows_leave_nothing_to_the_matching_and_an_equal_transfer_equalises():
    old = {"wage": START, "transfer": np.full(100, 2.0)}
    new = {"wage": START[::-1].copy(), "transfer": np.full(100, 6.0)}
    found = change_by_source(gini, "gini", (old, DESIGN), (new, DESIGN), replications=3)
    assert found.causes[MATCHING].value == pytest.approx(0, abs=1e-12)
    assert found.causes["wage"].value == pytest.approx(0, abs=1e-12)  # the same wages by rank
    assert found.causes["transfer"].value < 0


def test_a_panel_without_change_has_no_error():
    wave = (START, AREA, DESIGN)
    found = quick(wave, wave, same_units=True)
    assert found.change.standard_error == pytest.approx(0, abs=1e-12)
    assert set(found.causes) == set(GROUP_CAUSES)


def test_groups_and_sources_must_stand_on_both_dates():
    other = np.where(AREA == "rural", "mountain", AREA)
    with pytest.raises(InputError, match="mountain") as caught:
        quick((START, AREA, DESIGN), (START, other, DESIGN))
    assert len(caught.value.problems) == 2
    with pytest.raises(InputError, match="sources differ"):
        change_by_source(gini, "gini", ({"a": START}, DESIGN), ({"b": START}, DESIGN))
