"""The embedded figures of China as panels: provinces, nation, secondary series."""

from __future__ import annotations

from functools import cache
from typing import Literal

import polars as pl

from gongfu.core import Panel
from gongfu.data.dictionary import load_dictionary
from gongfu.data.embedded import read_embedded, read_embedded_folder
from gongfu.data.flags import Language, explain_notes
from gongfu.data.places import place_labels

__all__ = [
    "NATION",
    "Table",
    "excluded_cells",
    "exclusion_line",
    "load_cells",
    "load_china",
    "load_china_national",
    "load_secondary",
]

NATION = "CN"
"""Unit code of the nation in national panels."""

Table = Literal["provinces", "national", "secondary"]


@cache
def load_china(*, include_doubtful: bool = False, language: Language = "en") -> Panel:
    """Return the published figures of 31 provinces, 2011-2024.

    Parameters
    ----------
    include_doubtful : keep cells whose note says doubtful, mixed, suspect, error or unverified;
        :func:`excluded_cells` lists those left out.
    language : of the notes on cells.

    Returns
    -------
    Panel
        Units are two-digit codes ``"11"`` to ``"65"``. What was not published has no cell.
    """
    return _panel("provinces", include_doubtful, language)


@cache
def load_china_national(*, include_doubtful: bool = False, language: Language = "en") -> Panel:
    """Return the national series; the one unit is ``"CN"``. See :func:`load_china`."""
    return _panel("national", include_doubtful, language)


@cache
def load_secondary(*, include_doubtful: bool = False, language: Language = "en") -> Panel:
    """Return provincial series of older vintages, or read in one copy and not compared.

    No cell stands both here and in :func:`load_china`, so the two panels join; of an older vintage
    use shares only (:func:`gongfu.data.require_one_vintage`).
    """
    return _panel("secondary", include_doubtful, language)


def excluded_cells(table: Table = "provinces", *, language: Language = "en") -> pl.DataFrame:
    """Return the figures left out by default: variable, unit, year, value and the reason."""
    cells = load_cells(table, language=language).filter("doubtful")
    return cells.select("variable", "unit", "year", "value", reason="note")


def exclusion_line(table: Table = "provinces", *, language: Language = "en") -> str:
    """Return one sentence on how many figures are left out, to print beside results."""
    left_out = excluded_cells(table, language=language)
    total = load_cells(table, language=language).height
    names = left_out["variable"].n_unique()
    if language == "zh":
        return (
            f"{total} 个数中有 {left_out.height} 个存疑而未采用，涉及 {names} 个指标，已逐一列出。"
        )
    return (
        f"{left_out.height} of {total} figures, in {names} variables, are doubtful and left out; "
        "each is listed."
    )


@cache
def load_cells(table: Table, *, language: Language = "en") -> pl.DataFrame:
    """Return every stored figure with what is known about its copies.

    Columns: unit, year, variable, value, copies (separate copies compared; 0 for a figure computed
    from others), spread (largest relative difference between copies; null for one copy),
    note, doubtful, evidence.
    """
    if table == "national":
        cells = read_embedded("national.csv").with_columns(unit=pl.lit(NATION))
    else:
        folder = "provinces" if table == "provinces" else "provinces_secondary"
        cells = read_embedded_folder(folder).rename({"province": "unit"})
    return explain_notes(cells, language)


def _panel(table: Table, include_doubtful: bool, language: Language) -> Panel:
    cells = load_cells(table, language=language)
    kept = cells if include_doubtful else cells.filter(~pl.col("doubtful"))
    present = set(kept["variable"].unique())
    entries = {name: entry for name, entry in load_dictionary().items() if name in present}
    return Panel(kept, entries, _labels(table))


def _labels(table: Table) -> dict[str, dict[str, str]]:
    if table == "national":
        return {"zh": {NATION: "全国"}, "en": {NATION: "China"}}
    return {language: dict(names) for language, names in place_labels().items()}
