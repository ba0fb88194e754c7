import numpy as np
import pytest
from scipy import stats

from gongfu.core import InputError
from gongfu.explain import PanelData, WeightSpectrum, fixed_effects, spatial_panel
from gongfu.explain.spatial_columns import spatial_columns
from gongfu.explain.spatial_effects import effects_and_jacobian
from gongfu.explain.spatial_likelihood import Concentrated, ErrorRows, LagRows
from gongfu.explain.spatial_spectrum import log_determinant
from gongfu.measure.space import SpatialWeights

ROUNDING = 1e-9  # one or two linear systems of some ten units


def lattice(side=4):
    place = np.stack(np.divmod(np.arange(side * side), side), axis=1)
    near = np.abs(place[:, None] - place).sum(axis=2) == 1
    return SpatialWeights.from_matrix(near).standardised()


def uneven(units=16, seed=0):
    """Weights that are neither symmetric nor row-standardised: complex eigenvalues."""
    rng = np.random.default_rng(seed)
    matrix = np.where(rng.random((units, units)) < 0.3, rng.random((units, units)), 0.0)
    np.fill_diagonal(matrix, 0.0)
    return SpatialWeights.from_matrix(matrix / matrix.sum(axis=1).max())


def panel(weights, model="sdm", seed=1, times=8, rho=0.4):
    rng = np.random.default_rng(seed)
    n, w = weights.n, weights.matrix()
    inverse = np.linalg.inv(np.eye(n) - rho * w)
    x = rng.normal(size=(n, times, 2))
    fixed = rng.normal(size=(n, 1)) + rng.normal(size=times)
    mean = x @ [1.0, -0.5] + (0.3 * w @ x[..., 0] if model == "sdm" else 0.0) + fixed
    noise = 0.5 * rng.normal(size=(n, times))
    y = mean + inverse @ noise if model == "sem" else inverse @ (mean + noise)
    entity, time = np.repeat(np.arange(n), times), np.tile(np.arange(times), n)
    return PanelData.from_arrays(y.ravel(), x.reshape(-1, 2), entity=entity, time=time)


def normal_log_likelihood(data, weights, fit, model):
    """The density of y itself, effects as dummies: nothing concentrated, nothing transformed."""
    order = np.lexsort((data.entity, data.time))
    n, times = len(data.entities), len(data.times)
    rho, beta = fit.coefficients[0], fit.coefficients[1:]
    w = np.kron(np.eye(times), weights.matrix())
    y, x = data.dependent[order], data.regressors[order]
    if model == "sdm":
        x = np.column_stack([x, w @ x])
    dummies = np.column_stack(
        [np.kron(np.ones((times, 1)), np.eye(n)), np.kron(np.eye(times), np.ones((n, 1)))]
    )
    filtered = np.eye(n * times) - rho * w
    left = filtered @ (y - x @ beta) if model == "sem" else filtered @ y - x @ beta
    left = left - dummies @ np.linalg.lstsq(dummies, left, rcond=None)[0]
    sigma = np.sqrt(left @ left / len(y))
    return stats.norm.logpdf(left, scale=sigma).sum() + np.linalg.slogdet(filtered)[1]


@pytest.mark.parametrize("model", ["sar", "sem", "sdm"])
@pytest.mark.parametrize("weights", [lattice(), uneven()], ids=["lattice", "uneven"])
def test_the_concentrated_likelihood_is_the_density_of_the_rows_at_its_maximum(model, weights):
    data = panel(weights, model)
    fit = spatial_panel(data, weights, model=model, lee_yu=False).estimates
    value = normal_log_likelihood(data, weights, fit, model)
    assert fit.fit.log_likelihood == pytest.approx(value, rel=ROUNDING)


