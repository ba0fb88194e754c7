"""Instruments against linearmodels 7.1, pyfixest 0.60.0, ivmodels 0.10.0 and R AER 1.2-10.

The other tools had entity and time dummies as exogenous regressors, on the panel made here.
"""

import itertools
import re
import runpy
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from gongfu.core import InputError
from gongfu.explain import (
    PanelData,
    anderson_rubin_set,
    fixed_effects,
    instrumental_variables,
    plausibly_exogenous,
    plausibly_exogenous_bounds,
)
from gongfu.explain.audit import check_instruments
from gongfu.explain.instruments_anderson_rubin import _pieces
from gongfu.explain.instruments_columns import ErrorRule, instrument_columns
from gongfu.explain.instruments_critical import f_quantile, noncentral_chi_square_quantile

SAME = 1e-9  # same formula in double precision on both sides, after other eliminations


def table():
    """A panel with holes: x is moved by z1 and z2, x2 by z3 and z1, both by the error."""
    rng = np.random.default_rng(11)
    e, t = np.repeat(np.arange(40), 8), np.tile(np.arange(8), 40)
    z, u = rng.normal(size=(320, 3)), rng.normal(size=320)
    a, lift, w = rng.normal(size=40)[e], rng.normal(size=8)[t], rng.normal(size=320)
    x = 0.4 * z[:, 0] + 0.3 * z[:, 1] + 0.5 * w + u + rng.normal(size=320) + a + lift
    x2 = 0.5 * z[:, 2] - 0.3 * z[:, 0] + 0.4 * u + rng.normal(size=320) + a
    y = x - 0.5 * x2 + 0.3 * w + u * np.sqrt(0.5 + w**2) + a + lift
    kept = rng.random(320) > 0.15
    values = np.column_stack([y, w, x, x2, z])[kept].round(3)
    return (
        e[kept],
        t[kept],
        dict(zip(["y", "w", "x", "x2", "z1", "z2", "z3"], values.T, strict=True)),
    )


ENTITY, TIME, COLUMNS = table()
Z = {name: COLUMNS[name] for name in ("z1", "z2")}


def panel(*regressors):
    design = np.column_stack([COLUMNS[name] for name in regressors])
    return PanelData.from_arrays(
        COLUMNS["y"], design, entity=ENTITY, time=TIME, names=regressors, dependent_name="y"
    )


def fit(**settings):
    return instrumental_variables(panel("w", "x"), endogenous=["x"], instruments=Z, **settings)


LINEARMODELS = {
    (None, "2sls"): (
        [0.19369616538383147, 1.3627064161364506],
        {
            "iid": [0.08448551106238564, 0.11243049927948418],
            "hc1": [0.0839667358498679, 0.12195681443831967],
            "cluster": [0.08220407110336153, 0.11813122375745218],
        },
    ),
    (None, "liml"): (
        [0.1962368581384322, 1.3575799996102758],
        {
            "iid": [0.08530933676031907, 0.11439034672434713],
            "hc1": [0.08512678849346639, 0.1256756028023366],
            "cluster": [0.08359067924450263, 0.12218066153571275],
        },
    ),
    ("two-way", "2sls"): (
        [0.20704533334722286, 1.3003374149591755],
        {
            "iid": [0.09632795461092787, 0.1368293077493733],
            "hc1": [0.09886213710457031, 0.1618449886460342],
            "cluster": [0.11362886641411304, 0.17052265109345874],
        },
    ),
    ("two-way", "liml"): (
        [0.20706877127166864, 1.3002946061209035],
        {
            "iid": [0.09634006024970014, 0.13685662884251948],
            "hc1": [0.098889481699776, 0.16190782632835057],
            "cluster": [0.1136592582710212, 0.17059097762286254],
        },
    ),
}


@pytest.mark.parametrize("errors", ["iid", "hc1", "cluster"])
@pytest.mark.parametrize(("effects", "method"), LINEARMODELS)
def test_estimates_and_errors_equal_linearmodels(effects, method, errors):
    coefficients, expected = LINEARMODELS[effects, method]
    result = fit(effects=effects, method=method, errors=errors).estimates
    assert result.coefficients[-2:] == pytest.approx(coefficients, rel=SAME)
    found = result.standard_errors[-2:]
    if errors == "cluster" and effects:
        # linearmodels counts the 39 nested effects of the entities in its factor, we do not
        n = result.n
        found = found * np.sqrt((n - 2 - 8) / (n - 2 - 8 - 39))
    assert found == pytest.approx(expected[errors], rel=SAME)


