"""Breaks of definition and mixed vintages: planted cases are found, clean ones left alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gongfu.core.definition_break import DefinitionBreak
from gongfu.data.breaks import load_breaks
from gongfu.data.dictionary import load_dictionary
from gongfu.data.yearbook import load_cells
from gongfu.measure.index.audit_breaks import check_breaks, check_vintages
from gongfu.measure.index.build import build_index
from gongfu.measure.index.finding import Limits

LIMITS = Limits()
NAMES = ["a", "b"]


@pytest.fixture
def drift(rng):
    """Twenty regions that rise a little every year, not all by the same."""
    steps = rng.uniform(0.005, 0.02, (20, 8, 2))
    return 0.1 + rng.uniform(0, 0.3, (20, 1, 2)) + np.cumsum(steps, axis=1)


def told(year):
    return [DefinitionBreak("a", year, "口径扩大。", "Coverage widens.")]


def test_a_told_break_within_the_years_is_found_with_its_year(make_tree, make_panel, drift):
    built = build_index(make_panel(drift, NAMES), make_tree(NAMES))
    found = check_breaks(built, LIMITS, told(2014))
    assert found.outcome == "found"
    assert found.evidence["breaks"] == 1
    assert found.evidence["year.a"] == 2014
    assert "Coverage widens." in found.says.en
    assert "口径扩大" in found.says.zh


@pytest.mark.parametrize("year", [2011, 2019])
def test_a_break_at_or_before_the_first_year_or_after_the_last_is_clean(
    make_tree, make_panel, drift, year
):
    built = build_index(make_panel(drift, NAMES), make_tree(NAMES))
    assert check_breaks(built, LIMITS, told(year)).outcome == "clean"


def test_a_break_of_the_divisor_counts(make_tree, make_panel, drift):
    tree = make_tree(NAMES)
    divided = replace(tree.indicators[1], per="a")
    tree = replace(tree, indicators=(tree.indicators[0], divided))
    built = build_index(make_panel(drift, NAMES), tree)
    assert check_breaks(built, LIMITS, told(2014)).evidence["breaks"] == 2


def test_a_jump_everywhere_is_found_and_named(make_tree, make_panel, drift):
    drift[:, 4:, 1] += 0.2
    built = build_index(make_panel(drift, NAMES), make_tree(NAMES))
    found = check_breaks(built, LIMITS)
    assert found.outcome == "found"
    assert found.evidence["jump"] > 10
    assert "b moves everywhere in 2015" in found.says.en


def test_a_jump_of_some_regions_is_no_break(make_tree, make_panel, drift):
    drift[:10, 4:, 1] += 0.2
    drift[10:, 4:, 1] -= 0.05
    built = build_index(make_panel(drift, NAMES), make_tree(NAMES))
    assert check_breaks(built, LIMITS).outcome == "clean"


def test_a_steady_rise_is_clean_and_a_short_series_cannot_be_checked(make_tree, make_panel, drift):
    tree = make_tree(NAMES)
    assert check_breaks(build_index(make_panel(drift, NAMES), tree), LIMITS).outcome == "clean"
    short = check_breaks(build_index(make_panel(drift[:, :4], NAMES), tree), LIMITS)
    assert short.outcome == "not possible"
    assert "six years" in short.says.en


def test_two_vintages_are_found_and_one_is_clean(make_tree, make_panel, drift):
    panel, tree = make_panel(drift, NAMES), make_tree(NAMES)
    built = build_index(panel, tree)

    def dated(**vintages):
        entries = {
            name: replace(entry, vintage=vintages.get(name, ""))
            for name, entry in panel.variables.items()
        }
        return replace(panel, variables=entries)

    found = check_vintages(built, dated(a="4th economic census", b="5th economic census"))
    assert found.outcome == "found"
    assert found.evidence["vintages"] == 2
    assert "4th economic census, 5th economic census" in found.says.en
    assert check_vintages(built, dated(a="5th economic census")).outcome == "clean"
    assert check_vintages(built, panel).outcome == "clean"


def test_every_told_break_is_one_of_the_embedded_figures():
    cells, known = load_cells("provinces"), load_dictionary()
    secondary = load_cells("secondary")
    for one in load_breaks():
        assert one.variable in known
        assert one.zh
        assert one.en
        years = set(cells.filter(variable=one.variable)["year"])
        years |= set(secondary.filter(variable=one.variable)["year"])
        assert {one.year - 1, one.year} <= years
