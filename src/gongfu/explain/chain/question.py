"""One question to a panel: what is explained, by what, with which controls, for which steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gongfu.measure.space import SpatialWeights

__all__ = ["Question"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked; every role is a formula over the columns of the panel.

    Parameters
    ----------
    outcome, treatment : what is explained, and by what.
    controls : held in every model but the first.
    entity, time : columns of the unit and of the (whole-number) time.
    region : column that groups units, for regional trends and subsamples.
    mediators : through what it may run; each in a model of its own.
    threshold : variable past which the slope may change.
    instruments : for the treatment; none are ever invented.
    policy : column with the time from which a unit is treated, empty or 0 for never.
    policy_source : document that sets the dates; without it estimates are associational.
    alternatives : other forms of the treatment, for the robustness curve.
    labels : what people call each formula, by language: ``{"log(gdp)": ("...", "...")}``.
    sources : of columns that are made of others, such as an index of its indicators.
    weights : spatial weights by name, rows in the order of ``order``.
    order : units in the rows of the weights.
    years : first and last time used; earlier rows serve lags only.
    replications : bootstrap draws of each bootstrap.
    seed : of all draws.
    """

    outcome: str
    treatment: str
    controls: tuple[str, ...] = ()
    entity: str = "unit"
    time: str = "year"
    region: str | None = None
    mediators: tuple[str, ...] = ()
    threshold: str | None = None
    instruments: tuple[str, ...] = ()
    policy: str | None = None
    policy_source: str = ""
    alternatives: tuple[str, ...] = ()
    labels: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    sources: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    weights: Mapping[str, SpatialWeights] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    replications: int = 999
    seed: int = 0

    @property
    def roles(self) -> dict[str, tuple[str, ...]]:
        """Formulas by role; the rows used in every model hold numbers for outcome to controls."""
        return {
            "outcome": (self.outcome,),
            "treatment": (self.treatment,),
            "controls": self.controls,
            "mediators": self.mediators,
            "threshold": (self.threshold,) if self.threshold else (),
            "instruments": self.instruments,
            "alternatives": self.alternatives,
        }

    def weights_label(self, name: str, language: str) -> str:
        """Return what people call some spatial weights, from the label of ``weights:NAME``."""
        return self.label(f"weights:{name}", language).removeprefix("weights:")

    def label(self, formula: str, language: str) -> str:
        """Return what people call a formula; the formula itself where nothing is said."""
        zh, en = self.labels.get(formula, (formula, formula))
        return zh if language == "zh" else en
