"""Weights by land border, distance, nearest neighbours and economic distance.

Never by adjacency of the tiles of a drawn map: two tiles that touch need not be two provinces that
do.

References
----------
[Anselin 1988] Spatial Econometrics: Methods and Models. Kluwer.
[Case-Rosen-Hines 1993] Budget spillovers and fiscal policy interdependence: evidence from the
states. Journal of Public Economics 52(3): weights by economic distance.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from jaxtyping import Bool, Float

from gongfu.core import InputError, Problem
from gongfu.measure.space.weights import SpatialWeights

__all__ = [
    "Islands",
    "border_weights",
    "distance_band_weights",
    "economic_distance_weights",
    "inverse_distance_weights",
    "listed_weights",
    "nearest_neighbour_weights",
]

Islands = Literal["refuse", "keep"]
"""What to do with units that have no neighbour: say which and stop, or keep them with a spatial lag
of zero (of deviations from the mean), as members of the map that add nothing to a statistic."""


def border_weights(
    touch: Bool[np.ndarray, "unit unit"],
    *,
    standardise: bool = True,
    islands: Islands = "refuse",
    names: Sequence[str] | None = None,
) -> SpatialWeights:
    """Return weights of 1 between units that share a border, such as ``gongfu.data.neighbours``.

    Parameters
    ----------
    touch : symmetric, false on the diagonal.
    standardise : scale so that the weights of a unit's neighbours add up to 1.
    islands : what to do with units without a neighbour.
    names : of the units, for messages.

    Raises
    ------
    InputError
        If a border is not mutual, or a unit has no neighbour and ``islands`` is ``refuse``.
    """
    array = np.asarray(touch, dtype=bool)
    weights = SpatialWeights.from_matrix(array, "shared border")
    one_way = np.argwhere(array & ~array.T)
    if len(one_way):
        i, j = one_way[0].tolist()
        raise InputError(
            Problem(
                f"{len(one_way)} borders are not mutual",
                found=f"{_name(names, i)} touches {_name(names, j)} but not the other way",
            )
        )
    return _finished(weights, standardise, islands, names)


def listed_weights(
    lists: Sequence[Sequence[int]],
    *,
    standardise: bool = True,
    islands: Islands = "refuse",
    names: Sequence[str] | None = None,
) -> SpatialWeights:
    """Return weights of 1 from the list of each unit's neighbours, by position from 0.

    Parameters
    ----------
    lists : as in the files other programs write; a link may go one way only.
    standardise, islands, names : as for ``border_weights``.
    """
    return _finished(SpatialWeights.from_lists(lists), standardise, islands, names)


def distance_band_weights(
    distance: Float[np.ndarray, "unit unit"],
    limit: float,
    *,
    standardise: bool = True,
    islands: Islands = "refuse",
    names: Sequence[str] | None = None,
) -> SpatialWeights:
    """Return weights of 1 between units at most ``limit`` apart.

    Parameters
    ----------
    distance : in any unit, such as the km of ``gongfu.data.distances``.
    limit : in the same unit.
    standardise, islands, names : as for ``border_weights``.
    """
    near = _checked(distance) <= limit
    np.fill_diagonal(near, False)
    weights = SpatialWeights.from_matrix(near, f"distance at most {limit:g}")
    return _finished(weights, standardise, islands, names)


def inverse_distance_weights(
    distance: Float[np.ndarray, "unit unit"],
    *,
    power: float = 1.0,
    limit: float | None = None,
    standardise: bool = True,
    islands: Islands = "refuse",
    names: Sequence[str] | None = None,
) -> SpatialWeights:
    """Return weights ``distance ** -power``, zero beyond ``limit``.

    Parameters
    ----------
    distance : in any unit; above zero off the diagonal.
    power : above zero; 1 and 2 are common.
    limit : none means that all units are neighbours.
    standardise, islands, names : as for ``border_weights``.

    Raises
    ------
    InputError
        If two units stand at the same place.
    """
    weight = _inverse(_checked(distance), "stand at the same place") ** power
    words = f"inverse distance to the power {power:g}"
    if limit is not None:
        weight[np.asarray(distance) > limit] = 0.0
        words += f" up to {limit:g}"
    return _finished(SpatialWeights.from_matrix(weight, words), standardise, islands, names)


def nearest_neighbour_weights(
    distance: Float[np.ndarray, "unit unit"], count: int, *, standardise: bool = True
) -> SpatialWeights:
    """Return weights of 1 to the ``count`` nearest units; no unit is left without a neighbour.

    Parameters
    ----------
    distance : in any unit; of two units equally near, the one listed first is taken.
    count : at least 1, at most one less than there are units.
    standardise : as for ``border_weights``.

    Notes
    -----
    Not symmetric: the nearest neighbour of an outlying place has nearer ones of its own.
    """
    apart = _checked(distance)
    n = len(apart)
    if not 1 <= count < n:
        raise InputError(
            Problem("wrong number of nearest neighbours", f"1 to {n - 1}", found=f"{count}")
        )
    np.fill_diagonal(apart, np.inf)
    nearest = np.sort(np.argsort(apart, axis=1, kind="stable")[:, :count], axis=1)
    start = np.arange(n + 1) * count
    words = f"{count} nearest neighbours"
    weights = SpatialWeights(start, nearest.ravel(), np.ones(n * count), words)
    return weights.standardised() if standardise else weights


def economic_distance_weights(
    level: Float[np.ndarray, " unit"],
    *,
    nearness: Float[np.ndarray, "unit unit"] | None = None,
    standardise: bool = True,
) -> SpatialWeights:
    """Return weights ``1 / |level_i - level_j|``, times ``nearness`` where it is given.

    Parameters
    ----------
    level : such as income per person averaged over the years *before* the study; no two units may
        have the same.
    nearness : such as inverse distances, for "nested" weights; zero where two units are no
        neighbours at all.
    standardise : as for ``border_weights``.

    Raises
    ------
    InputError
        If two units have the same level: they would be neighbours without limit.

    Notes
    -----
    After [Case-Rosen-Hines 1993]. A level that the study explains makes the weights depend on the
    outcome: take one that was fixed before.
    """
    values = np.asarray(level, dtype=np.float64)
    weight = _inverse(np.abs(values[:, None] - values), "have the same level")
    words = "inverse economic distance"
    if nearness is not None:
        weight = weight * _checked(nearness)
        words += " times nearness"
    return _finished(SpatialWeights.from_matrix(weight, words), standardise, "refuse", None)


def _finished(
    weights: SpatialWeights, standardise: bool, islands: Islands, names: Sequence[str] | None
) -> SpatialWeights:
    alone = weights.islands
    if len(alone) and islands == "refuse":
        raise InputError(
            Problem(
                f"{len(alone)} of {weights.n} units have no neighbour",
                found=", ".join(_name(names, i) for i in alone[:5].tolist())
                + (len(alone) > 5) * ", ...",
                fix="Count a sea strait as a border, widen the distance, take nearest neighbours, "
                'leave the units out, or say islands="keep" to give them a spatial lag of zero.',
            )
        )
    if len(alone) == weights.n:
        raise InputError(Problem("no unit has a neighbour"))
    return weights.standardised() if standardise else weights


def _name(names: Sequence[str] | None, place: int) -> str:
    return f"unit {place} (counted from 0)" if names is None else names[place]


def _checked(distance: np.ndarray) -> Float[np.ndarray, "unit unit"]:
    array = np.array(distance, dtype=np.float64)
    if array.ndim != 2 or array.shape[0] != array.shape[1]:
        raise InputError(
            Problem("distances need a square matrix", found=f"an array of shape {array.shape}")
        )
    if not (np.isfinite(array).all() and (array >= 0).all()):
        raise InputError(Problem("distances must be finite and at least 0"))
    return array


def _inverse(gap: Float[np.ndarray, "unit unit"], what: str) -> Float[np.ndarray, "unit unit"]:
    off_diagonal = ~np.eye(len(gap), dtype=bool)
    same = np.argwhere(np.triu((gap == 0) & off_diagonal))
    if len(same):
        i, j = same[0]
        raise InputError(
            Problem(
                f"{len(same)} pairs of units {what}",
                expected="a gap above zero between any two",
                found=f"units {i} and {j} (counted from 0)",
                fix="Merge them, or take weights by border or nearest neighbours.",
            )
        )
    out = np.zeros_like(gap)
    np.divide(1.0, gap, out=out, where=off_diagonal)
    return out
