"""A value nobody decides and nobody measured exactly: it carries its range and its source."""

from __future__ import annotations

from dataclasses import dataclass

from gongfu.core.evidence import Evidence

__all__ = ["Assumption"]


@dataclass(frozen=True, slots=True)
class Assumption:
    """One parameter of the simulated economy.

    Parameters
    ----------
    name : spelling in files and code.
    value : central value, in ``unit``.
    low, high : range that draws and sensitivity runs cover; not a confidence interval.
    unit : such as ``1/year``, ``share 0-1`` or ``elasticity``.
    evidence : ``assumed``, ``calibrated`` (to the target that ``source`` names) or ``causal``,
        ``associational``, ``observed`` where a published study or figure gives the value.
    source : who says so, or why it was chosen.
    equation : tag of the equation it stands in, such as ``E1``.
    zh, en : label shown to people.
    """

    name: str
    value: float
    low: float
    high: float
    unit: str
    evidence: Evidence
    source: str
    equation: str
    zh: str
    en: str

    def label(self, language: str) -> str:
        """Return the label in ``zh`` or ``en``."""
        return self.zh if language == "zh" else self.en
