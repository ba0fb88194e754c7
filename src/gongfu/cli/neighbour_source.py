"""``--neighbours``: who is whose neighbour, for the spatial commands of ``gongfu measure``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gongfu.cli.panel_source import PanelSource
from gongfu.core import InputError, Problem
from gongfu.core.errors import nearest_name

if TYPE_CHECKING:
    from gongfu.measure.space import SpatialWeights

__all__ = ["neighbour_weights"]

_KINDS = ("border", "distance", "nearest", "economic")


def neighbour_weights(
    kind: str, source: PanelSource, *, limit: float | None = None, count: int = 4, power: float = 1
) -> SpatialWeights:
    """Return row-standardised weights of the regions of a panel.

    Parameters
    ----------
    kind : one of the four kinds, or the path of a file of pairs.
    limit, count, power : see the options.

    Raises
    ------
    InputError
        If the kind is unknown, regions are no provinces but borders or distances are asked for,
        a pair names no region, or a region has no neighbour.
    """
    from gongfu.data import distances, neighbours
    from gongfu.measure import space

    names = [source.label(i, "en") for i in range(len(source.codes))]
    if kind == "economic":
        return space.economic_distance_weights(source.values[:, 0])
    if kind not in _KINDS:
        return _from_file(kind, source, names)
    if not source.are_provinces:
        fix = "Give a file of pairs of neighbours, or --neighbours economic."
        raise InputError(Problem(f"--neighbours {kind} knows Chinese provinces only", fix=fix))
    if kind == "border":
        return space.border_weights(neighbours(source.codes), names=names)
    apart = distances(source.codes)
    if kind == "nearest":
        return space.nearest_neighbour_weights(apart, count)
    return space.inverse_distance_weights(apart, power=power, limit=limit, names=names)


def _from_file(path: str, source: PanelSource, names: list[str]) -> SpatialWeights:
    """Return the weights of a file of pairs; a pair links both ways unless both are listed."""
    from pathlib import Path

    from gongfu.data.readers import open_table
    from gongfu.measure.space import SpatialWeights

    if not Path(path).exists():
        fix = nearest_name(path, _KINDS) or f"Say {', '.join(_KINDS)}, or name a file."
        raise InputError(Problem(f"no neighbours called {path!r}", fix=fix))
    table = open_table(path)
    if table.frame.width < 2:
        raise InputError(
            Problem("a file of neighbours needs two columns of regions", file=table.file)
        )
    matrix = np.zeros((len(source.codes),) * 2)
    place = _places(source)
    problems = []
    for line, row in zip(table.lines.tolist(), table.frame.iter_rows(), strict=True):
        ends = [place.get(_plain(cell)) for cell in row[:2]]
        weight = 1.0 if len(row) == 2 else _number(row[2])
        one, other = ends
        if one is None or other is None or one == other or weight is None:
            found = ", ".join(map(str, row[:3]))
            problems.append(
                Problem("no pair of two regions of the panel", found=found,
                        file=table.file, row=line)
            )  # fmt: skip
            continue
        matrix[one, other] = weight
        matrix[other, one] = matrix[other, one] or weight
    if problems:
        raise InputError(problems)
    weights = SpatialWeights.from_matrix(matrix, "given pairs")
    alone = [names[i] for i in weights.islands.tolist()]
    if alone:
        raise InputError(
            Problem("regions without a neighbour", found=", ".join(alone[:8]), file=table.file)
        )
    return weights.standardised()


def _places(source: PanelSource) -> dict[str, int]:
    out = {code: i for i, code in enumerate(source.codes)}
    for language in ("zh", "en"):
        out |= {source.panel.label(code, language): i for i, code in enumerate(source.codes)}
    return out


def _plain(cell: object) -> str:
    return str(cell).strip()


def _number(cell: object) -> float | None:
    try:
        value = float(str(cell))
    except ValueError:
        return None
    return value if 0 < value < float("inf") else None