def test_clustered_errors_and_effective_f_equal_pyfixest():
    assert fit().estimates.standard_errors == pytest.approx(
        [0.10454205790970271, 0.15688609281374638],
        rel=1e-8,  # pyfixest demeans to 1e-8 or so
    )
    alone = {"endogenous": ["x"], "instruments": Z}
    clustered = instrumental_variables(panel("x"), **alone).strength
    robust = instrumental_variables(panel("x"), **alone, errors="hc1").strength
    assert clustered.effective_f == pytest.approx(13.341885537928059, rel=1e-8)
    assert clustered.kleibergen_paap_f == pytest.approx(11.444547424952333, rel=1e-7)
    assert robust.effective_f == pytest.approx(10.80756001018297, rel=1e-8)


def test_diagnostics_equal_those_of_aer_and_linearmodels():
    found = fit(errors="iid")
    assert found.strength.cragg_donald_f == pytest.approx(10.48838025358043, rel=SAME)
    assert found.endogeneity.statistic == pytest.approx(0.65406789013366, rel=SAME)
    assert found.endogeneity.dof == (1, 214)
    assert found.endogeneity.p == pytest.approx(0.419560240626, rel=1e-9)
    assert found.overidentification.statistic == pytest.approx(0.00968925516802, rel=1e-8)
    two = instrumental_variables(
        panel("w", "x", "x2"),
        endogenous=["x", "x2"],
        instruments={**Z, "z3": COLUMNS["z3"]},
        errors="iid",
    )
    expected = [0.302928944059, 1.094975853603, -0.285813395328]
    assert two.estimates.coefficients == pytest.approx(expected, rel=1e-11)
    assert two.endogeneity.statistic == pytest.approx(3.714861933142, rel=1e-11)
    assert two.endogeneity.dof == (2, 212)
    assert two.overidentification.statistic == pytest.approx(0.322082237021, rel=1e-10)
    # ivmodels' rank test is L times the F form
    assert 3 * two.strength.cragg_donald_f == pytest.approx(11.426589001244173, rel=SAME)


@pytest.mark.parametrize(
    ("errors", "statistic"), [("cluster", 0.7184373412899973), ("hc1", 0.5283169968171536)]
)
def test_hansen_j_equals_linearmodels(errors, statistic):
    found = fit(effects=None, errors=errors).overidentification
    assert (found.name, found.dof) == ("Hansen J", (1,))
    assert found.statistic == pytest.approx(statistic, rel=1e-8)


def rank_statistic(columns, groups, k_columns, lm):
    """Kleibergen and Paap's statistic as their paper writes it, with Kronecker products."""
    y, z, n = columns.endogenous, columns.basis, len(columns.y)
    first = np.linalg.inv(z.T @ z) @ (z.T @ y)
    v = y if lm else y - z @ first
    scores = np.einsum("ik,il->ikl", v, z).reshape(n, -1)  # vec by endogenous, then instrument
    sums = np.array([scores[groups == g].sum(axis=0) for g in np.unique(groups)])
    own = np.kron(np.eye(k_columns), np.linalg.inv(z.T @ z))
    vcov = own @ (sums.T @ sums) @ own
    f = np.linalg.inv(np.linalg.cholesky(y.T @ y))
    g = np.linalg.cholesky(z.T @ z).T
    left, _, right = np.linalg.svd(g @ first @ f.T)
    u2, v2 = left[:, k_columns - 1 :], right[k_columns - 1 :].T
    gap = u2.T @ g @ first @ f.T @ v2
    turn = np.kron(v2.T @ f, u2.T @ g)
    return float(gap.T.ravel() @ np.linalg.solve(turn @ vcov @ turn.T, gap.T.ravel()))


