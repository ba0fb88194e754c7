"""The estimators of a study's chain as functions of a panel: estimate, interval, decision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from gongfu.explain.chain.sample import Sample
from gongfu.explain.fixed_effects import fixed_effects, pooled
from gongfu.explain.panel_data import PanelData
from gongfu.explain.result import EstimationResult
from gongfu.explain.spatial_panel import SpatialErrors, spatial_panel
from gongfu.explain.spatial_spectrum import WeightSpectrum
from gongfu.explain.trend_effects import fixed_effects_with_trends
from gongfu.explain.wild_cluster import wild_cluster_test

__all__ = ["Method", "Verdict", "methods_of"]

_DRAWS = 499


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one method says of one panel: estimate, 95 % interval, whether it rejects zero."""

    estimate: float
    low: float
    high: float
    rejects: bool


Method = Callable[[PanelData], Verdict]


def methods_of(sample: Sample) -> Mapping[str, Method]:
    """Return the methods a study's chain would use on its panel, by name, barest first."""
    name = sample.question.treatment
    found: dict[str, Method] = {
        "pooled": lambda panel: _verdict(pooled(_bare(panel)), name),
        "unit effects": lambda panel: _verdict(fixed_effects(_bare(panel), effects="entity"), name),
        "two-way": lambda panel: _verdict(fixed_effects(_bare(panel)), name),
        "two-way, controls": lambda panel: _verdict(fixed_effects(panel), name),
        "two-way, controls, trends": lambda panel: _verdict(fixed_effects_with_trends(panel), name),
        "two-way, controls, wild": lambda panel: _wild(panel, name, sample.question.seed),
    }
    for label, weights in sample.question.weights.items():
        spectrum = WeightSpectrum(weights)
        order = list(sample.question.order) or None
        for kind in ("direct", "total"):
            effect = f"{kind} {name}"
            found[f"SDM {kind}, {label}"] = _durbin(spectrum, order, effect, "cluster")
        plain = _durbin(spectrum, order, f"direct {name}", "information")
        found[f"SDM direct, {label}, information errors"] = plain
    return found


def _bare(panel: PanelData) -> PanelData:
    return PanelData(
        panel.dependent,
        panel.regressors[:, :1],
        panel.entity,
        panel.time,
        panel.entities,
        panel.times,
        panel.names[:1],
        panel.dependent_name,
    )


def _verdict(result: EstimationResult, name: str) -> Verdict:
    interval = result.interval_of(name)
    rejects = not interval.low <= 0 <= interval.high
    return Verdict(result.coefficient(name), interval.low, interval.high, rejects)


def _wild(panel: PanelData, name: str, seed: int) -> Verdict:
    test = wild_cluster_test(panel, name, seed=seed, draws=_DRAWS)
    return Verdict(test.coefficient, test.interval.low, test.interval.high, test.p <= 0.05)


def _durbin(
    spectrum: WeightSpectrum, order: list[str] | None, effect: str, errors: SpatialErrors
) -> Method:
    def method(panel: PanelData) -> Verdict:
        found = spatial_panel(panel, spectrum, model="sdm", order=order, errors=errors)
        return _verdict(found.effects, effect)

    return method
