"""Local statistics of one year side by side: LISA, local Geary and hot spots."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Float

from gongfu.cli.panel_source import PanelSource
from gongfu.cli.region_numbers import plain_array
from gongfu.measure.space import SpatialWeights, local_geary, local_getis_ord, local_moran
from gongfu.measure.space.getis_ord import LocalGetisOrd
from gongfu.measure.space.local_geary import LocalGeary
from gongfu.measure.space.local_moran import QUADRANTS, LocalMoran
from gongfu.measure.space.permutation import Alternative

__all__ = ["LocalTables"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalTables:
    """The three local statistics of the same values and weights."""

    moran: LocalMoran
    geary: LocalGeary
    hot_spots: LocalGetisOrd

    @classmethod
    def of(
        cls,
        values: Float[np.ndarray, " unit"],
        weights: SpatialWeights,
        alternative: Alternative,
        *,
        seed: int,
    ) -> LocalTables:
        """Return all three, each from 9,999 conditional permutations."""
        return cls(
            moran=local_moran(values, weights, seed=seed, alternative=alternative),
            geary=local_geary(values, weights, seed=seed, alternative=alternative),
            hot_spots=local_getis_ord(values, weights, seed=seed, alternative=alternative),
        )

    def to_dict(self, source: PanelSource) -> dict[str, Any]:
        """Return every region with its statistics, as JSON values."""
        return {
            "year": source.years[-1],
            "draws": self.moran.draws,
            "seed": self.moran.seed,
            "adjustment": "false discovery rate over all regions",
            "convention": self.moran.convention,
            "units": [self._unit(i, code) for i, code in enumerate(source.codes)],
        }

    def _unit(self, i: int, code: str) -> dict[str, Any]:
        parts: dict[str, tuple[np.ndarray, LocalMoran | LocalGeary | LocalGetisOrd]] = {
            "moran": (self.moran.value, self.moran),
            "geary": (self.geary.value, self.geary),
            "getis_ord": (self.hot_spots.z, self.hot_spots),
        }
        return {
            "unit": code,
            "quadrant": QUADRANTS[self.moran.quadrant[i]] if self.moran.quadrant[i] >= 0 else None,
            **{
                name: {
                    "value": plain_array(value[i]),
                    "z": plain_array(found.z[i]),
                    "p": plain_array(found.p[i]),
                    "p_adjusted": plain_array(found.p_adjusted[i]),
                }
                for name, (value, found) in parts.items()
            },
        }