@pytest.mark.parametrize("regressors", [["x"], ["x", "x2"]])
def test_kleibergen_paap_is_the_rank_statistic_of_the_paper(regressors):
    data = panel("w", *regressors)
    instruments = {**Z, "z3": COLUMNS["z3"]}
    strength = instrumental_variables(data, endogenous=regressors, instruments=instruments).strength
    parts = instrument_columns(data, regressors, instruments, "two-way").partialled
    k, n = len(regressors), data.n
    lm = rank_statistic(parts, data.entity, k, lm=True)
    wald = rank_statistic(parts, data.entity, k, lm=False)
    assert strength.underidentification.statistic == pytest.approx(lm, rel=SAME)
    assert strength.underidentification.dof == (3 - k + 1,)
    factor = 40 / 39 * (n - 1) / (n - 4 - 8)
    assert strength.kleibergen_paap_f == pytest.approx(wald / factor / 3, rel=SAME)


def test_with_iid_errors_rank_statistics_are_cragg_donald_and_anderson():
    found = fit(errors="iid").strength
    assert found.kleibergen_paap_f == pytest.approx(found.cragg_donald_f, rel=SAME)
    assert found.effective_f == pytest.approx(found.cragg_donald_f, rel=SAME)
    parts = instrument_columns(panel("w", "x"), ["x"], Z, "two-way").partialled
    explained = (parts.basis.T @ parts.endogenous / np.linalg.norm(parts.endogenous)) ** 2
    n = len(parts.y)
    assert found.underidentification.statistic == pytest.approx(n * explained.sum(), rel=SAME)


@pytest.mark.parametrize(
    ("dof", "x"), [(1.0, 5.0), (1.0, 10.0), (1.0, 20.0), (1.7, 10.0), (2.0, 10.0), (3.3, 20.0)]
)
def test_critical_values_are_quantiles_of_scipy(dof, x):
    expected = stats.ncx2.ppf(0.95, dof, dof * x)
    assert noncentral_chi_square_quantile(0.95, dof, dof * x) == pytest.approx(expected, rel=1e-10)


def test_quantiles_of_f_are_those_of_scipy():
    assert f_quantile(0.95, 3, 30.0) == pytest.approx(stats.f.ppf(0.95, 3, 30), rel=1e-12)
    assert f_quantile(0.9, 4, np.inf) == pytest.approx(stats.chi2.ppf(0.9, 4) / 4, rel=1e-12)


def test_one_strong_looking_instrument_needs_an_f_of_twenty_three():
    alone = instrumental_variables(
        panel("w", "x"), endogenous=["x"], instruments={"z1": COLUMNS["z1"]}
    )
    assert alone.strength.critical == pytest.approx(23.109, abs=5e-4)  # as printed by the authors
    assert alone.overidentification is None
    assert "Weak instruments" in alone.estimates.warnings[-1]
    assert not any("wild_cluster_test" in words for words in alone.estimates.warnings)


def test_with_one_instrument_both_methods_are_the_ratio_of_reduced_forms():
    data, only = panel("w", "x"), {"z1": COLUMNS["z1"]}
    found = {
        method: instrumental_variables(data, endogenous=["x"], instruments=only, method=method)
        for method in ("2sls", "liml")
    }
    reduced = PanelData.from_arrays(
        data.dependent,
        np.column_stack([COLUMNS["w"], COLUMNS["z1"]]),
        entity=ENTITY,
        time=TIME,
        names=["w", "z1"],
    )
    first = found["2sls"].first_stage["x"]
    ratio = fixed_effects(reduced).coefficient("z1") / first.coefficient("z1")
    for result in found.values():
        assert result.estimates.coefficient("x") == pytest.approx(ratio, rel=SAME)
    assert first.t[-1] ** 2 == pytest.approx(found["2sls"].strength.effective_f, rel=SAME)


def test_instruments_that_make_up_the_regressor_are_refused():
    copy = {"copy": COLUMNS["x"] + 2 * COLUMNS["w"]}
    with pytest.raises(InputError, match="explain x without any error"):
        instrumental_variables(panel("w", "x"), endogenous=["x"], instruments=copy)


