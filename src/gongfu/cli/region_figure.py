"""The pictures of the commands about regions, drawn from the tables of a report's chapters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Literal

import numpy as np

from gongfu import __version__
from gongfu.cli.figure import write_figure
from gongfu.cli.panel_source import PanelSource
from gongfu.core import InputError, Problem
from gongfu.data.plain_text import plain
from gongfu.measure.space import SpatialWeights
from gongfu.report.catalogue import text
from gongfu.report.charts.convergence import convergence_charts
from gongfu.report.charts.space import space_charts
from gongfu.report.document import Meta, ResultDocument, Words
from gongfu.study.findings import convergence_tables, space_tables
from gongfu.study.regions import Regions

__all__ = ["refuse_other_choices", "write_region_figure"]

Picture = Literal["beta", "markov", "moran_scatter", "densities"]


def write_region_figure(
    picture: Picture,
    source: PanelSource,
    figure: Path,
    *,
    language: str,
    force: bool = False,
    weights: SpatialWeights | None = None,
    classes: int = 4,
    seed: int = 1,
) -> list[Path]:
    """Write one picture of a panel, with its table and specification.

    Raises
    ------
    InputError
        If the file is refused, values are not above zero, or there are too few years.
    """
    if source.values.min() <= 0 or len(source.years) < _FEWEST:
        raise InputError(
            Problem(
                f"the figure needs values above zero in at least {_FEWEST} years",
                found=f"{len(source.years)} years, lowest value {source.values.min():g}",
                fix="Leave --figure out, or take more years.",
            )
        )
    named = {} if weights is None else {"given": weights}
    regions = _regions(source, named, classes, seed)
    found = [*convergence_tables(regions), *space_tables(regions)]
    tables = {table.name: table for table in found if table is not None}
    document = ResultDocument(_meta(source, seed), tables)
    charts = [*convergence_charts(document, language), *space_charts(document, language)]
    chart = next(one for one in charts if one.key == picture)
    version = text("footer.measure", language, version=__version__, file=plain(source.name))
    return write_figure(replace(chart, version_line=version), figure, force=force)


_FEWEST = 5


def refuse_other_choices(figure: Path | None, changed: Mapping[str, bool]) -> None:
    """Refuse a picture that would show another calculation than the table.

    Parameters
    ----------
    changed : by option, whether it was set to something the picture does not follow.

    Raises
    ------
    InputError
        If a picture is asked for and an option was changed.
    """
    options = [option for option, is_changed in changed.items() if is_changed]
    if figure is not None and options:
        raise InputError(
            Problem(
                "the figure follows the standard choices only",
                found=", ".join(options),
                fix="Leave these options or --figure out; --json has all numbers.",
            )
        )


def _regions(
    source: PanelSource, weights: Mapping[str, SpatialWeights], classes: int, seed: int
) -> Regions:
    entry = source.variable
    return Regions(
        codes=source.codes,
        years=source.years,
        values=np.ascontiguousarray(source.values),
        people=source.people,
        weights=weights,
        classes=classes,
        draws=999,
        seed=seed,
        label=Words(entry.zh, entry.en) if entry else Words(plain(source.name), plain(source.name)),
        unit=entry.unit if entry else "",
        price_base=entry.price_base if entry else "",
        is_embedded=source.is_embedded,
        evidence=source.evidence,
    )


def _meta(source: PanelSource, seed: int) -> Meta:
    """Return what the document says of itself; only its charts leave this module."""
    return Meta(
        title=Words(source.title("zh"), source.title("en")),
        study="measure",
        study_hash="",
        version=__version__,
        data_vintage="",
        command="gongfu measure",
        versions={},
        first_year=source.years[0],
        last_year=source.years[-1],
        last_real_year=0,
        base_year=source.years[-1],
        seed=seed,
    )
