"""The pictures of ``gongfu index``, drawn from the same tables as the chapter of a report."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from gongfu import __version__
from gongfu.cli.figure import write_figure
from gongfu.cli.index_source import IndexSource
from gongfu.measure.index.build import build_index
from gongfu.report.catalogue import text
from gongfu.report.chart import Chart
from gongfu.report.charts.index_coupling import index_coupling
from gongfu.report.charts.index_places import index_map, index_ranks
from gongfu.report.document import Meta, ResultDocument, Words
from gongfu.report.indices import indices_of
from gongfu.report.regions import regions
from gongfu.study.findings.index import index_tables
from gongfu.study.indices import StudyIndex
from gongfu.study.settings import IndexSettings

__all__ = ["write_index_figure"]

Picture = Literal["map", "ranks", "coupling"]


def write_index_figure(
    picture: Picture,
    sources: Sequence[IndexSource],
    figure: Path,
    *,
    year: int,
    language: str,
    force: bool = False,
    weight_draws: int = 0,
    seed: int = 0,
) -> list[Path]:
    """Write map, ranks or coupling of indices; a map of other regions than provinces is of ranks.

    Raises
    ------
    InputError
        If the file is refused or an index cannot be built.
    """
    settings = IndexSettings(
        trees=tuple(one.tree.name for one in sources), weight_draws=weight_draws
    )
    indices = [_index(one, year) for one in sources]
    tables = [one for one in index_tables(indices, settings, seed) if one is not None]
    document = ResultDocument(
        _meta(sources, indices, seed), {table.name: table for table in tables}
    )
    chart = _chart(picture, document, language)
    file = " × ".join(one.tree.name for one in sources)
    version = text("footer.measure", language, version=__version__, file=file)
    return write_figure(replace(chart, version_line=version), figure, force=force)


def _index(source: IndexSource, year: int) -> StudyIndex:
    return StudyIndex(
        built=build_index(source.panel, source.tree),
        panel=source.panel,
        figures=source.figures,
        vintages={},
        regions={},
        is_embedded=source.is_embedded,
        year=year,
    )


def _chart(picture: Picture, document: ResultDocument, language: str) -> Chart:
    found = indices_of(document, language)
    first = found[0]
    if picture == "coupling":
        return index_coupling(document, first, found[1], language)
    are_provinces = {one.code for one in first.ranks} <= set(regions())
    drawn = index_map if picture == "map" and are_provinces else index_ranks
    return drawn(document, first, language)


def _meta(sources: Sequence[IndexSource], indices: Sequence[StudyIndex], seed: int) -> Meta:
    """Return what the document says of itself; only its charts leave this module."""
    trees = [one.tree for one in sources]
    years = [year for one in indices for year in one.built.years]
    return Meta(
        title=Words("、".join(tree.zh for tree in trees), ", ".join(tree.en for tree in trees)),
        study="index",
        study_hash=hashlib.sha256(repr(trees).encode()).hexdigest(),
        version=__version__,
        data_vintage="",
        command="gongfu index",
        versions={"python": platform.python_version()},
        first_year=min(years),
        last_year=max(years),
        last_real_year=0,
        base_year=max(years),
        seed=seed,
    )