@pytest.mark.parametrize("model", ["lag", "error"])
@pytest.mark.parametrize("weights", [lattice(), uneven()], ids=["lattice", "uneven"])
def test_the_score_is_the_derivative_of_the_likelihood(model, weights):
    spectrum = WeightSpectrum(weights)
    columns = spatial_columns(panel(weights), spectrum, effects="entity", lee_yu=True)
    rows = (
        LagRows.of(columns.y, columns.y_lagged, columns.x)
        if model == "lag"
        else ErrorRows.of(
            columns.y, columns.y_lagged, columns.x, columns.lag_of_regressors(spectrum)
        )
    )
    likelihood = Concentrated(rows, columns.determinant, columns.free, columns.times)
    for rho in (-0.5, 0.0, 0.3, 0.8):
        step = 1e-6
        up, down = likelihood.log_likelihood(np.array([rho + step, rho - step]))
        # central differences of values of some hundreds are good to about 1e-7
        assert likelihood.score(rho) == pytest.approx((up - down) / (2 * step), rel=1e-5, abs=1e-5)


@pytest.mark.parametrize("weights", [lattice(), uneven()], ids=["lattice", "uneven"])
def test_effects_are_means_of_the_matrix_of_derivatives(weights):
    fit = spatial_panel(panel(weights), weights, lee_yu=False)
    n, w = weights.n, weights.matrix()
    rho, b1, b2, t1, t2 = fit.estimates.coefficients
    for name, own, lagged in (("x1", b1, t1), ("x2", b2, t2)):
        change = np.linalg.inv(np.eye(n) - rho * w) @ (own * np.eye(n) + lagged * w)
        direct, total = np.trace(change) / n, change.sum() / n
        assert fit.effects.coefficient(f"direct {name}") == pytest.approx(direct, rel=ROUNDING)
        assert fit.effects.coefficient(f"total {name}") == pytest.approx(total, rel=ROUNDING)
        indirect = fit.effects.coefficient(f"indirect {name}")
        assert indirect == pytest.approx(total - direct, abs=ROUNDING)


@pytest.mark.parametrize("weights", [lattice(), uneven()], ids=["lattice", "uneven"])
def test_derivatives_of_effects_equal_finite_differences(weights):
    spectrum = WeightSpectrum(weights)
    at = np.array([0.35, 0.8, -0.4, 0.25])

    def effects(p):
        return effects_and_jacobian(p[0], p[1:3], p[3:], (1,), spectrum)

    analytic, step = effects(at)[1], 1e-6
    for j, unit in enumerate(np.eye(4)):
        numeric = (effects(at + step * unit)[0] - effects(at - step * unit)[0]) / (2 * step)
        assert analytic[:, j] == pytest.approx(numeric, abs=1e-8)  # step squared and rounding


def test_durbin_without_lagged_regressors_is_the_spatial_lag_model():
    data, weights = panel(lattice()), lattice()
    durbin = spatial_panel(data, weights, model="sdm", lagged=[])
    lag = spatial_panel(data, weights, model="sar")
    assert durbin.estimates.coefficients == pytest.approx(lag.estimates.coefficients)
    assert durbin.effects.vcov == pytest.approx(lag.effects.vcov)


def test_at_rho_zero_the_lag_rows_are_fixed_effects():
    data, spectrum = panel(lattice()), WeightSpectrum(lattice())
    columns = spatial_columns(data, spectrum, effects="two-way", lee_yu=True)
    rows = LagRows.of(columns.y, columns.y_lagged, columns.x)
    plain = fixed_effects(data, errors="iid")
    assert rows.coefficients(0.0) == pytest.approx(plain.coefficients, rel=ROUNDING)
    squares = plain.residuals @ plain.residuals
    assert rows.squares(np.array([0.0]))[0] == pytest.approx(squares, rel=ROUNDING)
    assert columns.free == plain.convention.dof + 2  # coefficients are not counted in ML


def test_lee_yu_with_entity_effects_only_scales_the_variance():
    data, weights = panel(lattice(), times=5), lattice()
    plain, corrected = (
        spatial_panel(data, weights, effects="entity", lee_yu=flag).estimates for flag in (0, 1)
    )
    assert corrected.coefficients == pytest.approx(plain.coefficients, rel=ROUNDING)
    assert corrected.fit.sigma2 == pytest.approx(plain.fit.sigma2 * 5 / 4, rel=ROUNDING)


