from __future__ import annotations

import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.measure.curves import (
    density_curve,
    dominance,
    group_dominance,
    group_growth,
    growth_incidence,
    joint_errors,
    pro_poor_growth,
)
from gongfu.measure.design import SurveyDesign, estimate
from gongfu.measure.dynamics import density
from gongfu.measure.linearised import Linearised
from gongfu.measure.lorenz import lorenz
from gongfu.measure.mean import mean
from gongfu.measure.sample import Sample
from gongfu.measure.student import two_sided_t
from gongfu.measure.survey import Wave

RNG = np.random.default_rng(17)
START, END = RNG.lognormal(3, 0.5, 400), RNG.lognormal(3.3, 0.4, 300)
W0, W1 = RNG.uniform(1, 3, 400), RNG.uniform(1, 3, 300)
OLD, NEW = Wave(START, SurveyDesign(W0)), Wave(END, SurveyDesign(W1))


def test_one_point_alone_needs_no_wider_band():
    design = SurveyDesign(W0)
    found = joint_errors([mean(START, W0)], design)
    single = estimate(mean(START, W0), design, measure="m", unit="u", convention="c")
    assert found.standard_error[0] == pytest.approx(single.standard_error, rel=1e-12)  # rounding
    # 20,000 draws of the largest deviation: its 95 % point moves by less than 2 %.
    assert found.uniform == pytest.approx(found.pointwise, rel=0.02)


