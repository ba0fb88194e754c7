import numpy as np
import polars as pl
import pytest
from scipy import stats

from gongfu.core import Evidence, InputError
from gongfu.explain import PanelData, fixed_effects, pooled, random_effects
from gongfu.explain import within as within_module
from gongfu.explain.tails import f_tail, student_tail
from gongfu.explain.within import within

ROUNDING = 1e-10  # double precision after a few thousand sums and one linear system


def panel(seed=1, entities=9, times=7, kept=1.0, regressors=2):
    rng = np.random.default_rng(seed)
    rows = entities * times
    entity, time = np.repeat(np.arange(entities), times), np.tile(2001 + np.arange(times), entities)
    x = rng.normal(size=(rows, regressors)) + rng.normal(size=entities)[entity][:, None]
    y = x.sum(axis=1) + entity + 0.3 * time + rng.normal(size=rows)
    chosen = rng.permutation(rows)[: int(kept * rows)]
    return PanelData.from_arrays(y[chosen], x[chosen], entity=entity[chosen], time=time[chosen])


def with_dummies(data, effects):
    columns = [data.regressors]
    if effects != "time":
        columns.append(np.eye(len(data.entities))[data.entity])
    if effects != "entity":
        columns.append(np.eye(len(data.times))[data.time])
    return np.column_stack(columns)


@pytest.mark.parametrize("effects", ["entity", "time", "two-way"])
@pytest.mark.parametrize("kept", [1.0, 0.6])
def test_within_equals_least_squares_with_dummies(effects, kept):
    data = panel(kept=kept)
    design = with_dummies(data, effects)
    full = np.linalg.lstsq(design, data.dependent, rcond=None)[0]
    residuals = data.dependent - design @ full
    result = fixed_effects(data, effects=effects, errors="iid")
    assert result.coefficients == pytest.approx(full[:2], rel=ROUNDING)
    assert result.residuals == pytest.approx(residuals, abs=ROUNDING)
    dof = data.n - np.linalg.matrix_rank(design)
    assert result.convention.dof == dof
    assert result.fit.sigma2 == pytest.approx(residuals @ residuals / dof, rel=ROUNDING)


def test_groups_of_entities_that_share_no_time_cost_one_effect_less():
    rng = np.random.default_rng(3)
    entity, time = np.repeat(np.arange(8), 5), np.tile(np.arange(5), 8)
    time = np.where(entity < 4, time, time + 5)
    x = rng.normal(size=40)
    data = PanelData.from_arrays(rng.normal(size=40), x, entity=entity, time=time)
    rank = np.linalg.matrix_rank(with_dummies(data, "two-way")) - 1
    assert within(data, "two-way").absorbed == rank


def test_iterated_means_equal_the_direct_ones(monkeypatch):
    data = panel(kept=0.7)
    direct = fixed_effects(data)
    monkeypatch.setattr(within_module, "_MOST_DENSE_LEVELS", 0)
    iterated = fixed_effects(data)
    assert iterated.coefficients == pytest.approx(direct.coefficients, rel=ROUNDING)
    assert iterated.standard_errors == pytest.approx(direct.standard_errors, rel=ROUNDING)


def test_the_order_of_rows_only_orders_the_residuals():
    data = panel(kept=0.8)
    order = np.random.default_rng(0).permutation(data.n)
    shuffled = PanelData.from_arrays(
        data.dependent[order],
        data.regressors[order],
        entity=data.entities[data.entity[order]],
        time=data.times[data.time[order]],
    )
    first, second = fixed_effects(data), fixed_effects(shuffled)
    assert second.coefficients == pytest.approx(first.coefficients, rel=ROUNDING)
    assert second.residuals == pytest.approx(first.residuals[order], abs=ROUNDING)


def test_random_effects_without_variance_of_effects_are_pooled_and_say_so():
    rng = np.random.default_rng(5)
    entity, time = np.repeat(np.arange(10), 6), np.tile(np.arange(6), 10)
    noise = rng.normal(size=(10, 6))
    x = rng.normal(size=60)
    y = x + (noise - noise.mean(axis=1, keepdims=True)).ravel()
    data = PanelData.from_arrays(y, x, entity=entity, time=time)
    random, whole = random_effects(data), pooled(data, errors="iid")
    assert random.coefficients == pytest.approx(whole.coefficients, rel=ROUNDING)
    assert "set to zero" in random.warnings[0]


def test_the_table_carries_estimate_error_interval_and_evidence():
    result = fixed_effects(panel(), errors="iid")
    table = result.table(level=0.9)
    reach = stats.t.ppf(0.95, result.convention.dof) * result.standard_errors
    assert table["low"].to_numpy() == pytest.approx(result.coefficients - reach, rel=1e-9)
    assert set(table["evidence"]) == {Evidence.ASSOCIATIONAL.value}
    assert result.interval_of("x1", 0.9).low == pytest.approx(table["low"][0])


@pytest.mark.parametrize("dof", [1, 2, 7, 188, 5000])
def test_tails_equal_scipy_however_small(dof):
    for t in (0.1, 1.0, 2.5, 12.0, 40.0):
        # scipy itself is good to about 1e-12 in the far tail
        assert student_tail(-t, dof) == pytest.approx(2 * stats.t.sf(t, dof), rel=1e-11)
        assert f_tail(t, 3, dof) == pytest.approx(stats.f.sf(t, 3, dof), rel=1e-11)


def refusal(**changes):
    rng = np.random.default_rng(2)
    given = {
        "dependent": rng.normal(size=12),
        "regressors": rng.normal(size=(12, 2)),
        "entity": np.repeat(list("abc"), 4),
        "time": np.tile(np.arange(4), 3),
        "names": ["digital", "size"],
    } | changes
    with pytest.raises(InputError) as caught:
        fixed_effects(
            PanelData.from_arrays(given.pop("dependent"), given.pop("regressors"), **given)
        )
    return str(caught.value)


def test_a_collinear_regressor_is_named_with_its_partner():
    x = np.random.default_rng(2).normal(size=12)
    assert "size is a linear combination of digital" in refusal(
        regressors=np.column_stack([x, 3 * x + np.repeat([1.0, 2, 3], 4)])
    )


def test_an_absorbed_regressor_is_named_with_the_effects():
    x = np.random.default_rng(2).normal(size=12)
    message = refusal(regressors=np.column_stack([x, np.tile(np.arange(4.0) ** 2, 3)]))
    assert "size is absorbed by the entity and time effects" in message


def test_all_problems_of_the_rows_come_at_once():
    y = np.random.default_rng(2).normal(size=12)
    y[3] = np.nan
    message = refusal(dependent=y, time=np.array([0, 0, 2, 3] * 3))
    assert "1 values of y are missing" in message
    assert "3 entity-times stand more than once" in message
    assert "a in 0 (2 rows)" in message


def test_more_effects_than_rows_allow_are_refused():
    assert "too few rows" in refusal(entity=np.arange(12), time=np.zeros(12, dtype=int))


def test_a_misspelt_column_gets_the_nearest_name():
    frame = pl.DataFrame({"unit": ["a"], "year": [1], "income": [1.0], "digital": [2.0]})
    with pytest.raises(InputError, match="Did you mean 'digital'"):
        PanelData.from_frame(frame, "income", ["digitl"], entity="unit", time="year")


def test_an_unknown_coefficient_gets_the_nearest_name():
    with pytest.raises(InputError, match="Did you mean 'x1'"):
        fixed_effects(panel()).coefficient("x11")
