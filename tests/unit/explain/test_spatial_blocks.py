"""Elimination by blocks against full matrices and all eigenvalues."""

import numpy as np
import pytest

from gongfu.explain import PanelData, WeightSpectrum, spatial_panel
from gongfu.explain.spatial_blocks import level_blocks
from gongfu.explain.spatial_spectrum import _FromEigenvalues
from gongfu.measure.space import SpatialWeights

SAME = 1e-10  # a few hundred units, well-conditioned systems


def lattice(rows=6, columns=60, apart=0):
    """A long lattice, a few units of which stand in a component of their own."""
    place = np.stack(np.divmod(np.arange(rows * columns), columns), axis=1)
    near = np.abs(place[:, None] - place).sum(axis=2) == 1
    if apart:
        near[:apart, apart:] = near[apart:, :apart] = False
    return SpatialWeights.from_matrix(near)


@pytest.fixture(scope="module", params=["standardised", "two components", "raw"])
def spectrum(request):
    weights = lattice(apart=60 if request.param == "two components" else 0)
    return by_blocks(weights if request.param == "raw" else weights.standardised())


def by_blocks(weights):
    """Blocks for fewer units than pay for them, so that the full matrices here are small."""
    spectrum = WeightSpectrum(weights)
    spectrum.__dict__["_blocks"] = level_blocks(weights, least=300)
    return spectrum


def test_units_are_linked_only_within_a_block_and_to_the_next(spectrum):
    blocks = spectrum._blocks
    level = np.empty(spectrum.weights.n, dtype=int)
    for k, block in enumerate(blocks):
        level[block] = k
    assert sorted(np.concatenate(blocks)) == list(range(spectrum.weights.n))
    i, j = np.nonzero(spectrum.matrix)
    assert np.abs(level[i] - level[j]).max() == 1


@pytest.mark.parametrize("share", [-0.9, 0.001, 0.4, 0.95])
def test_determinants_traces_and_multipliers_are_those_of_the_full_matrix(spectrum, share):
    low, high = spectrum.bounds
    rho = share * (high if share > 0 else -low)
    eigen = _FromEigenvalues(spectrum.eigenvalues, False)
    blocks = spectrum.determinant()
    rhos = np.array([rho])
    assert blocks.log(rhos)[0] == pytest.approx(eigen.log(rhos)[0], rel=SAME, abs=1e-10)
    for power in (1, 2):
        assert blocks.trace(rho, power) == pytest.approx(eigen.trace(rho, power), rel=1e-8)
    n, w = spectrum.weights.n, spectrum.matrix
    full = np.linalg.solve((np.eye(n) - rho * w).T, w.T).T
    found = spectrum.multiplier(rho)
    assert found.squares == pytest.approx(np.sum(full**2), rel=SAME)
    assert found.column_sums == pytest.approx(full.sum(axis=0), rel=1e-8)
    values = np.random.default_rng(0).normal(size=(n, 3))
    assert found.times(values) == pytest.approx(full @ values, abs=1e-9)


def test_the_interval_of_rho_ends_a_millionth_before_the_first_singular_matrix(spectrum):
    low, high = spectrum.bounds
    values = spectrum.eigenvalues
    assert low == pytest.approx(1 / values.min(), rel=2e-6)
    assert high == pytest.approx(1 / values.max(), rel=2e-6)
    assert low >= 1 / values.min() - 1e-12


def test_a_model_is_the_same_by_blocks_and_by_eigenvalues():
    weights, rng = lattice().standardised(), np.random.default_rng(5)
    n, times = weights.n, 3
    inverse = np.linalg.inv(np.eye(n) - 0.4 * weights.matrix())
    x = rng.normal(size=(n, times))
    y = inverse @ (x + rng.normal(size=(n, times)))
    entity, time = np.repeat(np.arange(n), times), np.tile(np.arange(times), n)
    data = PanelData.from_arrays(y.ravel(), x.ravel(), entity=entity, time=time)
    blocks, eigenvalues = by_blocks(weights), WeightSpectrum(weights)
    one, other = (spatial_panel(data, s) for s in (blocks, eigenvalues))
    assert one.estimates.coefficients == pytest.approx(other.estimates.coefficients, rel=1e-9)
    assert one.estimates.vcov == pytest.approx(other.estimates.vcov, rel=1e-7, abs=1e-14)
    assert one.effects.standard_errors == pytest.approx(other.effects.standard_errors, rel=1e-8)
    assert "eigenvalues" not in blocks.__dict__


def test_blocks_serve_where_they_pay():
    assert WeightSpectrum(lattice(8, 65))._blocks is not None


def test_few_units_and_dense_links_are_left_to_eigenvalues():
    assert level_blocks(lattice(5, 5)) is None
    dense = np.ones((600, 600)) - np.eye(600)
    assert level_blocks(SpatialWeights.from_matrix(dense)) is None
