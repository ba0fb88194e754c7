"""Every audit speaks up on a planted case and is silent on a clean one."""

import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.explain.audit import (
    PrintedCell,
    bacon_comparisons,
    check_bootstraps,
    check_clusters,
    check_collinear,
    check_common_trend,
    check_dependence,
    check_effects,
    check_likelihood,
    check_nickell,
    check_pretrend,
    check_roles,
    check_sample,
    check_siphon,
    check_staggered,
    check_stars,
    check_wandering,
    check_weights_signs,
    two_way_weights,
)
from gongfu.explain.audit.dynamics import nickell_bias
from gongfu.explain.joint import joint_test
from gongfu.explain.panel_data import PanelData

RING = (np.roll(np.eye(12), 1, axis=0) + np.roll(np.eye(12), -1, axis=0)) / 2


def trending(seed, trend=0.3, units=30, years=10):
    rng = np.random.default_rng(seed)
    return trend * np.arange(years) + rng.normal(size=(units, years))


def effects_of(beta, theta, rho):
    reach = np.linalg.solve(np.eye(12) - rho * RING, beta * np.eye(12) + theta * RING)
    return round(float(np.trace(reach)) / 12, 4), round((beta + theta) / (1 - rho), 4)


def staggered(starts, periods=10, growth=0.0, seed=0):
    rng = np.random.default_rng(seed)
    since = np.arange(periods) - np.asarray(starts)[:, None]
    treated = (since >= 0).astype(float)
    y = rng.normal(size=(len(starts), 1)) + np.arange(periods) * 0.3
    return y + treated * (1 + growth * since), treated


def panel(y, x):
    units, times = y.shape
    return PanelData.from_arrays(
        y.ravel(),
        x,
        entity=np.repeat(np.arange(units), times),
        time=np.tile(np.arange(times), units),
    )


def leads(effect):
    return joint_test(np.full(3, effect), np.eye(3), dof=29.0, null="zero")


def cases():
    noise = np.random.default_rng(3).normal(size=(5, 30, 12))
    walks = noise.cumsum(axis=2)
    plain = noise[:2].reshape(2, -1).T
    twins = plain + np.array([0.0, 10.0]) * plain[:, :1]
    shared = panel(noise[2] + 2 * noise[3, 0], plain)
    one, other = trending(1), trending(2)
    rows = np.ones(50, dtype=bool)
    fewer = rows.copy()
    fewer[:9] = False
    direct, total = effects_of(0.3, 0.2, 0.5)
    early = staggered([2] * 10 + [7] * 10, growth=0.5)
    once = staggered([5] * 10 + [99] * 10)
    good = {"a": PrintedCell.read("0.0318***", "(0.0062)"), "b": PrintedCell.read(".012", ".011")}
    bad = {**good, "c": PrintedCell.read("-.0259**", "(.0341)")}
    logl = -0.5 * 567 * (np.log(2 * np.pi * 0.04) + 1)
    pairs = [
        (check_common_trend(one, other, has_year_effects=False),
         check_common_trend(one, other, has_year_effects=True)),
        (check_clusters(29), check_clusters(30)),
        (check_nickell(0.5, 0.05, 6), check_nickell(0.5, 0.05, 120)),
        (check_sample({"1": rows, "2": fewer}), check_sample({"1": rows, "2": rows})),
        (check_roles({"dependent": ["gdp", "gini"], "controls": ["gdp"]}),
         check_roles({"dependent": ["gini"], "controls": ["gdp"]})),
        (check_effects(0.3, 0.2, 0.5, direct=0.3, total=0.5, weights=RING),
         check_effects(0.3, 0.2, 0.5, direct=direct, total=total, weights=RING)),
        (check_weights_signs({"border": (0.2, 0.1), "distance": (-0.3, 0.1)}),
         check_weights_signs({"border": (0.2, 0.1), "distance": (0.3, 0.1)})),
        (check_siphon((0.03, 0.006), (-0.06, 0.03)), check_siphon((0.03, 0.006), (0.01, 0.03))),
        (check_staggered(*early), check_staggered(*once)),
        (check_stars(bad), check_stars(good)),
        (check_likelihood(logl, 0.04, 21_675), check_likelihood(logl, 0.04, 567)),
        (check_likelihood(logl, 0.04, 567, sigma2_z=58.0),
         check_likelihood(logl, 0.04, 567, sigma2_z=16.84)),
        (check_bootstraps(1, 0.01, 0.2), check_bootstraps(1, 0.01, 0.02)),
        (check_pretrend(leads(3.0)), check_pretrend(leads(0.5))),
        (check_dependence(shared), check_dependence(panel(noise[2], plain))),
        (check_wandering(walks[1], walks[2]), check_wandering(walks[1], noise[2])),
        (check_collinear(panel(noise[2], twins)), check_collinear(panel(noise[2], plain))),
    ]  # fmt: skip
    return [pytest.param(*pair, id=f"{i}-{pair[0].check}") for i, pair in enumerate(pairs)]