def test_independent_points_need_the_band_of_sidak():
    rows = 4000
    influence = np.eye(10).repeat(rows // 10, axis=1)
    influence = influence * np.tile([1.0, -1.0], rows // 2)
    points = [Linearised(0.0, row) for row in influence]
    found = joint_errors(points, SurveyDesign.simple(rows), level=0.95)
    sidak = two_sided_t(0.95 ** (1 / 10), rows - 1)
    assert found.uniform == pytest.approx(sidak, rel=0.02)  # simulated quantile, as above


def test_a_point_without_error_does_not_widen_the_band():
    design = SurveyDesign(W0)
    still = Linearised(1.0, np.zeros(400))
    found = joint_errors([mean(START, W0), still], design)
    assert found.standard_error[1] == 0
    assert found.uniform == joint_errors([mean(START, W0)], design).uniform


def test_equal_growth_of_all_is_a_flat_curve_and_every_total():
    later = Wave(1.21 * START, SurveyDesign(W0))
    found = growth_incidence(OLD, later, years=2, line=float(np.median(START)))
    # Logs of products: rounding only.
    assert found.growth == pytest.approx(np.log(1.1), rel=1e-12)
    assert [one.value for one in found.totals] == pytest.approx([np.log(1.1)] * 3, rel=1e-12)


def test_a_panel_of_equal_growth_has_no_error():
    psu = np.arange(400)
    waves = (Wave(k * START, SurveyDesign(W0, psu=psu)) for k in (1.0, 1.3))
    found = growth_incidence(*waves, same_units=True)
    assert found.errors.standard_error.max() < 1e-12  # what both years share cancels
    assert found.verdict == "all gain"


def test_pro_poor_growth_is_the_mean_over_the_ranks_of_the_poor():
    line, ranks = 20.0, (np.arange(20_000) + 0.5) / 20_000
    old, new = Sample.of(START), Sample.of(END)
    share = (line > START).mean()
    poor = ranks[ranks < share]
    brute = np.mean(
        np.log(np.sort(END)[(poor * 300).astype(int)])
        - np.log(np.sort(START)[(poor * 400).astype(int)])
    )
    later, earlier = pro_poor_growth(old, new, line=line)
    assert later.value + earlier.value == pytest.approx(brute, abs=2e-4)  # a grid of ranks


def test_influence_of_the_pro_poor_rate_follows_a_smooth_shift_of_incomes():
    # Moving weight from the rows above the line to those below moves the rate as told.
    line = 20.0
    shift = np.where(line > START, 1.0, -1.0) * 1e-3

    def rate(weight):
        parts = pro_poor_growth(Sample.of(START, weight), Sample.of(END, W1), line=line)
        return sum(part.value for part in parts), parts[1].influence

    up, down = rate(W0 * (1 + shift))[0], rate(W0 * (1 - shift))[0]
    told = 2 * float(rate(W0)[1] @ (W0 * shift))
    # The share of the poor moves in steps of rows: 0.2 % of 400 rows is less than one.
    assert up - down == pytest.approx(told, rel=0.1)


@pytest.mark.parametrize("curve", ["lorenz", "generalised-lorenz", "quantile"])
def test_a_distribution_neither_dominates_itself_nor_crosses(curve):
    found = dominance(OLD, OLD, curve=curve)
    assert found.verdict == "cannot tell"
    assert not found.is_strict


def test_verdicts_follow_from_known_distributions():
    rng = np.random.default_rng(3)
    equal, unequal = (
        Wave(rng.lognormal(3, s, 3000), SurveyDesign.simple(3000)) for s in (0.3, 0.6)
    )
    assert dominance(equal, unequal).verdict == "first dominates"
    assert dominance(unequal, equal).verdict == "second dominates"
    assert dominance(equal, unequal).is_strict
    assert dominance(equal, unequal, curve="quantile").verdict == "curves cross"
    richer = Wave(1.5 * equal.income, equal.design)
    assert dominance(richer, equal, curve="quantile").verdict == "first dominates"
    assert dominance(richer, equal, curve="lorenz").verdict == "cannot tell"


@pytest.mark.parametrize("in_logs", [True, False])
def test_a_density_equals_that_without_a_design(in_logs: bool):
    found = density_curve(OLD, in_logs=in_logs, points=20)
    plain = density(START, W0, in_logs=in_logs, grid=found.at)
    # The same sums in another order.
    assert found.errors.value == pytest.approx(plain.height, rel=1e-10)
    # That one divides by n, not by n - 1.
    assert found.errors.standard_error == pytest.approx(plain.standard_error, rel=0.01)


def test_clusters_widen_the_band_of_a_density():
    psu = np.argsort(np.argsort(START)) // 20
    clustered = density_curve(Wave(START, SurveyDesign(W0, psu=psu)), points=20)
    assert np.median(clustered.errors.standard_error / density_curve(
        OLD, points=20
    ).errors.standard_error) > 2  # fmt: skip


def test_growth_of_published_groups_is_exact():
    found = group_growth({"low": 100.0, "high": 300.0}, {"low": 121.0, "high": 330.0}, years=2)
    assert found.growth == pytest.approx([np.log(1.1), np.log(1.1) / 2], rel=1e-12)  # rounding
    assert found.mean == pytest.approx(np.log(451 / 400) / 2, rel=1e-12)


@pytest.mark.parametrize(
    ("growth", "pattern"),
    [
        ((0.05, 0.04, 0.03), "falling"),
        ((0.03, 0.04, 0.05), "rising"),
        ((0.05, 0.03, 0.04), "both ends"),
        ((0.03, 0.05, 0.04), "middle"),
        ((0.05, 0.03, 0.04, 0.02), "mixed"),
        ((0.04, 0.0402, 0.04), "even"),
        ((0.05, 0.05, 0.03), "falling"),
    ],
)
def test_a_pattern_names_where_growth_was_fastest(growth, pattern):
    names = "abcd"[: len(growth)]
    after = {name: float(np.exp(rate)) for name, rate in zip(names, growth, strict=True)}
    assert group_growth(dict.fromkeys(names, 1.0), after, years=1).pattern() == pattern


def test_curves_of_group_means_are_compared_at_their_cut_points():
    # Shares .2 .2 .6 against .1 .3 .6: higher at a third, equal at two thirds.
    found = group_dominance([2.0, 2.0, 6.0], [1.0, 3.0, 6.0])
    assert found.rank == pytest.approx([1 / 3, 2 / 3, 1])
    assert found.first == pytest.approx([0.2, 0.4, 1.0])
    assert found.difference == pytest.approx([0.1, 0.0, 0.0], abs=1e-15)  # rounding
    assert found.verdict == "first dominates"
    assert group_dominance([1.0, 3.0, 6.0], [2.0, 2.0, 6.0]).verdict == "second dominates"
    assert group_dominance([2.0, 1.0, 7.0], [1.0, 3.0, 6.0]).verdict == "curves cross"
    assert group_dominance([10.0, 30.0, 60.0], [1.0, 3.0, 6.0]).verdict == "curves coincide"


def test_a_richer_distribution_can_dominate_where_its_shares_do_not():
    means = [3.0, 4.0, 20.0], [2.0, 3.0, 6.0]
    assert group_dominance(*means).verdict == "second dominates"
    rich = group_dominance(*means, curve="generalised-lorenz")
    assert rich.verdict == "first dominates"
    assert rich.first == pytest.approx([1.0, 7 / 3, 9.0])


def test_cut_points_follow_the_shares_of_people_and_the_curve_of_rows():
    means, shares = [2.0, 4.0, 9.0], [0.5, 0.3, 0.2]
    found = group_dominance(means, means, shares=shares)
    rows = Sample.of(np.array(means), np.array(shares))
    by_rows = [lorenz(rows, share=p).value for p in (0.5, 0.8, 1.0)]
    assert found.first == pytest.approx(by_rows, rel=1e-12)  # rounding


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: growth_incidence(OLD, NEW, ranks=[0.0, 0.5]), "strictly between"),
        (lambda: growth_incidence(OLD, NEW, years=0), "longer than zero"),
        (lambda: growth_incidence(OLD, NEW, line=1e9), "everybody is poor"),
        (lambda: growth_incidence(OLD, NEW, line=1e-9), "nobody is poor"),
        (lambda: growth_incidence(Wave(START - START.min(), OLD.design), NEW), "incomes > 0"),
        (lambda: dominance(OLD, NEW, curve="lorentz"), "lorenz"),
        (lambda: density_curve(OLD, bandwidth=0.0), "bandwidth above zero"),
        (lambda: joint_errors([mean(START, W0)], OLD.design, level=1.0), "between 0 and 1"),
        (lambda: group_growth({"a": 1.0}, {"b": 1.0}, years=1), "groups differ"),
        (lambda: group_dominance([1.0, 2.0], [1.0, 2.0, 3.0]), "same groups"),
        (lambda: group_dominance([1.0, 2.0], [-1.0, 2.0]), "zero or more"),
    ],
)
def test_what_has_no_answer_is_refused(call, words: str):
    with pytest.raises(InputError, match=words):
        call()


def test_results_are_plain_json_values():
    import json

    for found in (
        growth_incidence(OLD, NEW, line=20.0),
        dominance(OLD, NEW),
        density_curve(OLD, points=9),
        group_growth({"a": 1.0}, {"a": 2.0}, years=1),
    ):
        assert json.dumps(found.to_dict(), allow_nan=False)