def test_anderson_rubin_set_equals_ivmodels():
    found = anderson_rubin_set(panel("w", "x"), endogenous="x", instruments=Z, errors="iid")
    (only,) = found.intervals
    assert (only.low, only.high) == pytest.approx((0.850182822522493, 1.6572846039382756), rel=SAME)
    assert found.shape == "bounded"
    columns = instrument_columns(panel("w", "x"), ["x"], Z, "two-way")
    test = _pieces(columns, ErrorRule("iid"))
    assert test.p(1.0) == pytest.approx(0.18290259965198674, rel=SAME)


def random_world(seed):
    rng = np.random.default_rng(seed)
    z, u = rng.normal(size=(60, int(rng.integers(1, 4)))), rng.normal(size=60)
    x = rng.choice([0, 0.3, 1]) * z.sum(axis=1) + u + rng.normal(size=60)
    y = x + u * (1 + z[:, 0] * rng.choice([0, 1])) + rng.choice([0, 1]) * z[:, 0]
    data = PanelData.from_arrays(
        y, x, entity=np.repeat(np.arange(15), 4), time=np.tile(np.arange(4), 15)
    )
    return data, {f"z{j}": column for j, column in enumerate(z.T)}


def test_anderson_rubin_sets_of_every_shape_hold_just_what_the_test_keeps():
    shapes = set()
    for seed in range(60):
        data, instruments = random_world(seed)
        found = anderson_rubin_set(data, endogenous="x1", instruments=instruments, errors="hc1")
        shapes.add((found.shape, len(found.intervals)))
        test = _pieces(instrument_columns(data, ["x1"], instruments, "two-way"), ErrorRule("hc1"))
        ends = [end for part in found.intervals for end in (part.low, part.high)]
        for b in np.tan(np.linspace(-1.55, 1.55, 101)):
            if min((abs(b - end) for end in ends), default=9.0) > 1e-6 * (1 + abs(b)):
                assert (b in found) == (test.p(float(b)) >= 0.05)
    assert shapes >= {("bounded", 1), ("unbounded", 1), ("unbounded", 2), ("empty", 0)}


def test_the_union_of_intervals_equals_a_fine_grid_of_direct_effects():
    data, direct = panel("w", "x"), {"z1": (-0.1, 0.1), "z2": (0.0, 0.05)}
    found = plausibly_exogenous_bounds(data, endogenous=["x"], instruments=Z, direct=direct)
    reached = []
    for g in itertools.product(np.linspace(-0.1, 0.1, 5), np.linspace(0, 0.05, 3)):
        y = COLUMNS["y"] - g[0] * COLUMNS["z1"] - g[1] * COLUMNS["z2"]
        moved = PanelData.from_arrays(
            y, data.regressors, entity=ENTITY, time=TIME, names=("w", "x")
        )
        result = instrumental_variables(moved, endogenous=["x"], instruments=Z).estimates
        reached.append(result.interval()[1])
    low, high = np.min(reached, axis=0)[0], np.max(reached, axis=0)[1]
    assert (found["x"].low, found["x"].high) == pytest.approx((low, high), rel=SAME)
    none = plausibly_exogenous_bounds(data, endogenous=["x"], instruments=Z, direct={})
    plain = instrumental_variables(data, endogenous=["x"], instruments=Z).estimates
    assert none["x"] == plain.interval_of("x")


def test_local_to_zero_beliefs_shift_and_widen_as_draws_of_them_do():
    data = panel("w", "x")
    mean, covariance = [0.05, -0.02], np.array([[0.01, 0.004], [0.004, 0.02]])
    found = plausibly_exogenous(
        data, endogenous=["x"], instruments=Z, mean=mean, covariance=covariance
    )
    plain = instrumental_variables(data, endogenous=["x"], instruments=Z).estimates
    passed = np.column_stack([shifted(data, name) - plain.coefficients for name in Z])
    assert found.coefficients == pytest.approx(plain.coefficients + passed @ mean, rel=SAME)
    assert found.vcov == pytest.approx(plain.vcov + passed @ covariance @ passed.T, rel=SAME)


def shifted(data, name):
    """Estimates once the instrument's direct effect of one unit is taken off the dependent."""
    moved = PanelData.from_arrays(
        data.dependent - Z[name], data.regressors, entity=ENTITY, time=TIME, names=data.names
    )
    return instrumental_variables(moved, endogenous=["x"], instruments=Z).estimates.coefficients


