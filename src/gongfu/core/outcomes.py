"""Results of scenarios: labelled arrays that subtract draw by draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from jaxtyping import Float

from gongfu.core.errors import InputError, Problem, nearest_name

__all__ = ["Outcomes"]


@dataclass(frozen=True, slots=True, eq=False)
class Outcomes:
    """Values by scenario, draw, year, zone and measure.

    Parameters
    ----------
    values : in the unit of each measure.
    scenarios, draws, years, zones, measures : labels of the five axes, in order.
    units : unit of each measure.

    Raises
    ------
    InputError
        If labels and array do not match, or a label repeats.
    """

    values: Float[np.ndarray, "scenario draw year zone measure"]
    scenarios: tuple[str, ...]
    draws: tuple[int, ...]
    years: tuple[int, ...]
    zones: tuple[str, ...]
    measures: tuple[str, ...]
    units: tuple[str, ...]

    def __post_init__(self) -> None:
        axes = (self.scenarios, self.draws, self.years, self.zones, self.measures)
        shape = tuple(len(axis) for axis in axes)
        if self.values.shape != shape:
            raise InputError(f"outcomes have shape {self.values.shape}, their labels say {shape}")
        if len(self.units) != len(self.measures):
            raise InputError("outcomes need one unit per measure")
        if any(len(set(axis)) != len(axis) for axis in axes):
            raise InputError("outcomes need every label of an axis once")
        self.values.flags.writeable = False

    def __sub__(self, baseline: Outcomes) -> Outcomes:
        """Return the effect: reform minus baseline, paired by draw.

        A baseline of one scenario is subtracted from every scenario of the reform.
        """
        for axis in ("draws", "years", "zones", "measures", "units"):
            if getattr(self, axis) != getattr(baseline, axis):
                raise InputError(
                    f"reform and baseline differ in their {axis}: a difference is taken "
                    "between runs of the same draws, years, zones and measures"
                )
        if len(baseline.scenarios) not in (1, len(self.scenarios)):
            raise InputError("a baseline holds one scenario, or as many as the reform")
        return self._with(self.values - baseline.values)

    def scenario(self, name: str) -> Outcomes:
        """Return the outcomes of one scenario."""
        index = _position(name, self.scenarios, "scenario")
        values = self.values[index : index + 1]
        return Outcomes(
            values, (name,), self.draws, self.years, self.zones, self.measures, self.units
        )

    def measure(self, name: str) -> Float[np.ndarray, "scenario draw year zone"]:
        """Return the values of one measure."""
        return self.values[..., _position(name, self.measures, "measure")]

    def to_frame(self) -> pl.DataFrame:
        """Return one row per value, tidy."""
        axes = (self.scenarios, self.draws, self.years, self.zones, self.measures)
        index = np.indices(self.values.shape).reshape(5, -1)
        names = ("scenario", "draw", "year", "zone", "measure")
        columns = {n: np.asarray(axis)[i] for n, axis, i in zip(names, axes, index, strict=True)}
        unit = np.asarray(self.units)[index[4]]
        return pl.DataFrame({**columns, "value": self.values.ravel(), "unit": unit})

    def _with(self, values: Float[np.ndarray, "scenario draw year zone measure"]) -> Outcomes:
        return Outcomes(
            values, self.scenarios, self.draws, self.years, self.zones, self.measures, self.units
        )


def _position(name: str, labels: Sequence[str], axis: str) -> int:
    if name not in labels:
        raise InputError(Problem(f"no {axis} {name!r}", fix=nearest_name(name, labels)))
    return labels.index(name)
