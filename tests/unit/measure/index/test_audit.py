"""Every check has a planted case that it must find and a clean one that it must leave alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gongfu.measure.index.audit import audit
from gongfu.measure.index.audit_entropy import check_entropy_constant
from gongfu.measure.index.audit_history import check_bounds, check_revision
from gongfu.measure.index.audit_overlap import check_overlap
from gongfu.measure.index.audit_penalty import check_penalty
from gongfu.measure.index.audit_size import check_size
from gongfu.measure.index.audit_weights import (
    check_effective_weights,
    check_inequality_weight,
    check_noise,
)
from gongfu.measure.index.build import build_index
from gongfu.measure.index.choices import Choices
from gongfu.measure.index.finding import Limits
from gongfu.measure.index.weight import entropies, entropy

LIMITS = Limits()
NAMES = ["a", "b", "c"]


@pytest.fixture
def people(make_panel, rng):
    """Regions of very different size."""
    return make_panel(rng.lognormal(8, 1, (30, 1, 1)) * np.ones((1, 5, 1)), ["population"])


@pytest.fixture
def steady(rng):
    """Regions that differ and hardly move from year to year."""
    return 0.2 + 0.6 * rng.uniform(0, 1, (30, 1, 3)) + 0.02 * rng.uniform(0, 1, (30, 5, 3))


class TestSize:
    def test_totals_are_found(self, make_tree, make_panel, people, rng):
        size = people.array("population", people.units, people.years())[..., None]
        values = size * rng.uniform(0.8, 1.2, (30, 5, 3))
        tree = make_tree(NAMES, normalisation="min-max")
        panel = make_panel(values, NAMES, totals=NAMES)
        found = check_size(build_index(panel, tree), panel, LIMITS, people)
        assert found.outcome == "found"
        assert found.evidence["share"] == pytest.approx(1)
        assert found.evidence["correlation_with_population"] > 0.9
        assert "3 of 3" in found.says.en

    def test_size_in_disguise_is_found(self, make_tree, make_panel, people, rng):
        """Nothing is marked as a total, but the index follows population."""
        size = people.array("population", people.units, people.years())[..., None]
        panel = make_panel(size * rng.uniform(0.8, 1.2, (30, 5, 3)), NAMES)
        built = build_index(panel, make_tree(NAMES, normalisation="min-max"))
        assert check_size(built, panel, LIMITS, people).outcome == "found"
        assert check_size(built, panel, LIMITS).outcome == "clean"

    def test_intensities_are_clean(self, make_tree, make_panel, people, steady):
        panel = make_panel(steady, NAMES)
        found = check_size(build_index(panel, make_tree(NAMES)), panel, LIMITS, people)
        assert found.outcome == "clean"
        assert abs(found.evidence["correlation_with_population"]) < 0.7


class TestInequalityWeight:
    def test_entropy_weights_silence_an_even_indicator(self, make_tree, make_panel, rng):
        even = 0.5 + 0.02 * rng.uniform(0, 1, (30, 5))
        wild = rng.uniform(0, 1, (30, 5)) ** 6
        panel = make_panel(np.stack([even, wild], axis=-1), ["gap", "wild"])
        tree = make_tree(["gap", "wild"], marked=["gap"], weighting="entropy")
        found = check_inequality_weight(build_index(panel, tree), LIMITS)
        assert found.outcome == "found"
        assert found.evidence["inequality_weight"] < 0.02
        equal = build_index(panel, tree, choices=Choices())
        assert check_inequality_weight(equal, LIMITS).outcome == "clean"

    def test_without_such_an_indicator_it_is_not_possible(self, make_tree, make_panel, steady):
        found = check_inequality_weight(
            build_index(make_panel(steady, NAMES), make_tree(NAMES)), LIMITS
        )
        assert found.outcome == "not possible"
        assert "inequality = true" in found.fix.en


class TestEffectiveWeights:
    def test_a_dominant_indicator_is_found(self, make_tree, make_panel, rng):
        values = 0.5 + rng.normal(size=(30, 5, 3)) * np.array([0.15, 0.02, 0.02])
        built = build_index(make_panel(values, NAMES), make_tree(NAMES))
        found = check_effective_weights(built, LIMITS)
        assert found.outcome == "found"
        assert found.evidence["largest_gap"] > 0.25

    def test_an_indicator_that_pulls_against_the_index_is_named(self, make_tree, make_panel, rng):
        common = rng.uniform(0.2, 0.8, (30, 5))
        values = np.stack([common, common, 1 - common], axis=-1)
        values = values + 0.01 * rng.normal(size=values.shape)
        built = build_index(make_panel(values, NAMES), make_tree(NAMES))
        found = check_effective_weights(built, LIMITS)
        assert found.outcome == "found"
        assert found.evidence["correlation.c"] < 0
        assert "against the index move: c" in found.says.en

    def test_even_contributions_are_clean(self, make_tree, make_panel, steady):
        built = build_index(make_panel(steady, NAMES), make_tree(NAMES))
        assert check_effective_weights(built, LIMITS).outcome == "clean"

    def test_two_rows_are_not_enough(self, make_tree, make_panel):
        built = build_index(make_panel([[[0.1]], [[0.2]]], ["a"]), make_tree(["a"]))
        assert check_effective_weights(built, LIMITS).outcome == "not possible"


class TestNoise:
    def test_noise_with_the_largest_weight_is_found(self, make_tree, make_panel, steady, rng):
        steady[..., 0] = rng.uniform(0, 1, (30, 5)) ** 6
        tree = make_tree(NAMES, weighting="entropy")
        found = check_noise(build_index(make_panel(steady, NAMES), tree), LIMITS)
        assert found.outcome == "found"
        assert found.says.en.startswith("a,")
        # white noise: all of the variance between units is noise, estimated from 90 differences
        assert found.evidence["noise_share"] == pytest.approx(1, abs=0.35)

    def test_steady_indicators_are_clean(self, make_tree, make_panel, steady):
        built = build_index(make_panel(steady, NAMES), make_tree(NAMES, weighting="entropy"))
        assert check_noise(built, LIMITS).outcome == "clean"

    def test_two_years_are_not_enough(self, make_tree, make_panel, steady):
        built = build_index(make_panel(steady[:, :2], NAMES), make_tree(NAMES))
        assert check_noise(built, LIMITS).outcome == "not possible"


class TestEntropyConstant:
    @pytest.fixture
    def scattered(self, rng):
        return rng.uniform(0, 1, (30, 10, 5)) ** np.array([0.4, 0.7, 1.5, 3.0, 6.0])

    def _stated(self, make_tree, weights):
        names = list("abcde")
        return make_tree(names, weights=weights.tolist(), weighting="expert")

    @pytest.mark.parametrize("constant", [10, 30])
    def test_weights_with_years_or_units_in_the_constant_are_found(
        self, make_tree, make_panel, scattered, constant
    ):
        rows = scattered.reshape(-1, 5)
        wrong = 1 - entropies(rows) * np.log(300) / np.log(constant)
        if (wrong < 0).all():
            inverted = wrong / wrong.sum()
        else:
            pytest.fail("the planted case must put every entropy above 1")
        tree = self._stated(make_tree, inverted.round(3))
        built = build_index(make_panel(scattered, list("abcde")), tree)
        found = check_entropy_constant(built, LIMITS)
        assert found.outcome == "found"
        assert f"ln({constant})" in found.says.en
        assert found.evidence["largest_entropy"] > 1

    def test_right_entropy_weights_and_equal_ones_are_clean(self, make_tree, make_panel, scattered):
        panel = make_panel(scattered, list("abcde"))
        for weights in (entropy(scattered.reshape(-1, 5)).round(3), np.ones(5)):
            built = build_index(panel, self._stated(make_tree, weights))
            assert check_entropy_constant(built, LIMITS).outcome == "clean"

    def test_own_weights_are_clean(self, make_tree, make_panel, scattered):
        panel = make_panel(scattered, list("abcde"))
        built = build_index(panel, make_tree(list("abcde"), weighting="entropy"))
        assert check_entropy_constant(built, LIMITS).outcome == "clean"


class TestRevision:
    @pytest.mark.parametrize(
        "choices",
        [
            Choices("min-max"),
            Choices("rank"),
            Choices(weighting="entropy"),
            Choices(aggregation="vikor"),
        ],
    )
    def test_pooled_choices_rewrite_history(self, make_tree, make_panel, steady, choices):
        steady[:, 4] *= 1.2
        panel = make_panel(steady, NAMES)
        built = build_index(panel, make_tree(NAMES), choices=choices)
        found = check_revision(built, panel, LIMITS)
        assert found.outcome == "found"
        assert found.evidence["largest_change"] > 0.001

    def test_fixed_bounds_leave_it_alone(self, make_tree, make_panel, steady):
        steady[:, 4] *= 1.2
        panel = make_panel(steady, NAMES)
        found = check_revision(build_index(panel, make_tree(NAMES)), panel, LIMITS)
        assert found.outcome == "clean"
        assert found.evidence == {"largest_change": 0.0, "ranks_changed": 0.0}

    def test_one_year_is_not_enough(self, make_tree, make_panel, steady):
        panel = make_panel(steady[:, :1], NAMES)
        built = build_index(panel, make_tree(NAMES))
        assert check_revision(built, panel, LIMITS).outcome == "not possible"


class TestBounds:
    def test_figures_beyond_the_bounds_are_found(self, make_tree, make_panel, steady):
        steady[..., 1] += 0.6
        built = build_index(make_panel(steady, NAMES), make_tree(NAMES))
        found = check_bounds(built, LIMITS)
        assert found.outcome == "found"
        assert found.evidence["cut.b"] > 0.05

    def test_bounds_that_hold_are_clean_and_others_have_none(self, make_tree, make_panel, steady):
        panel, tree = make_panel(steady, NAMES), make_tree(NAMES)
        assert check_bounds(build_index(panel, tree), LIMITS).outcome == "clean"
        other = build_index(panel, tree, choices=Choices("z"))
        assert check_bounds(other, LIMITS).outcome == "not possible"


class TestPenalty:
    def test_gains_that_lower_the_index_are_found(self, make_tree, make_panel):
        panel = make_panel(np.array([[[0.9, 0.05, 0.05]], [[0.5, 0.5, 0.5]]]), NAMES)
        tree = make_tree(NAMES, penalty_scale=(0.0, 1.0))
        found = check_penalty(build_index(panel, tree))
        assert found.outcome == "found"
        assert found.evidence["reversed.made-up"] == pytest.approx(1 / 6)

    def test_the_published_scale_is_clean_and_a_mean_has_no_penalty(self, make_tree, make_panel):
        panel = make_panel(np.array([[[0.9, 0.05, 0.05]], [[0.5, 0.5, 0.5]]]), NAMES)
        assert check_penalty(build_index(panel, make_tree(NAMES))).outcome == "clean"
        mean = build_index(panel, make_tree(NAMES, aggregation="arithmetic"))
        assert check_penalty(mean).outcome == "not possible"


class TestOverlap:
    def test_one_shared_in_ten_makes_a_tenth_of_correlation(self, make_tree):
        one = make_tree([f"x{i}" for i in range(10)])
        other = make_tree(["x0", *[f"y{i}" for i in range(9)]])
        found = check_overlap(one, other)
        assert found.outcome == "found"
        assert found.evidence["correlation_made"] == pytest.approx(0.1)

    def test_the_correlation_it_says_is_the_one_simulated(self, rng):
        draws = rng.normal(size=(200_000, 19))
        one, other = draws[:, :10].mean(axis=1), draws[:, 9:].mean(axis=1)
        # standard error of a correlation of 200,000 draws: 0.002
        assert np.corrcoef(one, other)[0, 1] == pytest.approx(0.1, abs=0.01)

    def test_reversed_directions_count_against(self, make_tree):
        one, other = make_tree(["x", "y"]), make_tree(["x", "z"], directions=["-", "+"])
        assert check_overlap(one, other).evidence["correlation_made"] == pytest.approx(-0.5)

    def test_another_divisor_does_not_hide_the_figure(self, make_tree):
        one, other = make_tree(["x"]), make_tree(["z"])
        hidden = replace(other.indicators[0], variable="x", per="gdp")
        found = check_overlap(one, replace(other, indicators=(hidden,)))
        assert found.outcome == "found"

    def test_strangers_are_clean(self, make_tree):
        found = check_overlap(make_tree(["x"]), make_tree(["z"]))
        assert found.outcome == "clean"
        assert found.evidence["correlation_made"] == 0


def test_every_finding_carries_evidence_threshold_citation_and_fix(
    make_tree, make_panel, steady, people
):
    panel, tree = make_panel(steady, NAMES), make_tree(NAMES, marked=["a"])
    other = make_tree(["a"])
    found = audit(build_index(panel, tree), panel, population=people, against=[other])
    assert len({one.check for one in found}) == len(found) == 11
    for one in found:
        assert one.citation
        assert one.says.zh
        assert one.says.en.endswith(".")
        assert one.fix.zh
        assert one.fix.en
        assert set(one.limits) <= set(one.evidence)
        if one.outcome == "found":
            assert one.limits
        assert one.to_dict()["check"] == one.check


def test_limits_can_be_moved(make_tree, make_panel, steady):
    panel = make_panel(steady, NAMES)
    built = build_index(panel, make_tree(NAMES))
    strict = audit(built, panel, limits=Limits(noise_share=0.0))
    assert next(one for one in strict if one.check == "noisy-top-weight").outcome == "found"
