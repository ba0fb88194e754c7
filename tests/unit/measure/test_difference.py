from __future__ import annotations

import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.measure.design import SurveyDesign, estimate
from gongfu.measure.difference import change
from gongfu.measure.gini import gini
from gongfu.measure.mean import mean

RNG = np.random.default_rng(8)
EARLIER = RNG.lognormal(10, 0.5, 300)
LATER = EARLIER * RNG.lognormal(0.05, 0.1, 300)
PERSON = np.arange(300)
SAME = 1e-12
"""Relative: sums of 600 squares in another order."""


def test_independent_samples_add_their_variances():
    strata = np.repeat([0, 1, 2], 100)
    old = SurveyDesign(np.ones(300), strata, PERSON // 5)
    new = SurveyDesign.simple(300)
    moved, design = change((gini(LATER), new), (gini(EARLIER), old))
    parts = new.variance(gini(LATER)) + old.variance(gini(EARLIER))
    assert moved.value == gini(LATER).value - gini(EARLIER).value
    assert design.variance(moved) == pytest.approx(parts, rel=SAME)
    assert design.degrees_of_freedom() == 299 + 57


def test_a_panel_of_persons_has_the_error_of_its_paired_differences():
    panel = SurveyDesign(np.ones(300), psu=PERSON)
    moved, design = change((mean(LATER), panel), (mean(EARLIER), panel), same_units=True)
    paired = np.var(LATER - EARLIER, ddof=1) / 300
    assert design.variance(moved) == pytest.approx(paired, rel=SAME)
    assert design.degrees_of_freedom() == 299


def test_a_rotating_panel_matches_units_by_label():
    kept = slice(100, 300)
    old = SurveyDesign(np.ones(300), psu=PERSON)
    new = SurveyDesign(np.ones(200), psu=PERSON[kept])
    moved, design = change((mean(LATER[kept]), new), (mean(EARLIER), old), same_units=True)
    terms = -(EARLIER - EARLIER.mean()) / 300
    terms[kept] += (LATER[kept] - LATER[kept].mean()) / 200
    assert design.variance(moved) == pytest.approx(300 / 299 * np.sum(terms**2), rel=SAME)


def test_no_change_has_no_error_in_a_panel():
    panel = SurveyDesign(np.ones(300), psu=PERSON)
    moved, design = change((gini(LATER), panel), (gini(LATER), panel), same_units=True)
    found = estimate(moved, design, measure="change", unit="index", convention="gini")
    assert (found.value, found.standard_error) == (0, 0)


def test_a_panel_needs_the_labels_of_its_units():
    simple = SurveyDesign.simple(300)
    with pytest.raises(InputError, match="sampling unit of every row"):
        change((mean(LATER), simple), (mean(EARLIER), simple), same_units=True)
