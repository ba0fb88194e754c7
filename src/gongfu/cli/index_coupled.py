"""Two indices coupled in a common year."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gongfu.cli.index_source import IndexSource
from gongfu.core import InputError
from gongfu.measure.index.build import build_index
from gongfu.measure.index.coupling import CouplingInterval, check_coupling, coupling_intervals
from gongfu.measure.index.finding import Finding
from gongfu.measure.index.uncertainty import spread

__all__ = ["couple"]


def couple(
    sources: Sequence[IndexSource], year: int | None
) -> tuple[tuple[CouplingInterval, ...], Finding, dict[str, dict[str, str]], int]:
    """Return coordination, the check of coupling, labels by language, and the year.

    Raises
    ------
    InputError
        If the indices have no common year, or not the one asked for.
    """
    years = [set(build_index(part.panel, part.tree).years) for part in sources]
    common = sorted(set.intersection(*years))
    if not common or (year is not None and year not in common):
        span = f"{common[0]} to {common[-1]}" if common else "none"
        raise InputError(f"the two indices have no common year {year or ''}; common years: {span}")
    chosen = common[-1] if year is None else year
    spreads = [spread(part.panel, part.tree, chosen) for part in sources]
    found = coupling_intervals(spreads)
    units = [row.unit for row in found]
    stated = [[s.stated_index[s.units.index(unit)] for unit in units] for s in spreads]
    labels = {
        language: {unit: sources[0].panel.label(unit, language) for unit in units}
        for language in ("zh", "en")
    }
    return found, check_coupling(np.array(stated).T), labels, chosen