def test_lee_yu_two_way_is_the_likelihood_of_explicitly_transformed_rows():
    data, weights = panel(lattice(), times=5), lattice()
    fit = spatial_panel(data, weights, model="sar").estimates

    def orthonormal(size):
        return np.linalg.svd(np.eye(size) - 1 / size)[0][:, : size - 1]

    units, times = orthonormal(16), orthonormal(5)
    y, x = data.cube(data.dependent), data.cube(data.regressors)
    y, x = units.T @ y @ times, np.einsum("ia,itk,tb->abk", units, x, times)
    w = units.T @ weights.matrix() @ units
    left = y - fit.coefficients[0] * (w @ y) - x @ fit.coefficients[1:]
    _, log_det = np.linalg.slogdet(np.eye(15) - fit.coefficients[0] * w)
    value = stats.norm.logpdf(left, scale=np.sqrt(np.mean(left**2))).sum() + 4 * log_det
    assert fit.fit.log_likelihood == pytest.approx(value, rel=ROUNDING)
    assert fit.fit.sigma2 == pytest.approx(np.mean(left**2), rel=ROUNDING)


@pytest.mark.parametrize("weights", [lattice(), uneven()], ids=["lattice", "uneven"])
def test_log_determinants_from_eigenvalues_equal_those_of_the_matrix(weights):
    spectrum = WeightSpectrum(weights)
    low, high = spectrum.bounds
    for rho in (0.9 * low, -0.2, 0.5, 0.99 * high):
        _, expected = np.linalg.slogdet(np.eye(weights.n) - rho * weights.matrix())
        value = log_determinant(np.array([rho]), spectrum.eigenvalues)[0]
        assert value == pytest.approx(expected, abs=ROUNDING)


def test_the_order_of_the_weights_may_differ_from_that_of_the_entities():
    weights, data = lattice(), panel(lattice())
    order = np.random.default_rng(0).permutation(16)
    moved = SpatialWeights.from_matrix(weights.matrix()[np.ix_(order, order)])
    first, second = spatial_panel(data, weights), spatial_panel(data, moved, order=list(order))
    assert second.effects.coefficients == pytest.approx(first.effects.coefficients, rel=1e-8)
    assert second.estimates.residuals == pytest.approx(first.estimates.residuals, abs=1e-8)


def refusal(data=None, weights=None, **settings):
    with pytest.raises(InputError) as caught:
        spatial_panel(data or panel(lattice()), weights or lattice(), **settings)
    return str(caught.value)


def test_weights_that_do_not_match_the_panel_are_refused_with_every_other_mismatch():
    message = refusal(weights=lattice(3), lagged=["x3"])
    assert "the weights do not fit the panel (expected 16 units" in message
    assert "no regressor 'x3' to lag" in message


def test_a_hole_in_the_panel_is_named():
    whole = panel(lattice())
    cut = PanelData.from_arrays(
        whole.dependent[1:],
        whole.regressors[1:],
        entity=whole.entity[1:],
        time=whole.time[1:],
    )
    assert "none for 0 in 0" in refusal(cut)


def test_time_effects_need_row_standardised_weights_for_the_correction():
    assert "weights.standardised()" in refusal(weights=uneven())


def test_a_collinear_spatial_lag_is_named():
    data = panel(lattice())
    w = lattice().matrix()
    lagged = np.einsum("ij,jt->it", w, data.cube(data.regressors[:, 0]))
    design = np.column_stack([data.regressors[:, 0], lagged[data.entity, data.time]])
    both = PanelData.from_arrays(
        data.dependent, design, entity=data.entity, time=data.time, names=["digital", "near"]
    )
    assert "W digital is a linear combination of near" in refusal(both)


def test_weights_without_links_are_refused():
    with pytest.raises(InputError, match="no unit has a neighbour"):
        WeightSpectrum(SpatialWeights.from_matrix(np.zeros((3, 3))))