@pytest.mark.parametrize(("planted", "clean"), cases())
def test_planted_fault_is_found_and_clean_case_is_not(planted, clean):
    assert (planted.outcome, clean.outcome) == ("found", "clean")
    assert planted.check == clean.check
    for finding in (planted, clean):
        assert finding.evidence
        assert finding.limits
        assert finding.citation
        assert finding.fix.zh
        assert finding.fix.en
        assert finding.says.zh
        assert finding.says.en


def test_trend_evidence_matches_the_simulated_strangers():
    shares = check_common_trend(trending(3), trending(4), has_year_effects=False).evidence
    # Trend variance 0.3^2 * 8.25 = 0.74 beside noise 1: a share near 0.43, sampling error 0.05.
    assert shares["year_share_dependent"] == pytest.approx(0.43, abs=0.1)
    assert abs(shares["t_unit_effects"]) > 5 > abs(shares["t_unit_and_year_effects"])
    assert shares["placebo_rejections"] == 1.0


def test_nickell_bias_equals_the_simulated_bias():
    rng = np.random.default_rng(0)
    rho, periods, units = 0.6, 6, 40_000
    y = [rng.normal(size=units) / np.sqrt(1 - rho**2)]
    for _ in range(periods):
        y.append(rho * y[-1] + rng.normal(size=units))
    path = np.stack(y, axis=1)
    lag, now = path[:, :-1], path[:, 1:]
    lag = lag - lag.mean(axis=1, keepdims=True)
    estimate = (lag * now).sum() / (lag * lag).sum()
    # Sampling error of the slope with 40,000 units is about 0.0025.
    assert estimate - rho == pytest.approx(nickell_bias(rho, periods), abs=0.01)
    assert check_nickell(estimate, 0.003, periods).evidence["implied_true"] == pytest.approx(
        rho, abs=0.01
    )


@pytest.mark.parametrize(
    "starts", [[2] * 4 + [5] * 6 + [7] * 5, [3] * 5 + [99] * 5 + [6] * 2, [0] * 3 + [4] * 5]
)
def test_comparisons_and_weights_add_up_to_the_two_way_estimate(starts):
    y, treated = staggered(starts, growth=0.4)
    y = y + np.random.default_rng(5).normal(size=y.shape)
    d = treated - treated.mean(axis=1, keepdims=True) - treated.mean(axis=0) + treated.mean()
    two_way = (d * y).sum() / (d * d).sum()
    found = bacon_comparisons(y, treated)
    # Identities; only rounding of sums is left.
    assert sum(one.weight for one in found) == pytest.approx(1, abs=1e-12)
    assert sum(one.weight * one.estimate for one in found) == pytest.approx(two_way, abs=1e-12)
    assert two_way_weights(treated).sum() == pytest.approx(1, abs=1e-12)
    effect = treated * np.random.default_rng(6).normal(size=y.shape)
    of_effect = (d * effect).sum() / (d * d).sum()
    assert (two_way_weights(treated) * effect).sum() == pytest.approx(of_effect, abs=1e-12)


def test_treatment_that_ends_is_refused():
    y, treated = staggered([3, 99])
    treated[0, 8] = 0
    with pytest.raises(InputError, match="stay on"):
        bacon_comparisons(y, treated)


def test_rounding_alone_never_makes_stars_wrong():
    # .0196 / .0100 could be 1.955 or 1.965: one star and two are both possible.
    for stars in ("*", "**"):
        assert check_stars({"x": PrintedCell.read(f"0.0196{stars}", "(0.0100)")}).outcome == "clean"


def test_a_cell_that_is_no_number_is_named():
    with pytest.raises(InputError, match=r"n\.a\."):
        PrintedCell.read("n.a.", "(0.1)")


def test_missing_bootstrap_is_said_and_not_guessed():
    assert check_bootstraps(1, None, 0.2).outcome == "not possible"


def test_checks_that_lack_times_say_what_they_need():
    short = np.random.default_rng(1).normal(size=(5, 4))
    for finding in (check_pretrend(None), check_wandering(short, short, lags=1)):
        assert finding.outcome == "not possible"
        assert finding.says.zh
        assert finding.says.en.startswith("Needs")
