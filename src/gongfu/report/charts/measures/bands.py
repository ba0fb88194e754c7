"""Rows and table columns of a curve with a pointwise and a uniform band."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from jaxtyping import Float

from gongfu.measure.curves import JointErrors
from gongfu.report.catalogue import text
from gongfu.report.chart import Axis

__all__ = ["band_columns", "band_rows"]

KEYS = ("y_low", "y_high", "y_outer_low", "y_outer_high")


def band_rows(
    at: Float[np.ndarray, " point"], errors: JointErrors, scale: float = 1.0
) -> tuple[dict[str, Any], ...]:
    """Return the rows of a curve, values times ``scale``."""
    bands = (*errors.band(), *errors.band(uniform=True))
    return tuple(
        {
            "x": float(place),
            "y": scale * float(errors.value[i]),
            **{key: scale * float(edge[i]) for key, edge in zip(KEYS, bands, strict=True)},
        }
        for i, place in enumerate(at)
    )


def band_columns(axis: Axis, language: str) -> tuple[Axis, ...]:
    """Return the table columns of the values and of both ends of both bands."""
    return (
        axis,
        *(
            replace(axis, key=key, label=text(f"chart.bands.{key}", language, label=axis.label))
            for key in KEYS
        ),
    )
