"""Breaks of definition that the publishers of the embedded figures tell."""

from __future__ import annotations

from functools import cache

from gongfu.core.definition_break import DefinitionBreak
from gongfu.data.embedded import read_embedded

__all__ = ["load_breaks"]


@cache
def load_breaks() -> tuple[DefinitionBreak, ...]:
    """Return every known break, by variable and year."""
    notes = {row["id"]: row for row in read_embedded("notes.csv").iter_rows(named=True)}
    return tuple(
        DefinitionBreak(
            row["variable"], row["year"], notes[row["note"]]["zh"], notes[row["note"]]["en"]
        )
        for row in read_embedded("breaks.csv").sort("variable", "year").iter_rows(named=True)
    )
