"""All charts of the composite indices, in reading order."""

from __future__ import annotations

from collections.abc import Iterator

from gongfu.report.chart import Chart
from gongfu.report.charts.index_choices import index_moves
from gongfu.report.charts.index_places import index_dimensions, index_map, index_ranks
from gongfu.report.charts.index_together import index_together
from gongfu.report.document import ResultDocument
from gongfu.report.indices import indices_of
from gongfu.report.regions import regions

__all__ = ["index_charts"]


def index_charts(document: ResultDocument, language: str) -> Iterator[Chart | None]:
    """Yield map, ranks and dimensions of each index, then choices, then two indices over time."""
    indices = indices_of(document, language)
    for one in indices:
        if {place.code for place in one.ranks} <= set(regions()):
            yield index_map(document, one, language)
        yield index_ranks(document, one, language)
        nodes = document.table("index_values").rows.filter(index=one.name)["node"].n_unique()
        if nodes > 2:
            yield index_dimensions(document, one, language)
    if "index_moves" in document:
        yield index_moves(document, indices, language)
    if "index_areas" in document and len(indices) > 1:
        yield index_together(document, indices[1], indices[0], language)