def test_an_absorbed_instrument_is_named():
    rng = np.random.default_rng(5)
    fixed, national = rng.normal(size=40)[ENTITY], rng.normal(size=8)[TIME]
    with pytest.raises(InputError, match="share is absorbed by the entity and time effects"):
        instrumental_variables(
            panel("w", "x"), endogenous=["x"], instruments={"share": fixed, "series": national}
        )
    product = instrumental_variables(
        panel("w", "x"), endogenous=["x"], instruments={"share x series": fixed * national}
    )
    assert product.strength.is_weak
    # within one region the product is the national series alone
    with pytest.raises(InputError, match="share x series is absorbed"):
        instrumental_variables(
            panel("w", "x"),
            endogenous=["x"],
            instruments={"share x series": np.ones(len(TIME)) * national},
        )


def test_every_other_fault_is_one_message():
    data = panel("w", "x", "x2")
    both = {"endogenous": ["x", "x2"]}
    with pytest.raises(InputError, match="fewer instruments"):
        instrumental_variables(data, **both, instruments={"z1": COLUMNS["z1"]})
    with pytest.raises(InputError, match="linear combination"):
        instrumental_variables(data, **both, instruments={**Z, "sum": Z["z1"] + Z["z2"]})
    with pytest.raises(InputError, match="no regressor 'q'"):
        instrumental_variables(data, endogenous=["q"], instruments=Z)
    with pytest.raises(InputError, match="does not fit"):
        instrumental_variables(data, endogenous=["x"], instruments={"z": np.zeros(3)})
    with pytest.raises(InputError, match="stands in the equation"):
        instrumental_variables(data, endogenous=["x"], instruments={"w": COLUMNS["w"]})
    with pytest.raises(InputError, match="methods are"):
        instrumental_variables(data, endogenous=["x"], instruments=Z, method="gmm")
    with pytest.raises(InputError, match="upside down"):
        plausibly_exogenous_bounds(data, endogenous=["x"], instruments=Z, direct={"z1": (1, 0)})
    with pytest.raises(InputError, match="does not fit the instruments"):
        plausibly_exogenous(data, endogenous=["x"], instruments=Z, mean=[0], covariance=np.eye(2))


def test_instruments_that_do_not_bear_on_a_regressor_at_all_are_under_identified():
    data = panel("w", "x")
    parts = instrument_columns(data, ["x"], Z, "two-way").partialled
    free = Z["z1"] - parts.endogenous[:, 0] * (
        parts.endogenous[:, 0] @ Z["z1"] / (parts.endogenous[:, 0] @ parts.endogenous[:, 0])
    )
    with pytest.raises(InputError, match="not identified"):
        instrumental_variables(data, endogenous=["x"], instruments={"free": free})


def test_the_audit_speaks_up_for_weak_instruments_and_is_silent_for_strong_ones():
    rng = np.random.default_rng(8)
    data = panel("w", "x")
    weak = check_instruments(data, endogenous=["x"], instruments={"noise": rng.normal(size=data.n)})
    assert weak.outcome == "found"
    assert weak.evidence["effective_f"] < weak.limits["effective_f"]
    strong = {"z": COLUMNS["x"] + rng.normal(size=data.n)}
    assert check_instruments(data, endogenous=["x"], instruments=strong).outcome == "clean"


def test_the_audit_speaks_up_for_an_absorbed_instrument():
    fixed = {"terrain": np.arange(40.0)[ENTITY]}
    found = check_instruments(panel("w", "x"), endogenous=["x"], instruments=fixed)
    assert found.outcome == "found"
    assert "terrain" in found.says.en
    assert "terrain" in found.says.zh


def test_examples_of_the_page_hold(tmp_path):
    page = Path(__file__).parents[3] / "docs" / "reference" / "explain" / "instruments.md"
    blocks = re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), flags=re.S)
    assert blocks
    script = tmp_path / "example.py"
    script.write_text("\n".join(blocks), encoding="utf-8")
    runpy.run_path(str(script))
