"""Redrawing whole entities of a panel.

References
----------
[Kapetanios 2008] A bootstrap procedure for panel data sets with many cross-sectional units.
Econometrics Journal 11(2), 377-395.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError
from gongfu.explain.panel_data import PanelData

__all__ = ["bootstrap_covariance", "redrawn"]

_FEWEST = 100
_MOST_FAILED = 0.05


def bootstrap_covariance(
    data: PanelData,
    estimate: Callable[[PanelData], Float[np.ndarray, " name"]],
    *,
    replications: int,
    seed: int,
) -> tuple[Float[np.ndarray, "name name"], int]:
    """Return the covariance of an estimate over draws of entities, and how many draws it uses.

    Parameters
    ----------
    estimate : of a panel; an InputError counts as a draw that cannot be estimated.
    replications : at least 100.

    Raises
    ------
    InputError
        If more than one draw in twenty cannot be estimated.
    """
    if replications < _FEWEST:
        raise InputError(f"a bootstrap needs {_FEWEST} draws or more, got {replications}")
    rng = np.random.default_rng(seed)
    found = []
    for _ in range(replications):
        drawn = rng.integers(0, len(data.entities), len(data.entities))
        try:
            found.append(estimate(redrawn(data, drawn)))
        except InputError:
            continue
    if len(found) < (1 - _MOST_FAILED) * replications:
        raise InputError(
            f"{replications - len(found)} of {replications} draws of entities cannot be estimated: "
            "too few entities carry the regressors"
        )
    return np.atleast_2d(np.cov(np.array(found), rowvar=False)), len(found)


def redrawn(data: PanelData, drawn: np.ndarray) -> PanelData:
    """Return the panel of drawn entities; one drawn twice counts as two."""
    order = np.argsort(data.entity, kind="stable")
    counts = np.bincount(data.entity, minlength=len(data.entities))
    first = np.cumsum(counts) - counts
    rows = np.concatenate([order[first[e] : first[e] + counts[e]] for e in drawn])
    return replace(
        data,
        dependent=data.dependent[rows],
        regressors=data.regressors[rows],
        entity=np.repeat(np.arange(len(drawn)), counts[drawn]),
        time=data.time[rows],
        entities=np.arange(len(drawn)),
    )
