"""Values of the same units at two dates: regions of a panel, or rows of persons."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import Float, Int

from gongfu.cli.panel_source import PanelSource
from gongfu.core import InputError, Problem
from gongfu.data.plain_text import plain
from gongfu.measure.dynamics.classes import yearly_classes

__all__ = ["Pairs", "pairs_of_panel", "pairs_of_rows"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pairs:
    """What every unit had at the start and at the end.

    Parameters
    ----------
    is_sampled : whether units are drawn from more (persons) or all there are (regions): only the
        first have a sampling error.
    """

    title: dict[str, str]
    start: Float[np.ndarray, " unit"]
    end: Float[np.ndarray, " unit"]
    weight: Float[np.ndarray, " unit"] | None
    is_sampled: bool
    notes: tuple[str, ...]

    @property
    def is_positive(self) -> bool:
        """Whether logs exist."""
        return bool(min(self.start.min(), self.end.min()) > 0)

    def classes(self, k: int) -> Int[np.ndarray, "unit date"]:
        """Return the class of each unit at both dates, by the quantiles of each."""
        return yearly_classes(np.stack([self.start, self.end], axis=1), k).code

    def to_dict(self) -> dict[str, Any]:
        """Return what was measured, as JSON values."""
        return {
            "title": self.title,
            "n": len(self.start),
            "weighted": self.weight is not None,
            "uncertainty": "sampling" if self.is_sampled else "none: the regions are all there are",
        }


def pairs_of_panel(source: PanelSource) -> Pairs:
    """Return the first and the last year of a panel."""
    people = source.people
    return Pairs(
        title={language: source.title(language) for language in ("zh", "en")},
        start=source.values[:, 0],
        end=source.values[:, -1],
        weight=None if people is None else people[:, 0],
        is_sampled=False,
        notes=source.notes,
    )


def pairs_of_rows(
    file: Path | None, origin: str | None, destination: str | None, weight: str | None
) -> Pairs:
    """Return two columns of a file of persons.

    Raises
    ------
    InputError
        If the file or a column is missing, or a cell is no number.
    """
    from gongfu.data.readers import open_table, require_numbers

    if file is None or origin is None or destination is None:
        fix = "Say FILE --origin COLUMN --destination COLUMN."
        raise InputError(Problem("mobility of persons needs a file and two columns", fix=fix))
    names = [origin, destination, *([weight] if weight else [])]
    read = require_numbers(open_table(file), names)
    columns = [read.frame[name].to_numpy().astype(np.float64) for name in names]
    title = f"{plain(origin)} -> {plain(destination)}, {plain(file.name)}"
    return Pairs(
        title={"zh": title, "en": title},
        start=columns[0],
        end=columns[1],
        weight=columns[2] if weight else None,
        is_sampled=True,
        notes=tuple(read.notes),
    )
