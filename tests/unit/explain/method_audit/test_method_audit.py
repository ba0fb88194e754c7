import numpy as np
import polars as pl
import pytest

from gongfu.core import InputError
from gongfu.explain.chain import Study
from gongfu.explain.method_audit import audit_methods, calibrate
from gongfu.measure.space import SpatialWeights


def ring(units: int) -> SpatialWeights:
    matrix = np.zeros((units, units))
    for i in range(units):
        matrix[i, [(i - 1) % units, (i + 1) % units]] = 0.5
    return SpatialWeights.from_matrix(matrix, "ring")


def study(
    *, trend=0.0, persistence=0.0, spatial=0.0, units=40, years=12, seed=0, weights=True
) -> Study:
    """A panel whose errors have a known make-up; both columns share a trend."""
    rng = np.random.default_rng(seed)
    w = ring(units).matrix()
    time = np.arange(years)
    x = rng.normal(size=(units, years)) + 0.3 * time
    spread = np.linalg.inv(np.eye(units) - spatial * w)
    new = spread @ rng.normal(size=(units, years))
    errors = np.empty_like(new)
    errors[:, 0] = new[:, 0] / np.sqrt(1 - persistence**2)
    for t in range(1, years):
        errors[:, t] = persistence * errors[:, t - 1] + new[:, t]
    y = 0.2 * time + trend * rng.normal(size=(units, 1)) * time + errors
    labels = [f"u{i:02d}" for i in range(units)]
    frame = pl.DataFrame(
        {
            "unit": np.repeat(labels, years),
            "year": np.tile(2000 + time, units),
            "y": y.ravel(),
            "x": x.ravel(),
        }
    )
    own = {"weights": {"ring": ring(units)}, "order": tuple(labels)} if weights else {}
    return Study.of(frame, outcome="y", treatment="x", **own)


@pytest.mark.parametrize(
    ("trend", "persistence", "spatial"), [(0, 0, 0), (0.3, 0, 0), (0, 0.5, 0), (0, 0, 0.5)]
)
def test_calibration_finds_what_the_errors_were_made_of(trend, persistence, spatial):
    found = [
        calibrate(study(trend=trend, persistence=persistence, spatial=spatial, seed=s).sample)
        for s in range(6)
    ]
    # means over six panels of 480 rows
    assert np.mean([w.trend for w in found]) == pytest.approx(trend, abs=0.09)
    assert np.mean([w.persistence for w in found]) == pytest.approx(persistence, abs=0.15)
    assert np.mean([w.spatial for w in found]) == pytest.approx(spatial, abs=0.08)


def test_clean_worlds_give_nominal_size_and_power():
    audit = audit_methods(study(weights=False).sample, worlds=40, seed=1)
    scores = {(s.method, s.world): s for s in audit.scores}
    assert scores["two-way", "zero"].rejects < 0.05 + 3 * 0.035  # three Monte Carlo errors
    assert scores["two-way", "positive"].rejects == pytest.approx(0.8, abs=0.2)
    assert scores["two-way", "positive"].wrong_sign == 0
    assert not any(kind == "siphon" for _, kind in scores)


def test_a_common_trend_shows_as_false_findings_without_year_effects():
    audit = audit_methods(study(weights=False).sample, worlds=20, seed=1, kinds=["zero"])
    assert "unit effects" in audit.oversized
    assert "two-way" not in audit.oversized


def test_siphon_worlds_hold_totals_to_zero_and_durbin_finds_the_own_effect():
    audit = audit_methods(study().sample, worlds=20, seed=2, kinds=["siphon"])
    scores = {s.method: s for s in audit.scores}
    assert scores["SDM total, ring"].truth == 0
    direct = scores["SDM direct, ring"]
    assert direct.mean == pytest.approx(direct.truth, rel=0.25)  # 20 worlds


def test_the_same_seed_draws_the_same_worlds():
    sample = study(weights=False).sample
    one, two = (audit_methods(sample, worlds=20, seed=5, kinds=["zero"]).frame() for _ in range(2))
    assert one.equals(two)


def test_too_few_worlds_and_too_few_years_are_refused():
    with pytest.raises(InputError, match="20 worlds"):
        audit_methods(study().sample, worlds=5)
    with pytest.raises(InputError, match="method audit needs years"):
        calibrate(study(years=3).sample)
