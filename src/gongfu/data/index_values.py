"""From published figures to the indicators of a tree: divided, scaled, at constant prices."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from gongfu.core import Evidence, InputError, Panel, Problem, Variable
from gongfu.core.errors import nearest_name
from gongfu.core.index_tree import IndexTree, Indicator
from gongfu.data.dictionary import load_dictionary, require_one_vintage
from gongfu.data.prices import Deflator, deflate, national_deflator
from gongfu.data.yearbook import load_china

__all__ = ["indicator_panel"]


def indicator_panel(
    tree: IndexTree, panel: Panel | None = None, *, deflator: Deflator | None = None
) -> Panel:
    """Return a panel whose variables are the indicators of a tree, within the tree's years.

    Parameters
    ----------
    panel : figures; the embedded ones of the provinces where the tree says ``data = "china"``.
    deflator : price levels for indicators that state ``prices``; the national GDP deflator of the
        embedded figures where left out.

    Returns
    -------
    Panel
        A cell is there only where all its figures are. It is ``estimated`` or ``simulated`` where
        one of them is. The entry of an indicator that is a total of the region, and so grows with
        its size, says ``aggregation = "sum"``.

    Raises
    ------
    InputError
        If figures are missing altogether, mix vintages, or lie in a year without a price level.
    """
    source = _figures(tree, panel)
    _require_variables(tree, source)
    parts = [_indicator_cells(one, source, deflator) for one in tree.indicators]
    frame = pl.concat(parts)
    if tree.years is not None:
        frame = frame.filter(pl.col("year").is_between(*tree.years))
    entries = {one.name: _entry(one, source) for one in tree.indicators}
    return Panel(frame, entries, source.labels)


def _figures(tree: IndexTree, panel: Panel | None) -> Panel:
    if panel is not None:
        return panel
    if tree.data != "china":
        raise InputError(
            Problem(
                f"the index {tree.name} brings no figures of its own",
                fix="Name a data file with its variables, or state data = 'china'.",
            )
        )
    return load_china()


def _require_variables(tree: IndexTree, panel: Panel) -> None:
    known = panel.names
    wanted = [(one.name, name) for one in tree.indicators for name in (one.variable, one.per)]
    missing = [(one, name) for one, name in wanted if name and name not in known]
    if missing:
        raise InputError(
            Problem(
                f"no figures {name!r} for the indicator {one}",
                column=name,
                fix=nearest_name(name, known),
            )
            for one, name in missing
        )


def _indicator_cells(one: Indicator, panel: Panel, deflator: Deflator | None) -> pl.DataFrame:
    source = panel.select(one.variable)
    if one.prices is not None:
        prices = deflator or national_deflator(load_china(), base_year=one.prices)
        if prices.base_year != one.prices:
            raise InputError(f"{one.name} wants prices of {one.prices}, not {prices.base_year}")
        covered = source.frame.filter(pl.col("year").is_in(prices.years))
        source = deflate(Panel(covered, source.variables, source.labels), one.variable, prices)
    cells = source.frame
    if one.per:
        _refuse_mixed_vintages(one, panel)
        below = panel.select(one.per).frame.select(
            "unit", "year", below="value", below_is="evidence", below_note="note"
        )
        cells = cells.join(below, on=["unit", "year"]).filter(pl.col("below") != 0)
        cells = cells.with_columns(
            value=pl.col("value") / pl.col("below"),
            evidence=_weaker(),
            note=pl.concat_str("note", "below_note", separator=" ").str.strip_chars(),
        )
    return cells.select(
        "unit",
        "year",
        pl.lit(one.name).alias("variable"),
        pl.col("value") * one.factor,
        "evidence",
        "note",
    )


def _weaker() -> pl.Expr:
    """Return the evidence of a ratio: observed only where both figures are."""
    simulated, observed = Evidence.SIMULATED.value, Evidence.OBSERVED.value
    above, below = pl.col("evidence"), pl.col("below_is")
    is_simulated = (above == simulated) | (below == simulated)
    mixed = pl.when(above == observed).then(below).otherwise(above)
    return pl.when(is_simulated).then(pl.lit(simulated)).otherwise(mixed)


def _refuse_mixed_vintages(one: Indicator, panel: Panel) -> None:
    known = {**load_dictionary(), **panel.variables}
    if one.variable in known and one.per in known:
        require_one_vintage(panel, one.variable, one.per)


def _entry(one: Indicator, panel: Panel) -> Variable:
    known = {**load_dictionary(), **panel.variables}
    blank = Variable(one.variable, one.zh, one.en, one.unit, "index", "none")
    source, below = known.get(one.variable, blank), known.get(one.per, blank)
    is_share_of_money = bool(one.per) and bool(below.price_base)
    price_base = f"prices of {one.prices}" if one.prices is not None else source.price_base
    return replace(
        source,
        name=one.name,
        zh=one.zh,
        en=one.en,
        unit=one.unit,
        kind="rate" if one.per else source.kind,
        aggregation="none" if one.per else source.aggregation,
        price_base="" if is_share_of_money else price_base,
        definition=one.reason_en,
        definition_zh=one.reason_zh,
        source=one.source,
    )
