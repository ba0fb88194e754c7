"""Policy evaluation: declared dates, difference in differences, event studies, staggered dates."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.stats import f as fisher
from scipy.stats import t as student
from scipy.stats import ttest_ind

from gongfu.core import Evidence, InputError
from gongfu.explain import PanelData, wild_cluster_test
from gongfu.explain.policy import (
    NotPossible,
    effects_by_relative_time,
    event_study,
    group_time_effects,
    imputation,
    interaction_weighted,
    joint_test,
    policy_design,
    policy_sentence,
    summarise_effects,
    sup_t,
    synthetic_did,
    two_by_two,
    two_way_did,
)
from gongfu.explain.policy.frank_wolfe import share_weights
from gongfu.measure.index.finding import Say

ROUNDING = 1e-9  # dense dummies and swept means differ by rounding only


def panel(outcome, covariates=None):
    units, times = outcome.shape
    columns = np.empty((units * times, 0)) if covariates is None else covariates
    return PanelData.from_arrays(
        outcome.ravel(),
        columns,
        entity=np.repeat(np.arange(units), times),
        time=np.tile(np.arange(2010, 2010 + times), units),
    )


def design_of(outcome, starts, covariates=None, source="Document 1"):
    dates = {i: 2010 + int(g) for i, g in enumerate(starts) if g < outcome.shape[1]}
    return policy_design(panel(outcome, covariates), dates, source=source)


def staggered(units=24, times=8, seed=3):
    rng = np.random.default_rng(seed)
    starts = np.resize([3, 5, times], units)
    since = np.arange(times) - starts[:, None]
    effect = np.where(since >= 0, 1 + 0.5 * since, 0.0)
    return rng.normal(size=(units, 1)) + effect + rng.normal(size=(units, times)), starts


def single(units=20, times=8, date=4, seed=5, treated=8):
    rng = np.random.default_rng(seed)
    starts = np.where(np.arange(units) < treated, date, times)
    on = np.arange(times) >= starts[:, None]
    return rng.normal(size=(units, 1)) + 2.0 * on + rng.normal(size=(units, times)), starts


def dummies(codes):
    return (codes[:, None] == np.unique(codes)).astype(float)


def test_without_a_date_the_step_says_what_it_needs():
    outcome, _ = single()
    for dates in (None, {}):
        answer = policy_design(panel(outcome), dates)
        assert isinstance(answer, NotPossible)
        assert str(answer).startswith("not possible here: needs ")
        assert answer.needs.zh


def test_a_policy_that_all_units_adopt_at_once_has_no_comparison():
    outcome, _ = single()
    answer = policy_design(panel(outcome), dict.fromkeys(range(20), 2014))
    assert isinstance(answer, NotPossible)
    assert "compare" in str(answer)


def test_a_policy_after_the_panel_is_not_evaluated():
    outcome, _ = single()
    assert isinstance(policy_design(panel(outcome), {0: 2030}), NotPossible)


def test_all_wrong_dates_are_named_at_once():
    outcome, _ = single()
    with pytest.raises(InputError) as caught:
        policy_design(panel(outcome), {99: 2012, 1: None, 2: float("nan"), 3: "2014"})
    assert len(caught.value.problems) == 4


def test_only_a_declared_source_makes_an_effect_causal():
    outcome, starts = single()
    assert two_by_two(design_of(outcome, starts)).evidence is Evidence.CAUSAL
    silent = two_by_two(design_of(outcome, starts, source=" "))
    assert silent.evidence is Evidence.ASSOCIATIONAL
    assert any("No source" in note for note in silent.warnings)


def test_units_treated_from_the_start_are_left_out_aloud():
    outcome, starts = staggered()
    starts[0] = 0
    design = design_of(outcome, starts)
    assert 0 not in design.data.entities
    assert any("Left out" in note and "0" in note for note in design.warnings)
    rest = design_of(outcome[1:], starts[1:])
    assert imputation(design).overall.coefficients == pytest.approx(
        imputation(rest).overall.coefficients
    )


def test_few_treated_units_are_warned_of():
    outcome, starts = single(treated=2)
    assert any("2 units adopt" in note for note in design_of(outcome, starts).warnings)


def test_two_by_two_is_the_difference_of_mean_changes_with_welch_errors():
    outcome, starts = single()
    change = outcome[:, 4:].mean(axis=1) - outcome[:, :4].mean(axis=1)
    one, other = change[:8], change[8:]
    found = two_by_two(design_of(outcome, starts))
    assert found.coefficients[0] == pytest.approx(one.mean() - other.mean(), rel=1e-12)
    assert found.vcov[0, 0] == pytest.approx(one.var(ddof=1) / 8 + other.var(ddof=1) / 12)
    welch = ttest_ind(one, other, equal_var=False)
    assert found.convention.dof == int(welch.df)
    assert found.p[0] == pytest.approx(2 * student.sf(abs(welch.statistic), int(welch.df)))


def test_one_treated_unit_borrows_the_spread_of_the_others():
    outcome, starts = single(treated=1)
    found = two_by_two(design_of(outcome, starts))
    change = outcome[:, 4:].mean(axis=1) - outcome[:, :4].mean(axis=1)
    assert found.vcov[0, 0] == pytest.approx(change[1:].var(ddof=1) * (1 + 1 / 19))
    assert found.convention.dof == 18


def test_two_by_two_equals_the_two_way_regression_with_one_date():
    outcome, starts = single()
    design = design_of(outcome, starts)
    assert two_by_two(design).coefficients == pytest.approx(two_way_did(design).coefficients)


def test_two_by_two_refuses_several_dates():
    outcome, starts = staggered()
    with pytest.raises(InputError, match="2 dates"):
        two_by_two(design_of(outcome, starts))


def test_a_policy_regression_can_be_bootstrapped_by_cluster():
    outcome, starts = single()
    design = design_of(outcome, starts)
    wild = wild_cluster_test(design.regression_panel(), "policy", draws=199, seed=1)
    assert wild.coefficient == pytest.approx(two_way_did(design).coefficients[0])
    assert wild.p < 0.05


def test_a_date_between_two_times_starts_at_the_later_one():
    outcome, starts = single()
    dates = dict.fromkeys(range(8), 2013.5)
    between = policy_design(panel(outcome), dates, source="Document 1")
    assert (between.starts == design_of(outcome, starts).starts).all()


def test_a_staggered_two_way_estimate_loses_the_causal_tag_and_shows_its_weights():
    outcome, starts = staggered()
    convex = two_way_did(design_of(outcome, starts))
    assert convex.details["sum_of_negative_weights"] == 0.0
    assert convex.evidence is Evidence.CAUSAL
    found = two_way_did(design_of(outcome, np.where(starts == 3, 1, starts)))
    assert found.evidence is Evidence.ASSOCIATIONAL
    assert 0 < found.details["weight_of_forbidden_comparisons"] < 1
    assert found.details["sum_of_negative_weights"] > 0


def test_event_study_equals_dummies_and_its_reference_is_the_time_before():
    outcome, starts = staggered()
    path = event_study(design_of(outcome, starts))
    units, times = outcome.shape
    unit, time = np.repeat(np.arange(units), times), np.tile(np.arange(times), units)
    since = np.where(starts[unit] < times, time - starts[unit], -1)
    columns = [since == e for e in path.relative]
    design = np.column_stack([*columns, dummies(unit), dummies(time)[:, 1:]]).astype(float)
    brute = np.linalg.lstsq(design, outcome.ravel(), rcond=None)[0][: len(columns)]
    assert path.result.coefficients == pytest.approx(brute, abs=ROUNDING)
    assert -1 not in path.relative
    assert path.table().filter(name="e-1")["estimate"].item() == 0.0


def test_times_beyond_leads_and_lags_are_counted_with_the_farthest():
    outcome, starts = single()
    path = event_study(design_of(outcome, starts), leads=2, lags=1)
    assert list(path.relative) == [-2, 0, 1]
    base = outcome[:, 3]
    late = outcome[:, 5:].mean(axis=1) - base
    assert path.result.coefficients[2] == pytest.approx(late[:8].mean() - late[8:].mean())


def test_movement_before_adoption_takes_the_causal_tag():
    outcome, starts = single(units=40, treated=20, seed=6)
    calm = event_study(design_of(outcome, starts))
    assert calm.pretrend.p > 0.05
    assert calm.result.evidence is Evidence.CAUSAL
    drifting = outcome + 0.6 * np.arange(8) * (starts < 8)[:, None]
    moved = event_study(design_of(drifting, starts))
    assert moved.pretrend.p < 0.01
    assert moved.result.evidence is Evidence.ASSOCIATIONAL
    assert any("before adoption" in note for note in moved.result.warnings)


def test_group_time_effect_is_a_difference_of_mean_changes():
    outcome, starts = staggered()
    design = design_of(outcome, starts)
    change = outcome[:, 6] - outcome[:, 4]
    never, later = starts == 8, starts == 5
    effects = group_time_effects(design).result
    expected = change[later].mean() - change[never].mean()
    assert effects.coefficient("g=2015 t=2016") == pytest.approx(expected)
    spread = change[later].var() / later.sum() + change[never].var() / never.sum()
    assert effects.standard_error("g=2015 t=2016") ** 2 == pytest.approx(spread)


def test_covariates_that_combine_among_controls_are_refused():
    outcome, starts = staggered()
    x = np.repeat(np.arange(24.0), 8)
    with pytest.raises(InputError, match="drop some"):
        group_time_effects(design_of(outcome, starts, np.column_stack([x, 2 * x])))


def test_a_covariate_called_as_the_effect_is_refused():
    outcome, _ = single()
    data = panel(outcome, np.random.default_rng(1).normal(size=(outcome.size, 1)))
    with pytest.raises(InputError, match="covariate is called 'policy'"):
        policy_design(replace(data, names=("policy",)), {0: 2014})


def test_interaction_weighted_equals_group_time_effects_against_never_adopters():
    outcome, starts = staggered()
    design = design_of(outcome, starts)
    by_groups = effects_by_relative_time(group_time_effects(design))
    by_regression = interaction_weighted(design)
    assert list(by_groups.relative) == list(by_regression.relative)
    assert by_regression.result.coefficients == pytest.approx(
        by_groups.result.coefficients, abs=ROUNDING
    )


def test_without_never_adopters_the_last_cohort_is_the_comparison():
    outcome, starts = staggered()
    starts = np.where(starts == 8, 6, starts)
    cut = interaction_weighted(design_of(outcome, starts))
    alone = interaction_weighted(design_of(outcome[:, :6], np.where(starts == 6, 6, starts)))
    assert cut.result.coefficients == pytest.approx(alone.result.coefficients, abs=ROUNDING)


def test_not_yet_treated_controls_serve_where_nobody_never_adopts():
    outcome, starts = staggered()
    starts = np.where(starts == 8, 6, starts)
    design = design_of(outcome, starts)
    with pytest.raises(InputError, match="not yet"):
        group_time_effects(design)
    found = group_time_effects(design, controls="not yet")
    assert (found.time < 6).all()
    assert any("No comparison" in note for note in found.result.warnings)


def test_summaries_weigh_cohorts_by_size():
    outcome, starts = staggered(units=25)
    effects = group_time_effects(design_of(outcome, starts))
    after = effects.time >= effects.start
    size = np.array([(starts == g).sum() for g in effects.start[after]])
    expected = np.average(effects.result.coefficients[after], weights=size)
    assert summarise_effects(effects).coefficients[0] == pytest.approx(expected)
    by_time = summarise_effects(effects, "calendar")
    assert by_time.coefficients[-1] == pytest.approx(by_time.coefficients[:-1].mean())


def test_anticipation_moves_the_reference_back():
    outcome, starts = single()
    effects = group_time_effects(design_of(outcome, starts), anticipation=1).result
    change = outcome[:, 5] - outcome[:, 2]
    assert effects.coefficient("g=2014 t=2015") == pytest.approx(
        change[:8].mean() - change[8:].mean()
    )


def test_imputation_equals_prediction_from_dummies_with_holes_and_covariate():
    outcome, starts = staggered()
    rng = np.random.default_rng(8)
    covariate = rng.normal(size=outcome.size)
    kept = rng.random(outcome.size) > 0.1
    whole = panel(outcome, covariate[:, None])
    data = PanelData.from_arrays(
        whole.dependent[kept],
        covariate[kept],
        entity=whole.entity[kept],
        time=whole.times[whole.time[kept]],
    )
    dates = {i: 2010 + int(g) for i, g in enumerate(starts) if g < 8}
    found = imputation(policy_design(data, dates, source="Document 1"))
    design = np.column_stack([dummies(data.entity), dummies(data.time)[:, 1:], data.regressors])
    on = data.time >= starts[data.entity]
    brute = np.linalg.lstsq(design[~on], data.dependent[~on], rcond=None)[0]
    gap = data.dependent - design @ brute
    assert found.effects[on] == pytest.approx(gap[on], abs=ROUNDING)
    assert found.overall.coefficients[0] == pytest.approx(gap[on].mean())
    # variance written out: weights of the estimate on outcomes from the normal equations
    weights = np.where(on, 1 / on.sum(), 0.0)
    weights[~on] = (
        -design[~on] @ np.linalg.pinv(design[~on].T @ design[~on]) @ (design[on].T @ weights[on])
    )
    errors = gap.copy()
    for g, t in itertools.product((3, 5), range(8)):
        cell = on & (starts[data.entity] == g) & (data.time == t)
        if cell.any():
            errors[cell] -= np.average(gap[cell], weights=weights[cell] ** 2)
    by_unit = np.bincount(data.entity, weights * errors)
    assert found.overall.vcov[0, 0] == pytest.approx((by_unit**2).sum())


def test_imputation_refuses_a_covariate_that_untreated_rows_do_not_vary():
    outcome, starts = staggered()
    on = (np.arange(8) >= starts[:, None]).ravel()
    with pytest.raises(InputError, match="untreated rows cannot tell x1"):
        imputation(design_of(outcome, starts, (on * 1.0)[:, None]))


def test_treated_rows_at_times_without_untreated_rows_are_left_out_aloud():
    outcome, starts = staggered()
    starts = np.where(starts == 8, 6, starts)
    found = imputation(design_of(outcome, starts))
    late = np.tile(np.arange(8), 24) >= 6
    assert np.isnan(found.effects[late]).all()
    assert any("no untreated row" in note for note in found.overall.warnings)
    early = design_of(outcome[:, :6], starts)
    assert found.overall.coefficients == pytest.approx(imputation(early).overall.coefficients)
    assert found.overall.vcov == pytest.approx(imputation(early).overall.vcov)


def test_an_effect_without_noise_is_found_by_every_staggered_estimator():
    rng = np.random.default_rng(1)
    starts = np.resize([3, 5, 8], 12)
    since = np.arange(8) - starts[:, None]
    outcome = (
        rng.normal(size=(12, 1))
        + rng.normal(size=8)
        + np.where(since >= 0, 2.0 + since, 0.0)
        + 1e-9 * rng.normal(size=(12, 8))  # errors above zero, so that tests are defined
    )
    design = design_of(outcome, starts)
    for path in (
        interaction_weighted(design),
        imputation(design).path,
        effects_by_relative_time(group_time_effects(design)),
    ):
        later = path.relative >= 0
        # the noise of 1e-9 is averaged, not amplified
        assert path.result.coefficients[later] == pytest.approx(
            2.0 + path.relative[later], abs=1e-7
        )


def test_joint_test_of_one_coefficient_is_its_squared_t():
    test = joint_test(np.array([2.0]), np.array([[0.5]]), dof=12, null="zero")
    assert test.statistic == pytest.approx(8.0)
    assert test.p == pytest.approx(fisher.sf(8.0, 1, 12))


def test_band_of_one_effect_is_its_interval_and_of_independent_ones_sidak():
    # 20,000 draws: the quantile moves by about 0.02
    assert sup_t(np.array([[4.0]])) == pytest.approx(1.95996, abs=0.04)
    sidak = 2.5688  # normal quantile of (1 + .95 ** (1 / 5)) / 2
    assert sup_t(np.eye(5)) == pytest.approx(sidak, abs=0.04)
    assert sup_t(np.ones((5, 5))) == pytest.approx(1.95996, abs=0.04)


def test_share_weights_reach_the_minimum_over_the_simplex():
    rng = np.random.default_rng(2)
    columns, target = rng.normal(size=(15, 6)), rng.normal(size=15)
    found = share_weights(columns, target, penalty=0.5, tolerance=1e-8, has_intercept=False)

    def value(w):
        return ((target - columns @ w) ** 2).mean() + 0.25 * w @ w

    best = minimize(
        value,
        np.full(6, 1 / 6),
        bounds=[(0, 1)] * 6,
        constraints={"type": "eq", "fun": lambda w: w.sum() - 1},
        options={"ftol": 1e-14, "maxiter": 500},
    )
    assert found.sum() == pytest.approx(1.0)
    assert found.min() >= 0
    # conditional gradients end when a step gains less than the tolerance
    assert value(found) == pytest.approx(best.fun, rel=1e-4)


def test_plain_method_of_synthetic_did_is_the_difference_in_differences():
    outcome, starts = single(units=10, treated=3)
    design = design_of(outcome, starts)
    plain = synthetic_did(design, method="did", replications=30)
    assert plain.result.coefficients == pytest.approx(two_by_two(design).coefficients)
    # 7 controls taken 3 at a time are 35 placebos, more than the draws asked for
    assert len(plain.placebo_effects) == 30
    every = synthetic_did(design, method="did", replications=35)
    brute = []
    for chosen in itertools.combinations(range(3, 10), 3):
        rest = [i for i in range(3, 10) if i not in chosen]
        change = outcome[:, 4:].mean(axis=1) - outcome[:, :4].mean(axis=1)
        brute.append(change[list(chosen)].mean() - change[rest].mean())
    assert every.placebo_effects == pytest.approx(np.array(brute))
    assert every.result.standard_errors[0] == pytest.approx(np.std(brute))


def test_jackknife_of_equal_weights_is_that_of_two_means():
    outcome, starts = single(units=10, treated=4)
    found = synthetic_did(design_of(outcome, starts), method="did", errors="jackknife")
    change = outcome[:, 4:].mean(axis=1) - outcome[:, :4].mean(axis=1)
    left_out = [
        np.delete(change, i)[: 4 - (i < 4)].mean() - np.delete(change, i)[4 - (i < 4) :].mean()
        for i in range(10)
    ]
    assert found.result.vcov[0, 0] == pytest.approx(9 * np.var(left_out))
    assert found.p is None


def test_synthetic_control_follows_a_unit_that_is_a_mixture():
    rng = np.random.default_rng(9)
    controls = rng.normal(size=(8, 20)).cumsum(axis=1)
    treated = 0.3 * controls[1] + 0.7 * controls[4] + 5.0 * (np.arange(20) >= 15)
    outcome = np.vstack([controls, treated])
    found = synthetic_did(design_of(outcome, np.array([20] * 8 + [15])), method="sc")
    # the mixture is exact, the search stops close to it
    assert found.result.coefficients[0] == pytest.approx(5.0, abs=0.02)
    assert found.unit_weights[[1, 4]] == pytest.approx([0.3, 0.7], abs=0.02)
    assert found.p == pytest.approx(1 / 9)
    assert any("Only 8 placebos" in note for note in found.result.warnings)


def test_synthetic_did_refuses_several_dates():
    outcome, starts = staggered()
    with pytest.raises(InputError, match="one date"):
        synthetic_did(design_of(outcome, starts))


OUTCOME = Say("收入（元）", "income (yuan)")


def test_a_causal_verb_stands_only_behind_a_causal_tag():
    outcome, starts = single()
    declared = two_by_two(design_of(outcome, starts))
    claim = policy_sentence(declared, "policy", OUTCOME, source="Document 1")
    assert "raised income (yuan)" in claim.en
    assert "If both groups had moved alike" in claim.en
    assert "使收入（元）平均提高" in claim.zh
    silent = policy_sentence(two_by_two(design_of(outcome, starts, source="")), "policy", OUTCOME)
    assert "an association, not a cause" in silent.en
    assert "raised" not in silent.en
    assert "使" not in silent.zh


def test_no_direction_is_named_where_the_interval_holds_zero():
    outcome, starts = single()
    flat = outcome - 2.0 * (np.arange(8) >= starts[:, None])
    said = policy_sentence(two_by_two(design_of(flat, starts)), "policy", OUTCOME)
    assert "do not settle" in said.en
    assert "不能确定" in said.zh
    assert "raised" not in said.en
    assert "lowered" not in said.en
